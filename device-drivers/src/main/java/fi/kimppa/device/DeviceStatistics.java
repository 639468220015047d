package fi.kimppa.device;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was counted of a device: by its driver since it was opened, or over all openings since it was first seen (see
 * {@link DeviceHistory}).
 *
 * @param opened since when is counted
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

    /** What came after this added to it; counted since this began. */
    public DeviceStatistics plus(DeviceStatistics later) {
        Map<Counter, Long> both = new EnumMap<>(Counter.class);
        both.putAll(work);
        later.work.forEach((counter, count) -> both.merge(counter, count, Long::sum));
        return new DeviceStatistics(
                opened,
                usable.plus(later.usable),
                exchanges + later.exchanges,
                failures + later.failures,
                connections + later.connections,
                later.lastAnswer.or(() -> lastAnswer),
                both);
    }

    /** What of this came after {@code earlier}, an older look at the same count; counted since {@code then}. */
    DeviceStatistics since(DeviceStatistics earlier, Instant then) {
        Map<Counter, Long> grown = new EnumMap<>(Counter.class);
        work.forEach((counter, count) -> {
            if (count > earlier.count(counter)) {
                grown.put(counter, count - earlier.count(counter));
            }
        });
        return new DeviceStatistics(
                then,
                usable.minus(earlier.usable),
                exchanges - earlier.exchanges,
                failures - earlier.failures,
                connections - earlier.connections,
                lastAnswer,
                grown);
    }

    /** How often that happened. */
    public long count(Counter counter) {
        return work.getOrDefault(counter, 0L);
    }
}
