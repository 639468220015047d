package fi.kimppa.kiosk.session;

import java.util.regex.Pattern;

/**
 * A language that a kiosk speaks. Which ones there are follows from the bundles of {@code kiosk.text}: a new one needs no
 * line here.
 *
 * @param tag BCP 47, two or three letters
 * @param sip2 what SIP2 calls it, three digits; {@code 000} where the standard has no code
 */
public record Language(String tag, String sip2) {
    // These stand first: what follows is checked by them.
    private static final Pattern TAG = Pattern.compile("[a-z]{2,3}");
    private static final Pattern SIP2 = Pattern.compile("[0-9]{3}");

    /** Finnish. These three are spoken everywhere; they are here as their bundles have them. */
    public static final Language FINNISH = new Language("fi", "007");

    /** Swedish as in Finland. */
    public static final Language SWEDISH = new Language("sv", "006");

    /** English. */
    public static final Language ENGLISH = new Language("en", "001");

    /** Checks the forms. */
    public Language {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "a language's tag has two or three small letters, found \"" + tag + "\"");
        }
        if (!SIP2.matcher(sip2).matches()) {
            throw new IllegalArgumentException("SIP2's code of a language has three digits, found \"" + sip2 + "\"");
        }
    }

    @Override
    public String toString() {
        return tag;
    }
}
