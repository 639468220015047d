package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * 37: a patron has paid (SIP2 2.00, Fee Paid).
 *
 * @param transactionDate when it happened, by the sender's clock
 * @param feeType two digits, 01 to 99
 * @param paymentType two digits, 00 to 99
 * @param currencyType ISO 4217
 * @param feeAmount BV, amount paid
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param terminalPassword AC, empty when the terminal has none
 * @param patronPassword AD, the PIN; absent or empty when nobody was asked
 * @param feeIdentifier CG, which fee
 * @param transactionId BK, the payment device's number: the key for repeats
 * @param extras further coded fields, in wire order
 */
public record FeePaid(
        Timestamp transactionDate,
        String feeType,
        String paymentType,
        String currencyType,
        Optional<BigDecimal> feeAmount,
        String institutionId,
        String patronIdentifier,
        Optional<Secret> terminalPassword,
        Optional<Secret> patronPassword,
        Optional<String> feeIdentifier,
        Optional<String> transactionId,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public FeePaid {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static FeePaid from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new FeePaid(
                in.time(FixedField.TRANSACTION_DATE),
                in.fixed(FixedField.FEE_TYPE),
                in.fixed(FixedField.PAYMENT_TYPE),
                in.fixed(FixedField.CURRENCY_TYPE),
                in.amount(Field.BV),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optionalSecret(Field.AC),
                in.optionalSecret(Field.AD),
                in.optional(Field.CG),
                in.optional(Field.BK),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.FEE_PAID;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .fixed(FixedField.FEE_TYPE, feeType)
                .fixed(FixedField.PAYMENT_TYPE, paymentType)
                .fixed(FixedField.CURRENCY_TYPE, currencyType)
                .amount(Field.BV, feeAmount)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .secret(Field.AC, terminalPassword)
                .secret(Field.AD, patronPassword)
                .text(Field.CG, feeIdentifier)
                .text(Field.BK, transactionId)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
