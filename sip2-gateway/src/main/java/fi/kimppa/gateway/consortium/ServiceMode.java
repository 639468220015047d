package fi.kimppa.gateway.consortium;

/** How a branch is open. */
public enum ServiceMode {
    /** Staff are there. */
    STAFFED,
    /** Nobody is there; doors open with card and PIN. */
    SELF_SERVICE
}
