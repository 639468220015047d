package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the dates of machines are worth. May be used by several threads. */
final class MachineDates {
    /** A machine whose clock is further off does not know what day it is; ours is never so wrong. */
    private static final Duration BELIEVED = Duration.ofDays(1);

    private final Clock clock;

    MachineDates(Clock clock) {
        this.clock = clock;
    }

    /** When something happened by the machine's clock, but never in the future; a date that says nothing is now. */
    Instant happened(Timestamp date) {
        Instant now = clock.instant();
        return date.instant(clock.getZone())
                .filter(moment -> moment.isBefore(now))
                .orElse(now);
    }

    /** When something happens just now by the machine's clock; empty where that is a day or more from ours. */
    Optional<Instant> justNow(Timestamp date) {
        return date.instant(clock.getZone())
                .filter(moment ->
                        Duration.between(moment, clock.instant()).abs().compareTo(BELIEVED) < 0);
    }
}
