package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * 10: what to do with a returned item (SIP2 2.00, Checkin Response).
 *
 * @param ok whether the return stands
 * @param resensitize whether the item's security shall be switched on
 * @param magneticMedia whether the item is magnetic media
 * @param alert whether the item needs attention
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param itemIdentifier AB, item number, blanks around it removed
 * @param permanentLocation AQ, the item's home
 * @param titleIdentifier AJ, a title or a record number
 * @param sortBin CL, the bin to put it in
 * @param patronIdentifier AA, who had it; a matter of privacy, left out by us
 * @param mediaType CK, three digits
 * @param itemProperties CH, free text
 * @param collectionCode CR
 * @param callNumber CS, shelf mark
 * @param destinationLocation CT, branch that the item must go to
 * @param alertType CV, why it needs attention
 * @param holdPatronId CY, card of the hold's patron
 * @param holdPatronName DA, name or alias for the hold slip
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record CheckinResponse(
        boolean ok,
        boolean resensitize,
        MagneticMedia magneticMedia,
        boolean alert,
        Timestamp transactionDate,
        String institutionId,
        String itemIdentifier,
        String permanentLocation,
        Optional<String> titleIdentifier,
        Optional<String> sortBin,
        Optional<String> patronIdentifier,
        Optional<String> mediaType,
        Optional<String> itemProperties,
        Optional<String> collectionCode,
        Optional<String> callNumber,
        Optional<String> destinationLocation,
        Optional<AlertType> alertType,
        Optional<String> holdPatronId,
        Optional<String> holdPatronName,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public CheckinResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /**
     * An answer that knows nothing but the item's number: a refusal, or a return that is accepted unseen.
     *
     * @param ok whether it is accepted; security is switched on only then
     * @param sortBin CL
     * @param alertType CV; the alert flag goes with it
     * @param screen AF
     */
    public static CheckinResponse bare(
            boolean ok,
            Timestamp now,
            String institution,
            String item,
            Optional<String> sortBin,
            Optional<AlertType> alertType,
            List<String> screen) {
        return new CheckinResponse(
                ok,
                ok,
                MagneticMedia.U,
                alertType.isPresent(),
                now,
                institution,
                item,
                "",
                Optional.empty(),
                sortBin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                alertType,
                Optional.empty(),
                Optional.empty(),
                screen,
                List.of(),
                List.of());
    }

    /** Reads the message from its frame. */
    public static CheckinResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new CheckinResponse(
                in.yes(FixedField.OK),
                in.yes(FixedField.RESENSITIZE),
                MagneticMedia.parse(in.fixed(FixedField.MAGNETIC_MEDIA)),
                in.yes(FixedField.ALERT),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.barcode(Field.AB),
                in.text(Field.AQ),
                in.optional(Field.AJ),
                in.optional(Field.CL),
                in.optionalBarcode(Field.AA),
                in.optional(Field.CK),
                in.optional(Field.CH),
                in.optional(Field.CR),
                in.optional(Field.CS),
                in.optional(Field.CT),
                in.optional(Field.CV).flatMap(AlertType::of),
                in.optional(Field.CY),
                in.optional(Field.DA),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.CHECKIN_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .ok(FixedField.OK, ok)
                .yes(FixedField.RESENSITIZE, resensitize)
                .fixed(FixedField.MAGNETIC_MEDIA, magneticMedia.name())
                .yes(FixedField.ALERT, alert)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .text(Field.AB, itemIdentifier)
                .text(Field.AQ, permanentLocation)
                .text(Field.AJ, titleIdentifier)
                .text(Field.CL, sortBin)
                .text(Field.AA, patronIdentifier)
                .text(Field.CK, mediaType)
                .text(Field.CH, itemProperties)
                .text(Field.CR, collectionCode)
                .text(Field.CS, callNumber)
                .text(Field.CT, destinationLocation)
                .text(Field.CV, alertType.map(AlertType::code))
                .text(Field.CY, holdPatronId)
                .text(Field.DA, holdPatronName)
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
