package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;

/** What a self-check asks (SC to ACS). */
public sealed interface Request
        permits BlockPatron,
                Checkin,
                Checkout,
                EndPatronSession,
                FeePaid,
                Hold,
                ItemInformation,
                ItemStatusUpdate,
                Login,
                PatronEnable,
                PatronInformation,
                PatronStatusRequest,
                Renew,
                RenewAll,
                RequestAcsResend,
                ScStatus {

    /** The row of the message table. */
    MessageType type();

    /** The message as the wire has it, without a sequence digit. */
    Frame toFrame();

    /** Coded fields that the message's table does not know, in wire order. */
    List<CodedField> extras();

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if the frame is a response
     */
    static Request from(Frame frame) {
        return switch (frame.type()) {
            case BLOCK_PATRON -> BlockPatron.from(frame);
            case CHECKIN -> Checkin.from(frame);
            case CHECKOUT -> Checkout.from(frame);
            case HOLD -> Hold.from(frame);
            case ITEM_INFORMATION -> ItemInformation.from(frame);
            case ITEM_STATUS_UPDATE -> ItemStatusUpdate.from(frame);
            case PATRON_STATUS_REQUEST -> PatronStatusRequest.from(frame);
            case PATRON_ENABLE -> PatronEnable.from(frame);
            case RENEW -> Renew.from(frame);
            case END_PATRON_SESSION -> EndPatronSession.from(frame);
            case FEE_PAID -> FeePaid.from(frame);
            case PATRON_INFORMATION -> PatronInformation.from(frame);
            case RENEW_ALL -> RenewAll.from(frame);
            case LOGIN -> Login.from(frame);
            case REQUEST_ACS_RESEND -> RequestAcsResend.from(frame);
            case SC_STATUS -> ScStatus.from(frame);
            case CHECKIN_RESPONSE,
                    CHECKOUT_RESPONSE,
                    HOLD_RESPONSE,
                    ITEM_INFORMATION_RESPONSE,
                    ITEM_STATUS_UPDATE_RESPONSE,
                    PATRON_STATUS_RESPONSE,
                    PATRON_ENABLE_RESPONSE,
                    RENEW_RESPONSE,
                    END_SESSION_RESPONSE,
                    FEE_PAID_RESPONSE,
                    PATRON_INFORMATION_RESPONSE,
                    RENEW_ALL_RESPONSE,
                    LOGIN_RESPONSE,
                    REQUEST_SC_RESEND,
                    ACS_STATUS ->
                throw new IllegalArgumentException(frame.type().title() + " is a response");
        };
    }
}
