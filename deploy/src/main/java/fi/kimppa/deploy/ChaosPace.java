package fi.kimppa.deploy;

import java.time.Duration;
import java.util.Random;

/** How long a machine of a chaos pauses between two things. */
enum ChaosPace {
    /**
     * A thing every 4 s at each machine. 200 machines change things 50 times a second then, which is more than the busiest hour of a
     * large consortium, and leaves a computer with two cores time for whoever has to log in anew.
     */
    AT_EASE(Duration.ofMillis(1_500), Duration.ofMillis(6_000)),

    /** As often as the computer can take it: for the books, and not for times. */
    IN_HASTE(Duration.ofMillis(500), Duration.ofMillis(2_000));

    private final Duration least;
    private final Duration most;

    ChaosPace(Duration least, Duration most) {
        this.least = least;
        this.most = most;
    }

    /** The longest pause. */
    Duration most() {
        return most;
    }

    Duration pause(Random random) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
    }
}
