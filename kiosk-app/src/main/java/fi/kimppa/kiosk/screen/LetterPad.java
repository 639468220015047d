package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.LetterRows;
import fi.kimppa.kiosk.session.SearchAct;
import java.util.ArrayList;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/**
 * A keyboard on the glass: three rows of eleven letters, and three of other letters and digits in their place. Which of the two is seen
 * is no business of the session. Keys stand as far apart as those of a keyboard, 18 mm from middle to middle, so that they fit into
 * half of the smallest display. FX thread.
 */
final class LetterPad {
    /** Style class of a letter. */
    static final String KEY = "letter-key";

    private static final double LEAST_MM = 15;
    private static final double MOST_WIDE_MM = 26;
    private static final double MOST_HIGH_MM = 20;
    private static final double GAP_MM = 3.1;
    private static final int ROWS = 3;

    private final Room room;
    private final GridPane keys = new GridPane();
    private final List<Button> letters = new ArrayList<>();
    private final List<Button> others = new ArrayList<>();
    private final Button turn;
    private final double width;
    private final double height;
    private boolean turned;

    /**
     * A pad.
     *
     * @param high room for it in pixels
     */
    LetterPad(Room room, double high) {
        this.room = room;
        double gap = room.profile().px(GAP_MM);
        double least = room.profile().px(LEAST_MM);
        double wide = (room.contentWidth() - (LetterRows.COLUMNS - 1) * gap) / LetterRows.COLUMNS;
        width = Math.floor(Math.clamp(wide, least, room.profile().px(MOST_WIDE_MM)));
        height = Math.floor(Math.clamp(
                (high - (ROWS - 1) * gap) / ROWS, least, room.profile().px(MOST_HIGH_MM)));
        keys.setHgap(gap);
        keys.setVgap(gap);
        keys.setMinHeight(Region.USE_PREF_SIZE);
        keys.setAlignment(room.look().reach() || !room.profile().upright() ? Pos.BOTTOM_CENTER : Pos.CENTER);
        rows(LetterRows.LETTERS, letters);
        rows(LetterRows.OTHERS, others);
        int last = LetterRows.LETTERS.getLast().length();
        turn = key(room.touch().button("letters-other", "", new Choice.StillHere()), 2);
        turn.addEventHandler(ActionEvent.ACTION, _ -> turn(!turned));
        keys.add(turn, last, ROWS - 1, 2, 1);
        keys.add(
                key(
                        room.touch()
                                .faced(
                                        "letter-space",
                                        Icon.SPACE.node(),
                                        room.texts().say("find.space"),
                                        new Choice.InSearch(new SearchAct.Letter(' '))),
                        1),
                last + 2,
                ROWS - 1);
        keys.add(
                key(
                        room.touch()
                                .faced(
                                        "letter-erase",
                                        Icon.ERASE.node(),
                                        room.texts().say("auth.erase"),
                                        new Choice.InSearch(new SearchAct.Erase())),
                        1),
                last + 3,
                ROWS - 1);
        turn(false);
    }

    private void rows(List<String> rows, List<Button> into) {
        for (int row = 0; row < ROWS; row++) {
            String line = rows.get(row);
            for (int column = 0; column < line.length(); column++) {
                Button letter = letter(line.charAt(column));
                into.add(letter);
                keys.add(letter, column, row);
            }
        }
    }

    private Button letter(char letter) {
        return key(
                room.touch()
                        .button(
                                "letter-" + letter,
                                String.valueOf(letter),
                                new Choice.InSearch(new SearchAct.Letter(letter))),
                1);
    }

    private Button key(Button button, int columns) {
        double wide = columns * width + (columns - 1) * keys.getHgap();
        button.setWrapText(false);
        button.getStyleClass().add(KEY);
        button.setMinSize(wide, height);
        button.setPrefSize(wide, height);
        button.setMaxSize(wide, height);
        return button;
    }

    /** Shows the others in place of the letters, or the letters again. */
    private void turn(boolean toOthers) {
        turned = toOthers;
        letters.forEach(key -> Screen.present(key, !toOthers));
        others.forEach(key -> Screen.present(key, toOthers));
        String word = room.texts().say(toOthers ? "find.abc" : "find.other");
        turn.setText(word);
        turn.setAccessibleText(word);
    }

    /** The letters again. */
    void rest() {
        turn(false);
    }

    GridPane keys() {
        return keys;
    }
}
