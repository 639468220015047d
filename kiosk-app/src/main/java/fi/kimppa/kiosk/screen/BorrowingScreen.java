package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.text.AccountWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A pile becomes loans: what needs the patron on top, then the newest. */
final class BorrowingScreen extends ListScreen<KioskState.Borrowing> {
    private static final double COUNT_EM = 8.6;

    private final LoanRows rows;
    private Region prompt;
    private List<String> told = List.of();
    private Optional<Region> notice = Optional.empty();
    private final Region scan;
    private final Region noLoans;
    private final Label number = Words.of("count-number", "");
    private final Label headline;
    private final Label beside = Words.of("lead", "");
    private final Pane pile;
    private final StackPane content;
    private final Button account;
    private final Button giveBack;
    private final Button finish;

    BorrowingScreen(Room room) {
        super(room);
        this.rows = new LoanRows(room);
        this.prompt = prompt(List.of());
        this.scan = PilePrompt.byBarCode(room);
        this.noLoans = PilePrompt.noLoans(room);
        this.headline = Words.headline("", room, room.contentWidth());
        headline.setId("headline");
        this.pile = room.profile().wide() ? sideBySide() : oneBelowTheOther();
        this.content = new StackPane(prompt, scan, noLoans, pile);
        // Upright and in reach the arrows of the rows stand in the bar too.
        boolean brief = room.brief() || (room.look().reach() && room.profile().upright());
        String mine = room.texts().say(brief ? "home.account.brief" : "home.account");
        this.account = room.touch().button("account", Icon.ACCOUNT, mine, new Choice.Account());
        String back = room.texts().say(room.brief() ? "home.return.brief" : "home.return");
        this.giveBack = room.touch().button("give-back", Icon.RETURN, back, new Choice.Return());
        this.finish = room.finish();
    }

    /** Asks for the pile; what the library tells and what waits on the hold shelf come first, since they concern what is done next. */
    private Region prompt(List<String> first) {
        List<String> sentences = new ArrayList<>(first);
        sentences.add(room.texts().say("out.spread"));
        return PilePrompt.of(room, room.texts().say("out.place"), room.texts().say("out.place.brief"), sentences);
    }

    private void tell(List<String> notices, String waiting) {
        List<String> next = new ArrayList<>(notices);
        if (!waiting.isEmpty()) {
            next.add(waiting);
        }
        if (!next.equals(told)) {
            told = List.copyOf(next);
            prompt = prompt(told);
            notice =
                    Optional.of(notices).filter(lines -> !lines.isEmpty()).map(lines -> LibraryNotice.row(room, lines));
            content.getChildren().setAll(prompt, scan, noLoans, pile);
        }
    }

    private Pane sideBySide() {
        var count = new VBox(room.em(0.15), number, headline, beside);
        count.setAlignment(Pos.CENTER_LEFT);
        count.setPadding(new Insets(0, 0, 0, room.em(0.3)));
        count.setMinWidth(room.em(COUNT_EM));
        count.setMaxWidth(room.em(COUNT_EM));
        HBox.setHgrow(list, Priority.ALWAYS);
        return new HBox(room.em(0.6), count, list);
    }

    private Pane oneBelowTheOther() {
        headline.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(beside, Priority.ALWAYS);
        var top = new HBox(room.em(0.6), headline, beside);
        top.setAlignment(Pos.CENTER_LEFT);
        return new HeadedList(top, list, room.em(0.1));
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(account, giveBack, finish);
    }

    @Override
    public void show(KioskState.Borrowing state) {
        tell(state.patron().standing().notices(), AccountWording.toFetch(room.texts(), state.patron()));
        boolean padLost = state.around().padLost();
        boolean lends = state.around().lends();
        Screen.present(prompt, state.rows().isEmpty() && !padLost);
        Screen.present(scan, state.rows().isEmpty() && padLost && lends);
        Screen.present(noLoans, state.rows().isEmpty() && padLost && !lends);
        Screen.present(pile, !state.rows().isEmpty());
        int done = Math.toIntExact(state.done());
        String said = beside(state);
        // Two banners leave no room for a number of its own; one does not in large text, or with words below the
        // number.
        int most = room.look().largeText() || !said.isEmpty() ? 0 : 1;
        boolean apart = room.profile().wide() && state.around().banners().size() <= most;
        number.setText(Integer.toString(done));
        Screen.present(number, apart);
        headline.setText(room.texts().count(apart ? "out.loans" : "out.count", done));
        beside.setText(said);
        List<LoanRow> shown = state.shown();
        List<Region> nodes = new ArrayList<>(rows.of(state));
        // Below what the patron must do or read.
        int above = Math.toIntExact(
                shown.stream().filter(row -> row.state().pinned()).count());
        notice.ifPresent(row -> nodes.add(above, row));
        list.set(nodes);
        Screen.present(account, state.around().settings().offers(Offering.ACCOUNT));
        account.setDisable(!state.settled());
        Screen.present(giveBack, state.around().settings().offers(Offering.RETURN));
        giveBack.setDisable(!state.settled());
        int inHand = KeyHints.row(state, shown.stream().map(LoanRow::number).toList());
        list.hand(notice.isPresent() && inHand >= above ? inHand + 1 : inHand);
        finish.setDisable(state.leaving());
    }

    private String beside(KioskState.Borrowing state) {
        if (state.inWork() > 0 || state.leaving()) {
            return room.texts().say("common.wait");
        }
        return state.notDone() > 0 ? room.texts().count("out.not", Math.toIntExact(state.notDone())) : "";
    }

    @Override
    public void hide() {
        rows.none();
        list.set(List.of());
        tell(List.of(), "");
    }
}
