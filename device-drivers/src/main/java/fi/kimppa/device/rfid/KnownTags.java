package fi.kimppa.device.rfid;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read of the tags that have lain in the field ever since. A memory of which nothing can have changed is not read again
 * before its tag is secured: on a serial line that takes longer than the securing.
 *
 * <p>Threads: within the conversations of the pad's line, one at a time.
 */
final class KnownTags {
    /** Nobody takes a tag away, writes it elsewhere and brings it back in so short a time. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Map<Uid, PadTag> tags = new HashMap<>();
    private long inventoriedAt = System.nanoTime() - FRESH.toNanos();

    /** An inventory saw these; of all others nothing is known any more. */
    void saw(Set<Uid> uids) {
        tags.keySet().retainAll(uids);
        inventoriedAt = System.nanoTime();
    }

    /** These were read; what made no sense may the next time. */
    void read(Map<Uid, PadTag> found) {
        found.forEach((uid, tag) -> {
            if (tag.item().isPresent()) {
                tags.put(uid, tag);
            }
        });
    }

    /** This one is about to be written. */
    void forget(Uid uid) {
        tags.remove(uid);
    }

    /** What a tag says that has not been away; empty when that is not certain. */
    Optional<PadTag> of(Uid uid) {
        return System.nanoTime() - inventoriedAt < FRESH.toNanos()
                ? Optional.ofNullable(tags.get(uid))
                : Optional.empty();
    }
}
