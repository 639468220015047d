package fi.kimppa.gateway.transit;

/**
 * A thing in a crate.
 *
 * @param item AB
 * @param packed whether it was put in where the crate was filled; else it was found in it
 * @param seen whether it was seen where the crate arrived, or has been returned or lent since
 */
record CrateItem(String item, boolean packed, boolean seen) {
    /** Whether it should be there and has not been seen. */
    boolean missing() {
        return packed && !seen;
    }

    /** Whether it is there and nobody had put it in. */
    boolean unexpected() {
        return !packed;
    }
}
