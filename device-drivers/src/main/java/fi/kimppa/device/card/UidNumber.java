package fi.kimppa.device.card;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a system writes the chip number (UID) of a contactless card as a card number. Systems differ, and no standard says how; a
 * site finds its own by comparing {@link #all} with what its library system has. Pure.
 *
 * @param part which bytes of the UID count
 * @param order their order, after the part is taken
 * @param digits how the number is written
 */
public record UidNumber(Part part, Order order, Digits digits) {
    /** Which bytes of the UID count, in the order in which the reader gives them. */
    public enum Part {
        /** All 4, 7 or 10. */
        ALL,
        /** The first four. */
        FIRST_FOUR,
        /** The last four. */
        LAST_FOUR
    }

    /** The order of the bytes. */
    public enum Order {
        /** As the reader gives them, the first one most significant. */
        AS_READ,
        /** The other way round. */
        REVERSED
    }

    /** How the number is written. */
    public enum Digits {
        /** Two capital hexadecimal digits a byte. */
        HEX_UPPER,
        /** Two small hexadecimal digits a byte. */
        HEX_LOWER,
        /** Decimal, without leading zeros. */
        DECIMAL,
        /** Decimal, with as many leading zeros as the largest such number needs, 10 for four bytes. */
        DECIMAL_PADDED
    }

    /** All of it in capital hexadecimal digits, as the reader gives it. */
    public static final UidNumber AS_READ = new UidNumber(Part.ALL, Order.AS_READ, Digits.HEX_UPPER);

    private static final int FOUR = 4;

    /**
     * The way of this short name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static UidNumber parse(String name) {
        List<UidNumber> ways = every();
        return ways.stream()
                .filter(way -> way.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + ways.stream().map(UidNumber::toString).collect(Collectors.joining("; "))));
    }

    private static List<UidNumber> every() {
        List<UidNumber> ways = new ArrayList<>();
        for (Part part : Part.values()) {
            for (Order order : Order.values()) {
                for (Digits digits : Digits.values()) {
                    ways.add(new UidNumber(part, order, digits));
                }
            }
        }
        return ways;
    }

    /**
     * The number.
     *
     * @param uid as the reader gives it, 4 to 10 bytes
     * @throws IllegalArgumentException when it has fewer or more
     */
    public String of(byte[] uid) {
        if (uid.length < FOUR || uid.length > 10) {
            throw new IllegalArgumentException("Expected a UID of 4 to 10 bytes, found " + uid.length);
        }
        int from = part == Part.LAST_FOUR ? uid.length - FOUR : 0;
        int count = part == Part.ALL ? uid.length : FOUR;
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[order == Order.AS_READ ? i : count - 1 - i] = uid[from + i];
        }
        String decimal = new BigInteger(1, bytes).toString();
        return switch (digits) {
            case HEX_UPPER -> HexFormat.of().withUpperCase().formatHex(bytes);
            case HEX_LOWER -> HexFormat.of().formatHex(bytes);
            case DECIMAL -> decimal;
            case DECIMAL_PADDED -> "0".repeat(width(count) - decimal.length()) + decimal;
        };
    }

    private static int width(int bytes) {
        return BigInteger.ONE
                .shiftLeft(8 * bytes)
                .subtract(BigInteger.ONE)
                .toString()
                .length();
    }

    /** Every way to write this UID, each way once, for comparing; of ways that write the same the first. */
    public static Map<UidNumber, String> all(byte[] uid) {
        Map<UidNumber, String> ways = new LinkedHashMap<>();
        for (UidNumber way : every()) {
            String number = way.of(uid);
            if (!ways.containsValue(number)) {
                ways.put(way, number);
            }
        }
        return ways;
    }

    /** The short name, for settings and for showing, for example {@code all, reversed, decimal}. */
    @Override
    public String toString() {
        return (part + ", " + order + ", " + digits).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
