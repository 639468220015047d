package fi.kimppa.gateway.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.ErrorHandler;

/**
 * What becomes of a job that fails. The jobs run again by themselves, so an absent database is worth one line when it
 * goes and not a stack trace from each job every few seconds; anything else is a fault of the program and is logged
 * whole. Threads: any.
 */
@Configuration(proxyBeanMethods = false)
class AbsentDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(AbsentDatabase.class);

    /** Longer than the pause of the jobs that run often, so that one absence is told once. */
    private static final Duration SAME_ABSENCE = Duration.ofSeconds(30);

    @Bean
    SimpleAsyncTaskSchedulerCustomizer virtualThreads(Clock clock) {
        ErrorHandler handler = handler(clock);
        return scheduler -> scheduler.setErrorHandler(handler);
    }

    @Bean
    ThreadPoolTaskSchedulerCustomizer platformThreads(Clock clock) {
        ErrorHandler handler = handler(clock);
        return scheduler -> scheduler.setErrorHandler(handler);
    }

    static ErrorHandler handler(Clock clock) {
        AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
        return failure -> {
            if (!isAbsence(failure)) {
                LOG.error("A job failed; it runs again at its time", failure);
                return;
            }
            Instant now = clock.instant();
            if (last.getAndSet(now).isBefore(now.minus(SAME_ABSENCE))) {
                LOG.warn(
                        "The database does not answer; jobs wait until it does: {}",
                        NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            }
        };
    }

    private static boolean isAbsence(Throwable failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof CannotCreateTransactionException;
    }
}
