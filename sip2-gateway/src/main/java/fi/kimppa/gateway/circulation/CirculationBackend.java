package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LockedRead.Question;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Set;

/**
 * A circulation backend: one method per SIP2 service, in the words of SIP2. Each call stands alone. A "no" is a
 * value, a change with a wrong PIN among them; a backend that cannot be reached throws {@link BackendSilentException}. Called by {@link Circulation}
 * only, from several threads at once. The terminal is where the request came from.
 */
public interface CirculationBackend {
    /** Word in CH of a 10 whose item nobody had on loan. */
    String NOT_ON_LOAN = "loan=none";

    /** What the consortium's settings call it, such as {@code embedded}. */
    String name();

    /** Whether it answers at all (SIP2's 99); never throws. */
    boolean online();

    /** The requests that it answers in full; of the others it is never asked. */
    Set<MessageType> serves();

    /**
     * Whether its store is the gateway's own database, so that a change joins the transaction of whoever calls it and the
     * journal's row can be part of the same.
     */
    default boolean sharesOurDatabase() {
        return false;
    }

    /** Whether a loan that is renewed twice on a day has used up one renewal only, so that it need not be known whether the first was done. */
    default boolean renewsOnceADay() {
        return false;
    }

    /** Whether BV is all that a patron owes: only then does a debt that stays the same say that nothing was paid. */
    default boolean tellsWholeDebt() {
        return true;
    }

    /**
     * What a change will lock and read first, where that can be told from its request; for one that {@link #sharesOurDatabase}. It is
     * asked with the journal's look, in one trip to the database.
     */
    default List<Question<?>> foreseen(Request change) {
        return List.of();
    }

    /** 23: what a patron is denied. */
    PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal);

    /** 63: a patron, counts and one list. Without a PIN it answers in full: what leaves is Circulation's matter. */
    PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal);

    /** 17: an item. */
    ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal);

    /** 11: lends an item, or undoes a checkin (BI): a refusal where there is none to undo. */
    CheckoutResponse checkout(Checkout request, Terminal terminal);

    /** 09: takes an item back, harmless when done twice; or undoes a checkout (BI), a refusal where there is none. */
    CheckinResponse checkin(Checkin request, Terminal terminal);

    /** 29: renews a loan. */
    RenewResponse renew(Renew request, Terminal terminal);

    /** 65: renews what may be renewed of a patron's loans. */
    RenewAllResponse renewAll(RenewAll request, Terminal terminal);

    /** 15: places, changes or deletes a hold. */
    HoldResponse hold(Hold request, Terminal terminal);

    /** 37: books a payment, exactly as much as was paid, or nothing. */
    FeePaidResponse feePaid(FeePaid request, Terminal terminal);

    /** 01: blocks a card; harmless when done twice. */
    PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal);

    /** 25: lifts what 01 blocked; harmless when done twice. */
    PatronEnableResponse patronEnable(PatronEnable request, Terminal terminal);

    /** 19: stores an item's properties; harmless when done twice. */
    ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal);

    /** 35: ends a patron's session. */
    EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal);

    /** Drops whatever is remembered of a terminal's patron, as when its connection closes. */
    void forget(Terminal terminal);
}
