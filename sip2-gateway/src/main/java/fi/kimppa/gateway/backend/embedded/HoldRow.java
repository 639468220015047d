package fi.kimppa.gateway.backend.embedded;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A hold that is not fulfilled, with the alias of who waits. */
record HoldRow(
        long id,
        String card,
        String pickupBranch,
        State state,
        @Nullable String pickupName) {
    /** How far it has come. */
    enum State {
        WAITING,
        IN_TRANSIT,
        READY
    }

    Optional<String> alias() {
        return Optional.ofNullable(pickupName);
    }
}
