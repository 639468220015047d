package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * 98: what the library can do now (SIP2 2.00, Acs Status).
 *
 * @param onlineStatus whether it can serve
 * @param checkinOk whether it takes 09
 * @param checkoutOk whether it takes 11
 * @param acsRenewalPolicy whether it takes 29
 * @param statusUpdateOk whether it takes 01
 * @param offlineOk whether it takes off-line replays
 * @param timeoutPeriod three digits, tenths of a second; 000 not on-line, 999 unknown
 * @param retriesAllowed three digits; 999 unknown
 * @param dateTimeSync the library's clock
 * @param protocolVersion 2.00
 * @param institutionId AO, institution of the patron or terminal
 * @param libraryName AM
 * @param supportedMessages BX, 16 positions of Y or N, see SupportedMessages
 * @param terminalLocation AN
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record AcsStatus(
        boolean onlineStatus,
        boolean checkinOk,
        boolean checkoutOk,
        boolean acsRenewalPolicy,
        boolean statusUpdateOk,
        boolean offlineOk,
        String timeoutPeriod,
        String retriesAllowed,
        Timestamp dateTimeSync,
        String protocolVersion,
        String institutionId,
        Optional<String> libraryName,
        String supportedMessages,
        Optional<String> terminalLocation,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public AcsStatus {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static AcsStatus from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new AcsStatus(
                in.yes(FixedField.ONLINE_STATUS),
                in.yes(FixedField.CHECKIN_OK),
                in.yes(FixedField.CHECKOUT_OK),
                in.yes(FixedField.ACS_RENEWAL_POLICY),
                in.yes(FixedField.STATUS_UPDATE_OK),
                in.yes(FixedField.OFFLINE_OK),
                in.fixed(FixedField.TIMEOUT_PERIOD),
                in.fixed(FixedField.RETRIES_ALLOWED),
                in.time(FixedField.DATE_TIME_SYNC),
                in.fixed(FixedField.PROTOCOL_VERSION),
                in.text(Field.AO),
                in.optional(Field.AM),
                in.text(Field.BX),
                in.optional(Field.AN),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.ACS_STATUS;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .yes(FixedField.ONLINE_STATUS, onlineStatus)
                .yes(FixedField.CHECKIN_OK, checkinOk)
                .yes(FixedField.CHECKOUT_OK, checkoutOk)
                .yes(FixedField.ACS_RENEWAL_POLICY, acsRenewalPolicy)
                .yes(FixedField.STATUS_UPDATE_OK, statusUpdateOk)
                .yes(FixedField.OFFLINE_OK, offlineOk)
                .fixed(FixedField.TIMEOUT_PERIOD, timeoutPeriod)
                .fixed(FixedField.RETRIES_ALLOWED, retriesAllowed)
                .time(FixedField.DATE_TIME_SYNC, dateTimeSync)
                .fixed(FixedField.PROTOCOL_VERSION, protocolVersion)
                .text(Field.AO, institutionId)
                .text(Field.AM, libraryName)
                .text(Field.BX, supportedMessages)
                .text(Field.AN, terminalLocation)
                .all(Field.AF, screenMessages)
                .all(Field.AG, printLines)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
