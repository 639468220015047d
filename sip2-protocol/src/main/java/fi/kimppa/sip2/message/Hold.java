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
 * 15: place, change or delete a hold (SIP2 2.00, Hold).
 *
 * @param holdMode add, delete or change
 * @param transactionDate when it happened, by the sender's clock
 * @param expirationDate BW, when the hold lapses
 * @param pickupLocation BS, branch
 * @param holdType BY, 1 to 9
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param patronPassword AD, the PIN; absent or empty when nobody was asked
 * @param itemIdentifier AB, item number, if known
 * @param titleIdentifier AJ, the title, if no item is named
 * @param terminalPassword AC, empty when the terminal has none
 * @param feeAcknowledged BO, Y = the patron accepts the fee
 * @param extras further coded fields, in wire order
 */
public record Hold(
        HoldMode holdMode,
        Timestamp transactionDate,
        Optional<Timestamp> expirationDate,
        Optional<String> pickupLocation,
        Optional<String> holdType,
        String institutionId,
        String patronIdentifier,
        Optional<Secret> patronPassword,
        Optional<String> itemIdentifier,
        Optional<String> titleIdentifier,
        Optional<Secret> terminalPassword,
        Optional<Boolean> feeAcknowledged,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public Hold {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static Hold from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new Hold(
                HoldMode.parse(in.fixed(FixedField.HOLD_MODE)),
                in.time(FixedField.TRANSACTION_DATE),
                in.time(Field.BW),
                in.optional(Field.BS),
                in.optional(Field.BY),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optionalSecret(Field.AD),
                in.optionalBarcode(Field.AB),
                in.optional(Field.AJ),
                in.optionalSecret(Field.AC),
                in.optionalYes(Field.BO),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.HOLD;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .fixed(FixedField.HOLD_MODE, holdMode.wire())
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.BW, expirationDate.map(Timestamp::text))
                .text(Field.BS, pickupLocation)
                .text(Field.BY, holdType)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .secret(Field.AD, patronPassword)
                .text(Field.AB, itemIdentifier)
                .text(Field.AJ, titleIdentifier)
                .secret(Field.AC, terminalPassword)
                .yes(Field.BO, feeAcknowledged)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
