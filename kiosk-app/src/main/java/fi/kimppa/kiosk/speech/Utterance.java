package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Language;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is said in one breath.
 *
 * @param language whose voice says it
 * @param parts sentences, in order
 */
public record Utterance(Language language, List<Part> parts) {
    /**
     * One sentence.
     *
     * @param text as the engine reads it: numbers as digits, dates in words
     * @param personal whether only the person may hear it
     */
    public record Part(String text, boolean personal) {
        /** May name what somebody reads. */
        @Override
        public String toString() {
            return personal ? "***" : text;
        }
    }

    /** Takes a copy. */
    public Utterance {
        parts = List.copyOf(parts);
    }

    /** What is left of it where others hear it. */
    public Utterance aloud() {
        return new Utterance(
                language, parts.stream().filter(part -> !part.personal()).toList());
    }

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** All of it, as one text. */
    public String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining(" "));
    }
}
