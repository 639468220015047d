package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway does that stood still: a process of its own, stopped by signal. */
@Timeout(60)
class StandstillTest {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** Says how often it has stood still and how often that is over for good, each time it is asked. */
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) throws Exception {
            var standstill = new Standstill(LONGEST, System::nanoTime);
            Thread watcher = Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    long _ = standstill.times();
                    LockSupport.parkNanos(50_000_000);
                }
            });
            while (System.in.read() >= 0 && watcher.isAlive()) {
                System.out.println(standstill.times() + " " + standstill.settled());
            }
        }
    }

    @Test
    void aServerThatWasStoppedDidNotStandStill() {
        AtomicLong now = new AtomicLong();
        var standstill = new Standstill(LONGEST, now::get);
        standstill.begin();
        assertThat(standstill.times()).isZero();
        now.addAndGet(Duration.ofSeconds(12).toNanos());
        standstill.begin();
        assertThat(standstill.times()).isZero();
        now.addAndGet(Duration.ofSeconds(12).toNanos());
        assertThat(standstill.times()).isOne();
    }

    @Test
    void noticesThatItStoodStillAndNothingElse() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asked.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(ask(process, said)).isEqualTo("0 0");
            signal("STOP", process);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 2_500_000_000L) {
                Thread.onSpinWait();
            }
            signal("CONT", process);
            assertThat(ask(process, said)).isEqualTo("1 0");
            String later = ask(process, said);
            while (later.equals("1 0")) {
                LockSupport.parkNanos(50_000_000);
                later = ask(process, said);
            }
            assertThat(later).isEqualTo("1 1");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String ask(Process process, BufferedReader said) throws Exception {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        String line = said.readLine();
        while (!line.matches("\\d+ \\d+")) {
            line = said.readLine();
        }
        return line;
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
