package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.text.Wording.Said;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says of a loan that was made without connection that it was, and that its due date is what the kiosk reckons: the library has not
 * seen it. Pure; any thread.
 */
public final class OffLineWording {
    private OffLineWording() {}

    /** How an item of a borrowing session stands. */
    public static Said loan(Texts texts, LoanRow row, LocalDate today) {
        Said said = Wording.loan(texts, row.state(), today);
        if (!row.later()) {
            return said;
        }
        Optional<DueDate> due = row.state().due();
        String taken =
                due.map(when -> texts.onDay("out.later.due", when)).orElseGet(() -> texts.say("out.later.nodue"));
        // The first line of a loan is its due date, or that there is none.
        List<String> rest = said.lines().subList(1, said.lines().size());
        return new Said(
                said.word(), Stream.concat(Stream.of(taken), rest.stream()).toList());
    }

    /** The line below a title on the receipt. */
    public static String onPaper(Texts texts, Optional<DueDate> due) {
        return due.map(when -> texts.onPaper("paper.later.due", when)).orElseGet(() -> texts.say("paper.later.nodue"));
    }
}
