package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * 64: a patron, six counts and the list that was asked for (SIP2 2.00, Patron Information Response).
 *
 * @param patronStatus what is denied
 * @param language three digits
 * @param transactionDate when it was answered
 * @param counts how long each list is; a missing one is unknown and travels as four blanks
 * @param institutionId AO
 * @param patronIdentifier AA, library card number
 * @param personalName AE
 * @param holdItemsLimit BZ
 * @param overdueItemsLimit CA
 * @param chargedItemsLimit CB
 * @param validPatron BL, whether the card is known
 * @param validPatronPassword CQ, whether the PIN was right; absent when none was checked
 * @param currencyType BH, ISO 4217
 * @param feeAmount BV, what the patron owes
 * @param feeLimit CC, above which the patron may not borrow
 * @param items AS AT AU AV BU CD: the entries of the lists that are present
 * @param homeAddress BD
 * @param emailAddress BE
 * @param homePhoneNumber BF
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record PatronInformationResponse(
        PatronStatus patronStatus,
        String language,
        Timestamp transactionDate,
        Map<ItemList, Integer> counts,
        String institutionId,
        String patronIdentifier,
        String personalName,
        OptionalInt holdItemsLimit,
        OptionalInt overdueItemsLimit,
        OptionalInt chargedItemsLimit,
        Optional<Boolean> validPatron,
        Optional<Boolean> validPatronPassword,
        Optional<String> currencyType,
        Optional<BigDecimal> feeAmount,
        Optional<BigDecimal> feeLimit,
        Map<ItemList, List<String>> items,
        Optional<String> homeAddress,
        Optional<String> emailAddress,
        Optional<String> homePhoneNumber,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists and maps. */
    public PatronInformationResponse {
        counts = Map.copyOf(counts);
        items = Map.copyOf(items);
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
    public static PatronInformationResponse bare(
            PatronStatus status,
            String language,
            Timestamp now,
            String institution,
            String card,
            Optional<Boolean> validPatron,
            Optional<Boolean> validPatronPassword,
            List<String> screen) {
        return new PatronInformationResponse(
                status,
                language,
                now,
                Map.of(),
                institution,
                card,
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                validPatron,
                validPatronPassword,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                screen,
                List.of(),
                List.of());
    }

    /** The same with other counts. */
    public PatronInformationResponse withCounts(Map<ItemList, Integer> others) {
        return with(others, items);
    }

    /** The same with another list of items. */
    public PatronInformationResponse withItems(ItemList list, List<String> entries) {
        Map<ItemList, List<String>> others = new EnumMap<>(ItemList.class);
        others.putAll(items);
        others.put(list, List.copyOf(entries));
        return with(counts, others);
    }

    private PatronInformationResponse with(Map<ItemList, Integer> otherCounts, Map<ItemList, List<String>> otherItems) {
        return new PatronInformationResponse(
                patronStatus,
                language,
                transactionDate,
                otherCounts,
                institutionId,
                patronIdentifier,
                personalName,
                holdItemsLimit,
                overdueItemsLimit,
                chargedItemsLimit,
                validPatron,
                validPatronPassword,
                currencyType,
                feeAmount,
                feeLimit,
                otherItems,
                homeAddress,
                emailAddress,
                homePhoneNumber,
                screenMessages,
                printLines,
                extras);
    }

    /** Reads the message from its frame. */
    public static PatronInformationResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        Map<ItemList, Integer> counts = new EnumMap<>(ItemList.class);
        Map<ItemList, List<String>> items = new EnumMap<>(ItemList.class);
        for (ItemList list : ItemList.values()) {
            in.count(list.count()).ifPresent(count -> counts.put(list, count));
            List<String> entries = in.all(list.entries());
            if (!entries.isEmpty()) {
                items.put(list, entries);
            }
        }
        return new PatronInformationResponse(
                PatronStatus.parse(in.fixed(FixedField.PATRON_STATUS)),
                in.fixed(FixedField.LANGUAGE),
                in.time(FixedField.TRANSACTION_DATE),
                counts,
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.text(Field.AE),
                in.number(Field.BZ),
                in.number(Field.CA),
                in.number(Field.CB),
                in.optionalYes(Field.BL),
                in.optionalYes(Field.CQ),
                in.optional(Field.BH),
                in.amount(Field.BV),
                in.amount(Field.CC),
                items,
                in.optional(Field.BD),
                in.optional(Field.BE),
                in.optional(Field.BF),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    /** Whether the card is known and the PIN, if one was sent, was right: the only sign-in that SIP2 has. */
    public boolean identified() {
        return validPatron.orElse(false) && validPatronPassword.orElse(false);
    }

    @Override
    public MessageType type() {
        return MessageType.PATRON_INFORMATION_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        FieldWriter out = new FieldWriter(type())
                .fixed(FixedField.PATRON_STATUS, patronStatus.wire())
                .fixed(FixedField.LANGUAGE, language)
                .time(FixedField.TRANSACTION_DATE, transactionDate);
        for (ItemList list : ItemList.values()) {
            Integer count = counts.get(list);
            out.count(list.count(), count == null ? OptionalInt.empty() : OptionalInt.of(count));
        }
        out.text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .text(Field.AE, personalName)
                .number(Field.BZ, holdItemsLimit)
                .number(Field.CA, overdueItemsLimit)
                .number(Field.CB, chargedItemsLimit)
                .yes(Field.BL, validPatron)
                .yes(Field.CQ, validPatronPassword)
                .text(Field.BH, currencyType)
                .amount(Field.BV, feeAmount)
                .amount(Field.CC, feeLimit);
        for (ItemList list : ItemList.values()) {
            out.all(list.entries(), items.getOrDefault(list, List.of()));
        }
        return out.text(Field.BD, homeAddress)
                .text(Field.BE, emailAddress)
                .text(Field.BF, homePhoneNumber)
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
