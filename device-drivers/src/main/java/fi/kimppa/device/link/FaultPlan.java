package fi.kimppa.device.link;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What goes wrong with the bytes that a link delivers. Positions count the delivered bytes from 0 since the link was opened.
 *
 * @param chunk at most this many bytes a read
 * @param delay before each read that delivers something
 * @param cutAfter the link hangs up after this many bytes
 * @param corrupt positions whose bytes arrive inverted
 */
public record FaultPlan(int chunk, Duration delay, OptionalLong cutAfter, Set<Long> corrupt) {
    /** Nothing goes wrong. */
    public static final FaultPlan NONE =
            new FaultPlan(Integer.MAX_VALUE, Duration.ZERO, OptionalLong.empty(), Set.of());

    public FaultPlan {
        corrupt = Set.copyOf(corrupt);
        if (chunk < 1 || delay.isNegative()) {
            throw new IllegalArgumentException("Expected a chunk of at least 1 and no negative delay");
        }
    }

    /** The same plan with at most that many bytes a read. */
    public FaultPlan withChunk(int newChunk) {
        return new FaultPlan(newChunk, delay, cutAfter, corrupt);
    }

    /** The same plan with that pause before each read. */
    public FaultPlan withDelay(Duration newDelay) {
        return new FaultPlan(chunk, newDelay, cutAfter, corrupt);
    }

    /** The same plan with a link that hangs up after that many bytes. */
    public FaultPlan withCutAfter(long bytes) {
        return new FaultPlan(chunk, delay, OptionalLong.of(bytes), corrupt);
    }

    /** The same plan with inverted bytes at these positions. */
    public FaultPlan withCorrupt(Set<Long> positions) {
        return new FaultPlan(chunk, delay, cutAfter, positions);
    }

    /** The link with these faults. */
    public ByteLink on(ByteLink link) {
        return new FaultyLink(link, this);
    }
}
