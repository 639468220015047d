package fi.kimppa.kiosk.session;

/**
 * What whoever borrows a pile may do with it.
 *
 * @param returnsOthers whether they may give back in the middle of it what is on loan to somebody else
 */
public record PileRules(boolean returnsOthers) {
    /** Of most branches. */
    public static final PileRules USUAL = new PileRules(false);
}
