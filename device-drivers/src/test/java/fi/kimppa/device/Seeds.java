package fi.kimppa.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Plays scripts that are drawn from seeds, many at once, because most of their time is waiting for answers that do not come. */
public final class Seeds {
    private static final int AT_ONCE = 100;
    /** The first ones tell enough. */
    private static final int MOST_FAILURES = 5;

    private Seeds() {}

    /** Where one script is played after the other. */
    public interface Stage extends AutoCloseable {
        /** Plays the script of a seed; throws when something was said or done that must not be. */
        void play(long seed);

        @Override
        default void close() {}
    }

    /** What a seed draws. Mixed first: the first numbers of neighbouring seeds are alike, so all would draw the same mode. */
    public static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** Plays {@code count} scripts from the seed {@code first} on; fails with the seeds of those that failed, or when one hangs. */
    public static void each(long first, int count, LongConsumer script) {
        each(first, count, AT_ONCE, () -> script::accept);
    }

    /** Plays them on so many stages at once. */
    public static void each(long first, int count, int atOnce, Supplier<Stage> stages) {
        var next = new AtomicLong(first);
        List<String> failures = new CopyOnWriteArrayList<>();
        ExecutorService players = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().daemon().name("script-", 0).factory());
        for (int i = 0; i < atOnce; i++) {
            players.execute(() -> playOn(stages, next, first + count, failures));
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
        assertThat(next.get()).as("all were played").isGreaterThanOrEqualTo(first + count);
    }

    private static void playOn(Supplier<Stage> stages, AtomicLong next, long end, List<String> failures) {
        try (Stage stage = stages.get()) {
            long seed = next.getAndIncrement();
            while (seed < end && failures.size() < MOST_FAILURES) {
                try {
                    stage.play(seed);
                } catch (AssertionError | RuntimeException e) {
                    failures.add("seed " + seed + ": " + e);
                }
                seed = next.getAndIncrement();
            }
        }
    }
}
