package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.text.Wording.Said;
import java.util.List;
import javafx.scene.layout.Region;

/** What the library wants to tell a patron, as a row among others. */
final class LibraryNotice {
    private LibraryNotice() {}

    /** The row. */
    static Region row(Room room, List<String> lines) {
        Said said = new Said(room.texts().say("auth.notice"), lines);
        return RowView.of(room, Tone.PLAIN, RowView.disc(Icon.MAIL), "", said, false, List.of());
    }
}
