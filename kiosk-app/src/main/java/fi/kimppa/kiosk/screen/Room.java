package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.text.Texts;
import javafx.scene.control.Button;

/**
 * What every screen is built with.
 *
 * @param texts of the language in use
 * @param profile of the display
 * @param look how the person wants to see it
 * @param touch makes its buttons
 * @param branding what the library has made its own
 */
record Room(Texts texts, DeviceProfile profile, Look look, Touch touch, Branding branding) {
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

    /** Between two things that are touched, pixels. */
    double gap() {
        return Math.max(em(0.3), profile.px(3.1));
    }

    /**
     * Height between the middle of the display and the bar of actions, pixels: in reach mode what is touched and is not in the
     * bar is here.
     */
    double lowerHalf() {
        double bar = profile.compact() ? 2.6 : look.largeText() ? 3.72 : 2.95;
        return profile.height() / 2.0 - em(bar);
    }

    /** The way out of a visit, the last of a screen's actions. */
    Button finish() {
        return touch.main("finish", Icon.DONE, texts.say("common.finish"), new Choice.Finish());
    }

    /** Seconds as they are shown: one by one, to somebody who wants nothing to move in steps of ten. */
    long seconds(long left) {
        return look.calm() ? (left + 9) / 10 * 10 : left;
    }

    double em(double ems) {
        return profile.em(ems);
    }
}
