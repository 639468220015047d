package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Account.Page;
import fi.kimppa.kiosk.session.Offering;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Loans, holds and fees, each on a page of its own. */
final class AccountScreen implements Screen<KioskState.Account> {
    private final Room room;
    private final AccountRows rows;
    private final RowList list;
    private final Map<Page, Button> pages = new EnumMap<>(Page.class);
    private final VBox content;
    private final Button borrow;
    private final Button finish;

    AccountScreen(Room room) {
        this.room = room;
        this.rows = new AccountRows(room);
        this.list = new RowList(room);
        pages.put(Page.LOANS, page("page-loans", Page.LOANS));
        pages.put(Page.HOLDS, page("page-holds", Page.HOLDS));
        pages.put(Page.FEES, page("page-fees", Page.FEES));
        var tabs = new HBox(room.em(0.3));
        for (Page page : Page.values()) {
            tabs.getChildren().add(button(page));
        }
        tabs.setMinHeight(Region.USE_PREF_SIZE);
        VBox.setVgrow(list, Priority.ALWAYS);
        this.content = room.look().reach() ? new VBox(room.gap(), list, tabs) : new VBox(room.em(0.3), tabs, list);
        this.borrow =
                room.touch().button("borrow", Icon.BORROW, room.texts().say("home.checkout"), new Choice.Borrow());
        this.finish = room.touch().main("finish", Icon.DONE, room.texts().say("common.finish"), new Choice.Finish());
    }

    private Button page(String id, Page page) {
        Button button = room.touch().button(id, "", new Choice.InAccount.Turn(page));
        button.getStyleClass().add("tab");
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(button, Priority.ALWAYS);
        return button;
    }

    private Button button(Page page) {
        Button button = pages.get(page);
        if (button == null) {
            throw new IllegalStateException("no button for " + page);
        }
        return button;
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> paging() {
        return list.paging();
    }

    @Override
    public List<Button> actions() {
        return List.of(borrow, finish);
    }

    @Override
    public void show(KioskState.Account state) {
        name(Page.LOANS, room.texts().say("acc.loans", "n", state.loans().size()), state);
        name(Page.HOLDS, room.texts().say("acc.holds", "n", state.holdCount()), state);
        name(Page.FEES, fees(state), state);
        List<Region> nodes = rows.of(state);
        list.set(nodes);
        List<Integer> numbers = Keypad.pages(state).stream()
                .flatMap(page -> page.row().stream())
                .toList();
        int row = KeyHints.row(state, numbers);
        // What stands over the list is a node of it too.
        list.hand(row < 0 ? row : row + nodes.size() - numbers.size());
        Screen.present(borrow, state.around().settings().offers(Offering.BORROW));
        borrow.setDisable(state.renewing() || state.leaving() || !state.around().lends());
        finish.setDisable(state.leaving());
    }

    /** The sum stands in the tab where there is room for it. */
    private String fees(KioskState.Account state) {
        return state.patron()
                .standing()
                .owed()
                .filter(_ -> !room.brief())
                .map(owed ->
                        room.texts().say("acc.fees.sum", "sum", room.texts().money(owed.amount())))
                .orElseGet(() -> room.texts().say("acc.fees"));
    }

    private void name(Page page, String text, KioskState.Account state) {
        Button button = button(page);
        button.setText(text);
        button.setAccessibleText(text);
        button.getStyleClass().remove("chosen");
        if (state.page() == page) {
            button.getStyleClass().add("chosen");
        }
    }

    @Override
    public void hide() {
        pages.values().forEach(button -> button.setText(""));
        list.set(rows.none());
    }
}
