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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From the end of a session to a kiosk that knows nobody. Receipts are made of the session's own list. */
final class Endings {
    /** How long "take your items" stands while things lie on the pad. */
    private static final Duration TAKE_ITEMS = Duration.ofSeconds(20);

    /** How long the gateway may take to say that it has a receipt: two tries to reach it. */
    private static final Duration HAND_OVER = Duration.ofSeconds(10);

    private Endings() {}

    /**
     * Ends the session at the library, if it knows of one, and erases the PIN; gives the surroundings after that.
     */
    static Surroundings forget(Surroundings around, Patron patron, List<Effect> effects) {
        Surroundings after = around;
        if (patron.identified()) {
            effects.add(new Effect.Send(around.nextRequest(), Requests.end(around, patron.card())));
            after = around.requested();
        }
        effects.add(new Effect.Erase(patron.pin()));
        return after;
    }

    static Step afterBorrowing(Surroundings around, Visitor visitor, List<Effect> effects, boolean nobodyHere) {
        Surroundings after = left(around, visitor, effects);
        return borrowed(after, Owner.of(after, visitor.patron()), told(visitor), effects, nobodyHere);
    }

    /** The patron goes, and staff hear what they must know of a pile that is left as it is. */
    private static Surroundings left(Surroundings around, Visitor visitor, List<Effect> effects) {
        for (LoanRow row : visitor.visit().rows()) {
            if (row.state() instanceof LoanState.Checking) {
                effects.add(new Effect.Report(new Incident(Incident.Kind.CHECKOUT_OUTCOME_UNKNOWN, row.identifier())));
            } else if (row.state() instanceof LoanState.PutBack) {
                effects.add(new Effect.Report(new Incident(Incident.Kind.SECURITY_NOT_OFF, row.identifier())));
            }
        }
        return forget(around, visitor.patron(), effects);
    }

    /** The rows without what is on this card since before and was not looked at: neither lent nor refused. */
    private static List<LoanRow> told(Visitor visitor) {
        return visitor.visit().rows().stream()
                .filter(row -> row.state().isLoan()
                        || row.state() instanceof LoanState.Checking
                        || !row.item().map(visitor.patron()::has).orElse(false))
                .toList();
    }

    private static Step borrowed(
            Surroundings around, Owner owner, List<LoanRow> rows, List<Effect> effects, boolean nobodyHere) {
        Result.Task task = rows.isEmpty() ? Result.Task.NOTHING : Result.Task.BORROWED;
        return after(around, owner, task, rows, effects, nobodyHere);
    }

    /**
     * After a look at the account.
     *
     * @param renewed what was renewed there
     */
    static Step afterAccount(
            Surroundings around, Visitor visitor, List<LoanRow> renewed, List<Effect> effects, boolean nobodyHere) {
        Surroundings after = left(around, visitor, effects);
        return renewed(after, Owner.of(after, visitor.patron()), told(visitor), renewed, effects, nobodyHere);
    }

    private static Step renewed(
            Surroundings around,
            Owner owner,
            List<LoanRow> borrowed,
            List<LoanRow> renewed,
            List<Effect> effects,
            boolean nobodyHere) {
        if (renewed.isEmpty()) {
            return borrowed(around, owner, borrowed, effects, nobodyHere);
        }
        Result.Task task = borrowed.isEmpty() ? Result.Task.RENEWED : Result.Task.BORROWED;
        return after(around, owner, task, together(borrowed, renewed), effects, nobodyHere);
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
        // What can be renewed is known to the library by now.
        return named.with(redated(row.state(), again.state().due())).heardLater(false);
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
            Surroundings around,
            Owner owner,
            Result.Task task,
            List<LoanRow> rows,
            List<Effect> effects,
            boolean nobodyHere) {
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
        List<ReturnRow> back = returned(around);
        boolean onlyBack = rows.isEmpty() && !around.stay().returns().isEmpty();
        Result result = onlyBack
                ? resultOfReturning(around)
                : new Result(task, loans.size(), notLent.size(), checking.size(), (int) seeStaff, back.size());
        Printout receipt = new Printout.LoanReceipt(
                around.now(),
                loans.stream()
                        .map(row -> new Printout.Loan(row.name(), row.state().due(), row.later()))
                        .toList(),
                notLent.stream()
                        .map(row -> new Printout.NotLent(row.name(), row.state()))
                        .toList(),
                checking.stream().map(LoanRow::name).toList(),
                onPaper(back),
                owner.cardEnd());
        boolean worthPaper = !loans.isEmpty() || !checking.isEmpty() || !back.isEmpty();
        return new Step(next(around, result, receipt, owner.mail(), worthPaper && !nobodyHere), effects);
    }

    /**
     * Whose receipt it is.
     *
     * @param cardEnd what it says of the card; empty where the branch wants nothing of it there
     */
    private record Owner(ReceiptMail mail, String cardEnd) {
        static final Owner NOBODY = new Owner(new ReceiptMail.Impossible(), "");

        /** By e-mail it can go where the gateway has said that it knows where to, and is there. */
        static Owner of(Surroundings around, Patron patron) {
            ReceiptMail mail = patron.mailbox()
                    .filter(_ -> around.line() == Surroundings.Line.UP)
                    .<ReceiptMail>map(mailbox -> new ReceiptMail.Possible(patron.card(), mailbox))
                    .orElseGet(ReceiptMail.Impossible::new);
            return new Owner(
                    mail, around.settings().personal().cardEnd() ? patron.card().end() : "");
        }
    }

    /** After a visit that ends where things come back. */
    static Step afterVisit(Surroundings around, Visitor visitor, List<Effect> effects, boolean nobodyHere) {
        Surroundings after = left(around, visitor, effects);
        Map<Boolean, List<LoanRow>> told = told(visitor).stream()
                .collect(Collectors.partitioningBy(row -> row.state() instanceof LoanState.Renewed));
        return renewed(
                after,
                Owner.of(after, visitor.patron()),
                told.getOrDefault(false, List.of()),
                told.getOrDefault(true, List.of()),
                effects,
                nobodyHere);
    }

    /** After a visit that ends where nothing more came of it: a card was asked for, or the patron was told why not. */
    static Step withoutMore(Surroundings around, List<Effect> effects, boolean nobodyHere) {
        if (around.stay().loans().isEmpty()) {
            return afterReturning(around, effects, nobodyHere);
        }
        return renewed(around, Owner.NOBODY, List.of(), around.stay().loans(), effects, nobodyHere);
    }

    private static List<ReturnRow> returned(Surroundings around) {
        return around.stay().returns().stream()
                .filter(row -> row.state().isReturned())
                .toList();
    }

    private static List<Printout.Return> onPaper(List<ReturnRow> rows) {
        return rows.stream()
                .map(row -> new Printout.Return(
                        row.name(),
                        row.identifier(),
                        is(ReturnState.Kind.LATER, row.state()),
                        is(ReturnState.Kind.NOT_ON_LOAN, row.state())))
                .toList();
    }

    private static Result resultOfReturning(Surroundings around) {
        int all = around.stay().returns().size();
        int done = returned(around).size();
        return new Result(Result.Task.RETURNED, done, all - done, 0, 0);
    }

    /** After a visit of somebody whom nobody knows. */
    static Step afterReturning(Surroundings around, List<Effect> effects, boolean nobodyHere) {
        if (around.stay().returns().isEmpty()) {
            return new Step(idle(around), effects);
        }
        List<ReturnRow> back = returned(around);
        Printout receipt = new Printout.ReturnReceipt(around.now(), onPaper(back));
        boolean offer = !back.isEmpty() && !nobodyHere;
        // Whoever returns shows no card: there is nobody to write to.
        return new Step(next(around, resultOfReturning(around), receipt, new ReceiptMail.Impossible(), offer), effects);
    }

    private static boolean is(ReturnState.Kind kind, ReturnState state) {
        return switch (state) {
            case ReturnState.Securing(var destination) -> destination.kind() == kind;
            case ReturnState.Returned(var destination) -> destination.kind() == kind;
            case ReturnState.PutBack(var destination) -> destination.kind() == kind;
            case ReturnState.Queued _,
                    ReturnState.CheckingIn _,
                    ReturnState.ToBin _,
                    ReturnState.Incomplete _,
                    ReturnState.Refused _ -> false;
        };
    }

    private static KioskState next(
            Surroundings visit, Result result, Printout receipt, ReceiptMail mail, boolean offer) {
        // From here on the receipt has it.
        Surroundings around = visit.with(Stay.NONE);
        return offer && (around.usable(DeviceKind.PRINTER) || mail instanceof ReceiptMail.Possible)
                ? new OfferingReceipt(around, receipt, result, mail, offerUntil(around))
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

    private static Farewell farewell(Surroundings around, Result result, ReceiptMail mail) {
        return new Farewell(around, result, false, Optional.empty(), mail, farewellUntil(around));
    }

    static Step step(OfferingReceipt state, KioskEvent event) {
        return state.mail() instanceof ReceiptMail.Asked asked
                ? handedOver(state, asked, event)
                : offered(state, event);
    }

    private static Step offered(OfferingReceipt state, KioskEvent event) {
        Surroundings around = state.around();
        return switch (event) {
            case KioskEvent.Touched(Choice.PrintReceipt())
            when state.printable() ->
                Step.to(farewell(around, state.result(), true), new Effect.Print(state.receipt(), around.language()));
            case KioskEvent.Touched(Choice.MailReceipt())
            when state.mailable() && state.mail() instanceof ReceiptMail.Possible(CardNumber card, String _) ->
                handOver(state, card);
            case KioskEvent.Touched(Choice.NoReceipt()),
                    KioskEvent.Touched(Choice.Finish()),
                    KioskEvent.Touched(Choice.Cancel()) -> Step.to(farewell(around, state.result(), false));
            case KioskEvent.Touched _, KioskEvent.Headphones _ -> Step.to(offer(state, around, state.mail()));
            default ->
                around.now().isBefore(state.until()) && state.answers().size() > 1
                        ? Step.to(state)
                        : Step.to(farewell(around, state.result(), false));
        };
    }

    private static OfferingReceipt offer(OfferingReceipt state, Surroundings around, ReceiptMail mail) {
        return new OfferingReceipt(around, state.receipt(), state.result(), mail, offerUntil(around));
    }

    private static Step handOver(OfferingReceipt state, CardNumber card) {
        long request = state.around().nextRequest();
        Surroundings around = state.around().requested();
        return Step.to(
                offer(state, around, new ReceiptMail.Asked(request, around.now().plus(HAND_OVER))),
                new Effect.Mail(request, card, state.receipt(), around.language()));
    }

    /** Nobody waits for the mail itself: only until the gateway has the receipt on disk, and not for long. */
    private static Step handedOver(OfferingReceipt state, ReceiptMail.Asked asked, KioskEvent event) {
        Surroundings around = state.around();
        if (event instanceof KioskEvent.Mailed(long request, boolean taken) && request == asked.request()) {
            return taken
                    ? Step.to(farewell(around, state.result(), new ReceiptMail.Taken()))
                    : unconfirmed(state, around);
        }
        return around.now().isBefore(asked.giveUpAt()) ? Step.to(state) : unconfirmed(state, around);
    }

    /** Paper is offered in its place. */
    private static Step unconfirmed(OfferingReceipt state, Surroundings around) {
        ReceiptMail mail = new ReceiptMail.Unconfirmed();
        return Step.to(state.printable() ? offer(state, around, mail) : farewell(around, state.result(), mail));
    }

    static Step step(Farewell state, KioskEvent event) {
        Surroundings around = state.around();
        if (event instanceof KioskEvent.Printed(var printout, var outcome)
                && state.printing()
                && (printout instanceof Printout.LoanReceipt || printout instanceof Printout.ReturnReceipt)) {
            return Step.to(new Farewell(
                    around, state.result(), false, Optional.of(outcome), state.mail(), farewellUntil(around)));
        }
        boolean waitsForItems =
                state.takeItems() && around.now().isBefore(state.until().plus(TAKE_ITEMS));
        return state.printing() || waitsForItems || around.now().isBefore(state.until())
                ? Step.to(state)
                : new Step(idle(around), leftLying(around));
    }

    /** What nobody has taken along, lent or not, is for staff to look at. */
    private static List<Effect> leftLying(Surroundings around) {
        return Pile.of(around).stream()
                .<Effect>map(thing -> new Effect.Report(new Incident(
                        Incident.Kind.LEFT_ON_PAD,
                        thing.item().map(ItemKey::identifier).orElse(""))))
                .toList();
    }

    /** Nothing of the patron is left: not even the language, the size of the letters or the volume of the voice. */
    static Idle idle(Surroundings around) {
        return new Idle(around.forTheNext());
    }
}
