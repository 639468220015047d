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
 * 24: what a patron is denied (SIP2 2.00, Patron Status Response).
 *
 * @param patronStatus what is denied
 * @param language three digits
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param personalName AE
 * @param validPatron BL, whether the card is known
 * @param validPatronPassword CQ, whether the PIN was right; absent when none was checked
 * @param currencyType BH, ISO 4217
 * @param feeAmount BV, decimal amount
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record PatronStatusResponse(
        PatronStatus patronStatus,
        String language,
        Timestamp transactionDate,
        String institutionId,
        String patronIdentifier,
        String personalName,
        Optional<Boolean> validPatron,
        Optional<Boolean> validPatronPassword,
        Optional<String> currencyType,
        Optional<BigDecimal> feeAmount,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public PatronStatusResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /**
     * An answer that says of the patron only whether the card is known, whether the PIN was right and what is denied.
     *
     * @param validPatron BL; empty when nobody knows
     * @param validPatronPassword CQ; empty when none was checked
     * @param screen AF
     */
    public static PatronStatusResponse bare(
            PatronStatus status,
            String language,
            Timestamp now,
            String institution,
            String card,
            Optional<Boolean> validPatron,
            Optional<Boolean> validPatronPassword,
            List<String> screen) {
        return new PatronStatusResponse(
                status,
                language,
                now,
                institution,
                card,
                "",
                validPatron,
                validPatronPassword,
                Optional.empty(),
                Optional.empty(),
                screen,
                List.of(),
                List.of());
    }

    /** Whether the card is known and the PIN was checked and right. */
    public boolean identified() {
        return validPatron.orElse(false) && validPatronPassword.orElse(false);
    }

    /** Reads the message from its frame. */
    public static PatronStatusResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new PatronStatusResponse(
                PatronStatus.parse(in.fixed(FixedField.PATRON_STATUS)),
                in.fixed(FixedField.LANGUAGE),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.text(Field.AE),
                in.optionalYes(Field.BL),
                in.optionalYes(Field.CQ),
                in.optional(Field.BH),
                in.amount(Field.BV),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.PATRON_STATUS_RESPONSE;
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
                .text(Field.BH, currencyType)
                .amount(Field.BV, feeAmount)
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
