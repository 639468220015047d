package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Result;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.Question;
import fi.kimppa.kiosk.session.Visits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What belongs to a visit as a whole: the questions that lie over its screens. */
final class GalleryOfVisits {
    private GalleryOfVisits() {}

    /** Every picture, by its file name. */
    static Map<String, KioskState> states(KioskState borrowing, KioskState returning, KioskState receipt) {
        Map<String, KioskState> states = new LinkedHashMap<>();
        states.put("35-returning-within-a-visit", Visits.within((KioskState.Returning) returning, borrowing));
        states.put("37-borrowing-greeted", Visits.greeted(borrowing));
        states.put("37-returning-greeted", Visits.within((KioskState.Returning) returning, Visits.greeted(borrowing)));
        states.put("36-receipt-of-both", ofBoth((KioskState.OfferingReceipt) receipt));
        states.put("34-question-change-customer", anotherCard(borrowing));
        states.put(
                "34-question-loan-costs",
                Visits.asking(
                        borrowing,
                        new Question.LoanCosts(
                                1,
                                Optional.of("Muumipappa ja meri / Tove Jansson"),
                                new Money(new BigDecimal("1.50"), "EUR"))));
        states.put(
                "34-question-renewal-costs",
                Visits.asking(
                        borrowing,
                        new Question.RenewalCosts(
                                1,
                                Optional.of("Muumipappa ja meri / Tove Jansson"),
                                new Money(new BigDecimal("1.50"), "EUR"))));
        Language other = borrowing.language().equals(Language.FINNISH) ? Language.SWEDISH : borrowing.language();
        states.put("34-question-language", Visits.asking(borrowing, new Question.OtherLanguage(other)));
        states.put("34-question-all-read", Visits.asking(borrowing, new Question.AllRead(4)));
        return states;
    }

    /** One receipt for what was borrowed and what was brought back. */
    private static KioskState ofBoth(KioskState.OfferingReceipt offer) {
        Printout.LoanReceipt loans = (Printout.LoanReceipt) offer.receipt();
        return new KioskState.OfferingReceipt(
                offer.around(),
                new Printout.LoanReceipt(
                        loans.at(),
                        loans.loans(),
                        loans.notLent(),
                        loans.beingChecked(),
                        List.of(new Printout.Return("Taikatalvi / Tove Jansson", "3000000042", false))),
                new Result(Result.Task.BORROWED, 3, 1, 0, 0, 1),
                offer.until());
    }

    static KioskState anotherCard(KioskState state) {
        return Visits.asking(state, new Question.ChangeCustomer(new CardNumber("2000099999")));
    }
}
