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
 * 63: ask about a patron and one list of items (SIP2 2.00, Patron Information).
 *
 * @param language three digits
 * @param transactionDate when it happened, by the sender's clock
 * @param summary ten positions, at most one Y
 * @param institutionId AO, institution of the patron or terminal
 * @param patronIdentifier AA, library card number, blanks around it removed
 * @param terminalPassword AC, empty when the terminal has none
 * @param patronPassword AD, the PIN; absent or empty when nobody was asked
 * @param startItem BP, first entry wanted, from 1
 * @param endItem BQ, last entry wanted
 * @param extras further coded fields, in wire order
 */
public record PatronInformation(
        String language,
        Timestamp transactionDate,
        String summary,
        String institutionId,
        String patronIdentifier,
        Optional<Secret> terminalPassword,
        Optional<Secret> patronPassword,
        Optional<String> startItem,
        Optional<String> endItem,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public PatronInformation {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static PatronInformation from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new PatronInformation(
                in.fixed(FixedField.LANGUAGE),
                in.time(FixedField.TRANSACTION_DATE),
                in.fixed(FixedField.SUMMARY),
                in.text(Field.AO),
                in.barcode(Field.AA),
                in.optionalSecret(Field.AC),
                in.optionalSecret(Field.AD),
                in.optional(Field.BP),
                in.optional(Field.BQ),
                in.rest());
    }

    /** The list that summary asks for, if any. */
    public Optional<ItemList> wantedList() {
        return ItemList.ofSummary(summary);
    }

    /**
     * The same, for a part of the list.
     *
     * @param first BP, from 1
     * @param last BQ
     */
    public PatronInformation between(int first, int last) {
        return asking(summary, Optional.of(Integer.toString(first)), Optional.of(Integer.toString(last)));
    }

    /** The same, for another list from its beginning. */
    public PatronInformation wanting(ItemList list) {
        return asking(ItemList.summary(Optional.of(list)), Optional.empty(), Optional.empty());
    }

    private PatronInformation asking(String lists, Optional<String> first, Optional<String> last) {
        return new PatronInformation(
                language,
                transactionDate,
                lists,
                institutionId,
                patronIdentifier,
                terminalPassword,
                patronPassword,
                first,
                last,
                extras);
    }

    @Override
    public MessageType type() {
        return MessageType.PATRON_INFORMATION;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .fixed(FixedField.LANGUAGE, language)
                .time(FixedField.TRANSACTION_DATE, transactionDate)
                .fixed(FixedField.SUMMARY, summary)
                .text(Field.AO, institutionId)
                .text(Field.AA, patronIdentifier)
                .secret(Field.AC, terminalPassword)
                .secret(Field.AD, patronPassword)
                .text(Field.BP, startItem)
                .text(Field.BQ, endItem)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
