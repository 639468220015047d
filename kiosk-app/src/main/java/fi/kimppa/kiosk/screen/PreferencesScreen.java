package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.text.Wording;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * What a person can ask for, over whatever the kiosk is doing. It can be used without what it gives: all of it is touched in
 * the lower half, in letters that are legible without large text.
 */
final class PreferencesScreen implements Screen<KioskState> {
    private static final List<Preference> ALL = List.of(Preference.values());

    private final Room room;
    private final Map<Preference, Toggle> toggles = new EnumMap<>(Preference.class);
    private final VBox content;
    private final List<Button> actions;

    PreferencesScreen(Room room) {
        this.room = room;
        ALL.forEach(what -> toggles.put(what, new Toggle(room, what)));
        boolean compact = room.profile().compact();
        List<Button> all = ALL.stream().map(what -> toggle(what).button).toList();
        // The lower half of the smallest display has one row of toggles and the bar.
        List<Button> above = compact ? all.subList(0, 3) : all;
        var rows = new VBox(room.gap());
        int columns = room.profile().upright() ? 1 : 3;
        for (int i = 0; i < above.size(); i += columns) {
            rows.getChildren().add(row(above.subList(i, Math.min(i + columns, above.size())), columns));
        }
        content = new VBox(room.em(0.3), head(), rows);
        actions = new ArrayList<>();
        if (compact) {
            actions.addAll(all.subList(3, all.size()));
        } else {
            actions.add(room.touch()
                    .button(
                            "preferences-done",
                            Icon.DONE,
                            room.texts().say("a11y.done"),
                            new Choice.ShowPreferences(false)));
        }
    }

    private Toggle toggle(Preference what) {
        return Objects.requireNonNull(toggles.get(what));
    }

    private HBox row(List<Button> buttons, int columns) {
        var row = new HBox(room.gap());
        double width = (room.contentWidth() - (columns - 1) * room.gap()) / columns;
        for (Button button : buttons) {
            button.setMinWidth(width);
            button.setMaxWidth(width);
            button.setMaxHeight(Double.MAX_VALUE);
            row.getChildren().add(button);
        }
        return row;
    }

    private Region head() {
        String title = room.texts().say("a11y.button");
        String how = room.texts().say("a11y.how");
        double width = room.contentWidth();
        var full = new VBox(room.em(0.2), Words.headline(title, room, width), Words.of("lead", how));
        var brief = new VBox(room.em(0.1), Words.headline(title, room, width));
        var low = new VBox(Words.of("question", title), Words.of("body", how));
        var least = new VBox(Words.of("question", title));
        List.of(full, brief, low, least).forEach(way -> way.setAlignment(Pos.CENTER_LEFT));
        var head = new FirstThatFits(List.of(full, Words.dense(low), brief, least, new VBox()));
        VBox.setVgrow(head, Priority.ALWAYS);
        return head;
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
    public void show(KioskState state) {
        toggles.forEach((what, toggle) -> toggle.show(state.around().preferences()));
    }

    /** One choice: its word, and a box that is ticked or empty. */
    private static final class Toggle {
        private final Preference what;
        private final Room room;
        private final Region tick = Icon.DONE.node();
        private final Button button;

        Toggle(Room room, Preference what) {
            this.room = room;
            this.what = what;
            var box = new StackPane(tick);
            box.getStyleClass().add("box");
            this.button = room.touch()
                    .button(id(what), Wording.preference(room.texts(), what), new Choice.Prefer(what, true));
            button.setGraphic(box);
            button.setAlignment(Pos.CENTER_LEFT);
            button.getStyleClass().add("toggle");
        }

        private static String id(Preference what) {
            return "prefer-" + what.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        void show(Preferences preferences) {
            boolean on = preferences.has(what);
            tick.setVisible(on);
            button.getStyleClass().remove("on");
            if (on) {
                button.getStyleClass().add("on");
            }
            room.touch().turn(button, new Choice.Prefer(what, !on));
            button.setAccessibleText(Wording.preference(room.texts(), what, on));
        }
    }
}
