package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * 26: the card after the attempt to unblock it (SIP2 2.00, Patron Enable Response).
 *
 * @param patronStatus what is denied
 * @param language three digits
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param personalName AE
 * @param validPatron BL, whether the card is known
 * @param validPatronPassword CQ, whether the PIN was right; absent when none was checked
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record PatronEnableResponse(
        PatronStatus patronStatus,
        String language,
        Timestamp transactionDate,
        String institutionId,
        String patronIdentifier,
        String personalName,
        Optional<Boolean> validPatron,
        Optional<Boolean> validPatronPassword,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public PatronEnableResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static PatronEnableResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new PatronEnableResponse(
                PatronStatus.parse(in.fixed(FixedField.PATRON_STATUS)),
                in.fixed(FixedField.LANGUAGE),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.text(Field.AE),
                in.optionalYes(Field.BL),
                in.optionalYes(Field.CQ),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.PATRON_ENABLE_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .fixed(FixedField.PATRON_STATUS, patronStatus.wire())
                .fixed(FixedField.LANGUAGE, language)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .text(Field.AE, personalName)
                .yes(Field.BL, validPatron)
                .yes(Field.CQ, validPatronPassword)
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
