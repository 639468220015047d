package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * 16: what became of the hold (SIP2 2.00, Hold Response).
 *
 * @param ok whether it was done
 * @param available whether the item is neither on loan nor on hold
 * @param transactionDate when it happened, by the sender's clock
 * @param expirationDate BW, when the hold lapses
 * @param queuePosition BR
 * @param pickupLocation BS, branch
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param itemIdentifier AB, item number, if known
 * @param titleIdentifier AJ
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record HoldResponse(
        boolean ok,
        boolean available,
        Timestamp transactionDate,
        Optional<Timestamp> expirationDate,
        Optional<String> queuePosition,
        Optional<String> pickupLocation,
        String institutionId,
        String patronIdentifier,
        Optional<String> itemIdentifier,
        Optional<String> titleIdentifier,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public HoldResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static HoldResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new HoldResponse(
                in.yes(FixedField.OK),
                in.yes(FixedField.AVAILABLE),
                in.time(FixedField.TRANSACTION_DATE),
                in.time(Field.BW),
                in.optional(Field.BR),
                in.optional(Field.BS),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optionalBarcode(Field.AB),
                in.optional(Field.AJ),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    /** BV, what the hold costs, where a library says so among the extras as it does in a 12; the standard's own 16 has no field for it. */
    public Optional<BigDecimal> feeAmount() {
        return new FieldReader(toFrame()).amount(Field.BV);
    }

    /** BH, the currency of {@link #feeAmount}, ISO 4217; among the extras too. */
    public Optional<String> currencyType() {
        return new FieldReader(toFrame()).optional(Field.BH);
    }

    @Override
    public MessageType type() {
        return MessageType.HOLD_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .ok(FixedField.OK, ok)
                .yes(FixedField.AVAILABLE, available)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.BW, expirationDate.map(Timestamp::text))
                .text(Field.BR, queuePosition)
                .text(Field.BS, pickupLocation)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .text(Field.AB, itemIdentifier)
                .text(Field.AJ, titleIdentifier)
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
