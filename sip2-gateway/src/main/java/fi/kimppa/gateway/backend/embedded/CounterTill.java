package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterRecord.Kind;
import fi.kimppa.gateway.backend.embedded.Fees.Fee;
import fi.kimppa.gateway.backend.embedded.Fees.Payment;
import fi.kimppa.gateway.database.Rows;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes fees at the desk, and lets them go. A payment has the token of the form that it was made with as its transaction
 * id, so that a double click, a reload and the button "back" book it once.
 */
@Component
class CounterTill {
    /** How it was paid, by the code of SIP2's payment types. */
    enum Means {
        CASH("00"),
        CARD("02");

        private final String code;

        Means(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** What became of a payment. */
    sealed interface Booked {
        /**
         * It is booked.
         *
         * @param payment its number, for the receipt; the same one when it was booked before
         */
        record Done(long payment) implements Booked {}

        /** So much is not owed any more: some of it was paid or let go meanwhile. */
        record Changed() implements Booked {}
    }

    /** A payment that was booked at the desk. */
    record Receipt(
            long id, long patron, BigDecimal amount, String paymentType, OffsetDateTime paidAt, String terminal) {}

    /** One line of a receipt. */
    record Line(String feeType, @Nullable String title, String creditor, BigDecimal amount) {}

    /** What a payment at the desk has in place of a terminal, before the name of the member of staff. */
    private static final String AT_THE_DESK = "desk:";

    private final JdbcClient jdbc;
    private final Store store;
    private final Fees fees;
    private final CounterRecord written;
    private final Work work;
    private final Clock clock;

    CounterTill(JdbcClient jdbc, Store store, Fees fees, CounterRecord written, Work work, Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.fees = fees;
        this.written = written;
        this.work = work;
        this.clock = clock;
    }

    /** What is open, oldest first. */
    List<Fee> open(CounterPatron patron) {
        return fees.open(patron.card());
    }

    /** Those of the open fees that were chosen. */
    List<Fee> chosen(CounterPatron patron, Set<Long> chosen) {
        return open(patron).stream().filter(fee -> chosen.contains(fee.id())).toList();
    }

    static BigDecimal sum(List<Fee> fees) {
        return fees.stream().map(Fee::open).reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    /** An amount as people type it: euros, and cents behind a comma or a point. */
    static Optional<BigDecimal> amount(String typed) {
        return Optional.of(typed.strip())
                .filter(text -> text.matches("\\d{1,6}([.,]\\d{1,2})?"))
                .map(text -> new BigDecimal(text.replace(',', '.')))
                .flatMap(FeeDesk::cents);
    }

    /**
     * Books a payment, once.
     *
     * @param chosen numbers of the fees that are paid
     * @param amount at most what is open of them
     * @param token of the form
     * @param who the member of staff
     */
    Booked pay(CounterPatron patron, Set<Long> chosen, BigDecimal amount, Means means, String token, String who) {
        return work.inTransaction(() -> {
            store.lockPatron(patron.card());
            Optional<Long> before = bookedWith(token, who);
            if (before.isPresent()) {
                return new Booked.Done(before.get());
            }
            List<Fee> open = chosen(patron, chosen);
            if (amount.compareTo(sum(open)) > 0) {
                return new Booked.Changed();
            }
            Payment payment =
                    new Payment(patron.card(), AT_THE_DESK + who, token, Optional.empty(), amount, means.code());
            long booked = fees.settle(payment, open, clock.instant());
            written.patron(Kind.FEES_PAID, patron.id(), amount.toPlainString(), "", who);
            return new Booked.Done(booked);
        });
    }

    /** The payment that this member of staff has booked with a form of this token. */
    Optional<Long> bookedWith(String token, String who) {
        return jdbc.sql("select id from payments where terminal = :terminal and transaction_id = :token")
                .param("terminal", AT_THE_DESK + who)
                .param("token", token)
                .query(Long.class)
                .optional();
    }

    /**
     * Lets go of a fee.
     *
     * @param seen what was open when this was decided
     * @return false if something else is open now
     */
    boolean waive(CounterPatron patron, long fee, BigDecimal seen, String reason, String who) {
        return work.inTransaction(() -> {
            store.lockPatron(patron.card());
            Optional<Fee> open = chosen(patron, Set.of(fee)).stream()
                    .filter(one -> one.open().compareTo(seen) == 0)
                    .findFirst();
            open.ifPresent(one -> {
                fees.waive(one, clock.instant());
                written.patron(Kind.FEE_WAIVED, patron.id(), one.open().toPlainString(), reason, who);
            });
            return open.isPresent();
        });
    }

    /** A payment that was booked at the desk. */
    Optional<Receipt> receipt(long payment) {
        return jdbc.sql("""
                        select y.id, p.id as patron, y.amount, y.payment_type, y.paid_at, y.terminal
                          from payments y join patrons p on p.card = y.card
                         where y.id = :id and y.terminal like 'desk:%'
                        """).param("id", payment).query(Rows.of(Receipt.class)).optional();
    }

    /** What it was for, as long as the fees are kept. */
    List<Line> lines(long payment) {
        return jdbc.sql("""
                        select coalesce(f.fee_type, '01') as fee_type, t.title, part.creditor, part.amount
                          from payment_parts part
                          left join fees f on f.id = part.fee
                          left join items i on i.number = f.item
                          left join titles t on t.id = i.title_id
                         where part.payment = :payment
                         order by part.fee
                        """)
                .param("payment", payment)
                .query(Rows.of(Line.class))
                .list();
    }

    /** Who took it. */
    static String takenBy(Receipt receipt) {
        return receipt.terminal().substring(AT_THE_DESK.length());
    }
}
