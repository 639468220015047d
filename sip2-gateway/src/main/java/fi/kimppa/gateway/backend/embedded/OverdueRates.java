package fi.kimppa.gateway.backend.embedded;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a day too late costs, by type of thing. As text {@code BOOK=0.20/6.00, *=0.10/4.00}: euros for a day, and at most so much for
 * one loan; the star is for all types that are not named.
 *
 * @param byType the rates; a type without one costs nothing
 */
record OverdueRates(SortedMap<String, Rate> byType) {
    /** Nothing costs anything. */
    static final OverdueRates NONE = new OverdueRates(new TreeMap<>());

    private static final String NOTHING = "none";
    private static final String ALL_OTHERS = "*";
    private static final Pattern ONE = Pattern.compile(
            "(\\*|[A-Z0-9_]{1,16})\\s*=\\s*(\\d{1,3}(?:\\.\\d{1,2})?)\\s*/\\s*(\\d{1,4}(?:\\.\\d{1,2})?)");

    /** Takes a copy of the map. */
    OverdueRates {
        byType = new TreeMap<>(byType);
    }

    /**
     * A rate, in euros with two decimals.
     *
     * @param perDay for each day
     * @param most for one loan
     */
    record Rate(BigDecimal perDay, BigDecimal most) {
        /** What so many days cost. */
        BigDecimal of(long days) {
            return perDay.multiply(BigDecimal.valueOf(days)).min(most);
        }

        @Override
        public String toString() {
            return perDay.toPlainString() + "/" + most.toPlainString();
        }
    }

    /** The rate of things of this type. */
    Optional<Rate> of(String type) {
        return Optional.ofNullable(byType.get(type)).or(() -> Optional.ofNullable(byType.get(ALL_OTHERS)));
    }

    /** What this text says; empty if it is not of the form or names a type twice. */
    static Optional<OverdueRates> read(String text) {
        if (text.strip().equals(NOTHING)) {
            return Optional.of(NONE);
        }
        SortedMap<String, Rate> rates = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            Matcher one = ONE.matcher(part.strip());
            if (!one.matches()
                    || rates.putIfAbsent(one.group(1), new Rate(euros(one.group(2)), euros(one.group(3)))) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new OverdueRates(rates));
    }

    /** The canonical text. */
    String text() {
        return byType.isEmpty()
                ? NOTHING
                : byType.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
    }

    private static BigDecimal euros(String amount) {
        return new BigDecimal(amount).setScale(2, RoundingMode.UNNECESSARY);
    }
}
