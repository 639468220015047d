package fi.kimppa.device.door;

import fi.kimppa.device.DeviceStatus;
import java.util.Optional;
import java.util.Set;

/**
 * What a door knows about itself.
 *
 * @param status just asked
 * @param released whether the relay is on, as the board itself reads it; empty when it cannot be reached or does not tell
 * @param failMode what was recorded
 * @param weaknesses what the settings leave open; empty is best
 */
public record DoorInspection(
        DeviceStatus status, Optional<Boolean> released, FailMode failMode, Set<Weakness> weaknesses) {
    /** What staff should know before they rely on a door. */
    public enum Weakness {
        /**
         * The board has neither a timed output ({@code flash}) nor a watchdog in use. A program that crashes while the lock is
         * released leaves the relay on until the next start.
         */
        CRASH_LEAVES_RELEASED,
        /** No door contact: neither a door held open nor a forced one is noticed. */
        NO_CONTACT,
        /** Nobody recorded whether the lock opens without power. */
        FAIL_MODE_UNKNOWN
    }

    public DoorInspection {
        weaknesses = Set.copyOf(weaknesses);
    }
}
