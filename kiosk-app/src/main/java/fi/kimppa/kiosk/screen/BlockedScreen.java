package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.text.Wording;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** The patron may not borrow, and hears it before anything is tried. */
final class BlockedScreen implements Screen<KioskState.Blocked> {
    private final Room room;
    private final Message message;
    private final Button account;
    private final Button back;
    private final Button finish;

    BlockedScreen(Room room) {
        this.room = room;
        this.message = new Message(room);
        boolean tight =
                room.brief() || (room.look().largeText() && !room.profile().wide());
        String mine = room.texts().say(tight ? "home.account.brief" : "home.account");
        // Three stand side by side: where that is tight, without their pictures.
        this.account = room.touch().button("account", mine, new Choice.Account());
        String giveBack = room.texts().say("home.return");
        this.back = tight || !room.profile().wide()
                ? room.touch().button("return", giveBack, new Choice.Return())
                : room.touch().button("return", Icon.RETURN, giveBack, new Choice.Return());
        String end = room.texts().say("common.finish");
        this.finish = tight && !room.profile().wide()
                ? room.touch().main("finish", end, new Choice.Cancel())
                : room.touch().main("finish", Icon.DONE, end, new Choice.Cancel());
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(account, back, finish);
    }

    @Override
    public void show(KioskState.Blocked state) {
        var settings = state.around().settings();
        Screen.present(account, state.patron().isPresent() && settings.offers(Offering.ACCOUNT));
        Screen.present(back, settings.offers(Offering.RETURN));
        List<String> sentences = new ArrayList<>(Wording.blocked(room.texts(), state));
        if (state.reason() == KioskState.Blocked.Reason.BAN) {
            // For the other reasons our own sentences say the same, in words that were checked.
            sentences.addAll(state.libraryLines());
        }
        message.say(
                Tone.STOP,
                Icon.STOP,
                Wording.stopped(room.texts(), state, false),
                Wording.stopped(room.texts(), state, true),
                sentences);
    }

    @Override
    public void hide() {
        message.say(Tone.PLAIN, Icon.WAIT, "", List.of());
    }
}
