package fi.kimppa.kiosk.text;

import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Result;
import fi.kimppa.kiosk.session.ReceiptMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A finished session in a sentence or three, for the eye and for the ear. Pure; any thread. */
public final class Summary {
    private Summary() {}

    /** What was done. */
    public static List<String> of(Texts texts, Result result) {
        List<String> sentences = new ArrayList<>();
        switch (result.task()) {
            case BORROWED ->
                sentences.add(
                        result.notDone() == 0
                                ? texts.say("out.summary.all", "a", result.done())
                                : texts.say("out.summary", "a", result.done(), "b", result.notDone()));
            case RENEWED -> sentences.add(texts.count("acc.summary", result.done()));
            case RETURNED -> {
                sentences.add(texts.count("in.count", result.done()));
                if (result.notDone() > 0) {
                    sentences.add(texts.count("in.not", result.notDone()));
                }
            }
            case NOTHING -> {}
        }
        if (result.returned() > 0) {
            sentences.add(texts.count("in.count", result.returned()));
        }
        if (result.beingChecked() > 0) {
            sentences.add(texts.count("out.summary.checking", result.beingChecked()));
        }
        if (result.seeStaff() > 0) {
            sentences.add(texts.count("out.summary.staff", result.seeStaff()));
        }
        return sentences;
    }

    /** What became of the receipt; empty when there was none. */
    public static Optional<String> receipt(Texts texts, Farewell farewell) {
        if (farewell.printing()) {
            return Optional.of(texts.say("rc.printing"));
        }
        return farewell.printed()
                .map(outcome -> switch (outcome) {
                    case PrintOutcome.Printed _ -> texts.say("rc.take");
                    case PrintOutcome.NotPrinted _ -> texts.say("rc.failed");
                    case PrintOutcome.Unconfirmed _ -> texts.say("rc.unsure");
                })
                .or(() -> mail(texts, farewell.mail()));
    }

    /** How far a receipt by e-mail is; empty as long as nobody wants one. */
    public static Optional<String> mail(Texts texts, ReceiptMail mail) {
        return switch (mail) {
            case ReceiptMail.Impossible _, ReceiptMail.Possible _ -> Optional.empty();
            case ReceiptMail.Asked _ -> Optional.of(texts.say("rc.mail.asked"));
            case ReceiptMail.Taken _ -> Optional.of(texts.say("rc.mail.taken"));
            case ReceiptMail.Unconfirmed _ -> Optional.of(texts.say("rc.mail.unsure"));
        };
    }
}
