package fi.kimppa.kiosk.paper;

import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.util.Set;

/** What a layout may say: Finnish has every sentence, with the parameters that it has in every language. */
final class Sentences {
    private static final Texts ALL = Texts.in(Language.FINNISH);

    private Sentences() {}

    static boolean has(String key) {
        return ALL.has(key);
    }

    /** The parameters of a sentence; none when there is no such sentence. */
    static Set<String> parameters(String key) {
        return ALL.has(key) ? ALL.parametersOf(key) : Set.of();
    }
}
