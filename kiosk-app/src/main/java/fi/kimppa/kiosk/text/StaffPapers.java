package fi.kimppa.kiosk.text;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Printout;

/** Composes what staff print at the kiosk. No patron has a place on it. Pure. */
final class StaffPapers {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ abcdefghijklmnopqrstuvwxyzåäö 0123456789 €";
    private static final int FEED_LINES = 6;

    private StaffPapers() {}

    static Receipt feed() {
        Receipt.Builder paper = Receipt.builder();
        for (int line = 0; line < FEED_LINES; line++) {
            paper.blank();
        }
        return paper.cut().build();
    }

    static Receipt testPage(Texts texts, Printout.TestPage page, String machine) {
        return Receipt.builder()
                .leftRight(texts.say("paper.test"), texts.paperMoment(page.at()))
                .rule()
                .text(LETTERS)
                .text(LETTERS, Align.LEFT, Style.BOLD)
                .text(texts.say("paper.test"), Align.CENTRE, Style.DOUBLE)
                .rule()
                .text(texts.say("paper.machine", "machine", machine))
                .cut()
                .build();
    }

    static Receipt day(Texts texts, Printout.DaySlip slip, KioskSettings settings, String machine) {
        Receipt.Builder paper = Receipt.builder()
                .leftRight(settings.libraryName(), texts.paperMoment(slip.at()))
                .rule()
                .leftRight(texts.say("paper.day"), texts.paperDate(slip.day().date()), Style.BOLD);
        StaffWording.counts(texts, slip.day()).forEach(paper::text);
        paper.rule();
        paper.text(texts.count("staff.queue.waiting", slip.waiting()));
        paper.text(texts.count("staff.queue.refused", slip.refused()));
        if (!slip.day().slips().isEmpty()) {
            paper.rule().text(texts.say("paper.day.slips"), Align.LEFT, Style.BOLD);
            slip.day().slips().forEach(paper::text);
        }
        return paper.rule()
                .text(texts.say("paper.machine", "machine", machine))
                .cut()
                .build();
    }
}
