package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.SearchAct;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** One find: where its copies are, and a hold on it with one touch. */
final class TitleScreen implements Screen<Searching> {
    private final SearchRows rows;
    private final SearchList list;
    private final Button back;
    private final Button hold;

    TitleScreen(Room room) {
        rows = new SearchRows(room);
        list = new SearchList(room);
        back = room.touch()
                .button("search-back", room.texts().say("common.back"), new Choice.InSearch(new SearchAct.Back()));
        hold = room.touch()
                .main(
                        "hold-here",
                        Icon.BORROW,
                        room.texts().say("hold.new"),
                        new Choice.InSearch(new SearchAct.HoldHere()));
    }

    @Override
    public Region content() {
        return list.whole();
    }

    @Override
    public List<Button> paging() {
        return list.paging();
    }

    @Override
    public List<Button> actions() {
        return List.of(back, hold);
    }

    @Override
    public void show(Searching state) {
        Screen.present(hold, state.mayHold());
        list.show(state, rows.copies(state));
    }

    @Override
    public void hide() {
        list.clear(rows.none());
    }
}
