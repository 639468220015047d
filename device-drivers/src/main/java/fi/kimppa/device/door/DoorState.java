package fi.kimppa.device.door;

import java.time.Duration;
import java.time.Instant;

/**
 * How a door stands. The states and {@link #next} are the whole logic; the clock and the board are elsewhere.
 *
 * <p>Letting people out is not part of it. The handle inside works by itself, and the fire alarm cuts the lock's power by a wire of
 * its own: neither may ever pass through a program, so there is no input for fire here, and none may be added. What people inside do
 * is only watched, so that a door opened from inside is not taken for a break-in.
 */
public sealed interface DoorState {
    /**
     * How long after the end of a grant an opening still counts as granted: contacts are read in intervals and bolts take their
     * time.
     */
    Duration GRACE = Duration.ofMillis(500);

    /** Until when an opening counts as granted; the distant past when it does not. */
    Instant until();

    /** Shut and locked. */
    record Locked() implements DoorState {
        @Override
        public Instant until() {
            return Instant.MIN;
        }
    }

    /** Shut; opening it is granted until then: the lock is released, or somebody inside asked to leave. */
    record Unlocked(Instant until) implements DoorState {}

    /** Opened after a grant. */
    record Open(Instant since, Instant until) implements DoorState {}

    /** Open for longer than allowed: staff must know. */
    record HeldOpen(Instant since, Instant until) implements DoorState {}

    /** Opened without a grant, or tampered with: staff must know. */
    record Forced(Instant since, Cause cause, Instant until) implements DoorState {}

    /** Why a door counts as forced. */
    enum Cause {
        /** It was opened without a grant. */
        OPENED,
        /** The tamper contact of the lock, the board's box or their cable says so, whatever the door does. */
        TAMPERED
    }

    /** What may happen to a door. */
    sealed interface Input {
        /** The lock was released until then. */
        record Released(Instant until) implements Input {}

        /** Somebody inside pressed the button or the handle that says so: opening is granted until then. The lock is not touched. */
        record ExitRequested(Instant until) implements Input {}

        /** The lock was switched off, whether its time was over or not. */
        record Relocked() implements Input {}

        /** The door contact, as read. */
        record Contact(boolean open) implements Input {}

        /** The tamper contact, as read. */
        record Tamper(boolean tampered) implements Input {}

        /** Time passed. */
        record Tick() implements Input {}
    }

    /** Whether staff must know. */
    default boolean alarming() {
        return this instanceof HeldOpen || this instanceof Forced;
    }

    /**
     * The next state. A program starts with {@link Locked}.
     *
     * @param heldAfter how long a door may stand open after a grant
     */
    static DoorState next(DoorState state, Input input, Instant now, Duration heldAfter) {
        return switch (input) {
            case Input.Released(Instant until) -> granted(state, later(state.until(), until));
            case Input.ExitRequested(Instant until) -> granted(state, later(state.until(), until));
            case Input.Relocked() -> relocked(state, now);
            case Input.Contact(boolean open) -> open ? opened(state, now, heldAfter) : closed(state, now);
            case Input.Tamper(boolean tampered) -> tampered ? tampered(state, now) : untampered(state, now);
            case Input.Tick() -> passed(state, now, heldAfter);
        };
    }

    private static DoorState granted(DoorState state, Instant until) {
        return switch (state) {
            case Locked _, Unlocked _ -> new Unlocked(until);
            case Open open -> new Open(open.since(), until);
            case HeldOpen held -> new HeldOpen(held.since(), until);
            // A grant afterwards does not make a break-in right; it counts once the door is shut.
            case Forced forced -> new Forced(forced.since(), forced.cause(), until);
        };
    }

    private static DoorState relocked(DoorState state, Instant now) {
        return state instanceof Locked || state instanceof Unlocked
                ? new Locked()
                : granted(state, state.until().isBefore(now) ? state.until() : now);
    }

    private static DoorState opened(DoorState state, Instant now, Duration heldAfter) {
        return switch (state) {
            case Locked _, Unlocked _ ->
                lapsed(state, now) ? new Forced(now, Cause.OPENED, state.until()) : new Open(now, state.until());
            case Open _, HeldOpen _, Forced _ -> passed(state, now, heldAfter);
        };
    }

    private static DoorState closed(DoorState state, Instant now) {
        return switch (state) {
            case Forced(Instant _, Cause cause, Instant _) when cause == Cause.TAMPERED -> state;
            case Unlocked _ -> lapsed(state, now) ? new Locked() : state;
            default -> shut(state, now);
        };
    }

    private static DoorState tampered(DoorState state, Instant now) {
        return state instanceof Forced forced
                ? new Forced(forced.since(), Cause.TAMPERED, forced.until())
                : new Forced(now, Cause.TAMPERED, state.until());
    }

    /** Whether the door is open is told by its contact next; until then it is taken for shut. */
    private static DoorState untampered(DoorState state, Instant now) {
        return state instanceof Forced forced && forced.cause() == Cause.TAMPERED ? shut(state, now) : state;
    }

    private static DoorState shut(DoorState state, Instant now) {
        return now.isBefore(state.until()) ? new Unlocked(state.until()) : new Locked();
    }

    private static DoorState passed(DoorState state, Instant now, Duration heldAfter) {
        return switch (state) {
            case Unlocked _ when lapsed(state, now) -> new Locked();
            case Open(Instant since, Instant until)
            when !now.isBefore(since.plus(heldAfter)) -> new HeldOpen(since, until);
            default -> state;
        };
    }

    private static boolean lapsed(DoorState state, Instant now) {
        return state instanceof Locked || now.isAfter(state.until().plus(GRACE));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
