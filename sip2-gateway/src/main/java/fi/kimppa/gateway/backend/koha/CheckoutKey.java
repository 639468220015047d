package fi.kimppa.gateway.backend.koha;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why Koha does not lend, or wants it confirmed first: the keys of {@code CanBookBeIssued} (C4/Circulation.pm), one row
 * each. Of several the first one is told.
 */
enum CheckoutKey {
    /** The same patron has it, and could renew it. */
    RENEW_ISSUE(Kind.YOURS, "item.yours"),
    /** The same patron has it, and could not renew it. */
    NO_MORE_RENEWALS(Kind.YOURS, "item.yours"),
    NO_RENEWAL_FOR_ONSITE_CHECKOUTS(Kind.YOURS, "item.yours"),
    UNKNOWN_BARCODE(Kind.REASON, "item.unknown"),
    CARD_LOST(Kind.REASON, "card.lost"),
    EXPIRED(Kind.REASON, "card.expired"),
    DEBARRED(Kind.REASON, "card.restricted"),
    USERBLOCKEDNOENDDATE(Kind.REASON, "card.restricted"),
    USERBLOCKEDWITHENDDATE(Kind.REASON, "card.restricted"),
    GNA(Kind.REASON, "card.address"),
    USERBLOCKEDOVERDUE(Kind.REASON, "overdue.block"),
    DEBT(Kind.REASON, "fees.block"),
    DEBT_GUARANTEES(Kind.REASON, "fees.block"),
    DEBT_GUARANTORS(Kind.REASON, "fees.block"),
    ISSUED_TO_ANOTHER(Kind.REFUSED_TO_PATRONS, "item.lent"),
    RETURN_IMPOSSIBLE(Kind.REASON, "item.lent"),
    RESERVED(Kind.REFUSED_TO_PATRONS, "item.held"),
    RESERVE_WAITING(Kind.REFUSED_TO_PATRONS, "item.held"),
    TRANSFERRED(Kind.REFUSED_TO_PATRONS, "item.held"),
    PROCESSING(Kind.REFUSED_TO_PATRONS, "item.held"),
    RECALLED(Kind.REASON, "item.held"),
    RECALLED_INTRANSIT(Kind.REASON, "item.held"),
    AGE_RESTRICTION(Kind.REFUSED_TO_PATRONS, "item.age"),
    NOT_FOR_LOAN(Kind.REASON, "item.reference"),
    NOT_FOR_LOAN_FORCING(Kind.REASON, "item.reference"),
    RESTRICTED(Kind.REASON, "item.reference"),
    WTHDRAWN(Kind.REASON, "item.staff"),
    ITEM_LOST(Kind.REASON, "item.staff"),
    ITEMNOTSAMEBRANCH(Kind.REASON, "item.staff"),
    TOO_MANY(Kind.REFUSED_TO_PATRONS, "loans.limit"),
    PATRON_CANT(Kind.REASON, "loans.limit"),
    /** Confirmed where the patron has accepted the fee (BO). */
    RENTALCHARGE(Kind.REASON, "fee.acknowledge"),
    INVALID_DATE(Kind.REASON, "staff"),
    STATS(Kind.REASON, "staff");

    private enum Kind {
        /** The loan stands already. */
        YOURS,
        /** Koha turns it from a question into a refusal for patrons (Koha/REST/V1/Checkouts.pm). */
        REFUSED_TO_PATRONS,
        /** Anything else. */
        REASON
    }

    private final Kind kind;
    private final String text;

    CheckoutKey(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** The row of a key, if it is known. */
    static Optional<CheckoutKey> of(String key) {
        return Arrays.stream(values()).filter(row -> row.name().equals(key)).findFirst();
    }

    static boolean refusedToPatrons(String key) {
        return of(key).filter(row -> row.kind == Kind.REFUSED_TO_PATRONS).isPresent();
    }

    /** Whether it says that the patron has the thing already. */
    boolean yours() {
        return kind == Kind.YOURS;
    }

    /** The sentence for the patron. */
    String text() {
        return text;
    }
}
