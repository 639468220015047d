package fi.kimppa.device.card;

import java.util.regex.Pattern;

/**
 * What one kind of number looks like.
 *
 * @param expression the whole number
 * @param check which check character it ends with
 */
public record NumberPattern(Pattern expression, CheckDigit check) {
    /** The pattern of that expression. */
    public static NumberPattern of(String expression, CheckDigit check) {
        return new NumberPattern(Pattern.compile(expression), check);
    }

    /** Whether the expression matches; the check character is another question. */
    boolean looksLike(String number) {
        return expression.matcher(number).matches();
    }

    boolean accepts(String number) {
        return looksLike(number) && check.holds(number);
    }
}
