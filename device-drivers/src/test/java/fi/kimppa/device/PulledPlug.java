package fi.kimppa.device;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Pulls a device's plug and puts it back, again and again: it is back at once, does its work, and leaves nothing behind (Linux). */
public final class PulledPlug {
    private static final Duration SOON = Duration.ofSeconds(3);

    private PulledPlug() {}

    /**
     * Does it so many times, at least twice.
     *
     * @param seen how somebody finds out how the device is
     * @param work what the device does after each round
     */
    public static void again(
            int times, Supplier<DeviceStatus> seen, Runnable pull, Runnable putBack, IntConsumer work) {
        eventually("ready", () -> seen.get() instanceof DeviceStatus.Ready);
        List<Integer> threads = new ArrayList<>();
        List<Integer> files = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            pull.run();
            eventually("absent", () -> seen.get() instanceof DeviceStatus.Absent);
            putBack.run();
            long begun = System.nanoTime();
            eventually("ready", () -> seen.get() instanceof DeviceStatus.Ready);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("until it is ready again, round %d", i)
                    .isLessThan(SOON);
            work.accept(i);
            threads.add(Thread.activeCount());
            files.add(openFiles());
        }
        // The first round loads classes; the old end of a link may take a moment to die.
        eventually("threads as in the second round", () -> Thread.activeCount() <= threads.get(1));
        eventually("files as in the second round", () -> openFiles() <= files.get(1));
    }

    private static int openFiles() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }
}
