package fi.kimppa.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a driver counted since it was opened.
 *
 * @param opened when that was
 * @param usable how long the device could do its work since then
 * @param exchanges conversations with the device that ended well, status polls included
 * @param failures conversations that ended in a {@link DeviceException}
 * @param connections times that the link was opened and the device greeted; more than one means that it came back
 * @param lastAnswer when the last good conversation ended
 * @param work what the device did; what never happened is not in it
 */
public record DeviceStatistics(
        Instant opened,
        Duration usable,
        long exchanges,
        long failures,
        long connections,
        Optional<Instant> lastAnswer,
        Map<Counter, Long> work) {
    public DeviceStatistics {
        work = Map.copyOf(work);
    }

    /** How often that happened. */
    public long count(Counter counter) {
        return work.getOrDefault(counter, 0L);
    }
}
