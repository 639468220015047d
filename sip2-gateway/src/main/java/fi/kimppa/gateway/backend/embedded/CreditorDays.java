package fi.kimppa.gateway.backend.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lets payments go, which name a card, and keeps for years what was paid to each municipality on each day: they settle among each
 * other after the month is over. May be used by several threads and gateways.
 */
@Component
class CreditorDays {
    /** How long a payment is kept: as long as somebody may ask about it. */
    static final Duration PAYMENTS = Duration.ofDays(31);

    private static final Logger LOG = LoggerFactory.getLogger(CreditorDays.class);

    private final JdbcClient jdbc;
    private final CreditorSettings settings;
    private final Clock clock;

    CreditorDays(JdbcClient jdbc, CreditorSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Deletes payments that are older than they are kept, and sums that are. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void letGo() {
        Instant now = clock.instant();
        int payments = letGo(
                "paid_at < :before",
                new MapSqlParameterSource("before", now.minus(PAYMENTS).atOffset(ZoneOffset.UTC)));
        int days = jdbc.sql("delete from creditor_days where day < :before")
                .param("before", LocalDate.ofInstant(now.minus(settings.sums()), clock.getZone()))
                .update();
        LOG.info("Deleted {} payments, whose sums are kept, and {} sums of days", payments, days);
    }

    /** Deletes the payments of a card, within the caller's transaction; says how many. */
    int letGoOf(String card) {
        return letGo("card = :card", new MapSqlParameterSource("card", card));
    }

    /** Each payment is added to its day by the one who deletes it, so that none counts twice where several gateways do this. */
    private int letGo(String which, MapSqlParameterSource params) {
        return jdbc.sql("""
                        with gone as (
                            delete from payments where %s returning id, paid_at),
                        kept as (
                            insert into creditor_days (day, creditor, amount)
                            select cast(gone.paid_at at time zone :zone as date), part.creditor, sum(part.amount)
                              from gone join payment_parts part on part.payment = gone.id
                             group by 1, 2
                             order by 1, 2
                                on conflict (day, creditor) do update set amount = creditor_days.amount + excluded.amount)
                        select count(*) from gone
                        """.formatted(which))
                .paramSource(params.addValue("zone", clock.getZone().getId()))
                .query(Integer.class)
                .single();
    }
}
