package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.Search.Wish;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.text.SearchWording;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** What became of a hold. */
final class HoldScreen implements Screen<Searching> {
    private final Room room;
    private final Message message;
    private final Button account;
    private final List<Button> actions;

    HoldScreen(Room room) {
        this.room = room;
        message = new Message(room);
        account = room.touch().button("account", room.texts().say("home.account"), new Choice.Account());
        Button back = room.touch()
                .button("search-back", room.texts().say("find.results"), new Choice.InSearch(new SearchAct.Back()));
        Button finish = room.finish();
        // The smallest display has room for the way back and the way out.
        actions = room.profile().compact() ? List.of(back, finish) : List.of(account, back, finish);
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public List<Button> actions() {
        return actions;
    }

    @Override
    public void show(Searching state) {
        if (!(state.search().view() instanceof Search.View.Holding(int _, var where, Wish wish))) {
            return;
        }
        Said said = Wording.slowly(room.texts(), SearchWording.hold(room.texts(), where, wish), state.slow());
        List<String> lines = new ArrayList<>(said.lines());
        if (!room.brief()) {
            state.search()
                    .open()
                    .ifPresent(find ->
                            lines.addFirst(RowView.title(room, find.title().name())));
        }
        message.say(tone(wish), icon(wish), said.word(), SearchWording.holdBriefly(room.texts(), wish), lines);
        Screen.present(account, state.hasAccount());
        actions.forEach(button -> button.setDisable(wish instanceof Wish.Placing));
    }

    private static Tone tone(Wish wish) {
        return switch (wish) {
            case Wish.Chosen _, Wish.Placing _, Wish.Checking _ -> Tone.PLAIN;
            case Wish.Placed _ -> Tone.DONE;
            case Wish.NotPlaced _, Wish.Costs _ -> Tone.STOP;
            case Wish.Doubtful _ -> Tone.ATTENTION;
        };
    }

    private static Icon icon(Wish wish) {
        return switch (wish) {
            case Wish.Chosen _, Wish.Placing _ -> Icon.WAIT;
            case Wish.Checking _, Wish.Doubtful _ -> Icon.QUESTION;
            case Wish.Placed _ -> Icon.DONE;
            case Wish.NotPlaced _, Wish.Costs _ -> Icon.STOP;
        };
    }

    @Override
    public void hide() {
        message.say(Tone.PLAIN, Icon.WAIT, "", List.of());
    }
}
