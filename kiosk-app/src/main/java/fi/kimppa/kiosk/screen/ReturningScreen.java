package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.ReturnRow;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** Things come back: which bin, and nothing about who had them. */
final class ReturningScreen extends ListScreen<KioskState.Returning> {
    private final ReturnRows rows;
    private final Region prompt;
    private final Region scan;
    private final StackPane content;
    private final Button borrow;
    private final Button account;
    private final Button finish;

    ReturningScreen(Room room) {
        super(room);
        this.rows = new ReturnRows(room);
        this.prompt = PilePrompt.of(
                room,
                room.texts().say("home.return"),
                room.texts().say("home.return"),
                List.of(room.texts().say("in.place"), room.texts().say("out.spread")));
        this.scan = PilePrompt.byBarCode(room);
        this.content = new StackPane(prompt, scan, list);
        this.borrow =
                room.touch().button("borrow", Icon.BORROW, room.texts().say("home.checkout"), new Choice.Borrow());
        String mine = room.texts().say(room.brief() ? "home.account.brief" : "home.account");
        this.account = room.touch().button("account", Icon.ACCOUNT, mine, new Choice.Account());
        this.finish = room.finish();
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(borrow, account, finish);
    }

    @Override
    public void show(KioskState.Returning state) {
        boolean padLost = state.around().padLost();
        Screen.present(prompt, state.rows().isEmpty() && !padLost);
        Screen.present(scan, state.rows().isEmpty() && padLost);
        Screen.present(list, !state.rows().isEmpty());
        list.set(rows.of(state));
        list.hand(KeyHints.row(
                state, state.shown().stream().map(ReturnRow::number).toList()));
        for (Button onward : List.of(borrow, account)) {
            Screen.present(onward, Touch.choice(onward).equals(state.onward()));
            onward.setDisable(!state.settled());
        }
        finish.setDisable(state.leaving());
    }

    @Override
    public void hide() {
        rows.none();
        list.set(List.of());
    }
}
