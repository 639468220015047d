package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.sip2.wire.CodedField;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What patrons owe and have paid; changes are made within the caller's transaction. Amounts have two decimals. */
@Component
class Fees {
    private final JdbcClient jdbc;
    private final ZoneId zone;

    Fees(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.zone = clock.getZone();
    }

    /**
     * A fee of which something is open.
     *
     * @param open what is left of it
     */
    record Fee(
            long id,
            String feeType,
            BigDecimal open,
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
                        select f.id, f.fee_type, f.amount - f.paid as open, f.item, t.title, f.created_at
                          from fees f
                          left join items i on i.number = f.item
                          left join titles t on t.id = i.title_id
                         where f.card = :card and f.paid_at is null
                         order by f.created_at, f.id
                        """)
                .param("card", card)
                .query(new SimplePropertyRowMapper<>(Fee.class))
                .list();
    }

    /** The groups of fields of these fees. */
    List<CodedField> fields(List<Fee> fees) {
        return fees.stream().flatMap(fee -> fee.fields(zone).stream()).toList();
    }

    /** Takes an amount off a fee, at most what is open. */
    void pay(Fee fee, BigDecimal amount, Instant now) {
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

    void book(Payment payment, Instant now) {
        jdbc.sql("""
                        insert into payments (card, terminal, transaction_id, fee, amount, payment_type, paid_at)
                        values (:card, :terminal, :transaction, :fee, :amount, :type, :now)
                        """)
                .param("card", payment.card())
                .param("terminal", payment.terminal())
                .param("transaction", payment.transactionId())
                .param("fee", payment.fee().orElse(null), Types.BIGINT)
                .param("amount", payment.amount())
                .param("type", payment.paymentType())
                .param("now", at(now))
                .update();
    }

    /**
     * What a machine says was paid.
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
