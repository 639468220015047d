package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskState.Searching;
import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** Rows of a search and what stands over them, which gives way where the rows need its room, unless it asks something. FX thread. */
final class SearchList {
    private final RowList list;
    private final StackPane head = new StackPane();
    private final HeadedList whole;

    SearchList(Room room, RowList list) {
        this.list = list;
        this.whole = new HeadedList(head, list, room.em(0.2));
    }

    Region whole() {
        return whole;
    }

    void show(Searching state, SearchRows.Page page) {
        List<Region> over = page.head().stream().toList();
        if (!over.equals(head.getChildren())) {
            head.getChildren().setAll(over);
        }
        list.set(page.rows());
        List<Integer> numbers = Keypad.pages(state).stream()
                .flatMap(each -> each.row().stream())
                .toList();
        int row = KeyHints.row(state, numbers);
        // A head that asks something is a row too.
        list.hand(row < 0 || page.head().isPresent() ? row : row + 1);
    }

    void clear() {
        head.getChildren().clear();
        list.set(List.of());
    }
}
