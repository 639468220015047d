package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * 20: whether the properties were stored (SIP2 2.00, Item Status Update Response).
 *
 * @param itemPropertiesOk whether they were stored
 * @param transactionDate when it happened, by the sender's clock
 * @param itemIdentifier AB, item number, blanks around it removed
 * @param titleIdentifier AJ
 * @param itemProperties CH, free text
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record ItemStatusUpdateResponse(
        boolean itemPropertiesOk,
        Timestamp transactionDate,
        String itemIdentifier,
        Optional<String> titleIdentifier,
        Optional<String> itemProperties,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public ItemStatusUpdateResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static ItemStatusUpdateResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new ItemStatusUpdateResponse(
                in.yes(FixedField.ITEM_PROPERTIES_OK),
                in.time(FixedField.TRANSACTION_DATE),
                in.barcode(Field.AB),
                in.optional(Field.AJ),
                in.optional(Field.CH),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.ITEM_STATUS_UPDATE_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .ok(FixedField.ITEM_PROPERTIES_OK, itemPropertiesOk)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AB, itemIdentifier)
                .text(Field.AJ, titleIdentifier)
                .text(Field.CH, itemProperties)
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
