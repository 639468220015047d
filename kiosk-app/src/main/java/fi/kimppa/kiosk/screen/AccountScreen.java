package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Account.Page;
import fi.kimppa.kiosk.session.Offering;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Loans, holds and fees, each on a page of its own. */
final class AccountScreen extends ListScreen<KioskState.Account> {
    private final AccountRows rows;
    private final Tabs<Page> tabs;
    private final Region content;
    private final Button borrow;
    private final Button finish;

    AccountScreen(Room room) {
        super(room);
        this.rows = new AccountRows(room);
        this.tabs = new Tabs<>(room);
        for (Page page : Page.values()) {
            tabs.add(page, room.touch().button(id(page), "", new Choice.InAccount.Turn(page)));
        }
        this.content = tabs.over(list);
        this.borrow =
                room.touch().button("borrow", Icon.BORROW, room.texts().say("home.checkout"), new Choice.Borrow());
        this.finish = room.finish();
    }

    private static String id(Page page) {
        return "page-" + page.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(borrow, finish);
    }

    @Override
    public void show(KioskState.Account state) {
        tabs.name(Page.LOANS, room.texts().say("acc.loans", "n", state.loans().size()));
        tabs.name(Page.HOLDS, room.texts().say("acc.holds", "n", state.holdCount()));
        tabs.name(Page.FEES, fees(state));
        tabs.open(state.page());
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

    @Override
    public void hide() {
        tabs.forget();
        list.set(rows.none());
    }
}
