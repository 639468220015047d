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
 * 19: store an item's properties (SIP2 2.00, Item Status Update).
 *
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param itemIdentifier AB, item number, blanks around it removed
 * @param terminalPassword AC, empty when the terminal has none
 * @param itemProperties CH, free text
 * @param extras further coded fields, in wire order
 */
public record ItemStatusUpdate(
        Timestamp transactionDate,
        String institutionId,
        String itemIdentifier,
        Optional<Secret> terminalPassword,
        String itemProperties,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public ItemStatusUpdate {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static ItemStatusUpdate from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new ItemStatusUpdate(
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AB),
                in.optionalSecret(Field.AC),
                in.text(Field.CH),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.ITEM_STATUS_UPDATE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AB, itemIdentifier)
                .secret(Field.AC, terminalPassword)
                .text(Field.CH, itemProperties)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
