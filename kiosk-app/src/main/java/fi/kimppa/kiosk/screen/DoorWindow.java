package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.door.DoorTerminal;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/** The window of a door terminal that has a display. Same rules for threads as {@link KioskWindow}. */
public final class DoorWindow implements AutoCloseable {
    private final DoorScreens screens;
    private final Glass glass;
    private final AtomicReference<@Nullable DoorScene> waiting = new AtomicReference<>();

    private DoorWindow(DoorScreens screens, Glass glass) {
        this.screens = screens;
        this.glass = glass;
    }

    /** Opens the window on a display and follows the terminal from then on. */
    public static DoorWindow open(
            String title, DeviceProfile profile, Look look, boolean fullScreen, DoorTerminal terminal) {
        var screens = new DoorScreens(profile, look, terminal::press, terminal.helpNumber());
        return new DoorWindow(screens, Glass.onDisplay(title, profile, fullScreen, screens::root)).following(terminal);
    }

    /** Opens the same without any glass: pictures and touches work, nobody sees it. */
    public static DoorWindow offScreen(DeviceProfile profile, DoorTerminal terminal) {
        var screens = new DoorScreens(profile, Look.STANDARD, terminal::press, terminal.helpNumber());
        return new DoorWindow(screens, Glass.offScreen(profile, screens::root)).following(terminal);
    }

    private DoorWindow following(DoorTerminal terminal) {
        terminal.addListener(this::show);
        show(terminal.scene());
        return this;
    }

    private void show(DoorScene scene) {
        if (waiting.getAndSet(scene) == null) {
            Platform.runLater(this::draw);
        }
    }

    private void draw() {
        DoorScene scene = waiting.getAndSet(null);
        if (scene != null) {
            screens.show(scene);
        }
    }

    /** As {@link KioskWindow#snapshot}. */
    public void snapshot(Path png) {
        glass.snapshot(png);
    }

    /** As {@link KioskWindow#press}. */
    public void press(String nodeId) {
        glass.press(nodeId);
    }

    /** Closes the window. */
    @Override
    public void close() {
        glass.close();
    }
}
