package fi.kimppa.gateway.backend.embedded;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A hold that is not fulfilled, with the alias of who waits. */
record HoldRow(
        long id,
        String card,
        String pickupBranch,
        State state,
        OffsetDateTime placedAt,
        @Nullable OffsetDateTime readyAt,
        @Nullable String pickupName) {
    /** How far it has come. */
    enum State {
        WAITING,
        IN_TRANSIT,
        READY
    }

    /** Since when it stands on the hold shelf. */
    Optional<OffsetDateTime> ready() {
        return Optional.ofNullable(readyAt).filter(_ -> state == State.READY);
    }

    Optional<String> alias() {
        return Optional.ofNullable(pickupName);
    }
}
