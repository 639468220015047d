package fi.kimppa.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Plays scripts that are drawn from seeds, many at once, because most of their time is waiting for answers that do not come. */
public final class Seeds {
    private static final int AT_ONCE = 100;
    /** The first ones tell enough. */
    private static final int MOST_FAILURES = 5;

    private Seeds() {}

    /** Plays {@code count} scripts from the seed {@code first} on; fails with the seeds of those that failed, or when one hangs. */
    public static void each(long first, int count, LongConsumer script) {
        var next = new AtomicLong(first);
        List<String> failures = new CopyOnWriteArrayList<>();
        ExecutorService players = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("script-", 0).factory());
        for (int i = 0; i < AT_ONCE; i++) {
            players.execute(() -> {
                long seed = next.getAndIncrement();
                while (seed < first + count && failures.size() < MOST_FAILURES) {
                    try {
                        script.accept(seed);
                    } catch (AssertionError | RuntimeException e) {
                        failures.add("seed " + seed + ": " + e);
                    }
                    seed = next.getAndIncrement();
                }
            });
        }
        players.shutdown();
        boolean ended;
        try {
            ended = players.awaitTermination(60 + count / 4, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        assertThat(failures).isEmpty();
        assertThat(ended).as("no script hangs").isTrue();
    }
}
