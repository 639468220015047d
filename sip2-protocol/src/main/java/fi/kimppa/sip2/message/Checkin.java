package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import java.util.List;
import java.util.Optional;

/**
 * 09: an item has come back (SIP2 2.00, Checkin).
 *
 * @param noBlock Y = it has happened, record it (off-line replay)
 * @param transactionDate when it happened, by the sender's clock
 * @param returnDate when the item physically came back
 * @param currentLocation AP, where the item is now
 * @param institutionId AO, institution of the patron or terminal
 * @param itemIdentifier AB, item number, blanks around it removed
 * @param terminalPassword AC, empty when the terminal has none
 * @param itemProperties CH, free text
 * @param cancel BI, Y = undo a checkout that could not be completed
 * @param extras further coded fields, in wire order
 */
public record Checkin(
        boolean noBlock,
        Timestamp transactionDate,
        Timestamp returnDate,
        String currentLocation,
        String institutionId,
        String itemIdentifier,
        Optional<Secret> terminalPassword,
        Optional<String> itemProperties,
        Optional<Boolean> cancel,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public Checkin {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static Checkin from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new Checkin(
                in.yes(FixedField.NO_BLOCK),
                in.time(FixedField.TRANSACTION_DATE),
                in.time(FixedField.RETURN_DATE),
                in.text(Field.AP),
                in.text(Field.AO),
                in.barcode(Field.AB),
                in.optionalSecret(Field.AC),
                in.optional(Field.CH),
                in.optionalYes(Field.BI),
                in.rest());
    }

    /** The same return with another date. */
    public Checkin returnedAt(Timestamp date) {
        return new Checkin(
                noBlock,
                transactionDate,
                date,
                currentLocation,
                institutionId,
                itemIdentifier,
                terminalPassword,
                itemProperties,
                cancel,
                extras);
    }

    @Override
    public MessageType type() {
        return MessageType.CHECKIN;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .yes(FixedField.NO_BLOCK, noBlock)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .time(FixedField.RETURN_DATE, returnDate)
                .text(Field.AP, currentLocation)
                .text(Field.AO, institutionId)
                .text(Field.AB, itemIdentifier)
                .secret(Field.AC, terminalPassword)
                .text(Field.CH, itemProperties)
                .yes(Field.BI, cancel)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
