package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/**
 * Asks for a PIN, of a patron or of staff.
 *
 * @param <S> the states in which one is typed
 */
final class PinScreen<S extends KioskState> implements Screen<S> {
    private final DigitEntry entry;
    private final Function<S, Typed> typed;
    private final Button cancel;

    /**
     * How far the typing is.
     *
     * @param complete whether OK does something
     * @param complaint what was wrong with the last try
     */
    private record Typed(int digits, boolean complete, Optional<String> complaint) {}

    private PinScreen(Room room, Function<S, Typed> typed) {
        this.entry = DigitEntry.ofPin(room);
        this.typed = typed;
        this.cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
    }

    /** Of a patron. */
    static PinScreen<KioskState.AskingPin> ofPatrons(Room room) {
        return new PinScreen<>(room, state -> new Typed(state.digits(), state.complete(), complaint(room, state)));
    }

    /** Of a staff card. */
    static PinScreen<KioskState.StaffPin> ofStaff(Room room) {
        return new PinScreen<>(room, state -> new Typed(state.digits(), state.complete(), complaint(room, state)));
    }

    private static Optional<String> complaint(Room room, KioskState.AskingPin state) {
        return Optional.of(String.join(" ", Wording.complaint(room.texts(), state)))
                .filter(said -> !said.isEmpty());
    }

    private static Optional<String> complaint(Room room, KioskState.StaffPin state) {
        Duration pause = state.pause();
        if (!pause.isZero()) {
            return Optional.of(room.texts()
                    .say("staff.pin.wait", "n", pause.plusMillis(999).toSeconds()));
        }
        return state.checking().isPresent()
                ? Optional.of(room.texts().say("auth.checking"))
                : Optional.of(room.texts().say("auth.fail")).filter(_ -> state.wrong() > 0);
    }

    @Override
    public Region content() {
        return entry.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(cancel);
    }

    @Override
    public void show(S state) {
        show(typed.apply(state));
    }

    private void show(Typed now) {
        entry.show(now.digits(), now.complete(), now.complaint());
    }

    @Override
    public void hide() {
        show(new Typed(0, false, Optional.empty()));
    }
}
