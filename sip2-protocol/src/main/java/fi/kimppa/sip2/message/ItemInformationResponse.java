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
 * 18: what is known about an item (SIP2 2.00, Item Information Response).
 *
 * @param circulationStatus where it stands
 * @param securityMarker two digits
 * @param feeType two digits
 * @param transactionDate when it happened, by the sender's clock
 * @param holdQueueLength CF
 * @param dueDate AH, no fixed format
 * @param recallDate CJ
 * @param holdPickupDate CM, last day on the hold shelf
 * @param itemIdentifier AB, item number, blanks around it removed
 * @param titleIdentifier AJ, empty for an unknown item
 * @param owner BG
 * @param currencyType BH, ISO 4217
 * @param feeAmount BV, decimal amount
 * @param mediaType CK, three digits
 * @param permanentLocation AQ, the item's home
 * @param currentLocation AP, where it is now
 * @param itemProperties CH, free text
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record ItemInformationResponse(
        CirculationStatus circulationStatus,
        String securityMarker,
        String feeType,
        Timestamp transactionDate,
        Optional<String> holdQueueLength,
        Optional<String> dueDate,
        Optional<Timestamp> recallDate,
        Optional<Timestamp> holdPickupDate,
        String itemIdentifier,
        String titleIdentifier,
        Optional<String> owner,
        Optional<String> currencyType,
        Optional<BigDecimal> feeAmount,
        Optional<String> mediaType,
        Optional<String> permanentLocation,
        Optional<String> currentLocation,
        Optional<String> itemProperties,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public ItemInformationResponse {
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /**
     * The answer about an item of which nothing is known (Koha's form: 01 01 01, AB echoed, AJ empty).
     *
     * @param itemProperties CH
     * @param screen AF
     */
    public static ItemInformationResponse unknown(
            Timestamp now, String item, Optional<String> itemProperties, List<String> screen) {
        return new ItemInformationResponse(
                CirculationStatus.OTHER,
                "01",
                "01",
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                item,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                itemProperties,
                screen,
                List.of(),
                List.of());
    }

    /**
     * Whether somebody has the item on loan: charged, not to be recalled yet, or recalled from who has it. FOLIO's edge-sip2 calls recalled also
     * what is set aside on its shelf ({@code ItemRepository.java}, "Paged"), and gives a due date only for loans.
     */
    public boolean onLoan() {
        return switch (circulationStatus) {
            case CHARGED, CHARGED_NOT_TO_BE_RECALLED_YET -> true;
            case RECALLED -> dueDate.filter(due -> !due.isBlank()).isPresent();
            default -> false;
        };
    }

    /**
     * Whether somebody may have it on loan: also if it is recalled and nobody says until when, claimed returned, lost, or something that the standard
     * has no position for.
     */
    public boolean mayBeOnLoan() {
        return onLoan()
                || switch (circulationStatus) {
                    case RECALLED, CLAIMED_RETURNED, LOST, OTHER -> true;
                    default -> false;
                };
    }

    /** Reads the message from its frame. */
    public static ItemInformationResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new ItemInformationResponse(
                CirculationStatus.parse(in.fixed(FixedField.CIRCULATION_STATUS)),
                in.fixed(FixedField.SECURITY_MARKER),
                in.fixed(FixedField.FEE_TYPE),
                in.time(FixedField.TRANSACTION_DATE),
                in.optional(Field.CF),
                in.optional(Field.AH),
                in.time(Field.CJ),
                in.time(Field.CM),
                in.barcode(Field.AB),
                in.text(Field.AJ),
                in.optional(Field.BG),
                in.optional(Field.BH),
                in.amount(Field.BV),
                in.optional(Field.CK),
                in.optional(Field.AQ),
                in.optional(Field.AP),
                in.optional(Field.CH),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.ITEM_INFORMATION_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .fixed(FixedField.CIRCULATION_STATUS, circulationStatus.wire())
                .fixed(FixedField.SECURITY_MARKER, securityMarker)
                .fixed(FixedField.FEE_TYPE, feeType)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.CF, holdQueueLength)
                .text(Field.AH, dueDate)
                .text(Field.CJ, recallDate.map(Timestamp::text))
                .text(Field.CM, holdPickupDate.map(Timestamp::text))
                .text(Field.AB, itemIdentifier)
                .text(Field.AJ, titleIdentifier)
                .text(Field.BG, owner)
                .text(Field.BH, currencyType)
                .amount(Field.BV, feeAmount)
                .text(Field.CK, mediaType)
                .text(Field.AQ, permanentLocation)
                .text(Field.AP, currentLocation)
                .text(Field.CH, itemProperties)
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
