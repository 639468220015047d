package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.Question;
import fi.kimppa.kiosk.session.Visits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What belongs to a visit as a whole: the questions that lie over its screens. */
final class GalleryOfVisits {
    private GalleryOfVisits() {}

    /** Every picture, by its file name. */
    static Map<String, KioskState> states(KioskState borrowing) {
        Map<String, KioskState> states = new LinkedHashMap<>();
        states.put("34-question-change-customer", anotherCard(borrowing));
        states.put(
                "34-question-loan-costs",
                Visits.asking(
                        borrowing,
                        new Question.LoanCosts(
                                1,
                                Optional.of("Muumipappa ja meri / Tove Jansson"),
                                new Money(new BigDecimal("1.50"), "EUR"))));
        states.put("34-question-all-read", Visits.asking(borrowing, new Question.AllRead(4)));
        return states;
    }

    static KioskState anotherCard(KioskState state) {
        return Visits.asking(state, new Question.ChangeCustomer(new CardNumber("2000099999")));
    }
}
