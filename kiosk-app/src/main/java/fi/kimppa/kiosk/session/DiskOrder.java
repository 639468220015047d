package fi.kimppa.kiosk.session;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Request;
import java.util.List;
import java.util.Optional;

/** What is on disk comes before what is said of the same thing on the live line. Pure; any thread. */
public final class DiskOrder {
    private DiskOrder() {}

    /** The thing that a request changes; empty for what has no order. */
    public static Optional<String> thing(Request request) {
        return switch (request) {
            case Checkin checkin -> Optional.of(checkin.itemIdentifier());
            case Checkout checkout -> Optional.of(checkout.itemIdentifier());
            case Renew renew -> renew.itemIdentifier();
            default -> Optional.empty();
        };
    }

    /**
     * The answer to whoever borrows what is theirs already by a loan on disk; the library must not take it for a second one.
     *
     * @param last what happened last to the thing and the library has not heard of
     */
    public static Optional<CheckoutResponse> standing(Request request, Optional<Request> last) {
        return request instanceof Checkout asked
                        && last.orElse(null) instanceof Checkout loan
                        && loan.itemIdentifier().equals(asked.itemIdentifier())
                        && loan.patronIdentifier().equals(asked.patronIdentifier())
                ? Optional.of(CheckoutResponse.lent(
                        false,
                        MagneticMedia.U,
                        asked.transactionDate(),
                        asked.institutionId(),
                        asked.patronIdentifier(),
                        asked.itemIdentifier(),
                        "",
                        loan.nbDueDate().text().strip(),
                        Optional.empty(),
                        List.of()))
                : Optional.empty();
    }
}
