package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.database.Rows;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What is owed to each municipality now, and what was paid to it at machines in a stretch of days: a file for those who
 * settle between municipalities. Sums alone, no person. Of days whose payments are gone {@link CreditorDays} has the sums.
 */
@RestController
class CreditorExport {
    /** One line: what is open now, and what was paid. */
    record Sums(String creditor, BigDecimal open, BigDecimal paid) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    CreditorExport(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The file.
     *
     * @param from the first day of the payments; today if none is said
     * @param until their last day; today if none is said
     */
    @GetMapping(path = "/admin/fees/creditors.csv", produces = "text/csv")
    String file(@RequestParam Optional<LocalDate> from, @RequestParam Optional<LocalDate> until) {
        StringBuilder lines = new StringBuilder("creditor,open,paid\r\n");
        LocalDate today = LocalDate.now(clock);
        sums(from.orElse(today), until.orElse(today))
                .forEach(sum -> lines.append(sum.creditor())
                        .append(',')
                        .append(sum.open().toPlainString())
                        .append(',')
                        .append(sum.paid().toPlainString())
                        .append("\r\n"));
        return lines.toString();
    }

    /** By code of the municipality. */
    List<Sums> sums(LocalDate from, LocalDate until) {
        return jdbc.sql("""
                        select m.code as creditor, coalesce(o.open, 0.00) as open, coalesce(p.paid, 0.00) as paid
                          from municipalities m
                          left join (select %s as creditor, sum(f.amount - f.paid) as open
                                       from %s
                                      where f.paid_at is null
                                      group by 1) o on o.creditor = m.code
                          left join (select creditor, sum(amount) as paid
                                       from (select part.creditor, part.amount
                                               from payment_parts part join payments on payments.id = part.payment
                                              where payments.paid_at >= :from and payments.paid_at < :until
                                             union all
                                             select creditor, amount from creditor_days
                                              where day >= :first and day <= :last) each_one
                                      group by 1) p on p.creditor = m.code
                         where coalesce(o.open, 0) + coalesce(p.paid, 0) > 0
                         order by m.code
                        """.formatted(Fees.CREDITOR, Fees.WITH_PLACES))
                .param("from", beginning(from))
                .param("until", beginning(until.plusDays(1)))
                .param("first", from)
                .param("last", until)
                .query(Rows.of(Sums.class))
                .list();
    }

    private OffsetDateTime beginning(LocalDate day) {
        return day.atStartOfDay(clock.getZone()).toOffsetDateTime();
    }
}
