package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.kiosk.text.StaffWording;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;

/** Nothing can be done here just now, and whom to call. */
final class OutOfServiceScreen implements Screen<KioskState.OutOfService> {
    private final Room room;
    private final Message message;

    OutOfServiceScreen(Room room) {
        this.room = room;
        this.message = new Message(room);
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public void show(KioskState.OutOfService state) {
        if (state.cause() == KioskState.OutOfService.Cause.STARTING) {
            message.say(
                    Tone.PLAIN,
                    Icon.WAIT,
                    room.texts().say("common.wait"),
                    List.of(room.texts().say("err.starting")));
            return;
        }
        if (state.cause() == KioskState.OutOfService.Cause.STAFF) {
            state.around().machine().upkeep().closed().ifPresent(this::closed);
            return;
        }
        message.say(
                Tone.ATTENTION,
                Icon.ATTENTION,
                room.texts().say("err.out"),
                lines(state.cause(), state.around().settings()));
    }

    /** What staff must know, and whom everybody else calls. */
    private List<String> lines(KioskState.OutOfService.Cause cause, KioskSettings settings) {
        List<String> lines = new ArrayList<>();
        if (cause == KioskState.OutOfService.Cause.OTHER_WORLD) {
            lines.add(room.texts().say(settings.testing() ? "err.world.kiosk" : "err.world.gateway"));
        }
        if (!settings.telephone().isBlank()) {
            lines.add(room.texts().say("err.out.call", "phone", settings.telephone()));
        }
        return lines;
    }

    private void closed(Upkeep.Closure why) {
        message.say(
                Tone.ATTENTION,
                Icon.STAFF,
                room.texts().say("err.out"),
                List.of(StaffWording.closure(room.texts(), why)));
    }
}
