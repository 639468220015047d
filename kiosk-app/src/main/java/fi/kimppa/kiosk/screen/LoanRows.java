package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.text.OffLineWording;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** The rows of a borrowing session. A row whose item did not change keeps its node, and so a touch that began on it. */
final class LoanRows {
    private final Room room;
    private final Map<Shown, Region> nodes = new HashMap<>();

    /**
     * A row as it is on a day.
     *
     * @param awaited whether it was on hold for whoever borrows it
     * @param slow whether the library takes longer than usual over it
     * @param givesBack whether it can be given back here
     * @param inCase whether its other parts can be said to be in its case
     */
    private record Shown(
            LoanRow row, boolean awaited, boolean slow, boolean givesBack, boolean inCase, LocalDate today) {}

    LoanRows(Room room) {
        this.room = room;
    }

    /** The nodes of all rows, in the order of the screen. */
    List<Region> of(Borrowing state) {
        LocalDate today = state.around().today();
        List<Shown> shown = state.shown().stream()
                .map(row -> new Shown(
                        row,
                        awaited(state, row),
                        state.slow(row),
                        state.mayGiveBack(row),
                        state.mayBeInCase(row),
                        today))
                .toList();
        nodes.keySet().retainAll(shown);
        return shown.stream()
                .map(row -> nodes.computeIfAbsent(row, this::build))
                .toList();
    }

    private static boolean awaited(Borrowing state, LoanRow row) {
        return row.item().map(state.patron()::awaits).orElse(false);
    }

    /** Forgets them all. */
    void none() {
        nodes.clear();
    }

    private Region build(Shown shown) {
        LoanRow row = shown.row();
        return row.state().pinned() && room.brief()
                ? new FirstThatFits(
                        List.of(row(shown, row.name()), Words.dense(row(shown, RowView.shortTitle(row.name())))))
                : row(shown, row.name());
    }

    private Region row(Shown shown, String title) {
        LoanRow row = shown.row();
        LoanState state = row.state();
        return RowView.of(
                room, tone(state), RowView.disc(icon(state)), title, said(shown), state.pinned(), buttons(shown));
    }

    private Said said(Shown shown) {
        Said said = Wording.slowly(
                room.texts(), OffLineWording.loan(room.texts(), shown.row(), shown.today()), shown.slow());
        return shown.awaited() && shown.row().state().isLoan()
                ? said.and(List.of(room.texts().say("hold.yours")))
                : said;
    }

    private List<Button> buttons(Shown shown) {
        LoanRow row = shown.row();
        int number = row.number();
        return switch (row.state()) {
            case LoanState.RenewOffer _, LoanState.NotRenewed _
            when row.mayBeRenewed() ->
                List.of(
                        button("keep-", "out.keep", number, new Choice.Keep(number)),
                        button("renew-", "out.renew", number, new Choice.Renew(number)));
            case LoanState.Incomplete _
            when shown.inCase() -> List.of(button("in-case-", "out.incase", number, new Choice.PartsInCase(number)));
            case LoanState.Refused refused when refused.acknowledged() -> List.of();
            case LoanState.Refused refused
            when refused.mayBeTriedAgain() ->
                List.of(
                        button("ack-", "common.understood", number, new Choice.Acknowledge(number)),
                        button(
                                "retry-",
                                refused.reason() == LoanState.Reason.COSTS ? "home.checkout" : "common.retry",
                                number,
                                new Choice.Retry(number)));
            case LoanState.Refused _
            when shown.givesBack() ->
                List.of(
                        button("ack-", "common.understood", number, new Choice.Acknowledge(number)),
                        button("give-back-", "home.return", number, new Choice.GiveBack(number)));
            case LoanState.Refused _ ->
                List.of(button("ack-", "common.understood", number, new Choice.Acknowledge(number)));
            default -> List.of();
        };
    }

    private Button button(String id, String key, int number, Choice choice) {
        return room.touch().button(id + number, room.texts().say(key), choice);
    }

    private static Tone tone(LoanState state) {
        return switch (state) {
            case LoanState.Queued _,
                    LoanState.Lending _,
                    LoanState.Securing _,
                    LoanState.Renewing _,
                    LoanState.Checking _ -> Tone.WORKING;
            case LoanState.Done _, LoanState.Renewed _ -> Tone.DONE;
            case LoanState.Kept _ -> Tone.PLAIN;
            case LoanState.PutBack _, LoanState.SeeStaff _, LoanState.RenewOffer _, LoanState.Incomplete _ ->
                Tone.ATTENTION;
            case LoanState.NotRenewed _, LoanState.Offline _, LoanState.PadAway _, LoanState.Refused _ -> Tone.STOP;
        };
    }

    private static Icon icon(LoanState state) {
        return switch (state) {
            case LoanState.Queued _ -> Icon.WAIT;
            case LoanState.Lending _, LoanState.Securing _, LoanState.Renewing _ -> Icon.WORKING;
            case LoanState.Done _, LoanState.Kept _ -> Icon.DONE;
            case LoanState.Renewed _ -> Icon.RENEW;
            case LoanState.PutBack _ -> Icon.PUT_BACK;
            case LoanState.SeeStaff _ -> Icon.STAFF;
            case LoanState.RenewOffer _, LoanState.Checking _ -> Icon.QUESTION;
            case LoanState.Incomplete _ -> Icon.ATTENTION;
            case LoanState.Offline _ -> Icon.OFFLINE;
            case LoanState.PadAway _ -> Icon.PAD;
            case LoanState.NotRenewed _, LoanState.Refused _ -> Icon.STOP;
        };
    }
}
