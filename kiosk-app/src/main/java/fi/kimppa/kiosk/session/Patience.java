package fi.kimppa.kiosk.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the kiosk still waits for the person before it.
 *
 * @param idleSince when the person, or the kiosk for the person, last did something
 * @param endsAt when the session ends unless somebody says that they are still here; present while the warning stands
 * @param moreTime whether the person asked for longer waits
 */
public record Patience(Instant idleSince, Optional<Instant> endsAt, boolean moreTime) {
    static Patience from(Instant now) {
        return new Patience(now, Optional.empty(), false);
    }

    /** Whether the warning stands. */
    public boolean warned() {
        return endsAt.isPresent();
    }

    /** Whole seconds until the session ends by itself, at least 0; 0 when there is no warning. */
    public long secondsLeft(Instant now) {
        return endsAt.map(end ->
                        Math.max(0, Duration.between(now, end).plusMillis(999).toSeconds()))
                .orElse(0L);
    }

    /** Somebody did something. */
    Patience renewed(Instant now) {
        return new Patience(now, Optional.empty(), moreTime);
    }

    Patience withMoreTime(Instant now) {
        return new Patience(now, Optional.empty(), true);
    }

    /** What a tick makes of it: the warning appears after {@code idle}. */
    Patience tick(Instant now, Duration idle, Timeouts timeouts) {
        if (warned()) {
            return this;
        }
        int factor = moreTime ? timeouts.moreTimeFactor() : 1;
        return now.isBefore(idleSince.plus(idle.multipliedBy(factor)))
                ? this
                : new Patience(
                        idleSince, Optional.of(now.plus(timeouts.warning().multipliedBy(factor))), moreTime);
    }

    boolean over(Instant now) {
        return endsAt.map(end -> !now.isBefore(end)).orElse(false);
    }
}
