package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;

/**
 * A circulation backend: one method per SIP2 service, in the words of SIP2. Each call stands alone. A "no" is a
 * value; a backend that cannot be reached throws {@link BackendSilentException}. Called by {@link Circulation}
 * only, from several threads at once. The terminal is where the request came from.
 */
public interface CirculationBackend {
    /** What the consortium's settings call it, such as {@code embedded}. */
    String name();

    /** Whether it answers at all (SIP2's 99); never throws. */
    boolean online();

    /** 23: what a patron is denied. */
    PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal);

    /** 63: a patron, counts and one list. Without a PIN it answers in full: what leaves is Circulation's matter. */
    PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal);

    /** 17: an item. */
    ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal);

    /** 11: lends an item, or undoes a checkin. */
    CheckoutResponse checkout(Checkout request, Terminal terminal);

    /** 09: takes an item back, or undoes a checkout; harmless when done twice. */
    CheckinResponse checkin(Checkin request, Terminal terminal);

    /** 29: renews a loan. */
    RenewResponse renew(Renew request, Terminal terminal);

    /** 35: ends a patron's session. */
    EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal);

    /** Drops whatever is remembered of a terminal's patron, as when its connection closes. */
    void forget(Terminal terminal);
}
