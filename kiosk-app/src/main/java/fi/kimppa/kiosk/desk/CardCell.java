package fi.kimppa.kiosk.desk;

import javafx.scene.control.ListCell;
import org.jspecify.annotations.Nullable;

/** A demo card in a list, by its holder. */
final class CardCell extends ListCell<DemoCard> {
    @Override
    protected void updateItem(@Nullable DemoCard card, boolean empty) {
        super.updateItem(card, empty);
        setText(card == null ? "" : card.holder() + "  " + card.number());
    }
}
