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
 * 01: block a card at the library; the answer is a 24 (SIP2 2.00, Block Patron).
 *
 * @param cardRetained whether the machine kept the card
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param blockedCardMessage AL, why
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param terminalPassword AC, empty when the terminal has none
 * @param extras further coded fields, in wire order
 */
public record BlockPatron(
        boolean cardRetained,
        Timestamp transactionDate,
        String institutionId,
        String blockedCardMessage,
        String patronIdentifier,
        Optional<Secret> terminalPassword,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public BlockPatron {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static BlockPatron from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new BlockPatron(
                in.yes(FixedField.CARD_RETAINED),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.text(Field.AL),
                in.barcode(Field.AA),
                in.optionalSecret(Field.AC),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.BLOCK_PATRON;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .yes(FixedField.CARD_RETAINED, cardRetained)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AL, blockedCardMessage)
                .text(Field.AA, patronIdentifier)
                .secret(Field.AC, terminalPassword)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
