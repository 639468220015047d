package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the end of a session to a kiosk that knows nobody. Receipts are made of the session's own list. */
final class Endings {
    /** How long "take your items" stands while things lie on the pad. */
    private static final Duration TAKE_ITEMS = Duration.ofSeconds(20);

    private Endings() {}

    /** Ends the session at the library and erases the PIN; gives the surroundings after that. */
    static Surroundings forget(Surroundings around, Patron patron, List<Effect> effects) {
        effects.add(new Effect.Send(around.nextRequest(), Requests.end(around, patron.card())));
        effects.add(new Effect.Erase(patron.pin()));
        return around.requested();
    }

    static Step afterBorrowing(Surroundings around, List<LoanRow> rows, List<Effect> effects, boolean nobodyHere) {
        return after(around, rows.isEmpty() ? Result.Task.NOTHING : Result.Task.BORROWED, rows, effects, nobodyHere);
    }

    /**
     * After a look at the account.
     *
     * @param borrowed what was borrowed before
     * @param renewed what was renewed in the account
     */
    static Step afterAccount(
            Surroundings around,
            List<LoanRow> borrowed,
            List<LoanRow> renewed,
            List<Effect> effects,
            boolean nobodyHere) {
        if (renewed.isEmpty()) {
            return afterBorrowing(around, borrowed, effects, nobodyHere);
        }
        Result.Task task = borrowed.isEmpty() ? Result.Task.RENEWED : Result.Task.BORROWED;
        return after(around, task, together(borrowed, renewed), effects, nobodyHere);
    }

    /** What was borrowed and what was renewed; what was both stands there once, with its last date. */
    static List<LoanRow> together(List<LoanRow> borrowed, List<LoanRow> renewed) {
        List<LoanRow> rows = new ArrayList<>();
        List<LoanRow> more = new ArrayList<>(renewed);
        for (LoanRow row : borrowed) {
            Optional<LoanRow> again = row.state().isLoan()
                    ? more.stream().filter(other -> sameItem(row, other)).findFirst()
                    : Optional.empty();
            again.ifPresent(more::remove);
            rows.add(again.map(other -> renewed(row, other)).orElse(row));
        }
        rows.addAll(more);
        return rows;
    }

    private static LoanRow renewed(LoanRow row, LoanRow again) {
        LoanRow named = row.title().isPresent() ? row : row.titled(again.title().orElse(""));
        return named.with(redated(row.state(), again.state().due()));
    }

    private static boolean sameItem(LoanRow one, LoanRow other) {
        return one.item().flatMap(item -> other.item().map(item::same)).orElse(false);
    }

    private static LoanState redated(LoanState state, Optional<DueDate> due) {
        return switch (state) {
            case LoanState.Done _ -> new LoanState.Done(due);
            case LoanState.PutBack _ -> new LoanState.PutBack(due);
            case LoanState.SeeStaff _ -> new LoanState.SeeStaff(due);
            default -> new LoanState.Renewed(due);
        };
    }

    private static Step after(
            Surroundings around, Result.Task task, List<LoanRow> rows, List<Effect> effects, boolean nobodyHere) {
        List<LoanRow> loans =
                rows.stream().filter(row -> row.state().onReceipt()).toList();
        List<LoanRow> checking = rows.stream()
                .filter(row -> row.state() instanceof LoanState.Checking)
                .toList();
        List<LoanRow> notLent = rows.stream()
                .filter(row -> !row.state().isLoan() && !(row.state() instanceof LoanState.Checking))
                .toList();
        long seeStaff = rows.stream()
                .filter(row -> row.state() instanceof LoanState.PutBack || row.state() instanceof LoanState.SeeStaff)
                .count();
        Result result = new Result(task, loans.size(), notLent.size(), checking.size(), (int) seeStaff);
        Printout receipt = new Printout.LoanReceipt(
                around.now(),
                loans.stream()
                        .map(row -> new Printout.Loan(row.name(), row.state().due()))
                        .toList(),
                notLent.stream()
                        .map(row -> new Printout.NotLent(row.name(), row.state()))
                        .toList(),
                checking.stream().map(LoanRow::name).toList());
        boolean worthPaper = !loans.isEmpty() || !checking.isEmpty();
        return new Step(next(around, result, receipt, worthPaper && !nobodyHere), effects);
    }

    static Step afterReturning(Surroundings around, List<ReturnRow> rows, List<Effect> effects, boolean nobodyHere) {
        List<ReturnRow> returned =
                rows.stream().filter(row -> row.state().isReturned()).toList();
        if (rows.isEmpty()) {
            return new Step(idle(around), effects);
        }
        Result result = new Result(Result.Task.RETURNED, returned.size(), rows.size() - returned.size(), 0, 0);
        Printout receipt = new Printout.ReturnReceipt(
                around.now(),
                returned.stream()
                        .map(row -> new Printout.Return(row.name(), row.identifier(), later(row.state())))
                        .toList());
        return new Step(next(around, result, receipt, !returned.isEmpty() && !nobodyHere), effects);
    }

    private static boolean later(ReturnState state) {
        return switch (state) {
            case ReturnState.Securing(var destination) -> destination.kind() == ReturnState.Kind.LATER;
            case ReturnState.Returned(var destination) -> destination.kind() == ReturnState.Kind.LATER;
            case ReturnState.PutBack(var destination) -> destination.kind() == ReturnState.Kind.LATER;
            case ReturnState.Queued _, ReturnState.CheckingIn _, ReturnState.Incomplete _, ReturnState.Refused _ ->
                false;
        };
    }

    private static KioskState next(Surroundings around, Result result, Printout receipt, boolean offer) {
        return offer && around.usable(DeviceKind.PRINTER)
                ? new OfferingReceipt(around, receipt, result, offerUntil(around))
                : farewell(around, result, false);
    }

    private static Instant offerUntil(Surroundings around) {
        return around.now().plus(around.lasting(around.settings().timeouts().receipt()));
    }

    private static Instant farewellUntil(Surroundings around) {
        return around.now().plus(around.lasting(around.settings().timeouts().farewell()));
    }

    static Farewell farewell(Surroundings around, Result result, boolean printing) {
        return new Farewell(around, result, printing, Optional.empty(), farewellUntil(around));
    }

    static Step step(OfferingReceipt state, KioskEvent event) {
        Surroundings around = state.around();
        return switch (event) {
            case KioskEvent.Touched(Choice.PrintReceipt()) ->
                Step.to(farewell(around, state.result(), true), new Effect.Print(state.receipt(), around.language()));
            case KioskEvent.Touched(Choice.NoReceipt()),
                    KioskEvent.Touched(Choice.Finish()),
                    KioskEvent.Touched(Choice.Cancel()) -> Step.to(farewell(around, state.result(), false));
            case KioskEvent.Touched _, KioskEvent.Headphones _ ->
                Step.to(new OfferingReceipt(around, state.receipt(), state.result(), offerUntil(around)));
            default ->
                around.now().isBefore(state.until()) && around.usable(DeviceKind.PRINTER)
                        ? Step.to(state)
                        : Step.to(farewell(around, state.result(), false));
        };
    }

    static Step step(Farewell state, KioskEvent event) {
        Surroundings around = state.around();
        if (event instanceof KioskEvent.Printed(var printout, var outcome)
                && state.printing()
                && (printout instanceof Printout.LoanReceipt || printout instanceof Printout.ReturnReceipt)) {
            return Step.to(new Farewell(around, state.result(), false, Optional.of(outcome), farewellUntil(around)));
        }
        boolean waitsForItems =
                state.takeItems() && around.now().isBefore(state.until().plus(TAKE_ITEMS));
        return state.printing() || waitsForItems || around.now().isBefore(state.until())
                ? Step.to(state)
                : Step.to(idle(around));
    }

    /** Nothing of the patron is left: not even the language, the size of the letters or the volume of the voice. */
    static Idle idle(Surroundings around) {
        return new Idle(around.forTheNext());
    }
}
