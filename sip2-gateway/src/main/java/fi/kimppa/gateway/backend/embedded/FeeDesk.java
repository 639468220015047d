package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.Fees.Fee;
import fi.kimppa.gateway.backend.embedded.Fees.Payment;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Language;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Answers 37: one fee (CG), or the oldest of its kind and then the oldest of all, whole or in part; never more than is
 * owed. A payment whose transaction id (BK) the terminal has sent before for the same card, fee and amount is booked
 * already and gets the same answer.
 */
@Component
class FeeDesk {
    static final String CURRENCY = "EUR";

    private final Store store;
    private final Fees fees;
    private final Pins pins;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Work work;
    private final Clock clock;

    FeeDesk(Store store, Fees fees, Pins pins, PatronSessions sessions, Answers answers, Work work, Clock clock) {
        this.store = store;
        this.fees = fees;
        this.pins = pins;
        this.sessions = sessions;
        this.answers = answers;
        this.work = work;
        this.clock = clock;
    }

    FeePaidResponse paid(FeePaid request, Terminal terminal) {
        Optional<PatronRow> holder = store.patron(request.patronIdentifier(), clock.instant());
        if (holder.isEmpty()
                || pins.check(terminal, holder.get(), request.patronPassword()).isWrong()) {
            return answer(request, terminal, false, "card.unknown");
        }
        Optional<BigDecimal> amount = request.feeAmount().flatMap(FeeDesk::cents);
        if (amount.isEmpty()) {
            return answer(request, terminal, false, "fee.amount");
        }
        if (!request.currencyType().equals(CURRENCY)) {
            return answer(request, terminal, false, "fee.currency");
        }
        Optional<String> named = request.feeIdentifier().map(String::strip).filter(text -> !text.isEmpty());
        if (named.filter(text -> !text.matches("\\d{1,18}")).isPresent()) {
            return answer(request, terminal, false, "fee.none");
        }
        Payment payment = new Payment(
                request.patronIdentifier(),
                terminal.login(),
                request.transactionId().orElse(""),
                named.map(Long::valueOf),
                amount.get(),
                request.paymentType());
        return work.inTransaction(() -> book(request, terminal, payment));
    }

    private FeePaidResponse book(FeePaid request, Terminal terminal, Payment payment) {
        store.lockPatron(payment.card());
        if (fees.booked(payment)) {
            return accepted(request, terminal, payment);
        }
        List<Fee> open = fees.open(payment.card()).stream()
                .filter(fee -> payment.fee().isEmpty() || payment.fee().get() == fee.id())
                .sorted(Comparator.comparing(fee -> !fee.feeType().equals(request.feeType())))
                .toList();
        if (open.isEmpty()) {
            return answer(request, terminal, false, "fee.none");
        }
        BigDecimal owed = open.stream().map(Fee::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (payment.amount().compareTo(owed) > 0) {
            return answer(request, terminal, false, "fee.over");
        }
        fees.settle(payment, open, clock.instant());
        return accepted(request, terminal, payment);
    }

    private FeePaidResponse accepted(FeePaid request, Terminal terminal, Payment payment) {
        Language language = sessions.language(terminal, payment.card());
        return answer(request, terminal, true, "fee.paid", Answers.money(payment.amount(), language));
    }

    private FeePaidResponse answer(
            FeePaid request, Terminal terminal, boolean accepted, String sentence, Object... parameters) {
        return new FeePaidResponse(
                accepted,
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.transactionId(),
                List.of(answers.text(sessions.language(terminal, request.patronIdentifier()), sentence, parameters)),
                List.of(),
                List.of());
    }

    /** A positive amount of whole cents, below a million. */
    static Optional<BigDecimal> cents(BigDecimal amount) {
        return amount.signum() > 0
                        && amount.stripTrailingZeros().scale() <= 2
                        && amount.compareTo(BigDecimal.valueOf(1_000_000)) < 0
                ? Optional.of(amount.setScale(2, RoundingMode.UNNECESSARY))
                : Optional.empty();
    }
}
