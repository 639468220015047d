package fi.kimppa.kiosk.text;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Printout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes receipts for patrons and slips for the bins. No borrower's name, card number, fee or address has a place on
 * any of them.
 *
 * <p>Layouts hold at 32, 42 and 48 columns. Immutable; any thread.
 */
public final class Receipts {
    private static final int TITLE_LINES = 2;

    private final KioskSettings settings;
    private final String machine;
    private final int columns;

    /**
     * Receipts of one kiosk.
     *
     * @param settings library name, web address and help number of the branch
     * @param machine the kiosk's own id
     * @param columns letters per line of its printer: 32, 42 or 48
     */
    public Receipts(KioskSettings settings, String machine, int columns) {
        this.settings = settings;
        this.machine = machine;
        this.columns = columns;
    }

    /** A printout, put into words. */
    public Receipt compose(Printout printout, Language language) {
        Texts texts = Texts.in(language);
        return switch (printout) {
            case Printout.LoanReceipt loans -> loans(texts, loans);
            case Printout.ReturnReceipt returns -> returns(texts, returns);
            case Printout.HoldSlip hold -> hold(texts, hold);
            case Printout.TransferSlip transfer -> transfer(texts, transfer);
            case Printout.Feed _ -> StaffPapers.feed();
            case Printout.TestPage page -> StaffPapers.testPage(texts, page, machine);
            case Printout.DaySlip day -> StaffPapers.day(texts, day, settings, machine);
        };
    }

    private Receipt loans(Texts texts, Printout.LoanReceipt receipt) {
        var paper = head(texts, receipt.at());
        heading(paper, texts.say("paper.loans"), receipt.loans().size());
        for (Printout.Loan loan : receipt.loans()) {
            title(paper, loan.title());
            if (loan.later()) {
                right(paper, OffLineWording.onPaper(texts, loan.due()));
            } else {
                loan.due().ifPresent(due -> right(paper, texts.say("paper.due", "date", onPaper(texts, due))));
            }
        }
        if (receipt.loans().stream().anyMatch(Printout.Loan::later)) {
            paper.rule().text(texts.say("paper.later"));
        }
        if (!receipt.notLent().isEmpty()) {
            paper.rule();
            heading(paper, texts.say("paper.notlent"), receipt.notLent().size());
            for (Printout.NotLent not : receipt.notLent()) {
                title(paper, not.title());
                right(paper, why(texts, not.state()));
            }
        }
        if (!receipt.beingChecked().isEmpty()) {
            paper.rule();
            heading(paper, texts.say("paper.checking"), receipt.beingChecked().size());
            receipt.beingChecked().forEach(title -> title(paper, title));
            paper.text(texts.say("out.checking.what"));
        }
        paper.rule();
        if (!settings.webAddress().isBlank()) {
            paper.text(texts.say("paper.renew", "address", settings.webAddress()));
        }
        return foot(texts, paper);
    }

    private static String onPaper(Texts texts, DueDate due) {
        return due.date().map(texts::paperDay).orElse(due.text());
    }

    /** The reason of a refusal, else what the screen said last. */
    private static String why(Texts texts, LoanState state) {
        return switch (state) {
            case LoanState.Refused refused -> Wording.reason(texts, refused);
            default -> {
                Wording.Said said = Wording.loan(texts, state);
                yield said.lines().isEmpty() ? said.word() : said.lines().getFirst();
            }
        };
    }

    private Receipt returns(Texts texts, Printout.ReturnReceipt receipt) {
        var paper = head(texts, receipt.at());
        heading(paper, texts.say("paper.returned"), receipt.returns().size());
        for (Printout.Return back : receipt.returns()) {
            title(paper, back.title());
            if (back.later()) {
                right(paper, texts.say("in.later"));
            }
        }
        paper.rule().text(texts.say("paper.machine", "machine", machine));
        return foot(texts, paper);
    }

    /** Goes into the bin with the thing. It says "process" and not "ready", since only staff make a hold ready. */
    private Receipt hold(Texts texts, Printout.HoldSlip hold) {
        var paper = slip(texts.say("paper.hold"), hold.bin(), hold.alias());
        paper.text(texts.say("paper.process"), Align.LEFT, Style.BOLD);
        title(paper, hold.title());
        paper.leftRight(texts.say("paper.item", "item", hold.item()), texts.paperMoment(hold.at()));
        paper.text(texts.say(hold.here() ? "paper.pickup" : "paper.pickup.away", "library", hold.pickupLibrary()));
        return paper.cut().build();
    }

    private Receipt transfer(Texts texts, Printout.TransferSlip transfer) {
        var paper = slip(texts.say("paper.transfer"), transfer.bin(), transfer.destination());
        paper.text(texts.say("paper.from", "library", settings.libraryName()));
        title(paper, transfer.title());
        paper.leftRight(texts.say("paper.item", "item", transfer.item()), texts.paperMoment(transfer.at()));
        return paper.cut().build();
    }

    /** What staff see across the room: what it is, the bin, and where to or for whom. */
    private static Receipt.Builder slip(String what, String bin, String large) {
        var paper =
                Receipt.builder().leftRight(what, "[" + bin + "]", Style.DOUBLE).blank();
        return large.isBlank()
                ? paper
                : paper.text(large, Align.LEFT, Style.DOUBLE).blank();
    }

    private Receipt.Builder head(Texts texts, Instant at) {
        return Receipt.builder()
                .leftRight(settings.libraryName(), texts.paperMoment(at))
                .rule();
    }

    private Receipt foot(Texts texts, Receipt.Builder paper) {
        if (!settings.telephone().isBlank()) {
            paper.text(texts.say("paper.phone", "phone", settings.telephone()));
        }
        return paper.cut().build();
    }

    private static void heading(Receipt.Builder paper, String text, int pieces) {
        paper.leftRight(text, Integer.toString(pieces), Style.BOLD).blank();
    }

    private static void right(Receipt.Builder paper, String text) {
        paper.text(text, Align.RIGHT, Style.PLAIN);
    }

    /** Two columns stay free at the right, so that a title never looks joined to what stands below it. */
    private void title(Receipt.Builder paper, String title) {
        lines(title, columns - 2).forEach(paper::text);
    }

    /** At most two lines, broken at words where possible; what does not fit ends in three dots. */
    static List<String> lines(String title, int width) {
        List<String> lines = new ArrayList<>();
        String rest = title.strip();
        while (rest.length() > width && lines.size() < TITLE_LINES - 1) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        lines.add(rest.length() > width ? rest.substring(0, width - 3).strip() + "..." : rest);
        return lines;
    }
}
