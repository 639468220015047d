package fi.kimppa.kiosk.screen;

/**
 * How a person wants to see the screens.
 *
 * @param highContrast black, white and yellow
 * @param largeText running text half as large again
 */
public record Look(boolean highContrast, boolean largeText) {
    /** What everybody sees who has not asked for anything else. */
    public static final Look STANDARD = new Look(false, false);
}
