package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * 30: whether the loan was renewed; the same form as a 12 (SIP2 2.00, Renew Response).
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
public record RenewResponse(
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
    public RenewResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /**
     * The renewed form: the loan goes on, security stays as it is.
     *
     * @param dueDate AH
     * @param mediaType CK
     */
    public static RenewResponse renewed(
            MagneticMedia media,
            Timestamp now,
            String institution,
            String card,
            String item,
            String title,
            String dueDate,
            Optional<String> mediaType) {
        return new RenewResponse(
                true,
                true,
                media,
                false,
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
                List.of(),
                List.of(),
                List.of());
    }

    /** The same with other lines for the screen. */
    public RenewResponse saying(List<String> lines) {
        return of(form().saying(lines));
    }

    /** The form of a 12 as a 30: the standard gives both the same fields. */
    public static RenewResponse of(CheckoutResponse form) {
        return new RenewResponse(
                form.ok(),
                form.renewalOk(),
                form.magneticMedia(),
                form.desensitize(),
                form.transactionDate(),
                form.institutionId(),
                form.patronIdentifier(),
                form.itemIdentifier(),
                form.titleIdentifier(),
                form.dueDate(),
                form.feeType(),
                form.securityInhibit(),
                form.currencyType(),
                form.feeAmount(),
                form.mediaType(),
                form.itemProperties(),
                form.transactionId(),
                form.screenMessages(),
                form.printLines(),
                form.extras());
    }

    /** The same as the form of a 12. */
    private CheckoutResponse form() {
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
                feeType,
                securityInhibit,
                currencyType,
                feeAmount,
                mediaType,
                itemProperties,
                transactionId,
                screenMessages,
                printLines,
                extras);
    }

    /** Reads the message from its frame. */
    public static RenewResponse from(Frame frame) {
        return of(CheckoutResponse.from(frame));
    }

    @Override
    public MessageType type() {
        return MessageType.RENEW_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return form().toFrame(type());
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
