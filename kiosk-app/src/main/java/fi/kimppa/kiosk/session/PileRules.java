package fi.kimppa.kiosk.session;

/**
 * What whoever borrows a pile may do with it, and is asked of it.
 *
 * @param returnsOthers whether they may give back in the middle of it what is on loan to somebody else
 * @param partsInCase whether they may say of a set of which not all parts lie on the pad that the others are in its case
 * @param asksForAll when whoever is ready is asked whether all of the pile was read
 */
public record PileRules(boolean returnsOthers, boolean partsInCase, AskForAll asksForAll) {
    /** Of most branches. */
    public static final PileRules USUAL = new PileRules(false, false, AskForAll.NEVER);

    /** When it is asked whether all was read. A thing in a metal case is seen by nobody but whoever has laid it down. */
    public enum AskForAll {
        /** Where everything can be read. */
        NEVER,
        /** When something came or went only a moment before. */
        UNSETTLED,
        /** Where many things may not be read. */
        ALWAYS
    }
}
