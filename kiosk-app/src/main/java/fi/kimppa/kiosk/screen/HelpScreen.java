package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.text.HelpWording;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Help over whatever the kiosk is doing: what to do here, who answers, what is amiss as staff call it, and how it can be heard. */
final class HelpScreen implements Screen<KioskState> {
    private final Room room;
    private final StackPane content = new StackPane();
    private final Button done;
    private List<String> shown = List.of();

    HelpScreen(Room room) {
        this.room = room;
        content.setMinSize(0, 0);
        done = room.touch().main("help-done", Icon.DONE, room.texts().say("a11y.done"), new Choice.ShowHelp(false));
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(done);
    }

    @Override
    public void show(KioskState state) {
        String here = HelpWording.here(room.texts(), state);
        Optional<String> who = HelpWording.who(room.texts(), state);
        Optional<String> code = HelpWording.code(room.texts(), state);
        Optional<String> voice = HelpWording.voice(room.texts(), state);
        List<String> said = List.of(here, who.orElse(""), code.orElse(""), voice.orElse(""));
        if (!said.equals(shown)) {
            shown = said;
            content.getChildren().setAll(ways(here, who, code, voice));
        }
    }

    /** What gives way first is the title, then how it can be heard: whoever needs that plugs in without reading it. */
    private Region ways(String here, Optional<String> who, Optional<String> code, Optional<String> voice) {
        String title = room.texts().say("common.help");
        var full = new VBox(
                room.em(0.3),
                Words.headline(title, room, room.contentWidth()),
                Words.of("lead", here),
                answers(who, code));
        var brief = new VBox(room.em(0.2), Words.of("question", title), Words.of("body", here), answers(who, code));
        var low = new VBox(room.em(0.1), Words.of("body", here), answers(who, code));
        var least = new VBox(Words.of("body", here), answers(who, code));
        voice.ifPresent(text ->
                List.of(full, brief, low).forEach(way -> way.getChildren().add(Words.of("body", text))));
        List.of(full, brief, low, least).forEach(way -> way.setAlignment(Pos.CENTER_LEFT));
        return new FirstThatFits(List.of(full, brief, low, least));
    }

    private HBox answers(Optional<String> who, Optional<String> code) {
        var answers = new HBox(room.em(0.9));
        who.ifPresent(text -> answers.getChildren().add(once(text)));
        code.ifPresent(text -> answers.getChildren().add(once(text)));
        Screen.present(answers, !answers.getChildren().isEmpty());
        return answers;
    }

    private static Label once(String text) {
        Label label = Words.of("row-title", text);
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.setWrapText(false);
        return label;
    }
}
