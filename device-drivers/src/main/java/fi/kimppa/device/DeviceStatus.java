package fi.kimppa.device;

import java.time.Instant;
import java.util.Optional;

/** How a device is, since when, and why. Immutable. */
public sealed interface DeviceStatus {
    /** When the device entered this status; unchanged while status and reason stay the same. */
    Instant since();

    /** Why it is not simply ready; empty when it is. */
    Optional<StatusReason> why();

    /** Whether the device can do its work now: ready, or degraded for a reason that does not block. */
    default boolean usable() {
        return why().map(reason -> !reason.blocking()).orElse(true);
    }

    /** Connected, answering, nothing to complain about. */
    record Ready(Instant since) implements DeviceStatus {
        @Override
        public Optional<StatusReason> why() {
            return Optional.empty();
        }
    }

    /** Connected and answering, but something needs a person; see {@link StatusReason#blocking()}. */
    record Degraded(StatusReason reason, Instant since) implements DeviceStatus {
        @Override
        public Optional<StatusReason> why() {
            return Optional.of(reason);
        }
    }

    /** Not there. The driver keeps trying and comes back by itself. */
    record Absent(StatusReason reason, Instant since) implements DeviceStatus {
        @Override
        public Optional<StatusReason> why() {
            return Optional.of(reason);
        }
    }
}
