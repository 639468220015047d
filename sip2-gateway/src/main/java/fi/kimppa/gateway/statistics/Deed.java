package fi.kimppa.gateway.statistics;

import java.time.LocalDate;

/**
 * Something that was done, as it is counted: neither the patron nor the thing is in it.
 *
 * @param day when it was taken, where the branches are
 * @param branch code of the branch that served
 * @param home code of the card's municipality; empty where no number rule knows it, and for a return, which knows no patron
 * @param owner code of the municipality that owns the thing; empty where nobody can tell
 * @param onward code of the branch that a returned thing goes on to; empty if it stays
 * @param times how often; negative for what was taken back
 */
public record Deed(LocalDate day, Kind kind, String branch, String home, String owner, String onward, int times) {
    /** What was done. */
    public enum Kind {
        /** A thing became a loan. */
        LOAN,
        /** A thing came back. */
        RETURN,
        /** A loan was renewed. */
        RENEWAL
    }

    /** The same, taken back. */
    public Deed undone() {
        return new Deed(day, kind, branch, home, owner, onward, -times);
    }
}
