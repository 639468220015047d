package fi.kimppa.kiosk.screen;

import fi.kimppa.device.card.KeyboardWedge;
import fi.kimppa.device.card.KeyboardWedge.Heard;
import fi.kimppa.device.card.ScanRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.animation.PauseTransition;
import javafx.event.Event;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A scanner that types like a keyboard. What it types becomes codes and reaches no button; what a person types comes to the button
 * with the focus a moment later, as if nobody had stood between. FX thread.
 */
final class KeyboardScanner {
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Scene scene;
    private final Consumer<String> scanned;
    private final LongSupplier nanos;
    private final KeyboardWedge<Stroke> wedge = new KeyboardWedge<>(ScanRules.USUAL, KeyboardWedge.Rhythm.USUAL);
    private final PauseTransition timer = new PauseTransition();
    private Optional<KeyEvent> pressed = Optional.empty();
    private boolean passing;

    /** A key: going down, as far as that was seen, and what it typed. */
    private record Stroke(Optional<KeyEvent> pressed, KeyEvent typed) {}

    private KeyboardScanner(Scene scene, Consumer<String> scanned, LongSupplier nanos) {
        this.scene = scene;
        this.scanned = scanned;
        this.nanos = nanos;
        timer.setOnFinished(_ -> hear(wedge.silence(nanos.getAsLong())));
    }

    /**
     * Listens to the keys of a scene from now on.
     *
     * @param nanos the time, as {@link System#nanoTime} has it: a scanner is told from a person by how fast the keys come
     */
    static void listen(Scene scene, Consumer<String> scanned, LongSupplier nanos) {
        var scanner = new KeyboardScanner(scene, scanned, nanos);
        scene.addEventFilter(KeyEvent.ANY, scanner::key);
    }

    private void key(KeyEvent event) {
        if (passing || nobodysCode(event)) {
            return;
        }
        if (event.getEventType().equals(KeyEvent.KEY_TYPED)) {
            String typed = event.getCharacter();
            char character = typed.isEmpty() ? 0 : typed.charAt(0);
            Stroke stroke = new Stroke(pressed, event);
            pressed = Optional.empty();
            hear(wedge.press(stroke, character == '\n' ? '\r' : character, nanos.getAsLong()));
        } else if (event.getEventType().equals(KeyEvent.KEY_PRESSED)) {
            pressed = Optional.of(event);
        }
        // The release of a person's key is made up when the key is passed on.
        event.consume();
    }

    /** Arrows, shift and shortcuts type nothing. */
    private static boolean nobodysCode(KeyEvent event) {
        boolean shortcut = event.isControlDown() || event.isAltDown() || event.isMetaDown();
        boolean silent = !event.getEventType().equals(KeyEvent.KEY_TYPED)
                && (event.getCode().isModifierKey() || event.getText().isEmpty());
        return shortcut || silent;
    }

    private void hear(List<Heard<Stroke>> heard) {
        for (Heard<Stroke> what : heard) {
            switch (what) {
                case Heard.Scanned<Stroke> code -> scanned.accept(code.scan().text());
                case Heard.Typed<Stroke> key -> pass(key.key());
            }
        }
        timer.stop();
        wedge.due().ifPresent(due -> {
            timer.setDuration(Duration.millis(Math.max(1, (due - nanos.getAsLong()) / NANOS_PER_MILLI)));
            timer.playFromStart();
        });
    }

    private void pass(Stroke stroke) {
        @Nullable Node focused = scene.getFocusOwner();
        EventTarget target = focused == null ? scene : focused;
        passing = true;
        try {
            stroke.pressed().ifPresent(down -> Event.fireEvent(target, down.copyFor(target, target)));
            Event.fireEvent(target, stroke.typed().copyFor(target, target));
            stroke.pressed().ifPresent(down -> Event.fireEvent(target, released(down)));
        } finally {
            passing = false;
        }
    }

    private static KeyEvent released(KeyEvent down) {
        return new KeyEvent(
                KeyEvent.KEY_RELEASED,
                KeyEvent.CHAR_UNDEFINED,
                down.getText(),
                down.getCode(),
                down.isShiftDown(),
                false,
                false,
                false);
    }
}
