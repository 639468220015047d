package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;

/**
 * How a person wants to see the screens.
 *
 * @param highContrast black, white and yellow
 * @param largeText running text half as large again
 * @param reach everything that is touched is in the lower half
 * @param calm nothing moves
 */
public record Look(boolean highContrast, boolean largeText, boolean reach, boolean calm) {
    /** What everybody sees who has not asked for anything else. */
    public static final Look STANDARD = of(Preferences.NONE);

    /** What somebody with these preferences sees. */
    static Look of(Preferences preferences) {
        return new Look(
                preferences.has(Preference.HIGH_CONTRAST),
                preferences.has(Preference.LARGE_TEXT),
                preferences.has(Preference.REACH),
                preferences.has(Preference.CALM));
    }
}
