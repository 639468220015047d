package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.GatewayClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether every return that a patron was told is accepted has been accepted by a library system, or is with staff. Counted
 * from the chains, which say what was taken, and compared with the journal, which says what is still to be done. Any thread.
 */
@Component
public class DailyProof {
    private static final int LOOKED_AT = 31;

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile long missing;

    DailyProof(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        Gauge.builder("kimppa.returns.missing", () -> missing)
                .description("Returns of the last " + LOOKED_AT
                        + " days that were accepted and of which nothing is known any more")
                .register(meters);
    }

    /**
     * The returns of a day at a branch: {@code taken = accepted + waiting + withStaff + missing}.
     *
     * @param taken for which a patron was told that they are accepted
     * @param accepted by the library system
     * @param waiting for a library system that is silent; none in the end
     * @param withStaff because the library system refused them or nobody owns them, decided or not
     * @param missing of which the journal has lost what is to be done: always 0, or something is badly wrong
     */
    public record Day(
            LocalDate day, String branch, long taken, long accepted, long waiting, long withStaff, long missing) {
        /** Whether nothing is left to be done. */
        public boolean settled() {
            return waiting == 0 && missing == 0;
        }
    }

    /**
     * The days from {@code from} up to and with {@code to} on which something was taken, newest first, by branch. Each day is
     * counted by a statement of its own: a month of a large consortium would take longer than a statement may.
     */
    public List<Day> days(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1)).toList().reversed().stream()
                .flatMap(day -> day(day).stream())
                .toList();
    }

    private List<Day> day(LocalDate day) {
        return jdbc.sql("""
                        with returns as (
                            select o.journal_id, o.branch_code,
                                   bool_or(c.kind = 'WITH_STAFF') as staff,
                                   (array_agg(c.kind order by c.number desc))[1] as last
                              from journal_chain o
                              join journal_chain c on c.journal_id = o.journal_id and c.terminal = o.terminal
                             where o.kind = 'OPEN' and o.command = '09' and not o.undo and o.at >= :from and o.at < :to
                             group by 1, 2
                            having bool_or(c.kind in ('DONE', 'WAITING', 'WITH_STAFF')))
                        select r.branch_code, count(*) as taken,
                               count(*) filter (where last = 'DONE') as accepted,
                               count(*) filter (where not staff and last <> 'DONE' and j.id is not null) as waiting,
                               count(*) filter (where staff and last <> 'DONE' and (last <> 'WITH_STAFF' or j.id is not null)) as staff,
                               count(*) filter (where last in ('WAITING', 'UNKNOWN', 'OPEN', 'WITH_STAFF') and j.id is null)
                                   as missing
                          from returns r
                          left join journal j on j.id = r.journal_id and j.state <> 'SETTLED'
                         group by r.branch_code
                         order by r.branch_code
                        """)
                .param("from", midnight(day))
                .param("to", midnight(day.plusDays(1)))
                .query((row, _) -> new Day(
                        day,
                        row.getString("branch_code"),
                        row.getLong("taken"),
                        row.getLong("accepted"),
                        row.getLong("waiting"),
                        row.getLong("staff"),
                        row.getLong("missing")))
                .list();
    }

    /** Counts what is missing, for those who watch figures. */
    @Scheduled(fixedDelayString = "PT15M", initialDelayString = "PT2M")
    void look() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE);
        missing = days(today.minusDays(LOOKED_AT - 1), today).stream()
                .mapToLong(Day::missing)
                .sum();
    }

    private static OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay(GatewayClock.ZONE).toOffsetDateTime();
    }
}
