package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** The languages as words, each in its own. */
final class Languages {
    private Languages() {}

    static HBox of(Room room, List<Language> offered) {
        var languages = new HBox(room.em(0.3));
        for (Language language : offered) {
            languages.getChildren().add(button(room, language));
        }
        languages.setAlignment(Pos.CENTER_LEFT);
        return languages;
    }

    private static Button button(Room room, Language language) {
        Button button = room.touch()
                .button(
                        "language-" + language.tag(),
                        Texts.in(language).say("language.name"),
                        new Choice.Speak(language));
        button.getStyleClass().add("language");
        if (language.equals(room.texts().language())) {
            button.getStyleClass().add("chosen");
        }
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }
}
