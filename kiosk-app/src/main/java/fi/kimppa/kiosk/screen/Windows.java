package fi.kimppa.kiosk.screen;

import java.nio.file.Path;
import java.util.function.Supplier;
import javafx.scene.Scene;

/** What a program needs that opens JavaFX windows of its own beside the kiosk's screens. Any thread but JavaFX's own. */
public final class Windows {
    private Windows() {}

    /** Runs work on the FX thread, starts JavaFX before if nobody has, and waits for the result. */
    public static <T> T onFxThread(Supplier<T> work) {
        Glass.start();
        return Glass.onFxThread(work);
    }

    /** Writes what a scene shows now into a PNG file; missing folders are made. */
    public static void snapshot(Scene scene, Path png) {
        Glass.snapshot(scene, png);
    }
}
