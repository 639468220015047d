package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.PickUp;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.SearchAct;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Where will you fetch it? */
final class PickUpScreen implements Screen<Searching> {
    private final SearchRows rows;
    private final SearchList list;
    private final Button back;

    PickUpScreen(Room room) {
        rows = new SearchRows(room);
        list = new SearchList(room);
        back = room.touch()
                .button("search-back", room.texts().say("common.back"), new Choice.InSearch(new SearchAct.Back()));
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
        return List.of(back);
    }

    @Override
    public void show(Searching state) {
        List<PickUp> places =
                state.search().view() instanceof Search.View.Choosing(int _, var known) ? known : List.of();
        list.show(state, rows.places(state, places));
    }

    @Override
    public void hide() {
        list.clear(rows.none());
    }
}
