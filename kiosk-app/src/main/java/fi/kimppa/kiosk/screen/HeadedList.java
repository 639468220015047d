package fi.kimppa.kiosk.screen;

import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** A headline over rows. Where the first row needs all the height, the headline gives way; one without a word takes none. FX thread. */
final class HeadedList extends Pane {
    private Region head;
    private final RowList list;
    private final double gap;

    /**
     * The two, one below the other.
     *
     * @param gap between them, pixels
     */
    HeadedList(Region head, RowList list, double gap) {
        this.head = head;
        this.list = list;
        this.gap = gap;
        getChildren().setAll(head, list);
        setMinSize(0, 0);
    }

    /** Another headline. */
    void head(Region next) {
        head = next;
        getChildren().set(0, next);
    }

    @Override
    protected void layoutChildren() {
        double high = head.prefHeight(getWidth());
        double above = high > 0 ? high + gap : 0;
        boolean both = above + list.leastHeight(getWidth()) <= getHeight();
        head.setVisible(both);
        head.resizeRelocate(0, 0, getWidth(), high);
        double y = both ? above : 0;
        list.resizeRelocate(0, y, getWidth(), getHeight() - y);
    }
}
