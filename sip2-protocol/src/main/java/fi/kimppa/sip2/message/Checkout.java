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
 * 11: lend an item (SIP2 2.00, Checkout).
 *
 * @param scRenewalPolicy whether it may count as a renewal if the patron has the item
 * @param noBlock Y = it has happened, record it (off-line replay)
 * @param transactionDate when it happened, by the sender's clock
 * @param nbDueDate due date promised while off-line; without meaning unless noBlock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param itemIdentifier AB, item number, blanks around it removed
 * @param terminalPassword AC, empty when the terminal has none
 * @param itemProperties CH, free text
 * @param patronPassword AD, the PIN; absent or empty when nobody was asked
 * @param feeAcknowledged BO, Y = the patron accepts the fee
 * @param cancel BI, Y = undo a checkin
 * @param extras further coded fields, in wire order
 */
public record Checkout(
        boolean scRenewalPolicy,
        boolean noBlock,
        Timestamp transactionDate,
        Timestamp nbDueDate,
        String institutionId,
        String patronIdentifier,
        String itemIdentifier,
        Optional<Secret> terminalPassword,
        Optional<String> itemProperties,
        Optional<Secret> patronPassword,
        Optional<Boolean> feeAcknowledged,
        Optional<Boolean> cancel,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public Checkout {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static Checkout from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new Checkout(
                in.yes(FixedField.SC_RENEWAL_POLICY),
                in.yes(FixedField.NO_BLOCK),
                in.time(FixedField.TRANSACTION_DATE),
                in.time(FixedField.NB_DUE_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.barcode(Field.AB),
                in.optionalSecret(Field.AC),
                in.optional(Field.CH),
                in.optionalSecret(Field.AD),
                in.optionalYes(Field.BO),
                in.optionalYes(Field.BI),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.CHECKOUT;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .yes(FixedField.SC_RENEWAL_POLICY, scRenewalPolicy)
                .yes(FixedField.NO_BLOCK, noBlock)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .time(FixedField.NB_DUE_DATE, nbDueDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .text(Field.AB, itemIdentifier)
                .secret(Field.AC, terminalPassword)
                .text(Field.CH, itemProperties)
                .secret(Field.AD, patronPassword)
                .yes(Field.BO, feeAcknowledged)
                .yes(Field.BI, cancel)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
