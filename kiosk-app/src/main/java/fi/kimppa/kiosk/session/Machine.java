package fi.kimppa.kiosk.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How the kiosk itself is, beside its devices. Nothing of it belongs to a patron.
 *
 * @param upkeep what staff find again after a restart
 * @param padAway since when the pad cannot work, by the session's clock; empty while it can, or was never heard of
 * @param clockOff by how much the library's clock is before ours; empty until the library has told
 * @param offLine what may be lent while nobody answers; empty until the gateway has told
 * @param next what holds from when nobody is here, if the gateway wants something else
 * @param feed what is told to whoever passes by
 * @param branch what the gateway says of itself and of the branch; empty until it has told
 * @param restart whether the program is to be started anew from when nobody is here
 */
public record Machine(
        Upkeep upkeep,
        Optional<Instant> padAway,
        Optional<Duration> clockOff,
        Optional<OffLineTerms> offLine,
        Optional<KioskSettings> next,
        Feed feed,
        Optional<BranchNow> branch,
        boolean restart) {
    /** One that nobody wants started anew. */
    public Machine(
            Upkeep upkeep,
            Optional<Instant> padAway,
            Optional<Duration> clockOff,
            Optional<OffLineTerms> offLine,
            Optional<KioskSettings> next,
            Feed feed,
            Optional<BranchNow> branch) {
        this(upkeep, padAway, clockOff, offLine, next, feed, branch, false);
    }

    /** Two tries to open the pad again have failed by then (kiosk-ux.md A.12). */
    private static final Duration PAD_PATIENCE = Duration.ofSeconds(5);

    private static final Duration CLOCK_PATIENCE = Duration.ofMinutes(1);

    /** A kiosk that has just been switched on. */
    public static Machine start(Upkeep upkeep) {
        return new Machine(
                upkeep,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Feed.NONE,
                Optional.empty());
    }

    /** Whether the pad has been away for so long that people are told. */
    boolean padLost(Instant now) {
        return padAway.map(since -> !now.isBefore(since.plus(PAD_PATIENCE))).orElse(false);
    }

    /** Whether clock and library disagree by more than a minute. */
    public boolean clockWrong() {
        return clockOff.map(off -> off.abs().compareTo(CLOCK_PATIENCE) > 0).orElse(false);
    }

    /** Whether clock and library have been compared since the kiosk was switched on, and agree within a minute. */
    boolean clockRight() {
        return clockOff.isPresent() && !clockWrong();
    }

    Machine with(UnaryOperator<Upkeep> change) {
        return new Machine(change.apply(upkeep), padAway, clockOff, offLine, next, feed, branch, restart);
    }

    Machine pad(boolean usable, Instant now) {
        return new Machine(
                upkeep,
                usable ? Optional.empty() : padAway.or(() -> Optional.of(now)),
                clockOff,
                offLine,
                next,
                feed,
                branch,
                restart);
    }

    Machine clock(Duration off) {
        return new Machine(upkeep, padAway, Optional.of(off), offLine, next, feed, branch, restart);
    }

    Machine permitted(Optional<OffLineTerms> terms) {
        return new Machine(upkeep, padAway, clockOff, terms, next, feed, branch, restart);
    }

    Machine awaiting(Optional<KioskSettings> settings) {
        return new Machine(upkeep, padAway, clockOff, offLine, settings, feed, branch, restart);
    }

    /** How the branch is open, as far as anybody knows. */
    public Optional<BranchNow.Opening> opening(Instant now) {
        return branch.flatMap(BranchNow::opening).filter(opening -> opening.holds(now));
    }

    /** What the library says to everybody now. */
    public Optional<Feed.InLanguages> notice(Instant now) {
        return branch.flatMap(BranchNow::notice)
                .filter(notice -> now.isBefore(notice.until()))
                .map(BranchNow.Notice::text);
    }

    Machine told(BranchNow now) {
        return new Machine(upkeep, padAway, clockOff, offLine, next, feed, Optional.of(now), restart);
    }

    Machine fed(Feed told) {
        return new Machine(upkeep, padAway, clockOff, offLine, next, told, branch, restart);
    }

    Machine restarting(boolean wanted) {
        return new Machine(upkeep, padAway, clockOff, offLine, next, feed, branch, wanted);
    }
}
