package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.Question;
import java.util.List;

/** What a person is asked in the middle of a visit, for the eye and for the ear. Pure; any thread. */
public final class QuestionWording {
    private QuestionWording() {}

    /** The question itself. */
    public static String asked(Texts texts, Question question) {
        return switch (question) {
            case Question.ChangeCustomer _ -> texts.say("ask.change");
        };
    }

    /** What has happened, and what the answer does. */
    public static List<String> about(Texts texts, Question question) {
        return switch (question) {
            case Question.ChangeCustomer _ -> List.of(texts.say("ask.change.why"), texts.say("ask.change.stands"));
        };
    }
}
