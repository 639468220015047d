package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.RequestAcsResend;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A request that changes something, as the journal sees it: no passwords, and the parts by which a repeat is
 * recognised. What a later change overtakes follows from command, card and item, in the journal's column subject:
 *
 * <table>
 *   <caption>A repeat is not answered from the journal any more after a later change of</caption>
 *   <tr><th>09, 11, 29</th><td>the item: 09, 11, 29</td></tr>
 *   <tr><th>19</th><td>the item's properties: 19</td></tr>
 *   <tr><th>15</th><td>the patron's hold on the same item or title: 15</td></tr>
 *   <tr><th>37</th><td>the same fee of the patron, or no certain one both times: 37; never, where it has a number (BK)</td></tr>
 *   <tr><th>65</th><td>all loans of the patron: 65</td></tr>
 *   <tr><th>01, 25</th><td>the card: 01, 25</td></tr>
 * </table>
 *
 * @param request without passwords
 * @param card AA; empty for returns and item properties, which know no patron
 * @param item AB, or AJ where only a title is named, or CG of a payment; empty where the card alone matters
 * @param transactionDate as it came
 * @param noBlock whether it has happened while the machine was off-line
 * @param cancel BI
 * @param feeAcknowledged BO
 * @param detail what else tells two changes apart: BK, BV and BH of a payment, what a hold wants, CH of properties
 */
record Change(
        Request request,
        Optional<String> card,
        String item,
        Timestamp transactionDate,
        boolean noBlock,
        boolean cancel,
        boolean feeAcknowledged,
        String detail) {

    /** The command's two digits. */
    String command() {
        return request.type().code();
    }

    /**
     * Whether it is not sent while returns of the same thing wait. What a library system says of a loan afterwards could not be told from
     * what it says of the one before, if both are of the same patron.
     */
    boolean comesAfterReturns() {
        return switch (request) {
            case Checkout _ -> true;
            case Checkin _ -> cancel;
            case Renew renewal -> renewal.itemIdentifier().isPresent();
            default -> false;
        };
    }

    /**
     * Whether it is taken although its library system is silent, and told when that is back: a return, and a loan or renewal that has
     * happened already while the machine was off-line.
     */
    boolean canWait() {
        return !cancel
                && switch (request) {
                    case Checkin _ -> true;
                    case Checkout _, Renew _ -> noBlock;
                    default -> false;
                };
    }

    /** Whether it is a return that a machine took while it was off-line: the same may have been heard live just before the line broke. */
    boolean fromDisk() {
        return request instanceof Checkin && noBlock && !cancel;
    }

    /**
     * Whether it has a number of its own (BK), by which a repeat is known whatever date that carries and whatever came after: a payment
     * machine that heard no answer may say it again as a new message.
     */
    boolean numbered() {
        return request instanceof FeePaid payment
                && payment.transactionId().filter(number -> !number.isBlank()).isPresent();
    }

    /** The change that a request makes; empty for a question. */
    static Optional<Change> of(Request asked) {
        return switch (asked) {
            case Checkout r ->
                Optional.of(new Change(
                        withoutPasswords(r),
                        Optional.of(r.patronIdentifier()),
                        r.itemIdentifier(),
                        r.transactionDate(),
                        r.noBlock(),
                        r.cancel().orElse(false),
                        r.feeAcknowledged().orElse(false),
                        ""));
            case Checkin r ->
                Optional.of(new Change(
                        withoutPasswords(r),
                        Optional.empty(),
                        r.itemIdentifier(),
                        r.transactionDate(),
                        r.noBlock(),
                        r.cancel().orElse(false),
                        false,
                        ""));
            case Renew r ->
                Optional.of(new Change(
                        withoutPasswords(r),
                        Optional.of(r.patronIdentifier()),
                        r.itemIdentifier().or(r::titleIdentifier).orElse(""),
                        r.transactionDate(),
                        r.noBlock(),
                        false,
                        r.feeAcknowledged().orElse(false),
                        ""));
            case RenewAll r ->
                Optional.of(ofCard(
                        r,
                        r.patronIdentifier(),
                        "",
                        r.transactionDate(),
                        r.feeAcknowledged().orElse(false),
                        ""));
            case Hold r ->
                Optional.of(ofCard(
                        r,
                        r.patronIdentifier(),
                        r.itemIdentifier().or(r::titleIdentifier).orElse(""),
                        r.transactionDate(),
                        r.feeAcknowledged().orElse(false),
                        String.join(
                                "\n",
                                r.holdMode().wire(),
                                r.pickupLocation().orElse(""),
                                r.holdType().orElse(""),
                                r.expirationDate().map(Timestamp::text).orElse(""))));
            case FeePaid r ->
                Optional.of(ofCard(
                        r,
                        r.patronIdentifier(),
                        r.feeIdentifier().orElse(""),
                        r.transactionDate(),
                        false,
                        String.join(
                                "\n",
                                r.transactionId().orElse(""),
                                r.feeAmount().map(BigDecimal::toPlainString).orElse(""),
                                r.currencyType())));
            case BlockPatron r ->
                Optional.of(ofCard(
                        r, r.patronIdentifier(), "", r.transactionDate(), false, r.cardRetained() ? "retained" : ""));
            case PatronEnable r -> Optional.of(ofCard(r, r.patronIdentifier(), "", r.transactionDate(), false, ""));
            case ItemStatusUpdate r ->
                Optional.of(new Change(
                        withoutPasswords(r),
                        Optional.empty(),
                        r.itemIdentifier(),
                        r.transactionDate(),
                        false,
                        false,
                        false,
                        r.itemProperties()));
            case PatronStatusRequest _,
                    PatronInformation _,
                    ItemInformation _,
                    EndPatronSession _,
                    Login _,
                    ScStatus _,
                    RequestAcsResend _ -> Optional.empty();
        };
    }

    private static Change ofCard(
            Request request, String card, String item, Timestamp date, boolean feeAcknowledged, String detail) {
        return new Change(
                withoutPasswords(request), Optional.of(card), item, date, false, false, feeAcknowledged, detail);
    }

    private static Request withoutPasswords(Request request) {
        Frame whole = request.toFrame();
        Frame.Builder bare = Frame.of(whole.type());
        for (FixedField field : whole.type().fixedFields()) {
            bare.fixed(field, whole.fixed(field));
        }
        whole.fields().stream().filter(CodedField.Text.class::isInstance).forEach(bare::add);
        return Request.from(bare.build());
    }
}
