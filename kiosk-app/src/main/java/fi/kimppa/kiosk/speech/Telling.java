package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Language;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects the sentences of one utterance. For one thread. */
final class Telling {
    private static final char NO_BREAK_SPACE = '\u00A0';
    private static final String ENDS = ".!?…:";

    private final List<Utterance.Part> parts = new ArrayList<>();

    /** A sentence that anybody may hear. */
    Telling say(String sentence) {
        return add(sentence, false);
    }

    /** Sentences that anybody may hear. */
    Telling say(Collection<String> sentences) {
        sentences.forEach(this::say);
        return this;
    }

    /** A sentence that only the person may hear. */
    Telling whisper(String sentence) {
        return add(sentence, true);
    }

    private Telling add(String sentence, boolean personal) {
        String text = sentence.replace(NO_BREAK_SPACE, ' ').strip();
        if (!text.isEmpty()) {
            // Without a full stop the engine runs one sentence into the next.
            boolean ended = ENDS.indexOf(text.charAt(text.length() - 1)) >= 0;
            parts.add(new Utterance.Part(ended ? text : text + ".", personal));
        }
        return this;
    }

    Utterance in(Language language) {
        return new Utterance(language, parts);
    }
}
