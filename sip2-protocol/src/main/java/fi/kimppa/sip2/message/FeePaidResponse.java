package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * 38: whether the payment was taken (SIP2 2.00, Fee Paid Response).
 *
 * @param paymentAccepted whether it is booked
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param transactionId BK
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record FeePaidResponse(
        boolean paymentAccepted,
        Timestamp transactionDate,
        String institutionId,
        String patronIdentifier,
        Optional<String> transactionId,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public FeePaidResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static FeePaidResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new FeePaidResponse(
                in.yes(FixedField.PAYMENT_ACCEPTED),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optional(Field.BK),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.FEE_PAID_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .yes(FixedField.PAYMENT_ACCEPTED, paymentAccepted)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .text(Field.BK, transactionId)
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
