package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.SearchAct;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What are you looking for? Letters, and what was typed so far. */
final class TypingScreen implements Screen<Searching> {
    private final Label text = new Label();
    private final Label hint;
    private final LetterPad pad;
    private final VBox content;
    private final Button cancel;
    private final Button account;
    private final Button go;

    TypingScreen(Room room) {
        DeviceProfile profile = room.profile();
        boolean reach = room.look().reach();
        text.setId("typed");
        text.getStyleClass().addAll("lead", "strong");
        text.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        text.setMinWidth(0);
        hint = Words.of("note", room.texts().say("find.hint"));
        hint.setWrapText(false);
        hint.setMinWidth(0);
        var caret = new Region();
        caret.getStyleClass().add("caret");
        var field = new HBox(room.em(0.1), text, caret, hint);
        field.getStyleClass().add("pin-field");
        field.setAlignment(Pos.CENTER_LEFT);
        field.setMinHeight(Region.USE_PREF_SIZE);
        String asked = room.texts().say("find.what");
        var large = new VBox(Words.headline(asked, room, room.contentWidth()));
        var small = new VBox(Words.of("question", asked));
        var line = new VBox(Words.of("body", asked));
        var head = new FirstThatFits(List.of(large, small, line, new VBox()));
        List.of(large, small, line).forEach(way -> way.setAlignment(reach ? Pos.BOTTOM_LEFT : Pos.CENTER_LEFT));
        VBox.setVgrow(head, Priority.ALWAYS);
        double bar = room.em(profile.compact() ? 2.9 : room.look().largeText() ? 3.9 : 3.2);
        // Three rows of keys and the bar take more than half of the smallest display, as the pages of an account do.
        double low = profile.compact() ? profile.height() * 0.6 - bar : room.lowerHalf() - room.em(0.45);
        double all = profile.height() - bar - room.em(profile.compact() ? 3.6 : 6.4);
        pad = new LetterPad(room, reach ? Math.min(low, all) : all);
        content = new VBox(room.em(profile.compact() ? 0.2 : 0.4), head, field, pad.keys());
        if (profile.upright() && !reach) {
            content.setAlignment(Pos.BOTTOM_CENTER);
        }
        cancel = room.touch().button("cancel", room.texts().say("common.cancel"), new Choice.Cancel());
        account = room.touch()
                .button(
                        "account",
                        room.texts().say(room.brief() ? "home.account.brief" : "home.account"),
                        new Choice.Account());
        go = room.touch()
                .main(
                        "search-go",
                        Icon.SEARCH,
                        room.texts().say("find.search"),
                        new Choice.InSearch(new SearchAct.Go()));
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(cancel, account, go);
    }

    @Override
    public void show(Searching state) {
        String typed = state.search().typed().text();
        text.setText(typed);
        Screen.present(text, !typed.isEmpty());
        Screen.present(hint, typed.isEmpty());
        Screen.present(cancel, !state.hasAccount());
        Screen.present(account, state.hasAccount());
        go.setDisable(!state.search().typed().complete());
    }

    @Override
    public void hide() {
        text.setText("");
        pad.rest();
    }
}
