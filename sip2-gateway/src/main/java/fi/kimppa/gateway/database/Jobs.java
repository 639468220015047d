package fi.kimppa.gateway.database;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.ErrorHandler;

/**
 * Runs the jobs, each on its own, and says what becomes of one that fails. The jobs run again by themselves, so an absent database is worth one line when it
 * goes and not a stack trace from each job every few seconds; anything else is a fault of the program and is logged
 * whole. Threads: any.
 */
@Configuration(proxyBeanMethods = false)
class Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** Longer than the pause of the jobs that run often, so that one absence is told once. */
    private static final Duration SAME_ABSENCE = Duration.ofSeconds(30);

    /**
     * As many virtual threads as there are jobs and more, because one that waits for a silent backend must not hold up
     * the staff page. Spring's own scheduler for virtual threads runs all jobs with a fixed delay one after the other
     * (Javadoc of its {@code SimpleAsyncTaskScheduler}).
     */
    static final int THREADS = 60;

    @Bean
    ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder, Clock clock) {
        ErrorHandler handler = handler(clock);
        return builder.poolSize(THREADS)
                .additionalCustomizers(scheduler -> {
                    scheduler.setThreadFactory(
                            Thread.ofVirtual().name("job-", 1).factory());
                    scheduler.setErrorHandler(handler);
                })
                .build();
    }

    static ErrorHandler handler(Clock clock) {
        AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
        return failure -> {
            Optional<SQLException> absence = Absence.in(failure);
            if (absence.isEmpty()) {
                LOG.error("A job failed; it runs again at its time", failure);
                return;
            }
            Instant now = clock.instant();
            if (last.getAndSet(now).isBefore(now.minus(SAME_ABSENCE))) {
                LOG.warn(
                        "The database does not answer; jobs wait until it does: {}",
                        absence.get().getMessage());
            }
        };
    }
}
