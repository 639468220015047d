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
 * 35: a patron has finished at the terminal (SIP2 2.00, End Patron Session).
 *
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param terminalPassword AC, empty when the terminal has none
 * @param patronPassword AD, the PIN; absent or empty when nobody was asked
 * @param extras further coded fields, in wire order
 */
public record EndPatronSession(
        Timestamp transactionDate,
        String institutionId,
        String patronIdentifier,
        Optional<Secret> terminalPassword,
        Optional<Secret> patronPassword,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public EndPatronSession {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static EndPatronSession from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new EndPatronSession(
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optionalSecret(Field.AC),
                in.optionalSecret(Field.AD),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.END_PATRON_SESSION;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .secret(Field.AC, terminalPassword)
                .secret(Field.AD, patronPassword)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
