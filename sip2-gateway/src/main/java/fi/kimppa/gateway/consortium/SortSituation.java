package fi.kimppa.gateway.consortium;

/** What becomes of a returned item, seen from the bins. */
public enum SortSituation {
    STAYS_HERE,
    TRANSPORT,
    HOLD_HERE,
    STAFF,
    /** Accepted while nobody could say where it belongs. */
    UNPROCESSED
}
