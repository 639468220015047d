package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.Pending.Answerer;
import fi.kimppa.kiosk.session.Pending.Purpose;
import fi.kimppa.kiosk.session.ReturnState.Destination;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import fi.kimppa.kiosk.session.ReturnState.Reason;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One event while things come back. Each item is told to the library once; when the library does not answer, the same return
 * goes to disk, with the same times, before the person is told anything. Of the answer nothing about a borrower is kept.
 */
final class ReturningTurn {
    private final List<Effect> effects = new ArrayList<>();
    private Surroundings around;
    private List<ReturnRow> rows;
    private Optional<Pending> pending;
    private int nextRow;
    private boolean leaving;
    private boolean expired;
    private final Optional<Visitor> visitor;
    private Patience patience;

    private ReturningTurn(Returning state) {
        around = state.around();
        rows = new ArrayList<>(state.rows());
        pending = state.pending();
        nextRow = state.nextRow();
        leaving = state.leaving();
        visitor = state.visitor();
        patience = state.patience();
    }

    /** Somebody wants to return; what lies on the pad already counts. */
    static Step begin(Surroundings around) {
        return step(
                new Returning(around, List.of(), Optional.empty(), 1, false, Patience.from(around.now())),
                new KioskEvent.Tick(around.now()));
    }

    /** A patron turns here in the middle of a visit; what it is done with on the pad was left alone before. */
    static Step goOn(Surroundings around, Visitor visitor, Patience patience) {
        return step(
                new Returning(
                        around,
                        List.of(),
                        Optional.empty(),
                        1,
                        false,
                        Optional.of(visitor),
                        patience.renewed(around.now())),
                new KioskEvent.Tick(around.now()));
    }

    static Step step(Returning state, KioskEvent event) {
        ReturningTurn turn = new ReturningTurn(state);
        Optional<Step> onward = turn.card(event).or(() -> turn.onward(state, event));
        if (onward.isPresent()) {
            return onward.get();
        }
        turn.happened(event);
        turn.readPile();
        turn.switchOn(event instanceof KioskEvent.Tick || event instanceof KioskEvent.TagArrived);
        turn.tell();
        turn.wait(event);
        return turn.leaving && !turn.busy() && !turn.queued() && !turn.asksOnceMore() ? turn.end() : turn.stay();
    }

    // ---- what happened -----------------------------------------------------------------------------------

    /** Somebody who has returned and now shows a card wants to borrow. */
    private Optional<Step> card(KioskEvent event) {
        if (busy() || queued() || visitor.isPresent() || around.settings().returnOnly()) {
            return Optional.empty();
        }
        return ShownCard.patron(around, event).map(card -> then(CardTurn.askPin(left(), card)));
    }

    /** On to something else; whoever is known needs no second card. */
    private Optional<Step> onward(Returning state, KioskEvent event) {
        if (!state.settled() || !(event instanceof KioskEvent.Touched(Choice choice))) {
            return Optional.empty();
        }
        return switch (choice) {
            case Choice.Borrow() ->
                visitor.isEmpty()
                        ? Optional.of(then(CardTurn.askCard(left(), Goal.BORROW)))
                        : Optional.of(visitor.get())
                                .filter(known -> VisitTurn.mayBorrow(around, known))
                                .map(known -> VisitTurn.borrow(left(), rest(known), onwards(), effects));
            case Choice.Account() ->
                visitor.isEmpty()
                        ? Optional.of(then(CardTurn.askCard(left(), Goal.ACCOUNT)))
                        : Optional.of(visitor.get())
                                .filter(known -> VisitTurn.hasAccount(around, known))
                                .map(this::rest)
                                .map(known ->
                                        then(AccountTurn.begin(left(), known.patron(), known.visit(), onwards())));
            default -> Optional.empty();
        };
    }

    private Patience onwards() {
        return patience.renewed(around.now());
    }

    /** What has come back is no loan any more; what could not be written down may have come back, if the library heard it. */
    private Visitor rest(Visitor known) {
        List<ReturnRow> uncertain = rows.stream()
                .filter(row -> row.state() instanceof ReturnState.Refused refused && refused.reason() == Reason.FAILED)
                .toList();
        List<ReturnRow> back =
                rows.stream().filter(row -> row.state().isReturned()).toList();
        List<String> loans = known.patron().loans().stream()
                .filter(number -> back.stream()
                        .noneMatch(row ->
                                row.item().map(item -> item.hasNumber(number)).orElse(false)))
                .toList();
        return new Visitor(
                known.patron().withLoans(loans), known.visit().without(back).doubting(uncertain, around.now()));
    }

    /** The list goes along, for the receipt; what lies on the pad was laid there to come back. */
    private Surroundings left() {
        reportUnfinished();
        return around.with(around.stay().broughtBack(rows)).leavingAlone();
    }

    private Step then(Step next) {
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(next.effects());
        return new Step(next.next(), all);
    }

    private void happened(KioskEvent event) {
        switch (event) {
            case KioskEvent.Touched(Choice choice) -> touched(choice);
            case KioskEvent.Scanned(String text) -> scanned(text.strip());
            case KioskEvent.CardHeld _, KioskEvent.TagArrived _, KioskEvent.Headphones _ -> active();
            case KioskEvent.TagLeft(Uid uid) -> {
                active();
                rows.replaceAll(row -> row.with(row.work().lifted(uid)));
            }
            case KioskEvent.Answered(long request, var response) ->
                take(Answerer.LIBRARY, request).ifPresent(question -> {
                    if (response instanceof CheckinResponse answer && sameItem(question, answer)) {
                        checkedIn(question, answer);
                    } else {
                        spool(question);
                    }
                });
            case KioskEvent.Unanswered(long request, boolean _) ->
                take(Answerer.LIBRARY, request).ifPresent(this::spool);
            case KioskEvent.Spooled(long request, boolean written) ->
                take(Answerer.DISK, request).ifPresent(question -> spooled(question, written));
            case KioskEvent.SecurityWritten(int row, Uid uid, Optional<SecurityWrite> outcome) ->
                written(row, uid, outcome);
            // Whoever waited for a slip has not had the time yet to take it.
            case KioskEvent.Printed _ -> active();
            case KioskEvent.Tick _,
                    KioskEvent.Pressed _,
                    KioskEvent.DeviceChanged _,
                    KioskEvent.LineChanged _,
                    KioskEvent.OffLine _,
                    KioskEvent.Mailed _,
                    KioskEvent.Steered _,
                    KioskEvent.Catalogue _,
                    KioskEvent.Fed _,
                    KioskEvent.Staff _ -> {}
        }
    }

    private void touched(Choice choice) {
        active();
        switch (choice) {
            case Choice.Finish(), Choice.Cancel() -> leaving = true;
            case Choice.Placed(int number) -> change(number, this::placed);
            case Choice.Retry(int number) ->
                change(number, row -> row.mayBeTriedAgain() ? row.with(new ReturnState.Queued()) : row);
            case Choice.ReturnIncomplete(int number) ->
                change(
                        number,
                        row -> row.state() instanceof ReturnState.Incomplete
                                ? row.with(row.work().accepted()).with(new ReturnState.Queued())
                                : row);
            case Choice.Rate(int number, int stars) -> change(number, row -> rated(row, stars));
            case Choice.StillHere _,
                    Choice.Answer _,
                    Choice.GiveBack _,
                    Choice.Speak _,
                    Choice.TypeCard _,
                    Choice.ShowPreferences _,
                    Choice.ShowHelp _,
                    Choice.Prefer _,
                    Choice.Borrow _,
                    Choice.Return _,
                    Choice.Account _,
                    Choice.ShowCollections _,
                    Choice.InAccount _,
                    Choice.Search _,
                    Choice.InSearch _,
                    Choice.Digit _,
                    Choice.Erase _,
                    Choice.Ok _,
                    Choice.Acknowledge _,
                    Choice.Renew _,
                    Choice.Keep _,
                    Choice.PartsInCase _,
                    Choice.PrintReceipt _,
                    Choice.MailReceipt _,
                    Choice.NoReceipt _,
                    Choice.Staff _ -> {}
        }
    }

    /** Whoever wants to go before everything lies in its bin is asked once more; who wants it again is let go. */
    private boolean asksOnceMore() {
        boolean ask = !patience.over(around.now())
                && rows.stream()
                        .anyMatch(row ->
                                row.state() instanceof ReturnState.ToBin(Destination _, boolean asked) && !asked);
        if (ask) {
            leaving = false;
            rows.replaceAll(row -> row.state() instanceof ReturnState.ToBin(Destination to, boolean _)
                    ? row.with(new ReturnState.ToBin(to, true))
                    : row);
        }
        return ask;
    }

    private ReturnRow placed(ReturnRow row) {
        if (!(row.state() instanceof ReturnState.ToBin(Destination to, boolean _))) {
            return row;
        }
        found(row, to, true);
        return row.with(new ReturnState.Returned(to));
    }

    /** Said and forgotten: what becomes of it changes nothing here. */
    private ReturnRow rated(ReturnRow row, int stars) {
        if (!row.mayBeRated()) {
            return row;
        }
        effects.add(new Effect.Rate(row.identifier(), stars));
        return row.with(new Rating.Given(stars));
    }

    private void scanned(String text) {
        active();
        ItemKey item = ItemKey.scanned(text);
        boolean card = around.settings().cards().patron(text).isPresent();
        if (!card && find(item).isEmpty()) {
            rows.add(
                    new ReturnRow(nextRow++, Optional.of(item), List.of(), Optional.empty(), new ReturnState.Queued()));
        }
    }

    private void active() {
        patience = patience.renewed(around.now());
    }

    private Optional<Pending> take(Answerer answerer, long request) {
        Optional<Pending> question = pending.filter(open -> open.isAnsweredBy(answerer, request));
        if (question.isPresent()) {
            pending = Optional.empty();
        }
        return question;
    }

    // ---- what became of it -------------------------------------------------------------------------------

    private boolean sameItem(Pending question, CheckinResponse answer) {
        return row(question.row())
                .flatMap(ReturnRow::item)
                .map(item -> item.hasNumber(answer.itemIdentifier()))
                .orElse(false);
    }

    private void checkedIn(Pending question, CheckinResponse answer) {
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        if (!answer.ok() && !NotOnLoan.in(answer)) {
            change(question.row(), row -> {
                report(Incident.Kind.RETURN_REFUSED, row);
                around = around.counted(Upkeep.Count.RETURNS_REFUSED);
                return row.with(new ReturnState.Refused(
                        Reason.REFUSED, ReturnAnswers.bin(around, answer), answer.screenMessages()));
            });
            return;
        }
        change(question.row(), row -> {
            Destination destination = ReturnAnswers.withRoom(
                    around, ReturnAnswers.destination(around, row.work().incompleteAccepted(), answer));
            took(row, destination);
            ReturnAnswers.slip(around, row, destination, answer).ifPresent(this::print);
            ReturnRow back = around.settings().offers(Extra.STARS) ? row.with(new Rating.Open()) : row;
            // What nobody had on loan may have come unsecured, whatever the answer says.
            boolean secures = answer.resensitize() || NotOnLoan.in(answer);
            return secures ? secured(back, destination) : back.with(taken(destination));
        });
    }

    /** Counts it for staff: what it was, and into which bin it went. */
    private void took(ReturnRow row, Destination destination) {
        around = around.counted(Upkeep.Count.RETURNS);
        if (!destination.bin().isEmpty()) {
            around = around.kept(upkeep -> upkeep.filled(destination.bin()));
        }
        switch (destination.kind()) {
            case HOLD_HERE, HOLD_ELSEWHERE -> {
                noted(Upkeep.Count.HOLDS, row, destination);
                found(row, destination, !around.settings().confirmBins());
            }
            case TRANSFER -> noted(Upkeep.Count.TRANSFERS, row, destination);
            case LATER -> around = around.counted(Upkeep.Count.RETURNS_LATER);
            case NOT_ON_LOAN -> around = around.counted(Upkeep.Count.NOT_ON_LOAN);
            case STAYS, STAFF -> {}
        }
    }

    private void noted(Upkeep.Count count, ReturnRow row, Destination destination) {
        String slip = (destination.bin() + " " + row.identifier()).strip();
        around = around.counted(count).kept(upkeep -> upkeep.noted(around.today(), slip));
    }

    private void found(ReturnRow row, Destination destination, boolean placed) {
        var hold = new Upkeep.HoldFound(destination.bin(), row.identifier(), placed);
        around = around.kept(upkeep -> upkeep.found(around.today(), hold));
    }

    /** Nothing is left to do with it but to put it there; where that matters, somebody says that it has been done. */
    private ReturnState taken(Destination destination) {
        return destination.kind().hold() && around.settings().confirmBins()
                ? new ReturnState.ToBin(destination, false)
                : new ReturnState.Returned(destination);
    }

    /** Slips are for staff: in the branch's language, and later where nothing can be printed now. */
    private void print(Printout slip) {
        if (!around.usable(DeviceKind.PRINTER)) {
            WaitingSlip.of(slip).ifPresent(waiting -> around = around.kept(upkeep -> upkeep.waits(waiting)));
            return;
        }
        effects.add(new Effect.Print(slip, around.settings().branchLanguage()));
    }

    private ReturnRow secured(ReturnRow row, Destination destination) {
        if (row.work().incompleteAccepted()) {
            report(Incident.Kind.PARTS_MISSING, row);
        }
        if (row.tags().isEmpty()) {
            if (around.settings().gates().alarm()) {
                report(Incident.Kind.SECURITY_NOT_ON, row);
            }
            return row.with(taken(destination));
        }
        return row.with(new ReturnState.Securing(destination));
    }

    /** No answer: whether the library has heard it or not, a return is harmless when told twice. */
    private void spool(Pending question) {
        if (question.message() instanceof Checkin checkin) {
            spool(question.row(), checkin);
        }
    }

    private void spool(int row, Checkin checkin) {
        long request = around.nextRequest();
        around = around.requested();
        pending = Optional.of(new Pending(request, Purpose.SPOOL, row, checkin, around.now(), List.of()));
        effects.add(new Effect.Spool(request, checkin));
    }

    private void spooled(Pending question, boolean written) {
        change(question.row(), row -> {
            if (written) {
                Destination later = ReturnAnswers.withRoom(
                        around, new Destination(Kind.LATER, around.settings().laterBin(), ""));
                took(row, later);
                return secured(row, later);
            }
            report(Incident.Kind.SPOOL_FAILED, row);
            return refused(row, Reason.FAILED);
        });
    }

    // ---- tags --------------------------------------------------------------------------------------------

    private void written(int number, Uid uid, Optional<SecurityWrite> outcome) {
        if (outcome.orElse(null) instanceof SecurityWrite.Verified) {
            around = around.verified(uid, TagSecurity.SECURED);
        }
        change(number, row -> {
            ReturnRow after = row.with(row.work().after(uid, outcome));
            return after.work().exhausted() ? toStaff(after) : after;
        });
    }

    /** The return stands, the tag does not: staff put it right. */
    private ReturnRow toStaff(ReturnRow row) {
        if (!(row.state() instanceof ReturnState.Securing || row.state() instanceof ReturnState.PutBack)) {
            return row;
        }
        report(Incident.Kind.SECURITY_NOT_ON, row);
        return row.with(new ReturnState.Returned(
                new Destination(Kind.STAFF, around.settings().staffBin(), "")));
    }

    private void switchOn(boolean again) {
        rows.replaceAll(row -> switch (row.state()) {
            case ReturnState.Securing(var destination) -> switchOn(row, destination, true);
            case ReturnState.PutBack(var destination) -> switchOn(row, destination, again);
            default -> row;
        });
    }

    private ReturnRow switchOn(ReturnRow row, Destination destination, boolean now) {
        ReturnRow next = row;
        if (now && around.usable(DeviceKind.PAD)) {
            for (Uid uid : row.tags()) {
                if (around.tags().containsKey(uid) && next.work().open(uid)) {
                    effects.add(new Effect.SetSecurity(row.number(), uid, row.identifier(), TagSecurity.SECURED));
                    next = next.with(next.work().began(uid));
                }
            }
        }
        if (next.work().verified().containsAll(next.tags())) {
            return next.with(taken(destination));
        }
        return next.with(
                next.work().writing().isEmpty()
                        ? new ReturnState.PutBack(destination)
                        : new ReturnState.Securing(destination));
    }

    // ---- the pile ----------------------------------------------------------------------------------------

    private void readPile() {
        for (Pile.Thing thing : Pile.of(around)) {
            Optional<ReturnRow> known = thing.item().isPresent()
                    ? find(thing.item().get())
                    : rows.stream()
                            .filter(row -> row.item().isEmpty() && row.tags().equals(thing.tags()))
                            .findFirst();
            known.ifPresentOrElse(row -> change(row.number(), r -> seenAgain(r, thing)), () -> {
                ReturnRow row = new ReturnRow(
                        nextRow++, thing.item(), thing.tags(), Optional.empty(), new ReturnState.Queued());
                rows.add(fresh(row, thing));
            });
        }
        rows.removeIf(row -> !row.tags().isEmpty()
                && row.tags().stream().noneMatch(around.tags()::containsKey)
                && forgotten(row.state()));
    }

    private ReturnRow fresh(ReturnRow row, Pile.Thing thing) {
        boolean offline = around.line() != Surroundings.Line.UP;
        return switch (thing.condition()) {
            case Pile.Condition.Whole(), Pile.Condition.Reference(), Pile.Condition.NotLent() ->
                offline && thing.notOffline() ? refused(row, Reason.STAFF) : row.with(new ReturnState.Queued());
            case Pile.Condition.Incomplete(int found, int total) ->
                row.with(
                        row.work().incompleteAccepted()
                                ? new ReturnState.Queued()
                                : new ReturnState.Incomplete(found, total));
            case Pile.Condition.Unreadable() -> refused(row, Reason.UNREADABLE);
            case Pile.Condition.Foreign() -> refused(row, Reason.FOREIGN);
            case Pile.Condition.ForStaff() -> refused(row, Reason.STAFF);
        };
    }

    private ReturnRow refused(ReturnRow row, Reason reason) {
        return row.with(new ReturnState.Refused(reason, around.settings().staffBin(), List.of()));
    }

    private ReturnRow seenAgain(ReturnRow row, Pile.Thing thing) {
        List<Uid> tags = new ArrayList<>(row.tags());
        if (!(thing.condition() instanceof Pile.Condition.ForStaff)) {
            thing.tags().stream().filter(uid -> !tags.contains(uid)).forEach(tags::add);
        }
        return switch (row.state()) {
            case ReturnState.Queued _, ReturnState.Incomplete _ -> fresh(row.withTags(thing.tags()), thing);
            case ReturnState.Refused refused
            when refused.reason() == Reason.STAFF -> fresh(row.withTags(thing.tags()), thing);
            case ReturnState.CheckingIn _, ReturnState.Securing _, ReturnState.PutBack _ -> row.withTags(tags);
            default -> row;
        };
    }

    private static boolean forgotten(ReturnState state) {
        return switch (state) {
            case ReturnState.Queued _, ReturnState.Incomplete _ -> true;
            case ReturnState.Refused refused -> refused.reason() == Reason.UNREADABLE;
            case ReturnState.CheckingIn _,
                    ReturnState.Securing _,
                    ReturnState.Returned _,
                    ReturnState.ToBin _,
                    ReturnState.PutBack _ -> false;
        };
    }

    // ---- tell the library, or the disk -------------------------------------------------------------------

    private void tell() {
        if (pending.isPresent()) {
            return;
        }
        first(row -> row.state() instanceof ReturnState.Queued).ifPresent(row -> {
            Checkin checkin = Requests.checkin(around, row.item().orElseThrow());
            change(row.number(), r -> r.with(new ReturnState.CheckingIn()));
            if (around.line() != Surroundings.Line.UP) {
                spool(row.number(), checkin);
                return;
            }
            long request = around.nextRequest();
            around = around.requested();
            pending =
                    Optional.of(new Pending(request, Purpose.CHECK_IN, row.number(), checkin, around.now(), List.of()));
            effects.add(new Effect.Send(request, checkin));
        });
    }

    // ---- the end -----------------------------------------------------------------------------------------

    private boolean busy() {
        return pending.isPresent() || rows.stream().anyMatch(row -> row.state() instanceof ReturnState.Securing);
    }

    private boolean queued() {
        return rows.stream().anyMatch(row -> row.state() instanceof ReturnState.Queued);
    }

    private void wait(KioskEvent event) {
        if (!(event instanceof KioskEvent.Tick)) {
            return;
        }
        Timeouts timeouts = around.settings().timeouts();
        patience = visitor.isPresent()
                ? patience.tick(
                        around,
                        busy(),
                        timeouts.borrowing(),
                        visitor.map(known -> known.visit().began()))
                : patience.tick(around, busy(), timeouts.returning(), Optional.empty());
        expired = patience.over(around.now());
        leaving |= expired;
    }

    private Step stay() {
        return new Step(new Returning(around, rows, pending, nextRow, leaving, visitor, patience), effects);
    }

    private Step end() {
        reportUnfinished();
        around = around.with(around.stay().broughtBack(rows));
        if (visitor.isEmpty()) {
            return Endings.afterReturning(around, effects, expired);
        }
        Visitor known = rest(visitor.get());
        return Endings.afterVisit(around, known, effects, expired);
    }

    private void reportUnfinished() {
        for (ReturnRow row : rows) {
            switch (row.state()) {
                case ReturnState.PutBack _ -> report(Incident.Kind.SECURITY_NOT_ON, row);
                case ReturnState.ToBin _ -> report(Incident.Kind.RETURN_NOT_PLACED, row);
                default -> {}
            }
        }
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private void report(Incident.Kind kind, ReturnRow row) {
        effects.add(new Effect.Report(new Incident(kind, row.identifier())));
    }

    private Optional<ReturnRow> first(Predicate<ReturnRow> wanted) {
        return rows.stream().filter(wanted).findFirst();
    }

    private Optional<ReturnRow> row(int number) {
        return first(row -> row.number() == number);
    }

    private Optional<ReturnRow> find(ItemKey item) {
        return first(row -> row.item().map(item::same).orElse(false));
    }

    private void change(int number, UnaryOperator<ReturnRow> how) {
        rows.replaceAll(row -> row.number() == number ? how.apply(row) : row);
    }
}
