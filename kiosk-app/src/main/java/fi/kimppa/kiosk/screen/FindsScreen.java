package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.session.SearchBy;
import fi.kimppa.kiosk.text.SearchWording;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** What was found, and where the words are looked for. */
final class FindsScreen extends ListScreen<Searching> {
    private final SearchRows rows;
    private final SearchList finds;
    private final Tabs<SearchBy> tabs;
    private final Region content;
    private final List<Button> actions;

    FindsScreen(Room room) {
        super(room);
        rows = new SearchRows(room);
        finds = new SearchList(room, list);
        tabs = new Tabs<>(room);
        for (SearchBy by : SearchBy.values()) {
            tabs.add(
                    by,
                    room.touch()
                            .button(
                                    "by-" + by.name().toLowerCase(Locale.ROOT),
                                    SearchWording.by(room.texts(), by),
                                    new Choice.InSearch(new SearchAct.LookBy(by))));
        }
        content = tabs.over(finds.whole());
        actions = List.of(
                room.touch()
                        .button("search-new", room.texts().say("find.new"), new Choice.InSearch(new SearchAct.Back())),
                room.finish());
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return actions;
    }

    @Override
    public void show(Searching state) {
        tabs.open(state.search().by());
        finds.show(state, rows.finds(state));
    }

    @Override
    public void hide() {
        rows.forget();
        finds.clear();
    }
}
