package fi.kimppa.gateway.limits;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts failed tries by subject and makes a subject wait when there were too many. A subject is a word for what is
 * counted and who it is, such as {@code door:door-lieto}; it must not say who a person is.
 *
 * <p>Joins the caller's transaction. May be used by several threads.
 */
@Component
public class TryLimit {
    /**
     * How many tries are too many.
     *
     * @param failures the failure with this number begins the pause
     * @param window in which they are counted
     * @param pause how long the subject waits then
     */
    public record Policy(int failures, Duration window, Duration pause) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    TryLimit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Until when the caller must wait because one of these subjects is paused; empty when none is. */
    public Optional<Instant> pausedUntil(Collection<String> subjects) {
        return jdbc.sql(
                        "select until from pauses where subject in (:subjects) and until > :now order by until desc limit 1")
                .param("subjects", subjects)
                .param("now", Timestamp.from(clock.instant()))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /**
     * Counts a failure.
     *
     * @return whether this one began a pause
     */
    public boolean failed(String subject, Policy policy) {
        Instant now = clock.instant();
        jdbc.sql("insert into failed_tries (subject, at) values (:subject, :now)")
                .param("subject", subject)
                .param("now", Timestamp.from(now))
                .update();
        long failures = jdbc.sql("select count(*) from failed_tries where subject = :subject and at > :from")
                .param("subject", subject)
                .param("from", Timestamp.from(now.minus(policy.window())))
                .query(Long.class)
                .single();
        if (failures < policy.failures()) {
            return false;
        }
        jdbc.sql("""
                        insert into pauses (subject, until) values (:subject, :until)
                        on conflict (subject) do update set until = excluded.until""")
                .param("subject", subject)
                .param("until", Timestamp.from(now.plus(policy.pause())))
                .update();
        succeeded(subject);
        return true;
    }

    /** Forgets the failures of a subject that has shown the right secret. */
    public void succeeded(String subject) {
        jdbc.sql("delete from failed_tries where subject = :subject")
                .param("subject", subject)
                .update();
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void forgetOld() {
        Timestamp dayAgo = Timestamp.from(clock.instant().minus(Duration.ofDays(1)));
        jdbc.sql("delete from failed_tries where at < :dayAgo")
                .param("dayAgo", dayAgo)
                .update();
        jdbc.sql("delete from pauses where until < :dayAgo")
                .param("dayAgo", dayAgo)
                .update();
    }
}
