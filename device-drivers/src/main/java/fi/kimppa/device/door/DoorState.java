package fi.kimppa.device.door;

import java.time.Duration;
import java.time.Instant;

/** How a door stands. The states and {@link #next} are the whole logic; the clock and the board are elsewhere. */
public sealed interface DoorState {
    /**
     * How long after the end of a release an opening still counts as granted: contacts are read in intervals and bolts take
     * their time.
     */
    Duration GRACE = Duration.ofMillis(500);

    /** Shut and locked. */
    record Locked() implements DoorState {}

    /** Shut; the lock is released until then. */
    record Unlocked(Instant until) implements DoorState {}

    /**
     * Opened after a grant.
     *
     * @param unlockedUntil when the lock catches again
     */
    record Open(Instant since, Instant unlockedUntil) implements DoorState {}

    /** Open for longer than allowed: staff must know. */
    record HeldOpen(Instant since) implements DoorState {}

    /** Opened without a grant: staff must know. */
    record Forced(Instant since) implements DoorState {}

    /** What may happen to a door. */
    sealed interface Input {
        /** The lock was released until then. */
        record Released(Instant until) implements Input {}

        /** The door contact, as read. */
        record Contact(boolean open) implements Input {}

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
            case Input.Released(Instant until) -> released(state, until);
            case Input.Contact(boolean open) -> open ? opened(state, now, heldAfter) : closed(state, now, heldAfter);
            case Input.Tick() -> passed(state, now, heldAfter);
        };
    }

    private static DoorState released(DoorState state, Instant until) {
        return switch (state) {
            case Locked() -> new Unlocked(until);
            case Unlocked(Instant before) -> new Unlocked(before.isAfter(until) ? before : until);
            case Open(Instant since, Instant before) -> new Open(since, before.isAfter(until) ? before : until);
            case HeldOpen held -> held;
            // A grant afterwards does not make a break-in right; it ends when the door is shut.
            case Forced forced -> forced;
        };
    }

    private static DoorState opened(DoorState state, Instant now, Duration heldAfter) {
        return switch (state) {
            case Locked() -> new Forced(now);
            case Unlocked(Instant until) -> now.isAfter(until.plus(GRACE)) ? new Forced(now) : new Open(now, until);
            case Open _, HeldOpen _, Forced _ -> passed(state, now, heldAfter);
        };
    }

    private static DoorState closed(DoorState state, Instant now, Duration heldAfter) {
        return switch (state) {
            case Locked locked -> locked;
            case Unlocked unlocked -> passed(unlocked, now, heldAfter);
            case Open(Instant _, Instant until) -> now.isBefore(until) ? new Unlocked(until) : new Locked();
            case HeldOpen _, Forced _ -> new Locked();
        };
    }

    private static DoorState passed(DoorState state, Instant now, Duration heldAfter) {
        return switch (state) {
            case Unlocked(Instant until) when now.isAfter(until.plus(GRACE)) -> new Locked();
            case Open(Instant since, Instant _) when !now.isBefore(since.plus(heldAfter)) -> new HeldOpen(since);
            default -> state;
        };
    }
}
