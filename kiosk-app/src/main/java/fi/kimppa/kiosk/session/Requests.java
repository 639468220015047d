package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Secret;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** The requests that a kiosk makes, with its own institution, branch and time. */
final class Requests {
    /** Asks our own gateway for the pick-up name of the patron whose PIN goes with it. */
    private static final String TELL_PICKUP_NAME = "tell=pickup-name";

    /** Asks it too for the language that the patron has there, which it then says in place of the one that it was asked in. */
    private static final String TELL_WHO = TELL_PICKUP_NAME + ";tell=language";

    /** And whether a receipt can go by e-mail. The address itself it keeps to itself. */
    private static final String TELL_MAIL = TELL_WHO + ";tell=mail";

    /** Position 6 of summary asks our own gateway for fees, as FOLIO's edge-sip2 has it. */
    private static final String FEES = "      Y   ";

    /** BY of a hold on any copy of a title (SIP2 2.00, hold type). */
    private static final String ANY_COPY = "2";

    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    private Requests() {}

    private static Timestamp now(Surroundings around) {
        return Timestamp.of(around.now(), around.settings().zone());
    }

    /** The tag's owner for our own gateway, which routes by it; other libraries would not understand it. */
    private static Optional<String> owner(Surroundings around, ItemKey item) {
        return item.owner().filter(_ -> around.settings().kimppaGateway()).map(isil -> "owner=" + isil);
    }

    /**
     * 63 about whoever has just typed the PIN.
     *
     * @throws IllegalArgumentException without a PIN
     */
    static PatronInformation whoIs(Surroundings around, CardNumber card, Secret pin) {
        return patron(
                around,
                card,
                pin,
                ItemList.summary(Optional.of(ItemList.CHARGED)),
                around.settings().offers(Extra.MAIL) ? TELL_MAIL : TELL_WHO);
    }

    /**
     * 63.
     *
     * @throws IllegalArgumentException without a PIN: libraries count an empty AD as a wrong one and lock the card
     */
    static PatronInformation patron(Surroundings around, CardNumber card, Secret pin, Optional<ItemList> list) {
        return patron(around, card, pin, ItemList.summary(list), TELL_PICKUP_NAME);
    }

    /** 63 for what is owed, one by one; only our own gateway is asked so. */
    static PatronInformation fees(Surroundings around, Patron patron) {
        return patron(around, patron.card(), patron.pin(), FEES, TELL_PICKUP_NAME);
    }

    private static PatronInformation patron(
            Surroundings around, CardNumber card, Secret pin, String summary, String tell) {
        if (pin.isEmpty()) {
            throw new IllegalArgumentException("a 63 is never sent without a PIN");
        }
        return new PatronInformation(
                around.language().sip2(),
                now(around),
                summary,
                around.settings().institution(),
                card.text(),
                Optional.empty(),
                Optional.of(pin),
                Optional.empty(),
                Optional.empty(),
                around.settings().kimppaGateway() ? List.of(CodedField.of(Field.CH, tell)) : List.of());
    }

    /**
     * What is asked for a purpose.
     *
     * @param row what it is about, if it is about a thing of the pile
     */
    static Request about(Surroundings around, Patron patron, Pending.Purpose purpose, Optional<LoanRow> row) {
        return switch (purpose) {
            case LEND -> checkout(around, patron, item(row));
            case RENEW ->
                renew(around, patron, item(row), row.filter(LoanRow::agreed).isPresent());
            case LENT_DUE, LENT_AS_IT_IS_DUE, WHY_ITEM, OWN_LOAN, SETTLE_BY_ITEM, SETTLE_BY_TITLE, RENEWED_DUE ->
                item(around, item(row));
            case WHY_PATRON -> patron(around, patron.card(), patron.pin(), Optional.empty());
            case SETTLE_BY_LOANS, WHY_LOANS ->
                patron(around, patron.card(), patron.pin(), Optional.of(ItemList.CHARGED));
            case READY_HOLDS -> patron(around, patron.card(), patron.pin(), Optional.of(ItemList.HOLD));
            case CHECK_IN, SPOOL, LOOK_UP, NOTE_LOAN ->
                throw new IllegalArgumentException("nothing that a borrower's library is asked: " + purpose);
        };
    }

    private static ItemKey item(Optional<LoanRow> row) {
        return row.flatMap(LoanRow::item).orElseThrow();
    }

    /** 17. */
    static ItemInformation item(Surroundings around, ItemKey item) {
        return new ItemInformation(
                now(around), around.settings().institution(), item.identifier(), Optional.empty(), List.of());
    }

    /** 11, neither a renewal nor forced; it may cost something where the patron has agreed to that. */
    static Checkout checkout(Surroundings around, Patron patron, ItemKey item) {
        boolean feeAccepted = around.stay().agreedTo(item);
        return new Checkout(
                false,
                false,
                now(around),
                Timestamp.BLANK,
                around.settings().institution(),
                patron.card().text(),
                item.identifier(),
                Optional.empty(),
                owner(around, item),
                Optional.of(patron.pin()),
                feeAccepted ? Optional.of(true) : Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * 11 for a loan without connection: it has happened, with its own time and without a PIN.
     *
     * @param due what the patron was told; empty where the library says
     */
    static Checkout lentOffLine(Surroundings around, CardNumber card, ItemKey item, Optional<LocalDate> due) {
        return new Checkout(
                false,
                true,
                now(around),
                due.map(day -> Timestamp.of(day.atTime(END_OF_DAY))).orElse(Timestamp.BLANK),
                around.settings().institution(),
                card.text(),
                item.identifier(),
                Optional.empty(),
                owner(around, item),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * 29.
     *
     * @param feeAccepted whether the patron has agreed to what it costs
     */
    static Renew renew(Surroundings around, Patron patron, ItemKey item, boolean feeAccepted) {
        return new Renew(
                false,
                false,
                now(around),
                Timestamp.BLANK,
                around.settings().institution(),
                patron.card().text(),
                Optional.of(patron.pin()),
                Optional.of(item.identifier()),
                Optional.empty(),
                Optional.empty(),
                owner(around, item),
                feeAccepted ? Optional.of(true) : Optional.empty(),
                List.of());
    }

    /** 65, for nothing: what costs something is left as it is. */
    static RenewAll renewAll(Surroundings around, Patron patron) {
        return new RenewAll(
                now(around),
                around.settings().institution(),
                patron.card().text(),
                Optional.of(patron.pin()),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** 15 that deletes a hold, by its item where the library named one, else by its title. */
    static Hold cancel(Surroundings around, Patron patron, AccountHold hold) {
        Optional<String> entry = Optional.of(hold.entry());
        return hold(
                around,
                patron,
                HoldMode.DELETE,
                Optional.empty(),
                Optional.empty(),
                entry.filter(_ -> hold.hasItem()),
                entry.filter(_ -> !hold.hasItem()),
                false);
    }

    /**
     * 15 that places a hold on any copy of a work: by one of its copies and BY 2 where there is one, else by the title.
     *
     * @param feeAccepted whether the patron has agreed to what it costs
     */
    static Hold hold(Surroundings around, Patron patron, CatalogueDetails work, PickUp where, boolean feeAccepted) {
        Optional<String> item = work.itemIdentifier();
        return hold(
                around,
                patron,
                HoldMode.ADD,
                Optional.of(where.branch()),
                item.map(_ -> ANY_COPY),
                item,
                work.titleIdentifier().filter(_ -> item.isEmpty()),
                feeAccepted);
    }

    private static Hold hold(
            Surroundings around,
            Patron patron,
            HoldMode mode,
            Optional<String> pickUp,
            Optional<String> type,
            Optional<String> item,
            Optional<String> title,
            boolean feeAccepted) {
        return new Hold(
                mode,
                now(around),
                Optional.empty(),
                pickUp,
                type,
                around.settings().institution(),
                patron.card().text(),
                Optional.of(patron.pin()),
                item,
                title,
                Optional.empty(),
                feeAccepted ? Optional.of(true) : Optional.empty(),
                List.of());
    }

    /** 09, returned here and now. */
    static Checkin checkin(Surroundings around, ItemKey item) {
        return new Checkin(
                false,
                now(around),
                now(around),
                around.settings().branch(),
                around.settings().institution(),
                item.identifier(),
                Optional.empty(),
                owner(around, item),
                Optional.empty(),
                List.of());
    }

    /** 35, without the PIN, which is erased at the same time. */
    static EndPatronSession end(Surroundings around, CardNumber card) {
        return new EndPatronSession(
                now(around),
                around.settings().institution(),
                card.text(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
