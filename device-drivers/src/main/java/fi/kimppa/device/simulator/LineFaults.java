package fi.kimppa.device.simulator;

import fi.kimppa.device.link.FaultScript;
import java.time.Duration;

/**
 * What goes wrong with a virtual device, drawn from a seed: the same seed and the same talk give the same faults.
 *
 * @param seed of the first host's {@link FaultScript}; hosts that talk at the same time have scripts of the seeds that follow
 * @param perMille how many of a thousand readings and writings are in danger, 0 to 1000
 * @param longestDelay of what is late; at least 1 ms
 */
public record LineFaults(long seed, int perMille, Duration longestDelay) {
    private static final Duration USUAL_DELAY = Duration.ofMillis(300);

    public LineFaults {
        if (perMille < 0 || perMille > 1_000 || longestDelay.toMillis() < 1) {
            throw new IllegalArgumentException("Expected 0 to 1000 per mille and a delay of at least 1 ms");
        }
    }

    /** Faults of which the late ones are up to 300 ms late. */
    public LineFaults(long seed, int perMille) {
        this(seed, perMille, USUAL_DELAY);
    }

    FaultScript script(int number, Runnable powerCut) {
        return new FaultScript(seed + number, perMille, longestDelay, powerCut);
    }
}
