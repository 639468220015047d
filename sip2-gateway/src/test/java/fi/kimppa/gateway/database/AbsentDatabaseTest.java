package fi.kimppa.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

@ExtendWith(OutputCaptureExtension.class)
class AbsentDatabaseTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    @Test
    void isToldOnceHoweverManyJobsMeetIt(CapturedOutput output) throws Exception {
        runs(new CannotGetJdbcConnectionException("nobody listens on port 5432"));
        assertThat(output.getAll().split("The database does not answer", -1)).hasSize(2);
        assertThat(output).contains("nobody listens on port 5432").doesNotContain("\tat ");
    }

    @Test
    void aFaultOfTheProgramIsToldWhole(CapturedOutput output) throws Exception {
        runs(new IllegalStateException("a row that nobody can read"));
        assertThat(output).contains("a row that nobody can read", "\tat ");
    }

    /** A job that fails and is run again and again, as Spring runs it. */
    private static void runs(RuntimeException failure) throws Exception {
        CountDownLatch count = new CountDownLatch(6);
        try (var scheduler = new SimpleAsyncTaskSchedulerBuilder()
                .customizers(new AbsentDatabase().virtualThreads(Clock.systemUTC()))
                .build()) {
            var job = scheduler.scheduleWithFixedDelay(
                    () -> {
                        count.countDown();
                        throw failure;
                    },
                    OFTEN);
            assertThat(count.await(10, TimeUnit.SECONDS)).isTrue();
            job.cancel(false);
        }
    }
}
