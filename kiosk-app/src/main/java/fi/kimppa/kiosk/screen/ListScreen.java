package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.KioskState;
import java.util.List;
import javafx.scene.control.Button;

/**
 * A screen most of which is a list: what moves through the list stands where the frame has its place for it. FX thread.
 *
 * @param <S> the states that it shows
 */
abstract class ListScreen<S extends KioskState> implements Screen<S> {
    final Room room;
    final RowList list;

    ListScreen(Room room) {
        this.room = room;
        this.list = new RowList(room);
    }

    @Override
    public final List<Button> paging() {
        return list.paging();
    }
}
