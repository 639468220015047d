package fi.kimppa.gateway.consortium;

/**
 * Which municipality a number belongs to.
 *
 * @param numbers what kind of number
 * @param pattern of the whole number: {@code #} stands for one digit, {@code ?} for any one character, {@code *} at the
 *     end for any rest, every other character for itself in either case; such as {@code 2033########}
 * @param municipality code of the municipality
 */
public record NumberRule(Numbers numbers, String pattern, String municipality) {
    /** The kinds of numbers. */
    public enum Numbers {
        /** Library cards, AA on the wire. */
        CARD,
        /** Things, AB on the wire. */
        ITEM
    }

    /** Whether the number fits. */
    boolean fits(String number) {
        boolean open = pattern.endsWith("*");
        int length = open ? pattern.length() - 1 : pattern.length();
        if (open ? number.length() < length : number.length() != length) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (!fits(pattern.charAt(at), number.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** How much of a number the pattern says: of two rules that fit, the one that says more holds. */
    long precision() {
        return pattern.chars()
                .mapToLong(sign -> switch (sign) {
                    case '*' -> 0;
                    case '?' -> 1;
                    case '#' -> 2;
                    default -> 3;
                })
                .sum();
    }

    private static boolean fits(char sign, char found) {
        return switch (sign) {
            case '#' -> found >= '0' && found <= '9';
            case '?' -> true;
            default -> Character.toLowerCase(sign) == Character.toLowerCase(found);
        };
    }
}
