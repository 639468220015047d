package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search.View;
import fi.kimppa.kiosk.session.SearchAct;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** One find: where its copies are, and a hold on it with one touch; or where that shall be fetched. */
final class TitleScreen extends ListScreen<Searching> {
    private final SearchRows rows;
    private final SearchList copies;
    private final Button back;
    private final Button hold;

    TitleScreen(Room room) {
        super(room);
        rows = new SearchRows(room);
        copies = new SearchList(room, list);
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
        return copies.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(back, hold);
    }

    @Override
    public void show(Searching state) {
        if (state.search().view() instanceof View.Choosing(int _, var places)) {
            Screen.present(hold, false);
            copies.show(state, rows.places(state, places));
        } else {
            Screen.present(hold, state.mayHold());
            copies.show(state, rows.copies(state));
        }
    }

    @Override
    public void hide() {
        rows.forget();
        copies.clear();
    }
}
