package fi.kimppa.sip2.message;

import static fi.kimppa.sip2.wire.MessageType.*;

import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The 16 positions of BX in a 98 (SIP2 2.00, "Supported messages"): which requests a library answers in full. */
public final class SupportedMessages {
    private static final List<MessageType> POSITIONS = List.of(
            PATRON_STATUS_REQUEST,
            CHECKOUT,
            CHECKIN,
            BLOCK_PATRON,
            SC_STATUS,
            REQUEST_ACS_RESEND,
            LOGIN,
            PATRON_INFORMATION,
            END_PATRON_SESSION,
            FEE_PAID,
            ITEM_INFORMATION,
            ITEM_STATUS_UPDATE,
            PATRON_ENABLE,
            HOLD,
            RENEW,
            RENEW_ALL);

    private SupportedMessages() {}

    /** The value of BX for a library that answers these. */
    public static String wire(Set<MessageType> supported) {
        return POSITIONS.stream()
                .map(type -> supported.contains(type) ? "Y" : "N")
                .collect(Collectors.joining());
    }

    /** Whether BX has a Y for this request; a missing position counts as N. */
    public static boolean has(String wire, MessageType type) {
        int position = POSITIONS.indexOf(type);
        return position >= 0 && position < wire.length() && (wire.charAt(position) | 0x20) == 'y';
    }
}
