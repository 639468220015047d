package fi.kimppa.gateway.limits;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many tries each subject has had since it was last quiet: one row a subject, so that two gateways that count at
 * one moment count two. Each call is a statement of its own. May be used by several threads.
 */
@Component
class TryCounts {
    /** More is never counted: no delay and no pause grows any further. */
    private static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    TryCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The tries of a subject.
     *
     * @param subject what is counted and whom
     * @param tries how many
     * @param lastAt when the last one was
     */
    record Count(String subject, int tries, Instant lastAt) {}

    /** The counts of these subjects by subject; none for who has been quiet for this long. */
    Map<String, Count> of(Collection<String> subjects, Duration quiet) {
        return jdbc
                .sql("select subject, tries, last_at from try_counts where subject in (:subjects) and last_at > :from")
                .param("subjects", subjects)
                .param("from", Timestamp.from(clock.instant().minus(quiet)))
                .query((row, _) -> new Count(
                        row.getString("subject"),
                        row.getInt("tries"),
                        row.getTimestamp("last_at").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Count::subject, Function.identity()));
    }

    /** Counts a try. Who has been quiet for this long begins anew. */
    void add(String subject, Duration quiet) {
        boolean _ = take(subject, MOST, quiet);
    }

    /**
     * Counts a try unless the subject has had this many since it was last quiet for this long. A refused one does not
     * count, so the quiet begins with the last that was granted.
     *
     * @return whether it was granted
     */
    boolean take(String subject, int most, Duration quiet) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        insert into try_counts as had (subject, tries, last_at) values (:subject, 1, :now)
                        on conflict (subject) do update
                           set tries = case when had.last_at <= :from then 1 else had.tries + 1 end, last_at = :now
                         where had.last_at <= :from or had.tries < :most
                        """)
                        .param("subject", subject)
                        .param("most", most)
                        .param("now", Timestamp.from(now))
                        .param("from", Timestamp.from(now.minus(quiet)))
                        .update()
                == 1;
    }

    /** Takes a try back that was none. */
    void giveBack(String subject) {
        int left = jdbc.sql("update try_counts set tries = tries - 1 where subject = :subject and tries > 1")
                .param("subject", subject)
                .update();
        if (left == 0) {
            forget(subject);
        }
    }

    /** Forgets the tries of a subject that has shown the right secret. */
    void forget(String subject) {
        jdbc.sql("delete from try_counts where subject = :subject")
                .param("subject", subject)
                .update();
    }

    /** When the last of these tries that was granted was, if the subject has had as many as it may. */
    Optional<Instant> spent(String subject, int most, Duration quiet) {
        return Optional.ofNullable(of(List.of(subject), quiet).get(subject))
                .filter(count -> count.tries() >= most)
                .map(Count::lastAt);
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void forgetOld() {
        jdbc.sql("delete from try_counts where last_at < :dayAgo")
                .param("dayAgo", Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
                .update();
    }
}
