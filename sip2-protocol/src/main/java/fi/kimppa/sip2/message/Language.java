package fi.kimppa.sip2.message;

import java.util.Arrays;
import java.util.Locale;

/**
 * The languages of SIP2 2.00 that Finnish libraries need; the standard has no code for Sámi, which travels as
 * {@link #UNSPECIFIED}.
 */
public enum Language {
    UNSPECIFIED("000"),
    ENGLISH("001"),
    SWEDISH("006"),
    FINNISH("007"),
    RUSSIAN("015");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** The three digits on the wire. */
    public String code() {
        return code;
    }

    /** The language of a tag such as {@code sv} or {@code sv-FI}, {@link #UNSPECIFIED} for all others. */
    public static Language tagged(String tag) {
        return switch (tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT)) {
            case "en" -> ENGLISH;
            case "sv" -> SWEDISH;
            case "fi" -> FINNISH;
            case "ru" -> RUSSIAN;
            default -> UNSPECIFIED;
        };
    }

    /** The language of a wire code, {@link #UNSPECIFIED} for all others. */
    public static Language of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst()
                .orElse(UNSPECIFIED);
    }
}
