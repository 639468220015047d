package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.Creditors;
import fi.kimppa.gateway.database.Rows;
import fi.kimppa.sip2.wire.CodedField;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What patrons owe and have paid; changes are made within the caller's transaction. Amounts have two decimals. */
@Component
class Fees {
    /** BT of a fee for a loan that came back late. */
    static final String OVERDUE = "04";

    /** BT of a fee for a loan. */
    static final String RENTAL = "06";

    /** BT of a fee for a hold. */
    static final String FOR_HOLD = "09";

    /** Rows of gateways of an earlier version name no creditor: it is whoever it would be by default. */
    static final String CREDITOR = "coalesce(f.creditor, b.municipality, home.municipality)";

    /** Fees f with their things and the places that {@link #CREDITOR} asks for. */
    static final String WITH_PLACES = """
            fees f
            join patrons p on p.card = f.card
            join branches home on home.code = p.home_branch
            left join items i on i.number = f.item
            left join branches b on b.code = i.home_branch
            """;

    private final JdbcClient jdbc;
    private final Creditors creditors;
    private final Border border;
    private final ZoneId zone;

    Fees(JdbcClient jdbc, Creditors creditors, Border border, Clock clock) {
        this.jdbc = jdbc;
        this.creditors = creditors;
        this.border = border;
        this.zone = clock.getZone();
    }

    /**
     * A fee of which something is open.
     *
     * @param open what is left of it
     * @param creditor code of the municipality to which it is owed
     */
    record Fee(
            long id,
            String feeType,
            BigDecimal open,
            String creditor,
            @Nullable String item,
            @Nullable String title,
            OffsetDateTime createdAt) {
        /** The group of fields of FOLIO's edge-sip2: account, amount left, item, date, title, fee, its type. */
        List<CodedField> fields(ZoneId zone) {
            return List.of(
                    new CodedField.Text("CG", Long.toString(id)),
                    new CodedField.Text("FA", open.toPlainString()),
                    new CodedField.Text("FB", item == null ? "" : item),
                    new CodedField.Text(
                            "FC", DateTimeFormatter.ISO_LOCAL_DATE.format(createdAt.atZoneSameInstant(zone))),
                    new CodedField.Text("FD", title == null ? "" : title),
                    new CodedField.Text("FE", Long.toString(id)),
                    new CodedField.Text("FF", feeType));
        }
    }

    /** The open fees of a card, oldest first. */
    List<Fee> open(String card) {
        return jdbc.sql("""
                        select f.id, f.fee_type, f.amount - f.paid as open, %s as creditor, f.item, t.title, f.created_at
                          from %s
                          left join titles t on t.id = i.title_id
                         where f.card = :card and f.paid_at is null
                         order by f.created_at, f.id
                        """.formatted(CREDITOR, WITH_PLACES))
                .param("card", card)
                .query(Rows.of(Fee.class))
                .list();
    }

    /** The groups of fields of these fees. */
    List<CodedField> fields(List<Fee> fees) {
        return fees.stream().flatMap(fee -> fee.fields(zone).stream()).toList();
    }

    /**
     * Makes the fee of a loan, or of a renewal of it.
     *
     * @param branch where it was lent
     */
    void makeForLoan(long loan, PatronRow patron, ItemRow item, BigDecimal amount, String branch, Instant now) {
        make(patron.card(), Why.loan(RENTAL, loan), amount, Optional.of(item), branch, now);
    }

    /**
     * Makes the fee of a loan that was late, unless it was made before.
     *
     * @param due the day on which it should have come back
     * @param branch whose rules make it: where the thing was lent
     */
    void makeForOverdue(LoanRow loan, ItemRow item, LocalDate due, BigDecimal amount, String branch, Instant now) {
        Why why = new Why(OVERDUE, Optional.of(loan.id()), Optional.of(due));
        make(loan.card(), why, amount, Optional.of(item), branch, now);
    }

    /**
     * Makes the fee of a hold.
     *
     * @param item the copy that was asked for, if one was
     * @param branch where it was asked for
     */
    void makeForHold(PatronRow patron, Optional<ItemRow> item, BigDecimal amount, String branch, Instant now) {
        make(patron.card(), new Why(FOR_HOLD, Optional.empty(), Optional.empty()), amount, item, branch, now);
    }

    /**
     * What a fee is for.
     *
     * @param type BT
     * @param loan the loan with which it was made, so that it goes when that is taken back
     * @param due of a loan that was late; with the loan it makes the fee one that is made once
     */
    private record Why(String type, Optional<Long> loan, Optional<LocalDate> due) {
        static Why loan(String type, long loan) {
            return new Why(type, Optional.of(loan), Optional.empty());
        }
    }

    /** A fee that is about no thing is owed to the municipality whose rules make it. */
    private void make(String card, Why why, BigDecimal amount, Optional<ItemRow> item, String branch, Instant now) {
        String ruleMaker = border.municipality(branch);
        jdbc.sql("""
                        insert into fees (card, fee_type, amount, item, created_at, creditor, loan, due_on)
                        values (:card, :type, :amount, :item, :now, :creditor, :loan, :due)
                            on conflict do nothing
                        """)
                .param("card", card)
                .param("type", why.type())
                .param("amount", amount)
                .param("item", item.map(ItemRow::number).orElse(null), Types.VARCHAR)
                .param("now", at(now))
                .param(
                        "creditor",
                        creditors.of(
                                item.map(ItemRow::homeBranch)
                                        .map(border::municipality)
                                        .orElse(ruleMaker),
                                ruleMaker))
                .param("loan", why.loan().orElse(null), Types.BIGINT)
                .param("due", why.due().orElse(null), Types.DATE)
                .update();
    }

    /** Takes an amount off a fee, at most what is open. */
    private void pay(Fee fee, BigDecimal amount, Instant now) {
        jdbc.sql("""
                        update fees set paid = paid + :amount,
                               paid_at = case when paid + :amount = amount then cast(:now as timestamptz) end
                         where id = :id
                        """)
                .param("amount", amount)
                .param("now", at(now))
                .param("id", fee.id())
                .update();
    }

    /** Lets go of what is open of a fee: it counts as paid, and says how much of that nobody has paid. */
    void waive(Fee fee, Instant now) {
        jdbc.sql("update fees set paid = amount, waived = waived + :open, paid_at = :now where id = :id")
                .param("open", fee.open())
                .param("now", at(now))
                .param("id", fee.id())
                .update();
    }

    /** Whether this very payment is booked already. */
    boolean booked(Payment payment) {
        return !payment.transactionId().isEmpty()
                && jdbc.sql("""
                        select exists (select from payments
                                        where terminal = :terminal and transaction_id = :transaction and card = :card
                                          and amount = :amount and fee is not distinct from :fee)
                        """)
                        .param("terminal", payment.terminal())
                        .param("transaction", payment.transactionId())
                        .param("card", payment.card())
                        .param("amount", payment.amount())
                        .param("fee", payment.fee().orElse(null), Types.BIGINT)
                        .query(Boolean.class)
                        .single();
    }

    /** Writes a payment down; says its number. */
    private long book(Payment payment, Instant now) {
        return jdbc.sql("""
                        insert into payments (card, terminal, transaction_id, fee, amount, payment_type, paid_at)
                        values (:card, :terminal, :transaction, :fee, :amount, :type, :now)
                        returning id
                        """)
                .param("card", payment.card())
                .param("terminal", payment.terminal())
                .param("transaction", payment.transactionId())
                .param("fee", payment.fee().orElse(null), Types.BIGINT)
                .param("amount", payment.amount())
                .param("type", payment.paymentType())
                .param("now", at(now))
                .query(Long.class)
                .single();
    }

    /**
     * Books a payment and spreads it over fees, the first of them first.
     *
     * @param open fees of the payment's card that are worth at least its amount
     * @return the payment's number
     */
    long settle(Payment payment, List<Fee> open, Instant now) {
        long booked = book(payment, now);
        parts(open, payment.amount()).forEach(part -> {
            pay(part.fee(), part.amount(), now);
            bookPart(booked, part.fee(), part.amount());
        });
        return booked;
    }

    /** A part of a payment, for one fee. */
    record Part(Fee fee, BigDecimal amount) {}

    /** How an amount is spread over fees, the first of them first. */
    static List<Part> parts(List<Fee> fees, BigDecimal amount) {
        List<Part> parts = new ArrayList<>();
        BigDecimal left = amount;
        for (Fee fee : fees) {
            BigDecimal part = left.min(fee.open());
            if (part.signum() > 0) {
                parts.add(new Part(fee, part));
                left = left.subtract(part);
            }
        }
        return parts;
    }

    /** Writes down for whom a part of a payment was: whoever the fee was owed to when it was paid. */
    private void bookPart(long payment, Fee fee, BigDecimal amount) {
        jdbc.sql("""
                        insert into payment_parts (payment, fee, creditor, amount)
                        values (:payment, :fee, :creditor, :amount)
                        """)
                .param("payment", payment)
                .param("fee", fee.id())
                .param("creditor", fee.creditor())
                .param("amount", amount)
                .update();
    }

    /**
     * What a machine or a member of staff says was paid.
     *
     * @param transactionId BK, or empty
     * @param fee CG, if one was named
     * @param amount BV, two decimals
     */
    record Payment(
            String card,
            String terminal,
            String transactionId,
            Optional<Long> fee,
            BigDecimal amount,
            String paymentType) {}

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
