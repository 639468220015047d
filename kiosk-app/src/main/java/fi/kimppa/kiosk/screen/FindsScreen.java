package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.session.SearchBy;
import fi.kimppa.kiosk.text.SearchWording;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What was found, and where the words are looked for. */
final class FindsScreen implements Screen<Searching> {
    private final SearchRows rows;
    private final SearchList list;
    private final Map<SearchBy, Button> tabs = new EnumMap<>(SearchBy.class);
    private final VBox content;
    private final List<Button> actions;

    FindsScreen(Room room) {
        rows = new SearchRows(room);
        list = new SearchList(room);
        var line = new HBox(room.em(0.3));
        for (SearchBy by : SearchBy.values()) {
            Button tab = room.touch()
                    .button(
                            "by-" + by.name().toLowerCase(Locale.ROOT),
                            SearchWording.by(room.texts(), by),
                            new Choice.InSearch(new SearchAct.LookBy(by)));
            tab.getStyleClass().add("tab");
            tab.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(tab, Priority.ALWAYS);
            tabs.put(by, tab);
            line.getChildren().add(tab);
        }
        line.setMinHeight(Region.USE_PREF_SIZE);
        VBox.setVgrow(list.whole(), Priority.ALWAYS);
        content = room.look().reach()
                ? new VBox(room.gap(), list.whole(), line)
                : new VBox(room.em(0.3), line, list.whole());
        actions = List.of(
                room.touch()
                        .button("search-new", room.texts().say("find.new"), new Choice.InSearch(new SearchAct.Back())),
                room.touch().main("finish", Icon.DONE, room.texts().say("common.finish"), new Choice.Finish()));
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> paging() {
        return list.paging();
    }

    @Override
    public List<Button> actions() {
        return actions;
    }

    @Override
    public void show(Searching state) {
        tabs.forEach((by, tab) -> {
            tab.getStyleClass().remove("chosen");
            if (state.search().by() == by) {
                tab.getStyleClass().add("chosen");
            }
        });
        list.show(state, rows.finds(state));
    }

    @Override
    public void hide() {
        list.clear(rows.none());
    }
}
