package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.koha.Found.Account;
import fi.kimppa.gateway.backend.koha.Found.Credit;
import fi.kimppa.gateway.backend.koha.Found.Debt;
import fi.kimppa.gateway.backend.koha.Found.Patron;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 37: books a payment, or nothing. Koha would book it as often as it is told (Koha/REST/V1/Patrons/Account.pm),
 * so the terminal's transaction number is in the note of each, and the account is read before one is booked.
 */
final class FeeDesk {
    static final String CURRENCY = "EUR";

    /** BT of a fee for a loan. */
    static final String RENTAL = "06";

    private static final Logger LOG = LoggerFactory.getLogger(FeeDesk.class);

    /** A payment that is asked about again was made moments ago. */
    private static final String LATEST = "50";

    /** Koha tells the day of a payment and not the hour; a repeat of one from before midnight is still the same. */
    private static final Duration SAME_TRANSACTION = Duration.ofHours(6);

    private final Lookup lookup;
    private final Customers customers;
    private final Optional<String> paymentType;
    private final Answers answers;

    FeeDesk(Lookup lookup, Customers customers, Optional<String> paymentType, Answers answers) {
        this.lookup = lookup;
        this.customers = customers;
        this.paymentType = paymentType;
        this.answers = answers;
    }

    /**
     * One payment.
     *
     * @param note what it is known by in Koha; empty if the terminal gave it no number
     */
    private record Payment(Patron patron, BigDecimal amount, Optional<Long> debt, Optional<String> note) {}

    FeePaidResponse paid(FeePaid request, Visit visit) {
        return switch (customers.identify(visit, request.patronIdentifier(), request.patronPassword())) {
            case Customers.Stranger(String text) -> refused(request, visit, text);
            case Customers.Customer(Patron patron) -> paid(request, visit, patron);
        };
    }

    private FeePaidResponse paid(FeePaid request, Visit visit, Patron patron) {
        Optional<BigDecimal> amount = request.feeAmount().flatMap(FeeDesk::cents);
        if (amount.isEmpty()) {
            return refused(request, visit, "fee.amount");
        }
        if (!request.currencyType().equals(CURRENCY)) {
            return refused(request, visit, "fee.currency");
        }
        Optional<String> debt = request.feeIdentifier().map(String::strip).filter(text -> !text.isEmpty());
        if (debt.filter(text -> !text.matches("\\d{1,18}")).isPresent()) {
            return refused(request, visit, "fee.none");
        }
        Payment payment = new Payment(
                patron,
                amount.get(),
                debt.map(Long::valueOf),
                request.transactionId()
                        .filter(number -> !number.isBlank())
                        .map(number -> visit.terminal().login() + " " + number.strip()));
        return lookup.account(visit, patron)
                .map(account -> paid(request, visit, payment, account))
                .orElseGet(() -> refused(request, visit, Reasons.STAFF));
    }

    private FeePaidResponse paid(FeePaid request, Visit visit, Payment payment, Account account) {
        if (booked(visit, payment, account)) {
            return accepted(request, visit, payment);
        }
        BigDecimal owed = owed(payment, account);
        if (owed.signum() <= 0) {
            return refused(request, visit, "fee.none");
        }
        return payment.amount().compareTo(owed) > 0
                ? refused(request, visit, "fee.over")
                : book(request, visit, payment);
    }

    private static BigDecimal owed(Payment payment, Account account) {
        return account.debts().stream()
                .filter(debt -> payment.debt().isEmpty() || payment.debt().get() == debt.id())
                .map(Debt::open)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .min(account.balance());
    }

    /**
     * Whether Koha knows it already; releases that list no payments know only those that are not used up. A terminal may begin to count
     * anew, so that amount and day must be the same as well.
     */
    private boolean booked(Visit visit, Payment payment, Account account) {
        if (payment.note().isEmpty()) {
            return false;
        }
        List<Credit> made = visit.readIfAllowed(
                        Call.get("patrons", Long.toString(payment.patron().id()), "account", "credits")
                                .query("_order_by", "-account_line_id")
                                .query("_per_page", LATEST))
                .map(Credit::list)
                .orElse(List.of());
        LocalDate since = answers.dayBefore(SAME_TRANSACTION);
        return Stream.concat(made.stream(), account.credits().stream())
                .anyMatch(credit -> credit.note().equals(payment.note().get())
                        && credit.amount().compareTo(payment.amount()) == 0
                        && credit.day().filter(day -> day.isBefore(since)).isEmpty());
    }

    private FeePaidResponse book(FeePaid request, Visit visit, Payment payment) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "amount",
                payment.amount(),
                "credit_type",
                "PAYMENT",
                "library_id",
                visit.client().library()));
        payment.note().ifPresent(note -> body.put("note", note));
        payment.debt().ifPresent(debt -> body.put("account_lines_ids", List.of(debt)));
        paymentType.ifPresent(type -> body.put("payment_type", type));
        Call call = Call.post("patrons", Long.toString(payment.patron().id()), "account", "credits")
                .json(body);
        Answer answer = visit.exchange(call);
        if (answer.ok()) {
            // Older releases say 200 and the number alone.
            if (answer.json()
                    .filter(line -> line.path("account_line_id").asLong(0) > 0)
                    .isEmpty()) {
                throw visit.senseless(call, answer);
            }
            return accepted(request, visit, payment);
        }
        LOG.warn("Koha books no payment at {}: {} {}", visit.terminal().login(), answer, Visit.error(answer));
        return refused(request, visit, Reasons.STAFF);
    }

    private FeePaidResponse accepted(FeePaid request, Visit visit, Payment payment) {
        return answer(request, visit, true, answers.screen(visit, "fee.paid", answers.money(payment.amount(), visit)));
    }

    private FeePaidResponse refused(FeePaid request, Visit visit, String text) {
        return answer(request, visit, false, answers.screen(visit, text));
    }

    private FeePaidResponse answer(FeePaid request, Visit visit, boolean accepted, List<String> screen) {
        return new FeePaidResponse(
                accepted,
                answers.now(),
                visit.terminal().institutionId(),
                request.patronIdentifier(),
                request.transactionId(),
                screen,
                List.of(),
                List.of());
    }

    /** A positive amount of whole cents, below a million. */
    private static Optional<BigDecimal> cents(BigDecimal amount) {
        return amount.signum() > 0
                        && amount.stripTrailingZeros().scale() <= 2
                        && amount.compareTo(BigDecimal.valueOf(1_000_000)) < 0
                ? Optional.of(amount.setScale(2))
                : Optional.empty();
    }
}
