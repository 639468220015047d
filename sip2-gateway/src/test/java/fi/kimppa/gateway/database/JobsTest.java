package fi.kimppa.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

@ExtendWith(OutputCaptureExtension.class)
class JobsTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    @Test
    void anAbsentDatabaseIsToldOnceHoweverManyJobsMeetIt(CapturedOutput output) throws Exception {
        runs(new CannotGetJdbcConnectionException(
                "no connection", new SQLException("nobody listens on port 5432", "08001")));
        assertThat(output.getAll().split("The database does not answer", -1)).hasSize(2);
        assertThat(output).contains("nobody listens on port 5432").doesNotContain("\tat ");
    }

    @Test
    void aFaultOfTheProgramIsToldWhole(CapturedOutput output) throws Exception {
        runs(new IllegalStateException("a row that nobody can read"));
        assertThat(output).contains("a row that nobody can read", "\tat ");
    }

    @Test
    void jobsThatWaitHoldUpNoOther() throws Exception {
        CountDownLatch waiting = new CountDownLatch(Jobs.THREADS - 1);
        CountDownLatch other = new CountDownLatch(3);
        try (Closing jobs = jobs()) {
            for (int i = 0; i < Jobs.THREADS - 1; i++) {
                jobs.often(() -> {
                    waiting.countDown();
                    sleepUntilInterrupted();
                });
            }
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            jobs.often(other::countDown);
            assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void thereAreThreadsForAllOfThem() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            long jobs = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(JobsTest::lines)
                    .filter(line -> line.strip().startsWith("@Scheduled("))
                    .count();
            assertThat(jobs).isBetween(15L, (long) Jobs.THREADS);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleepUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A job that fails and is run again and again, as Spring runs it. */
    private static void runs(RuntimeException failure) throws Exception {
        CountDownLatch count = new CountDownLatch(6);
        try (Closing jobs = jobs()) {
            jobs.often(() -> {
                count.countDown();
                throw failure;
            });
            assertThat(count.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private record Closing(ThreadPoolTaskScheduler scheduler) implements AutoCloseable {
        void often(Runnable job) {
            assertThat(scheduler.scheduleWithFixedDelay(job, OFTEN).isCancelled())
                    .isFalse();
        }

        @Override
        public void close() {
            scheduler.shutdown();
        }
    }

    private static Closing jobs() {
        ThreadPoolTaskScheduler scheduler =
                new Jobs().taskScheduler(new ThreadPoolTaskSchedulerBuilder(), Clock.systemUTC());
        scheduler.initialize();
        return new Closing(scheduler);
    }
}
