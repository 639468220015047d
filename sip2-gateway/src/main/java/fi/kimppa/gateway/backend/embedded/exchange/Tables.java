package fi.kimppa.gateway.backend.embedded.exchange;

import org.springframework.stereotype.Component;

/** Which rows each kind of file brings. */
@Component
class Tables {
    private final PatronTable patrons;
    private final ItemTable items;
    private final LoanTable loans;
    private final HoldTable holds;
    private final FeeTable fees;

    Tables(PatronTable patrons, ItemTable items, LoanTable loans, HoldTable holds, FeeTable fees) {
        this.patrons = patrons;
        this.items = items;
        this.loans = loans;
        this.holds = holds;
        this.fees = fees;
    }

    Table of(Kind kind) {
        return switch (kind) {
            case PATRONS -> patrons;
            case ITEMS, MARC -> items;
            case LOANS -> loans;
            case HOLDS -> holds;
            case FEES -> fees;
        };
    }

    ItemTable items() {
        return items;
    }
}
