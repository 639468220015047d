package fi.kimppa.kiosk.session;

/**
 * What of a patron they may see of themselves, where others may look on.
 *
 * @param initial whether they are greeted by the first letter of their first name
 * @param cardEnd whether the last digits of their card stand on their receipt
 */
public record Personal(boolean initial, boolean cardEnd) {
    /** Of most branches. */
    public static final Personal NOTHING = new Personal(false, false);
}
