package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.SampleAccounts;
import fi.kimppa.kiosk.session.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Accounts for the {@link Gallery}. */
record GalleryOfAccounts(Surroundings around, Patience patience) {
    Map<String, KioskState> states() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        var accounts = new SampleAccounts(around, patience);
        states.put("30-account-loans", accounts.loans());
        states.put("31-account-renewed", accounts.renewed());
        states.put("31-account-renewal-costs", accounts.renewedButWhatCosts());
        states.put("32-account-loading", accounts.loading());
        states.put("33-account-empty", accounts.nothing());
        states.put("34-account-holds", accounts.holds());
        states.put("35-account-cancel", accounts.cancelling());
        states.put("36-account-fees", accounts.fees());
        states.put("37-borrowing-holds", accounts.borrowing());
        states.put("38-borrowing-own-hold", accounts.ownHold());
        states.put("39-borrowing-notice", accounts.noticeBeforeThePile());
        states.put("39-borrowing-notice-pile", accounts.noticeAmongThePile());
        states.put("39-account-notice", accounts.noticeInTheAccount());
        return states;
    }

    /** One row of every kind on top of the list. */
    Map<String, KioskState> corners() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        new SampleAccounts(around, patience).everyRow().forEach((name, state) -> states.put("account " + name, state));
        return states;
    }
}
