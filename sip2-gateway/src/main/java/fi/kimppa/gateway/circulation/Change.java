package fi.kimppa.gateway.circulation;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import java.util.List;
import java.util.Optional;

/**
 * A request that changes something, as the journal sees it: no passwords, and the parts by which a repeat is
 * recognised.
 *
 * @param request 09, 11 or 29 without passwords
 * @param card AA; empty for returns, which know no patron
 * @param item AB, or AJ where a renewal names only a title
 * @param transactionDate as it came
 */
record Change(
        Request request,
        Optional<String> card,
        String item,
        Timestamp transactionDate,
        boolean noBlock,
        boolean cancel,
        boolean feeAcknowledged) {

    /** The command's two digits. */
    String command() {
        return request.type().code();
    }

    static Change of(Checkout request) {
        return new Change(
                new Checkout(
                        request.scRenewalPolicy(),
                        request.noBlock(),
                        request.transactionDate(),
                        request.nbDueDate(),
                        request.institutionId(),
                        request.patronIdentifier(),
                        request.itemIdentifier(),
                        Optional.empty(),
                        request.itemProperties(),
                        Optional.empty(),
                        request.feeAcknowledged(),
                        request.cancel(),
                        texts(request.extras())),
                Optional.of(request.patronIdentifier()),
                request.itemIdentifier(),
                request.transactionDate(),
                request.noBlock(),
                request.cancel().orElse(false),
                request.feeAcknowledged().orElse(false));
    }

    static Change of(Checkin request) {
        return new Change(
                new Checkin(
                        request.noBlock(),
                        request.transactionDate(),
                        request.returnDate(),
                        request.currentLocation(),
                        request.institutionId(),
                        request.itemIdentifier(),
                        Optional.empty(),
                        request.itemProperties(),
                        request.cancel(),
                        texts(request.extras())),
                Optional.empty(),
                request.itemIdentifier(),
                request.transactionDate(),
                request.noBlock(),
                request.cancel().orElse(false),
                false);
    }

    static Change of(Renew request) {
        return new Change(
                new Renew(
                        request.thirdPartyAllowed(),
                        request.noBlock(),
                        request.transactionDate(),
                        request.nbDueDate(),
                        request.institutionId(),
                        request.patronIdentifier(),
                        Optional.empty(),
                        request.itemIdentifier(),
                        request.titleIdentifier(),
                        Optional.empty(),
                        request.itemProperties(),
                        request.feeAcknowledged(),
                        texts(request.extras())),
                Optional.of(request.patronIdentifier()),
                request.itemIdentifier().or(request::titleIdentifier).orElse(""),
                request.transactionDate(),
                request.noBlock(),
                false,
                request.feeAcknowledged().orElse(false));
    }

    private static List<CodedField> texts(List<CodedField> extras) {
        return extras.stream().filter(CodedField.Text.class::isInstance).toList();
    }
}
