package fi.kimppa.kiosk.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the kiosk still waits for the person before it. The clock stands while the kiosk itself is at work.
 *
 * @param idleSince when the person last did something, later by the time that the kiosk was at work since
 * @param endsAt when the session ends unless somebody says that they are still here; present while the warning stands
 * @param stoppedAt since when the clock stands, if it does
 */
public record Patience(Instant idleSince, Optional<Instant> endsAt, Optional<Instant> stoppedAt) {
    static Patience from(Instant now) {
        return new Patience(now, Optional.empty(), Optional.empty());
    }

    /** Whether the warning stands. */
    public boolean warned() {
        return endsAt.isPresent();
    }

    /** Whole seconds until the session ends by itself, at least 0; 0 when there is no warning. */
    public long secondsLeft(Instant now) {
        Instant shown = stoppedAt.orElse(now);
        return endsAt.map(end ->
                        Math.max(0, Duration.between(shown, end).plusMillis(999).toSeconds()))
                .orElse(0L);
    }

    /** Somebody did something. */
    Patience renewed(Instant now) {
        return from(now);
    }

    /** What a tick makes of it: the warning appears after {@code idle}. */
    Patience tick(Surroundings around, Wait idle) {
        return tick(
                around,
                around.lasting(idle),
                around.lasting(around.settings().timeouts().warning()));
    }

    /** What a tick makes of it: a warning of this length appears after {@code idle}. */
    private Patience tick(Surroundings around, Duration idle, Duration warning) {
        Patience going = going(around.now());
        return going.warned() || around.now().isBefore(going.idleSince.plus(idle))
                ? going
                : new Patience(going.idleSince, Optional.of(around.now().plus(warning)), Optional.empty());
    }

    /**
     * What a tick makes of it during a visit: the clock stands while the kiosk is busy, and nobody stays for ever.
     *
     * @param began since when somebody who is known is here
     */
    Patience tick(Surroundings around, boolean busy, Wait idle, Optional<Instant> began) {
        if (busy) {
            return stopped(around.now());
        }
        Timeouts timeouts = around.settings().timeouts();
        boolean tooLong = !around.unhurried()
                && began.filter(since -> !around.now().isBefore(since.plus(timeouts.longest())))
                        .isPresent();
        return tooLong ? tick(around, Duration.ZERO, timeouts.longestWarning()) : tick(around, idle);
    }

    /** What a tick makes of it while the kiosk is at work: nothing runs out. */
    Patience stopped(Instant now) {
        return stoppedAt.isPresent() ? this : new Patience(idleSince, endsAt, Optional.of(now));
    }

    /** The clock goes on; the time that it stood does not count. */
    private Patience going(Instant now) {
        return stoppedAt
                .map(since -> Duration.between(since, now))
                .map(stood -> new Patience(idleSince.plus(stood), endsAt.map(end -> end.plus(stood)), Optional.empty()))
                .orElse(this);
    }

    boolean over(Instant now) {
        return stoppedAt.isEmpty() && endsAt.map(end -> !now.isBefore(end)).orElse(false);
    }
}
