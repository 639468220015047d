package fi.kimppa.gateway.consortium;

/**
 * A machine that may log in.
 *
 * @param login CN of its 93, user of its HTTP calls
 * @param kind what it is
 * @param branchCode where it stands
 * @param institutionId AO on the wire
 */
public record Terminal(String login, Kind kind, String branchCode, String institutionId) {
    /** What a terminal is. */
    public enum Kind {
        /** Lends and takes back. */
        KIOSK,
        /** Opens a door. */
        DOOR,
        /** Takes back and sorts. */
        SORTER,
        /** Belongs to staff. */
        DESK
    }
}
