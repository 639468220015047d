package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Conversation.Said;
import fi.kimppa.gateway.backend.folio.FolioSettings.Payments;
import fi.kimppa.gateway.backend.folio.Patrons.Patron;
import fi.kimppa.gateway.backend.folio.Patrons.Who;
import fi.kimppa.gateway.backend.folio.ServicePoints.ServicePoint;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Answers 37: books exactly what was paid, or nothing, and each transaction of a machine once. The machine's and the transaction's name
 * go to FOLIO as {@code transactionInfo}, where staff and this desk find it again ({@code transactionInformation} of
 * feefineactions).
 */
final class FeeDesk {
    /** A terminal may begin to count anew; a repeat comes within the time that the journal answers repeats. */
    private static final Duration SAME_TRANSACTION = Duration.ofHours(24);

    private final Okapi okapi;
    private final Patrons patrons;
    private final ServicePoints servicePoints;
    private final Answers answers;
    private final Payments payments;
    private final String user;

    FeeDesk(Okapi okapi, Patrons patrons, ServicePoints servicePoints, Answers answers, FolioSettings settings) {
        this.okapi = okapi;
        this.patrons = patrons;
        this.servicePoints = servicePoints;
        this.answers = answers;
        this.payments = settings.payments();
        this.user = settings.user();
    }

    FeePaidResponse paid(FeePaid request, Terminal terminal) {
        Conversation folio = okapi.begin();
        return switch (patrons.who(folio, request.patronIdentifier(), request.patronPassword(), terminal)) {
            case Who.Stranger stranger -> answer(request, terminal, false, stranger.sentence());
            case Who.Known(Patron patron, boolean _) -> paid(folio, request, terminal, patron);
        };
    }

    private FeePaidResponse paid(Conversation folio, FeePaid request, Terminal terminal, Patron patron) {
        Optional<BigDecimal> amount = request.feeAmount().flatMap(FeeDesk::cents);
        if (amount.isEmpty()) {
            return answer(request, terminal, false, "fee.amount");
        }
        if (!request.currencyType().equals(payments.currency())) {
            return answer(request, terminal, false, "fee.currency");
        }
        Optional<ServicePoint> here = servicePoints.of(folio, terminal.branchCode());
        if (here.isEmpty()) {
            return answer(request, terminal, false, "place.unknown");
        }
        Payment payment = new Payment(
                amount.get(),
                request.feeIdentifier().map(String::strip).filter(id -> !id.isEmpty()),
                terminal.login()
                        + ' '
                        + request.transactionId()
                                .map(String::strip)
                                .filter(id -> !id.isEmpty())
                                .orElseGet(() -> answers.happened(request.transactionDate())
                                        .toString()));
        return booked(folio, patron, payment)
                ? accepted(request, terminal, payment)
                : book(folio, request, terminal, patron, here.get(), payment);
    }

    /**
     * A payment.
     *
     * @param amount two decimals
     * @param account CG, if one was named
     * @param transaction the terminal and BK, or what else is the same when the message is sent again; two machines count alike
     */
    private record Payment(BigDecimal amount, Optional<String> account, String transaction) {}

    private boolean booked(Conversation folio, Patron patron, Payment payment) {
        JsonNode answer = folio.read(Call.get("feefineactions")
                .query(
                        "query",
                        Cql.and(
                                Cql.exact("userId", patron.id()),
                                Cql.exact("transactionInformation", payment.transaction)))
                .query("limit", "100"));
        List<JsonNode> actions = Json.list(answer, "feefineactions").stream()
                .filter(action -> Json.moment(action, "dateAction")
                        .filter(answers.instant().minus(SAME_TRANSACTION)::isBefore)
                        .isPresent())
                .filter(action -> payment.account.isEmpty()
                        || Json.text(action, "accountId").equals(payment.account))
                .toList();
        return actions.stream()
                        .flatMap(action -> Json.amount(action, "amountAction").stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .compareTo(payment.amount)
                == 0;
    }

    private FeePaidResponse book(
            Conversation folio, FeePaid request, Terminal terminal, Patron patron, ServicePoint here, Payment payment) {
        List<Account> open = Account.list(folio.read(Items.accounts(patron.id()))).stream()
                .filter(account ->
                        payment.account.isEmpty() || payment.account.get().equals(account.id()))
                .toList();
        if (open.isEmpty()) {
            return answer(request, terminal, false, "fee.none");
        }
        if (payment.amount.compareTo(Account.sum(open)) > 0) {
            return answer(request, terminal, false, "fee.over");
        }
        Map<String, Object> body = Map.of(
                "accountIds", open.stream().map(Account::id).toList(),
                "amount", payment.amount.toPlainString(),
                "transactionInfo", payment.transaction,
                "notifyPatron", payments.notifyPatron(),
                "servicePointId", here.id(),
                "userName", user,
                "paymentMethod", payments.method());
        return switch (folio.write(Call.post("accounts-bulk", "pay").json(body))) {
            case Said.Done _ -> accepted(request, terminal, payment);
            case Said.Refused _ -> answer(request, terminal, false, "fee.refused");
        };
    }

    private FeePaidResponse accepted(FeePaid request, Terminal terminal, Payment payment) {
        return answer(request, terminal, true, "fee.paid", payment.amount.toPlainString() + ' ' + payments.currency());
    }

    private FeePaidResponse answer(
            FeePaid request, Terminal terminal, boolean accepted, String sentence, Object... parameters) {
        return new FeePaidResponse(
                accepted,
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.transactionId(),
                List.of(answers.text(answers.language(terminal, request.patronIdentifier()), sentence, parameters)),
                List.of(),
                List.of());
    }

    /** A positive amount of whole cents, below a million. */
    private static Optional<BigDecimal> cents(BigDecimal amount) {
        return amount.signum() > 0
                        && amount.stripTrailingZeros().scale() <= 2
                        && amount.compareTo(BigDecimal.valueOf(1_000_000)) < 0
                ? Optional.of(amount.setScale(2, RoundingMode.UNNECESSARY))
                : Optional.empty();
    }
}
