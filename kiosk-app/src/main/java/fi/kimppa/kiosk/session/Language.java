package fi.kimppa.kiosk.session;

import java.util.Arrays;
import java.util.Optional;

/** The languages that a kiosk speaks. */
public enum Language {
    FINNISH("fi", fi.kimppa.sip2.message.Language.FINNISH),
    SWEDISH("sv", fi.kimppa.sip2.message.Language.SWEDISH),
    ENGLISH("en", fi.kimppa.sip2.message.Language.ENGLISH);

    private final String tag;
    private final fi.kimppa.sip2.message.Language sip2;

    Language(String tag, fi.kimppa.sip2.message.Language sip2) {
        this.tag = tag;
        this.sip2 = sip2;
    }

    /** The BCP 47 tag, two letters. */
    public String tag() {
        return tag;
    }

    /** What SIP2 calls it. */
    public fi.kimppa.sip2.message.Language sip2() {
        return sip2;
    }

    /** The language with this tag, if the kiosk speaks it. */
    public static Optional<Language> ofTag(String tag) {
        return Arrays.stream(values())
                .filter(language -> language.tag.equals(tag))
                .findFirst();
    }
}
