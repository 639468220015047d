package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a gateway does that stood still: a process of its own, stopped by signal. */
class StandstillTest {
    /** Says how often it has stood still, each time it is asked. */
    static final class Asked {
        private Asked() {}

        public static void main(String[] arguments) throws Exception {
            var standstill = new Standstill();
            Thread watcher = Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    long _ = standstill.times();
                    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                }
            });
            while (System.in.read() >= 0 && watcher.isAlive()) {
                System.out.println(standstill.times());
            }
        }
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
            assertThat(ask(process, said)).isZero();
            signal("STOP", process);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 2_500_000_000L) {
                Thread.onSpinWait();
            }
            signal("CONT", process);
            assertThat(ask(process, said)).isOne();
            assertThat(ask(process, said)).isOne();
        } finally {
            process.destroyForcibly();
        }
    }

    private static long ask(Process process, BufferedReader said) throws Exception {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        String line = said.readLine();
        while (!line.matches("\\d+")) {
            line = said.readLine();
        }
        return Long.parseLong(line);
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
