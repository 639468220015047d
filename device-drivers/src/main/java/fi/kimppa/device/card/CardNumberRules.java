package fi.kimppa.device.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a site makes the number that its library system knows out of the number that was read from a card. The steps come in the order
 * of the components. Pure; what a step does not fit is left as it is.
 *
 * @param separators whether blanks and hyphens are taken out
 * @param strip what is taken off the front, in whatever case, if it is there and something is left
 * @param length how numbers of digits alone are brought to a length, if they are
 * @param letters the case of letters
 * @param add what is put in front unless it is there
 */
public record CardNumberRules(boolean separators, String strip, Optional<Length> length, Letters letters, String add) {
    /** Leaves every number as it was read. */
    public static final CardNumberRules AS_READ = new CardNumberRules(false, "", Optional.empty(), Letters.AS_READ, "");

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** The case of letters. */
    public enum Letters {
        AS_READ,
        UPPER,
        LOWER
    }

    /**
     * A length in digits.
     *
     * @param digits 1 to 32; Finnish cards have 10 or 11 where one system counts a leading zero and the other does not
     * @param change what may be done about it
     */
    public record Length(int digits, Change change) {
        /** What may be done about a length. */
        public enum Change {
            /** Shorter numbers get zeros in front. */
            PAD,
            /** Longer numbers lose zeros in front, no other digit. */
            STRIP,
            /** Both. */
            PAD_OR_STRIP
        }

        public Length {
            if (digits < 1 || digits > 32) {
                throw new IllegalArgumentException("Expected a length from 1 to 32 digits, found " + digits);
            }
        }

        private String of(String number) {
            String changed = number;
            if (change != Change.STRIP && number.length() < digits) {
                changed = "0".repeat(digits - number.length()) + number;
            }
            while (change != Change.PAD && changed.length() > digits && changed.charAt(0) == '0') {
                changed = changed.substring(1);
            }
            return changed;
        }
    }

    /** What a rule did. */
    public enum Rule {
        SEPARATORS,
        STRIP,
        LENGTH,
        LETTERS,
        ADD
    }

    /**
     * One step that changed the number.
     *
     * @param rule which rule it was
     * @param number what it made
     */
    public record Step(Rule rule, String number) {
        /** Hides the number. */
        @Override
        public String toString() {
            return "Step[" + rule + ", " + number.length() + " characters]";
        }
    }

    /**
     * What became of a number, step by step, so that it can be shown before it is used.
     *
     * @param read as it was read
     * @param steps those that changed it, in order
     */
    public record Result(String read, List<Step> steps) {
        public Result {
            steps = List.copyOf(steps);
        }

        /** What the library system gets. */
        public String number() {
            return steps.isEmpty() ? read : steps.getLast().number();
        }

        /** Hides the numbers. */
        @Override
        public String toString() {
            return "Result[" + read.length() + " characters, " + steps + "]";
        }
    }

    /** Applies the rules. */
    public Result apply(String read) {
        List<Step> steps = new ArrayList<>();
        String number = read;
        for (Rule rule : Rule.values()) {
            String changed = apply(rule, number);
            if (!changed.equals(number)) {
                steps.add(new Step(rule, changed));
                number = changed;
            }
        }
        return new Result(read, steps);
    }

    private String apply(Rule rule, String number) {
        return switch (rule) {
            case SEPARATORS -> separators ? number.replaceAll("[\\s-]", "") : number;
            case STRIP ->
                startsWith(number, strip) && number.length() > strip.length()
                        ? number.substring(strip.length())
                        : number;
            case LENGTH ->
                DIGITS.matcher(number).matches()
                        ? length.map(wanted -> wanted.of(number)).orElse(number)
                        : number;
            case LETTERS ->
                switch (letters) {
                    case AS_READ -> number;
                    case UPPER -> number.toUpperCase(Locale.ROOT);
                    case LOWER -> number.toLowerCase(Locale.ROOT);
                };
            case ADD -> startsWith(number, add) ? number : add + number;
        };
    }

    private static boolean startsWith(String number, String prefix) {
        return number.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
