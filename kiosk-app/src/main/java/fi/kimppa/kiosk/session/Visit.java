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

    /** With what was done before a screen that keeps no list. */
    static Visit begun(Surroundings around) {
        List<LoanRow> rows = around.stay().loans();
        int next = 1 + rows.stream().mapToInt(LoanRow::number).max().orElse(0);
        return rows.isEmpty() ? fresh(around.now()) : new Visit(rows, next, around.now());
    }

    /** The same without what has come back meanwhile. */
    Visit without(List<ReturnRow> returned) {
        return new Visit(rows.stream().filter(row -> !among(returned, row)).toList(), nextRow, began);
    }

    /** The same where nobody knows whether some of it has come back: whether that is still a loan is found out. */
    Visit doubting(List<ReturnRow> uncertain, Instant now) {
        return new Visit(
                rows.stream()
                        .map(row -> row.state().isLoan() && among(uncertain, row)
                                ? row.with(new LoanState.Checking(now, true))
                                : row)
                        .toList(),
                nextRow,
                began);
    }

    private static boolean among(List<ReturnRow> returned, LoanRow row) {
        return returned.stream()
                .anyMatch(back ->
                        row.item().flatMap(item -> back.item().map(item::same)).orElse(false));
    }

    Visit goneOn(Instant now) {
        return new Visit(rows, nextRow, now);
    }
}
