package fi.kimppa.kiosk.door;

import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;

/** What a door terminal does. {@link Ask} and {@link Unlock} end in an event, also when they fail. */
public sealed interface DoorEffect {
    /** Asks the gateway; the PIN is erased when it has been sent. */
    record Ask(String card, Secret pin) implements DoorEffect {
        /** Hides the card. */
        @Override
        public String toString() {
            return "Ask[]";
        }
    }

    /** Releases the lock. */
    record Unlock(Duration time) implements DoorEffect {}

    /** Overwrites a PIN in memory. */
    record Erase(Secret pin) implements DoorEffect {}
}
