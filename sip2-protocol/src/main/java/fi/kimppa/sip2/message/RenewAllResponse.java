package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * 66: what was renewed and what was not (SIP2 2.00, Renew All Response).
 *
 * @param ok whether it was tried
 * @param renewedCount how many were
 * @param unrenewedCount how many were not
 * @param transactionDate when it happened, by the sender's clock
 * @param institutionId AO, institution of the patron or terminal
 * @param renewedItems BM, item numbers
 * @param unrenewedItems BN, item numbers, perhaps with a reason
 * @param screenMessages AF, lines for the screen, in order
 * @param printLines AG, lines for the printer, in order
 * @param extras further coded fields, in wire order
 */
public record RenewAllResponse(
        boolean ok,
        OptionalInt renewedCount,
        OptionalInt unrenewedCount,
        Timestamp transactionDate,
        String institutionId,
        List<String> renewedItems,
        List<String> unrenewedItems,
        List<String> screenMessages,
        List<String> printLines,
        List<CodedField> extras)
        implements Response {
    /** Takes copies of the lists. */
    public RenewAllResponse {
        renewedItems = List.copyOf(renewedItems);
        unrenewedItems = List.copyOf(unrenewedItems);
        screenMessages = List.copyOf(screenMessages);
        printLines = List.copyOf(printLines);
        extras = List.copyOf(extras);
    }

    /** With the counts that the lists have. */
    public static RenewAllResponse of(
            boolean ok,
            Timestamp now,
            String institution,
            List<String> renewed,
            List<String> unrenewed,
            List<String> screen) {
        return new RenewAllResponse(
                ok,
                OptionalInt.of(renewed.size()),
                OptionalInt.of(unrenewed.size()),
                now,
                institution,
                renewed,
                unrenewed,
                screen,
                List.of(),
                List.of());
    }

    /**
     * What a renewal costs that was left alone for that reason. The standard's own 66 has no field for it: it is a group of the fields that a
     * 30 has for one, AB, BT, BH and BV, among the extras.
     *
     * @param itemIdentifier AB
     * @param feeType BT, two digits
     * @param currencyType BH, ISO 4217
     * @param feeAmount BV
     */
    public record Price(String itemIdentifier, String feeType, String currencyType, BigDecimal feeAmount) {
        private List<CodedField> fields() {
            return List.of(
                    CodedField.of(Field.AB, itemIdentifier),
                    CodedField.of(Field.BT, feeType),
                    CodedField.of(Field.BH, currencyType),
                    CodedField.of(Field.BV, feeAmount.toPlainString()));
        }
    }

    /** The same with what the renewals that were left alone cost. */
    public RenewAllResponse pricing(List<Price> prices) {
        return new RenewAllResponse(
                ok,
                renewedCount,
                unrenewedCount,
                transactionDate,
                institutionId,
                renewedItems,
                unrenewedItems,
                screenMessages,
                printLines,
                prices.stream().flatMap(price -> price.fields().stream()).toList());
    }

    /** What renewals cost that were left alone for that reason, where a library says so. */
    public List<Price> prices() {
        List<Price> prices = new ArrayList<>();
        int begin = nextItem(0);
        while (begin < extras.size()) {
            int end = nextItem(begin + 1);
            price(extras.subList(begin, end)).ifPresent(prices::add);
            begin = end;
        }
        return prices;
    }

    /** Where the next group begins, at this place or later. */
    private int nextItem(int from) {
        int at = from;
        while (at < extras.size() && !extras.get(at).code().equals(Field.AB.code())) {
            at++;
        }
        return at;
    }

    private Optional<Price> price(List<CodedField> group) {
        FieldReader in = new FieldReader(toFrame().withFields(group));
        String item = in.barcode(Field.AB);
        String type = in.text(Field.BT);
        String currency = in.text(Field.BH);
        return in.amount(Field.BV).map(amount -> new Price(item, type, currency, amount));
    }

    /** Reads the message from its frame. */
    public static RenewAllResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new RenewAllResponse(
                in.yes(FixedField.OK),
                in.count(FixedField.RENEWED_COUNT),
                in.count(FixedField.UNRENEWED_COUNT),
                in.time(FixedField.TRANSACTION_DATE),
                in.text(Field.AO),
                in.all(Field.BM),
                in.all(Field.BN),
                in.all(Field.AF),
                in.all(Field.AG),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.RENEW_ALL_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .ok(FixedField.OK, ok)
                .count(FixedField.RENEWED_COUNT, renewedCount)
                .count(FixedField.UNRENEWED_COUNT, unrenewedCount)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .text(Field.AO, institutionId)
                .all(Field.BM, renewedItems)
                .all(Field.BN, unrenewedItems)
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
