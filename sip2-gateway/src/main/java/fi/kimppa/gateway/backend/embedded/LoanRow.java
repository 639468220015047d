package fi.kimppa.gateway.backend.embedded;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A loan that is open. */
record LoanRow(
        long id,
        String item,
        String card,
        OffsetDateTime lentAt,
        OffsetDateTime dueAt,
        int renewals,
        @Nullable OffsetDateTime renewedAt) {}
