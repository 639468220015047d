package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.ReturnRow;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.List;

/** Rows of lists and lines of receipts, for the ear. The title is for the person alone; a number in place of a title is not read. */
final class SpokenRows {
    /** So many lines of a row are our own sentences at the most; what follows are the library's words, which may be personal. */
    private static final int OUR_LINES = 2;

    private SpokenRows() {}

    static void loan(Telling telling, Spoken spoken, LoanRow row) {
        row.title().ifPresent(title -> telling.whisper(Spoken.title(title)));
        loan(telling, spoken, row.state(), row.later());
        if (row.later()) {
            telling.say(spoken.say("speech.later"));
        }
    }

    /** Of a loan that the library learns of later the date is said to be settled then, and nothing is to be checked. */
    private static void loan(Telling telling, Spoken spoken, LoanState state, boolean later) {
        Said said = Wording.loan(spoken.texts(), state, spoken.today());
        telling.say(said.word());
        if (state instanceof LoanState.Incomplete(int found, int total)) {
            telling.say(spoken.say("speech.parts", "k", found, "n", total));
            return;
        }
        state.due().ifPresent(due -> telling.say(spoken.due(due)));
        List<String> rest = said.lines().stream()
                .skip(later || state.due().isPresent() ? 1 : 0)
                .map(line -> state.fee().map(fee -> spoken.sum(line, fee)).orElse(line))
                .toList();
        boolean theirs = state instanceof LoanState.NotRenewed && state.fee().isEmpty();
        lines(telling, rest, theirs ? OUR_LINES - 1 : OUR_LINES);
    }

    private static void lines(Telling telling, List<String> lines, int ours) {
        lines.stream().limit(ours).forEach(telling::say);
        lines.stream().skip(ours).forEach(telling::whisper);
    }

    static void back(Telling telling, Spoken spoken, ReturnRow row) {
        row.title().ifPresent(title -> telling.whisper(Spoken.title(title)));
        Said said = Wording.back(spoken.texts(), row.state(), spoken::bin);
        telling.say(said.word());
        if (row.state() instanceof ReturnState.Incomplete(int found, int total)) {
            telling.say(spoken.say("speech.parts", "k", found, "n", total));
            return;
        }
        lines(telling, said.lines(), OUR_LINES);
    }

    /**
     * One line of a receipt.
     *
     * @param line from 1
     */
    static void line(Telling telling, Spoken spoken, Printout printout, int line) {
        switch (printout) {
            case Printout.LoanReceipt receipt -> loanLine(telling, spoken, receipt, line - 1);
            case Printout.ReturnReceipt receipt ->
                returned(telling, spoken, receipt.returns().get(line - 1));
            case Printout.HoldSlip _,
                    Printout.TransferSlip _,
                    Printout.Feed _,
                    Printout.TestPage _,
                    Printout.DaySlip _ -> {}
        }
    }

    private static void returned(Telling telling, Spoken spoken, Printout.Return back) {
        telling.whisper(Spoken.title(back.title()));
        telling.say(spoken.say(word(back)));
    }

    private static String word(Printout.Return back) {
        if (back.later()) {
            return "in.later";
        }
        return back.notOnLoan() ? "in.notloan.word" : "in.done";
    }

    private static void loanLine(Telling telling, Spoken spoken, Printout.LoanReceipt receipt, int index) {
        int loans = receipt.loans().size();
        int named = loans + receipt.notLent().size();
        int all = named + receipt.beingChecked().size();
        if (index < loans) {
            Printout.Loan loan = receipt.loans().get(index);
            telling.whisper(Spoken.title(loan.title()));
            telling.say(spoken.say("out.done"));
            loan.due().ifPresent(due -> telling.say(spoken.due(due)));
            if (loan.later()) {
                telling.say(spoken.say("speech.later"));
            } else {
                Wording.check(spoken.texts(), loan.due(), spoken.today()).ifPresent(telling::say);
            }
        } else if (index < named) {
            Printout.NotLent not = receipt.notLent().get(index - loans);
            telling.whisper(Spoken.title(not.title()));
            loan(telling, spoken, not.state(), false);
        } else if (index < all) {
            telling.whisper(Spoken.title(receipt.beingChecked().get(index - named)));
            telling.say(spoken.say("out.checking"));
        } else {
            returned(telling, spoken, receipt.returned().get(index - all));
        }
    }
}
