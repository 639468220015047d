package fi.kimppa.gateway.backend.koha;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What to do about a loan after Koha has said what speaks against it. */
sealed interface CheckoutVerdict {
    /**
     * Ask for it.
     *
     * @param token which confirms Koha's questions; empty when it has none
     */
    record Lend(Optional<String> token) implements CheckoutVerdict {}

    /** Do not ask for it. */
    sealed interface Against extends CheckoutVerdict {}

    /** The patron has it already. */
    record Yours() implements Against {}

    /**
     * No.
     *
     * @param text for the patron
     * @param keys Koha's, for the log
     */
    record Refused(String text, Set<String> keys) implements Against {}

    /** Only for a fee, which nobody has accepted yet. */
    record Costs(BigDecimal fee) implements Against {}

    /** Keys of reasons are in capitals; in small letters are details of them, names among them. */
    Pattern KEY = Pattern.compile("[A-Z][A-Z_]+");

    Pattern SUM = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");

    String RENTALCHARGE = CheckoutKey.RENTALCHARGE.name();

    Pattern BRACKETS = Pattern.compile("\\(([^)]*)\\)");

    /**
     * Decides by the answer of GET /checkouts/availability.
     *
     * @param confirms what may be confirmed without asking anybody
     * @param feeAcknowledged whether the patron has accepted a fee (BO)
     */
    static CheckoutVerdict of(JsonNode availability, Set<String> confirms, boolean feeAcknowledged) {
        Set<String> blockers = keys(availability.path("blockers"));
        Set<String> questions = keys(availability.path("confirms"));
        Set<String> all = Stream.concat(blockers.stream(), questions.stream()).collect(Collectors.toSet());
        if (yours(all)) {
            return new Yours();
        }
        Set<String> against = new HashSet<>(all);
        against.removeIf(key ->
                !blockers.contains(key) && (confirms.contains(key) || (feeAcknowledged && key.equals(RENTALCHARGE))));
        Optional<BigDecimal> fee = Optional.of(RENTALCHARGE)
                .filter(key -> against.equals(Set.of(key)) && questions.contains(key))
                .flatMap(key -> sum(availability.path("confirms").path(key).asString("")));
        if (fee.isPresent()) {
            return new Costs(fee.get());
        }
        if (!against.isEmpty()) {
            return new Refused(text(against), against);
        }
        String token = availability.path("confirmation_token").asString("");
        return new Lend(questions.isEmpty() ? Optional.empty() : Optional.of(token));
    }

    /** Koha says the fee as the value of its key. */
    private static Optional<BigDecimal> sum(String value) {
        return Optional.of(value)
                .filter(text -> SUM.matcher(text).matches())
                .map(text -> new BigDecimal(text).setScale(2, RoundingMode.HALF_UP))
                .filter(sum -> sum.signum() > 0);
    }

    /** Decides by a refusal that names its keys in brackets: "Checkout not authorized (KEY KEY)". */
    static Against ofRefusal(String error) {
        Matcher brackets = BRACKETS.matcher(error);
        Set<String> keys = brackets.find()
                ? Stream.of(brackets.group(1).split("\\s+"))
                        .filter(word -> KEY.matcher(word).matches())
                        .collect(Collectors.toSet())
                : Set.of();
        return yours(keys) ? new Yours() : new Refused(text(keys), keys);
    }

    private static boolean yours(Set<String> keys) {
        return keys.stream().flatMap(key -> CheckoutKey.of(key).stream()).anyMatch(CheckoutKey::yours);
    }

    /** The sentence of the first known reason; a key that nobody knows is a matter for staff. */
    private static String text(Set<String> keys) {
        return keys.stream()
                .flatMap(key -> CheckoutKey.of(key).stream())
                .min(Comparator.naturalOrder())
                .map(CheckoutKey::text)
                .orElse("staff");
    }

    private static Set<String> keys(JsonNode object) {
        return object.propertyNames().stream()
                .filter(key -> KEY.matcher(key).matches())
                .collect(Collectors.toSet());
    }
}
