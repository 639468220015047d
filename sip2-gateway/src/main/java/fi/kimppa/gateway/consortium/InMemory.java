package fi.kimppa.gateway.consortium;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy in memory of what the database holds: read when it is first asked for, once for all who wait for it, since a
 * hundred terminals that arrive at the start must not read it each. May be used by several threads.
 */
final class InMemory<T> {
    private final Supplier<T> reader;
    private volatile @Nullable T copy;

    /** A copy of what this reads. */
    InMemory(Supplier<T> reader) {
        this.reader = reader;
    }

    /** The copy. */
    T get() {
        T known = copy;
        return known == null ? first() : known;
    }

    private synchronized T first() {
        T known = copy;
        if (known == null) {
            known = reader.get();
            copy = known;
        }
        return known;
    }

    /**
     * Reads again. One after the other: what a slow reader saw before a change must not be put in the place of what a quicker one saw
     * after it.
     */
    synchronized void renew() {
        copy = reader.get();
    }
}
