package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.Language;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Sentences for AF in the languages of the house, from a bundle. Finnish where nothing is known of the patron. */
public final class ScreenTexts {
    private static final Locale FINNISH = Locale.of("fi");

    private final String bundle;

    /** Texts of this bundle, such as {@code fi.kimppa.gateway.circulation.messages}. */
    public ScreenTexts(String bundle) {
        this.bundle = bundle;
    }

    /** The sentence of this key with its parameters filled in. */
    public String text(Language language, String key, Object... parameters) {
        ResourceBundle texts = ResourceBundle.getBundle(
                bundle,
                locale(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new MessageFormat(texts.getString(key), locale(language)).format(parameters);
    }

    private static Locale locale(Language language) {
        return switch (language) {
            case SWEDISH -> Locale.of("sv");
            case ENGLISH -> Locale.ENGLISH;
            case FINNISH, RUSSIAN, UNSPECIFIED -> FINNISH;
        };
    }
}
