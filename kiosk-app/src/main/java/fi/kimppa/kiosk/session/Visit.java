package fi.kimppa.kiosk.session;

import java.time.Instant;
import java.util.List;

/**
 * What a patron had borrowed before they turned to the account; it goes on afterwards and stands on the same receipt.
 *
 * @param rows of the pile
 * @param nextRow number of the next one
 * @param began when the session began, or was last said to go on after a warning
 */
record Visit(List<LoanRow> rows, int nextRow, Instant began) {
    Visit {
        rows = List.copyOf(rows);
    }

    static Visit fresh(Instant now) {
        return new Visit(List.of(), 1, now);
    }

    Visit goneOn(Instant now) {
        return new Visit(rows, nextRow, now);
    }
}
