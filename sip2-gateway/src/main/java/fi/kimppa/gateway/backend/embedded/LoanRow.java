package fi.kimppa.gateway.backend.embedded;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A loan that is open.
 *
 * @param saidAt when it was lent by the machine's clock
 * @param lentBranch code of the branch where it was lent
 */
record LoanRow(
        long id,
        String item,
        String card,
        OffsetDateTime lentAt,
        @Nullable OffsetDateTime saidAt,
        OffsetDateTime dueAt,
        int renewals,
        @Nullable OffsetDateTime renewedAt,
        String lentBranch) {
    /** Since when it is, by the clock of the machine where there is one to go by. */
    Instant since() {
        return (saidAt == null ? lentAt : saidAt).toInstant();
    }
}
