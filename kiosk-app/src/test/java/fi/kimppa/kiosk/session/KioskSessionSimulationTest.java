package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thousands of evenings at a kiosk in virtual time, with a gateway that loses answers and lines or does not know itself, a pad that
 * loses tags and fails to write, people who lift too early and walk away, and a kiosk that is killed. Each evening checks its
 * invariants as it goes and names its seed when one breaks. Every build plays the same seeds, and five times as many with
 * {@code --full}; play one again with {@code -Dkiosk.seed=…}, others with {@code -Dkiosk.seed=… -Dkiosk.evenings=…}.
 */
class KioskSessionSimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(KioskSessionSimulationTest.class);
    private static final long FIRST_SEED = 1_795_541_400L;
    private static final int EVENINGS = 2_000;

    @Test
    void keepsItsPromisesOverThousandsOfEvenings() {
        Long wanted = Long.getLong("kiosk.seed");
        long first = wanted == null ? FIRST_SEED : wanted;
        int usual = Integer.getInteger("kiosk.usual.evenings", EVENINGS);
        int evenings = Integer.getInteger("kiosk.evenings", wanted == null ? usual : 1);
        LOG.info("evenings with seeds {} to {}", first, first + evenings - 1);
        Map<SimulatedEvening.Seen, Integer> seen = new EnumMap<>(SimulatedEvening.Seen.class);
        for (long seed = first; seed < first + evenings; seed++) {
            SimulatedEvening evening = new SimulatedEvening(seed);
            try {
                evening.play();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "evening with seed " + seed + " at " + evening.now() + ": " + e.getMessage(), e);
            }
            evening.seen().forEach((what, times) -> seen.merge(what, times, Integer::sum));
        }
        LOG.info("seen: {}", seen);
        if (evenings >= EVENINGS) {
            // A simulation in which nothing goes wrong proves nothing.
            for (SimulatedEvening.Seen what : SimulatedEvening.Seen.values()) {
                assertThat(seen.getOrDefault(what, 0)).as(what.name()).isGreaterThan(5);
            }
        }
    }
}
