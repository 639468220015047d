package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskEvent;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;

/** Makes buttons whose touch becomes an event of the kiosk. They act on release and can be cancelled by sliding off. */
record Touch(Consumer<KioskEvent> events) {
    /**
     * A button.
     *
     * @param id stable name of the node
     */
    Button button(String id, String text, Choice choice) {
        var button = new Button(text);
        button.setId(id);
        button.setWrapText(true);
        button.setAccessibleText(text);
        turn(button, choice);
        return button;
    }

    /** Gives a button another meaning. */
    void turn(Button button, Choice choice) {
        button.getProperties().put(Choice.class, choice);
        button.setOnAction(_ -> events.accept(new KioskEvent.Touched(choice)));
    }

    /** What a button chooses. */
    static Optional<Choice> choice(Button button) {
        return Optional.ofNullable((Choice) button.getProperties().get(Choice.class));
    }

    /** A button with a picture before its words. */
    Button button(String id, Icon icon, String text, Choice choice) {
        Button button = button(id, text, choice);
        button.setGraphic(icon.node());
        return button;
    }

    /** The button that most people want next, where there is no room for a picture. */
    Button main(String id, String text, Choice choice) {
        Button button = button(id, text, choice);
        button.getStyleClass().add("main");
        return button;
    }

    /** The button that most people want next. */
    Button main(String id, Icon icon, String text, Choice choice) {
        Button button = button(id, icon, text, choice);
        button.getStyleClass().add("main");
        return button;
    }

    /** A button that looks like {@code face}; {@code spoken} is what it says aloud. */
    Button faced(String id, Node face, String spoken, Choice choice) {
        Button button = button(id, "", choice);
        button.setGraphic(face);
        button.setAccessibleText(spoken);
        return button;
    }
}
