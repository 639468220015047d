package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState.Result;
import fi.kimppa.kiosk.text.Texts;
import java.util.ArrayList;
import java.util.List;

/** A finished session in a sentence or three. */
final class Summary {
    private Summary() {}

    static List<String> of(Texts texts, Result result) {
        List<String> sentences = new ArrayList<>();
        switch (result.task()) {
            case BORROWED ->
                sentences.add(
                        result.notDone() == 0
                                ? texts.say("out.summary.all", "a", result.done())
                                : texts.say("out.summary", "a", result.done(), "b", result.notDone()));
            case RENEWED -> sentences.add(texts.count("acc.summary", result.done()));
            case RETURNED -> sentences.add(texts.count("in.count", result.done()));
            case NOTHING -> {}
        }
        if (result.beingChecked() > 0) {
            sentences.add(texts.count("out.summary.checking", result.beingChecked()));
        }
        if (result.seeStaff() > 0) {
            sentences.add(texts.count("out.summary.staff", result.seeStaff()));
        }
        return sentences;
    }
}
