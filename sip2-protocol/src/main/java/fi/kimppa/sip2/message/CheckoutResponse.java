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
 * 12: whether the loan stands (SIP2 2.00, Checkout Response).
 *
 * @param ok whether the loan stands
 * @param renewalOk whether the same patron already had the item
 * @param magneticMedia whether the item is magnetic media
 * @param desensitize whether the item's security shall be switched off
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param itemIdentifier AB, item number, blanks around it removed
 * @param titleIdentifier AJ, a title or a record number
 * @param dueDate AH, no fixed format; empty on refusal
 * @param feeType BT, two digits
 * @param securityInhibit CI, Y = leave the item's security alone
 * @param currencyType BH, ISO 4217
 * @param feeAmount BV, decimal amount
 * @param mediaType CK, three digits
 * @param itemProperties CH, free text
 * @param transactionId BK
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record CheckoutResponse(
        boolean ok,
        boolean renewalOk,
        MagneticMedia magneticMedia,
        boolean desensitize,
        Timestamp transactionDate,
        String institutionId,
        String patronIdentifier,
        String itemIdentifier,
        String titleIdentifier,
        String dueDate,
        Optional<String> feeType,
        Optional<Boolean> securityInhibit,
        Optional<String> currencyType,
        Optional<BigDecimal> feeAmount,
        Optional<String> mediaType,
        Optional<String> itemProperties,
        Optional<String> transactionId,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public CheckoutResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /**
     * The lent form: a loan that stands, security to be switched off, nothing to pay.
     *
     * @param renewal whether the patron had it already
     * @param dueDate AH
     * @param mediaType CK
     * @param screen AF
     */
    public static CheckoutResponse lent(
            boolean renewal,
            MagneticMedia media,
            Timestamp now,
            String institution,
            String card,
            String item,
            String title,
            String dueDate,
            Optional<String> mediaType,
            List<String> screen) {
        return new CheckoutResponse(
                true,
                renewal,
                media,
                true,
                now,
                institution,
                card,
                item,
                title,
                dueDate,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                mediaType,
                Optional.empty(),
                Optional.empty(),
                screen,
                List.of(),
                List.of());
    }

    /**
     * The refused form: nothing promised, security untouched.
     *
     * @param itemProperties CH
     * @param screen AF, why
     */
    public static CheckoutResponse refused(
            Timestamp now,
            String institution,
            String card,
            String item,
            String title,
            Optional<String> itemProperties,
            List<String> screen) {
        return new CheckoutResponse(
                false,
                false,
                MagneticMedia.U,
                false,
                now,
                institution,
                card,
                item,
                title,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                itemProperties,
                Optional.empty(),
                screen,
                List.of(),
                List.of());
    }

    /** The same with what it costs. */
    public CheckoutResponse costing(String type, String currency, BigDecimal amount) {
        return with(Optional.of(type), Optional.of(currency), Optional.of(amount), screenMessages);
    }

    /** The same with other lines for the screen. */
    CheckoutResponse saying(List<String> lines) {
        return with(feeType, currencyType, feeAmount, lines);
    }

    private CheckoutResponse with(
            Optional<String> type, Optional<String> currency, Optional<BigDecimal> amount, List<String> screen) {
        return new CheckoutResponse(
                ok,
                renewalOk,
                magneticMedia,
                desensitize,
                transactionDate,
                institutionId,
                patronIdentifier,
                itemIdentifier,
                titleIdentifier,
                dueDate,
                type,
                securityInhibit,
                currency,
                amount,
                mediaType,
                itemProperties,
                transactionId,
                screen,
                printLines,
                extras);
    }

    /** Reads the message from its frame. */
    public static CheckoutResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new CheckoutResponse(
                in.yes(FixedField.OK),
                in.yes(FixedField.RENEWAL_OK),
                MagneticMedia.parse(in.fixed(FixedField.MAGNETIC_MEDIA)),
                in.yes(FixedField.DESENSITIZE),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.barcode(Field.AB),
                in.text(Field.AJ),
                in.text(Field.AH),
                in.optional(Field.BT),
                in.optionalYes(Field.CI),
                in.optional(Field.BH),
                in.amount(Field.BV),
                in.optional(Field.CK),
                in.optional(Field.CH),
                in.optional(Field.BK),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.CHECKOUT_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return toFrame(type());
    }

    /** The same fields under the number of a 12 or a 30. */
    Frame toFrame(MessageType number) {
        return new FieldWriter(number)
                .ok(FixedField.OK, ok)
                .yes(FixedField.RENEWAL_OK, renewalOk)
                .fixed(FixedField.MAGNETIC_MEDIA, magneticMedia.name())
                .yes(FixedField.DESENSITIZE, desensitize)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .text(Field.AB, itemIdentifier)
                .text(Field.AJ, titleIdentifier)
                .text(Field.AH, dueDate)
                .text(Field.BT, feeType)
                .yes(Field.CI, securityInhibit)
                .text(Field.BH, currencyType)
                .amount(Field.BV, feeAmount)
                .text(Field.CK, mediaType)
                .text(Field.CH, itemProperties)
                .text(Field.BK, transactionId)
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
