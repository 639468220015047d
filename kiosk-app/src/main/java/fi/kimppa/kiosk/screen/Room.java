package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.text.Texts;

/**
 * What every screen is built with.
 *
 * @param texts of the language in use
 * @param profile of the display
 * @param look how the person wants to see it
 * @param touch makes its buttons
 */
record Room(Texts texts, DeviceProfile profile, Look look, Touch touch) {
    private static final double SIDE_EM = 0.6;

    /** Room for content from edge to edge, in pixels. */
    double contentWidth() {
        return profile.width() - 2 * profile.em(SIDE_EM);
    }

    /** How much larger running text is than usual; as in {@code theme.css}. */
    double textScale() {
        if (!look.largeText()) {
            return 1;
        }
        return profile.compact() ? 1.2 : 1.5;
    }

    /** Whether there is room for the shortest form of things only. */
    boolean brief() {
        return profile.compact() || (look.largeText() && !profile.upright());
    }

    double em(double ems) {
        return profile.em(ems);
    }
}
