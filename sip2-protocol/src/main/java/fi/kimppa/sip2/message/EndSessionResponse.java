package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;

/**
 * 36: the answer to the end of a patron's session (SIP2 2.00, End Session Response).
 *
 * @param endSession N = error
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record EndSessionResponse(
        boolean endSession,
        Timestamp transactionDate,
        String institutionId,
        String patronIdentifier,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public EndSessionResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /** The session has ended. */
    public static EndSessionResponse ended(Timestamp now, String institution, String card) {
        return new EndSessionResponse(true, now, institution, card, List.of(), List.of(), List.of());
    }

    /** Reads the message from its frame. */
    public static EndSessionResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new EndSessionResponse(
                in.yes(FixedField.END_SESSION),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.END_SESSION_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .yes(FixedField.END_SESSION, endSession)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
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
