package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskState;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * The kiosk's window. Opened by a program that does not extend {@code Application}; starts JavaFX when it is the first.
 *
 * <p>All methods may be called from any thread but JavaFX's own. States reach the FX thread in {@link #show} and nowhere
 * else; when they come faster than they can be drawn, the newest wins.
 */
public final class KioskWindow implements AutoCloseable {
    private final Screens screens;
    private final Glass glass;
    private final Consumer<KioskEvent> events;
    private final AtomicReference<@Nullable KioskState> waiting = new AtomicReference<>();

    private KioskWindow(Screens screens, Glass glass, Consumer<KioskEvent> events) {
        this.screens = screens;
        this.glass = glass;
        this.events = events;
    }

    /**
     * Opens the window.
     *
     * @param title for window lists; patrons never see it
     * @param profile of the display
     * @param fullScreen over the whole display, without a frame; otherwise a window of the profile's size
     * @param events takes what is touched and typed, on the FX thread; must not block
     */
    public static KioskWindow open(
            String title, DeviceProfile profile, boolean fullScreen, Consumer<KioskEvent> events) {
        var screens = new Screens(profile, events);
        return listening(screens, Glass.onDisplay(title, profile, fullScreen, screens::root), events);
    }

    /** Opens the same without any glass: pictures and touches work, nobody sees it. Needs no display. */
    public static KioskWindow offScreen(DeviceProfile profile, Consumer<KioskEvent> events) {
        var screens = new Screens(profile, events);
        return listening(screens, Glass.offScreen(profile, screens::root), events);
    }

    private static KioskWindow listening(Screens screens, Glass glass, Consumer<KioskEvent> events) {
        glass.onKeys(events, screens::spelling);
        return new KioskWindow(screens, glass, events);
    }

    /** Takes what a scanner types like a keyboard for codes, from now on. */
    public void scanByKeyboard() {
        scanByKeyboard(System::nanoTime);
    }

    void scanByKeyboard(LongSupplier nanos) {
        Glass.onFxThread(() -> {
            KeyboardScanner.listen(glass.scene(), code -> events.accept(new KioskEvent.Scanned(code)), nanos);
            return true;
        });
    }

    /** Shows a state as soon as it can be drawn. */
    public void show(KioskState state) {
        if (waiting.getAndSet(state) == null) {
            Platform.runLater(this::draw);
        }
    }

    private void draw() {
        KioskState state = waiting.getAndSet(null);
        if (state != null) {
            screens.show(state);
        }
    }

    /**
     * Draws a frame, also where nothing has changed, and calls {@code drawn} on the FX thread when it is on its way to the display. Does
     * not happen while the frame before it cannot be drawn, nor on a window without glass. Any thread, JavaFX's own too.
     */
    public void afterNextFrame(Runnable drawn) {
        glass.afterNextFrame(drawn);
    }

    /** Writes what the window shows now, with every state that was shown before, into a PNG file; missing folders are made. */
    public void snapshot(Path png) {
        glass.snapshot(png);
    }

    /**
     * Presses and releases the mouse in the middle of a node, as a finger would.
     *
     * @param nodeId for example {@code borrow}, {@code pin-1}, {@code ok}, {@code finish}, {@code language-sv}
     * @throws IllegalStateException when there is no such node on the glass, when it is covered or when it is disabled
     */
    public void press(String nodeId) {
        glass.press(nodeId);
    }

    /** Whether a node is on the glass, uncovered and enabled, so that {@link #press} would work. */
    public boolean canPress(String nodeId) {
        return glass.canPress(nodeId);
    }

    /** The glass, for measuring. */
    Glass glass() {
        return glass;
    }

    /** Closes the window; JavaFX stays for others. */
    @Override
    public void close() {
        glass.close();
    }
}
