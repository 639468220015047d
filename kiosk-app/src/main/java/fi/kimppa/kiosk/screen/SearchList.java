package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskState.Searching;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Rows of a search with one that stands over them, as far as there is room. FX thread. */
final class SearchList {
    private final RowList list;

    SearchList(Room room) {
        list = new RowList(room);
    }

    Region whole() {
        return list;
    }

    List<Button> paging() {
        return list.paging();
    }

    /** Shows these rows, the first of which is over the others. */
    void show(Searching state, List<Region> rows) {
        list.set(rows);
        List<Integer> numbers = Keypad.pages(state).stream()
                .flatMap(page -> page.row().stream())
                .toList();
        int row = KeyHints.row(state, numbers);
        list.hand(row < 0 ? row : row + 1);
    }

    void clear(List<Region> none) {
        list.set(none);
    }
}
