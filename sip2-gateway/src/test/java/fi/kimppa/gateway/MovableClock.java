package fi.kimppa.gateway;

import fi.kimppa.gateway.consortium.GatewayClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class MovableClock extends Clock {
    /** The evening of the issue: Tuesday, half past seven. */
    public static final Instant EVENING =
            OffsetDateTime.parse("2026-11-24T19:30:00+02:00").toInstant();

    private final AtomicReference<Instant> now = new AtomicReference<>(EVENING);

    /** Moves on. */
    public void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** Back to the evening. */
    public void reset() {
        now.set(EVENING);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return GatewayClock.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("there is one zone");
    }
}
