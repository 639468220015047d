package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.LoginResponse;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.RequestScResend;
import fi.kimppa.sip2.message.Response;
import java.util.Locale;
import java.util.Optional;

/** How one line of a terminal ended. The first two are what patrons meet, the others are faults. */
public enum ExchangeOutcome {
    /** Answered with yes, or with what was asked for. */
    OK,
    /** Answered with no: a refused loan, an unknown card, a wrong PIN. */
    REFUSED,
    /** The library system, or the gateway's database, did not answer. */
    NO_ANSWER,
    /** The terminal's profile, or a missing login, does not allow it. */
    NOT_ALLOWED,
    /** Cut short. */
    MALFORMED,
    /** Its checksum is wrong, so nothing else of it is believed. */
    BAD_CHECKSUM,
    /** No request of SIP2. */
    UNKNOWN_COMMAND;

    /** The value of a metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * How a request ended that was answered with this.
     *
     * @param online whether the library systems answer: without them every no is the gateway's own
     */
    static ExchangeOutcome of(Response response, boolean online) {
        boolean silent = switch (response) {
            case CheckoutResponse lent -> unknown(lent.itemProperties());
            case RenewResponse renewed -> unknown(renewed.itemProperties());
            case ItemInformationResponse item -> unknown(item.itemProperties());
            case PatronStatusResponse patron -> patron.validPatron().isEmpty();
            case PatronInformationResponse patron -> patron.validPatron().isEmpty();
            default -> false;
        };
        if (silent) {
            return NO_ANSWER;
        }
        if (ok(response)) {
            return OK;
        }
        return online ? REFUSED : NO_ANSWER;
    }

    private static boolean ok(Response response) {
        return switch (response) {
            case CheckoutResponse lent -> lent.ok();
            case CheckinResponse returned -> returned.ok();
            case RenewResponse renewed -> renewed.ok();
            case RenewAllResponse renewed -> renewed.ok();
            case HoldResponse held -> held.ok();
            case FeePaidResponse paid -> paid.paymentAccepted();
            case ItemStatusUpdateResponse stored -> stored.itemPropertiesOk();
            case EndSessionResponse ended -> ended.endSession();
            case LoginResponse login -> login.ok();
            case PatronStatusResponse patron -> right(patron.validPatron(), patron.validPatronPassword());
            case PatronInformationResponse patron -> right(patron.validPatron(), patron.validPatronPassword());
            case PatronEnableResponse patron -> right(patron.validPatron(), patron.validPatronPassword());
            case ItemInformationResponse _, AcsStatus _, RequestScResend _ -> true;
        };
    }

    private static boolean right(Optional<Boolean> card, Optional<Boolean> pin) {
        return card.orElse(false) && pin.orElse(true);
    }

    private static boolean unknown(Optional<String> itemProperties) {
        return itemProperties.filter(Circulation.OUTCOME_UNKNOWN::equals).isPresent();
    }
}
