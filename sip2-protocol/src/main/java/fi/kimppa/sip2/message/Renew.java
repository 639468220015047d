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
 * 29: renew one loan (SIP2 2.00, Renew).
 *
 * @param thirdPartyAllowed whether somebody else may renew
 * @param noBlock Y = it has happened, record it
 * @param transactionDate when it happened, by the sender's clock
 * @param nbDueDate due date promised while off-line
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param patronPassword AD, the PIN; absent or empty when nobody was asked
 * @param itemIdentifier AB, item number, if known
 * @param titleIdentifier AJ, the title, if no item is named
 * @param terminalPassword AC, empty when the terminal has none
 * @param itemProperties CH, free text
 * @param feeAcknowledged BO, Y = the patron accepts the fee
 * @param extras further coded fields, in wire order
 */
public record Renew(
        boolean thirdPartyAllowed,
        boolean noBlock,
        Timestamp transactionDate,
        Timestamp nbDueDate,
        String institutionId,
        String patronIdentifier,
        Optional<Secret> patronPassword,
        Optional<String> itemIdentifier,
        Optional<String> titleIdentifier,
        Optional<Secret> terminalPassword,
        Optional<String> itemProperties,
        Optional<Boolean> feeAcknowledged,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public Renew {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static Renew from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new Renew(
                in.yes(FixedField.THIRD_PARTY_ALLOWED),
                in.yes(FixedField.NO_BLOCK),
                in.time(FixedField.TRANSACTION_DATE),
                in.time(FixedField.NB_DUE_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optionalSecret(Field.AD),
                in.optionalBarcode(Field.AB),
                in.optional(Field.AJ),
                in.optionalSecret(Field.AC),
                in.optional(Field.CH),
                in.optionalYes(Field.BO),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.RENEW;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .yes(FixedField.THIRD_PARTY_ALLOWED, thirdPartyAllowed)
                .yes(FixedField.NO_BLOCK, noBlock)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .time(FixedField.NB_DUE_DATE, nbDueDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .secret(Field.AD, patronPassword)
                .text(Field.AB, itemIdentifier)
                .text(Field.AJ, titleIdentifier)
                .secret(Field.AC, terminalPassword)
                .text(Field.CH, itemProperties)
                .yes(Field.BO, feeAcknowledged)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
