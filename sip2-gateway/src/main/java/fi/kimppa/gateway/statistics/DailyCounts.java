package fi.kimppa.gateway.statistics;

import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.gateway.statistics.Deed.Kind;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was done, day by day. Each change adds rows of its own in its transaction, and a job folds them into one row for each
 * day, kind and place: an upsert within the change would make all loans of a branch wait for each other's commit. May be
 * used by several threads and gateways.
 */
@Component
public class DailyCounts {
    private static final Logger LOG = LoggerFactory.getLogger(DailyCounts.class);
    /** Number of the advisory lock of the gateway that folds. */
    private static final long FOLDING = 0x6b696d5f666f6cL;

    private final JdbcClient jdbc;
    private final LateWrites writes;
    private final TransactionTemplate transaction;

    DailyCounts(JdbcClient jdbc, LateWrites writes, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Counts what was done, late in the transaction that is under way. */
    public void add(List<Deed> deeds) {
        for (Deed deed : deeds) {
            writes.sql("""
                            insert into counted (day, kind, branch, home, owner, onward, times)
                            values (:day, :kind, :branch, :home, :owner, :onward, :times)
                            """)
                    .param("day", deed.day())
                    .param("kind", deed.kind().name())
                    .param("branch", deed.branch())
                    .param("home", deed.home())
                    .param("owner", deed.owner())
                    .param("onward", deed.onward())
                    .param("times", deed.times())
                    .later();
        }
    }

    /** Folds what was counted, unless another gateway is at it. */
    @Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT1M")
    void fold() {
        Integer folded = transaction.execute(_ -> {
            boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                    .param("lock", FOLDING)
                    .query(Boolean.class)
                    .single();
            return mine ? jdbc.sql("""
                            with taken as (
                                delete from counted returning day, kind, branch, home, owner, onward, times)
                            insert into daily_counts as d (day, kind, branch, home, owner, onward, times)
                            select day, kind, branch, home, owner, onward, sum(times) from taken
                             group by day, kind, branch, home, owner, onward
                                on conflict (day, kind, branch, home, owner, onward)
                                do update set times = d.times + excluded.times
                            """).update() : 0;
        });
        LOG.debug("Daily counts: {} rows folded", folded);
    }

    /** Every month's sums from one month up to and with another, in the order of months. */
    List<Count> months(YearMonth from, YearMonth to) {
        return read("date_trunc('month', day)::date", from.atDay(1), to.atEndOfMonth());
    }

    /** Every day's counts from one month up to and with another, in the order of days. */
    List<Count> days(YearMonth from, YearMonth to) {
        return read("day", from.atDay(1), to.atEndOfMonth());
    }

    private List<Count> read(String since, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                        select %s as since, kind, branch, home, owner, onward, sum(times) as times
                          from all_counts where day between :from and :to
                         group by 1, 2, 3, 4, 5, 6
                        having sum(times) <> 0
                         order by 1, 2, 3, 4, 5, 6
                        """.formatted(since))
                .param("from", from)
                .param("to", to)
                .query((row, _) -> new Count(
                        row.getObject("since", LocalDate.class),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("branch"),
                        row.getString("home"),
                        row.getString("owner"),
                        row.getString("onward"),
                        row.getLong("times")))
                .list();
    }
}
