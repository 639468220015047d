package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;

/** What the library answers (ACS to SC). */
public sealed interface Response
        permits AcsStatus,
                CheckinResponse,
                CheckoutResponse,
                EndSessionResponse,
                FeePaidResponse,
                HoldResponse,
                ItemInformationResponse,
                ItemStatusUpdateResponse,
                LoginResponse,
                PatronEnableResponse,
                PatronInformationResponse,
                PatronStatusResponse,
                RenewAllResponse,
                RenewResponse,
                RequestScResend {

    /** The row of the message table. */
    MessageType type();

    /** The message as the wire has it, without a sequence digit. */
    Frame toFrame();

    /** Coded fields that the message's table does not know, in wire order. */
    List<CodedField> extras();

    /**
     * Reads a response.
     *
     * @throws IllegalArgumentException if the frame is a request
     */
    static Response from(Frame frame) {
        return switch (frame.type()) {
            case CHECKIN_RESPONSE -> CheckinResponse.from(frame);
            case CHECKOUT_RESPONSE -> CheckoutResponse.from(frame);
            case HOLD_RESPONSE -> HoldResponse.from(frame);
            case ITEM_INFORMATION_RESPONSE -> ItemInformationResponse.from(frame);
            case ITEM_STATUS_UPDATE_RESPONSE -> ItemStatusUpdateResponse.from(frame);
            case PATRON_STATUS_RESPONSE -> PatronStatusResponse.from(frame);
            case PATRON_ENABLE_RESPONSE -> PatronEnableResponse.from(frame);
            case RENEW_RESPONSE -> RenewResponse.from(frame);
            case END_SESSION_RESPONSE -> EndSessionResponse.from(frame);
            case FEE_PAID_RESPONSE -> FeePaidResponse.from(frame);
            case PATRON_INFORMATION_RESPONSE -> PatronInformationResponse.from(frame);
            case RENEW_ALL_RESPONSE -> RenewAllResponse.from(frame);
            case LOGIN_RESPONSE -> LoginResponse.from(frame);
            case REQUEST_SC_RESEND -> RequestScResend.from(frame);
            case ACS_STATUS -> AcsStatus.from(frame);
            case BLOCK_PATRON,
                    CHECKIN,
                    CHECKOUT,
                    HOLD,
                    ITEM_INFORMATION,
                    ITEM_STATUS_UPDATE,
                    PATRON_STATUS_REQUEST,
                    PATRON_ENABLE,
                    RENEW,
                    END_PATRON_SESSION,
                    FEE_PAID,
                    PATRON_INFORMATION,
                    RENEW_ALL,
                    LOGIN,
                    REQUEST_ACS_RESEND,
                    SC_STATUS -> throw new IllegalArgumentException(frame.type().title() + " is a request");
        };
    }
}
