package fi.kimppa.kiosk.door;

import fi.kimppa.device.card.KeypadKey;
import java.time.Instant;

/** What happens at a door. Each event carries its time. */
public sealed interface DoorEvent {
    /** When it happened. */
    Instant at();

    /** A card was read. */
    record CardRead(String card, Instant at) implements DoorEvent {
        /** Hides the card. */
        @Override
        public String toString() {
            return "CardRead[" + at + "]";
        }
    }

    /** A key of the keypad or of the window was pressed. */
    record KeyPressed(KeypadKey key, Instant at) implements DoorEvent {
        /** A digit of a PIN is nobody's business. */
        @Override
        public String toString() {
            return "KeyPressed[" + at + "]";
        }
    }

    /** The gateway decided. */
    record Decided(EntryAnswer answer, Instant at) implements DoorEvent {}

    /** The gateway did not answer in time. */
    record Undecided(Instant at) implements DoorEvent {}

    /**
     * The lock was told to open.
     *
     * @param until when it catches again, or the time of the event if the board refused
     * @param released whether it did
     */
    record LockAnswered(boolean released, Instant until, Instant at) implements DoorEvent {}

    /** The lock's board or the reader came or went. */
    record Devices(boolean usable, Instant at) implements DoorEvent {}

    /** Time passed. */
    record Tick(Instant at) implements DoorEvent {}
}
