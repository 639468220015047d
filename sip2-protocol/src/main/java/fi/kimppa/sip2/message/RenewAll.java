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
 * 65: renew all loans of a patron (SIP2 2.00, Renew All).
 *
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param patronPassword AD, the PIN; absent or empty when nobody was asked
 * @param terminalPassword AC, empty when the terminal has none
 * @param feeAcknowledged BO, Y = the patron accepts the fee
 * @param extras further coded fields, in wire order
 */
public record RenewAll(
        Timestamp transactionDate,
        String institutionId,
        String patronIdentifier,
        Optional<Secret> patronPassword,
        Optional<Secret> terminalPassword,
        Optional<Boolean> feeAcknowledged,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public RenewAll {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static RenewAll from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new RenewAll(
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optionalSecret(Field.AD),
                in.optionalSecret(Field.AC),
                in.optionalYes(Field.BO),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.RENEW_ALL;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .secret(Field.AD, patronPassword)
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
