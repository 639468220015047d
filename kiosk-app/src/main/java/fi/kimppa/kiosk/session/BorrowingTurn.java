package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.LoanState.Reason;
import fi.kimppa.kiosk.session.Pending.Answerer;
import fi.kimppa.kiosk.session.Pending.Purpose;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One event in a borrowing session. The order of {@link #step} is the rule: what happened, what lies on the pad, whether the
 * library can be asked, which tags to switch off, what to ask next, whether it is over.
 *
 * <p>Without connection the disk is asked in the library's place, one thing at a time too, before anybody is told of a loan.
 *
 * <p>The library is asked one thing at a time. No second 11 is sent for an item whose first one was not answered before 63
 * and 17 have said that there is no loan; until then no other item is lent either.
 */
final class BorrowingTurn {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final List<Effect> effects = new ArrayList<>();
    private Instant began;
    private Surroundings around;
    private Patron patron;
    private List<LoanRow> rows;
    private Optional<Pending> pending;
    private int nextRow;
    private boolean leaving;
    private boolean expired;
    private Instant askAgainAt;
    private Patience patience;

    private BorrowingTurn(Borrowing state) {
        began = state.began();
        around = state.around();
        patron = state.patron();
        rows = new ArrayList<>(state.rows());
        pending = state.pending();
        nextRow = state.nextRow();
        leaving = state.leaving();
        askAgainAt = state.askAgainAt();
        patience = state.patience();
    }

    /** A patron has come in; what lies on the pad already counts. */
    static Step begin(Surroundings around, Patron patron) {
        return goOn(
                around.with(around.stay().keeping(List.of())),
                patron,
                Visit.begun(around),
                Patience.from(around.now()));
    }

    /** A patron has looked at the account and comes back to the pile. */
    static Step goOn(Surroundings around, Patron patron, Visit visit, Patience patience) {
        return step(
                new Borrowing(
                        around,
                        patron,
                        visit.rows(),
                        Optional.empty(),
                        visit.nextRow(),
                        false,
                        visit.began(),
                        around.now(),
                        patience),
                new KioskEvent.Tick(around.now()));
    }

    /** A question about a row was answered: the row becomes another, and things go on. */
    static Step goOn(Borrowing state, Surroundings around, int row, UnaryOperator<LoanRow> how) {
        BorrowingTurn turn = new BorrowingTurn(state);
        turn.around = around;
        turn.change(row, how);
        return step(turn.state(), new KioskEvent.Touched(new Choice.StillHere()));
    }

    static Step step(Borrowing state, KioskEvent event) {
        boolean up = state.around().line() == Surroundings.Line.UP;
        if (event instanceof KioskEvent.Touched(Choice.Account())
                && up
                && state.patron().identified()
                && state.settled()) {
            return AccountTurn.begin(state.around(), state.patron(), visit(state), state.patience());
        }
        if (event instanceof KioskEvent.Touched(Choice.Return()) && state.settled()) {
            return giveBack(state, row -> row.state() instanceof LoanState.RenewOffer);
        }
        if (event instanceof KioskEvent.Touched(Choice.GiveBack(int number))
                && state.settled()
                && state.rows().stream().anyMatch(row -> row.number() == number && state.mayGiveBack(row))) {
            return giveBack(state, row -> row.number() == number);
        }
        BorrowingTurn turn = new BorrowingTurn(state);
        turn.happened(event);
        turn.readPile();
        turn.followLine();
        turn.followPad();
        turn.lendOffLine();
        boolean again = event instanceof KioskEvent.Tick || event instanceof KioskEvent.TagArrived;
        turn.rows.replaceAll(row -> SwitchingOff.goOn(turn.around, row, again, turn.effects));
        turn.ask();
        turn.wait(event);
        return turn.over() ? turn.end() : turn.stay();
    }

    private static Visit visit(Borrowing state) {
        return new Visit(state.rows(), state.nextRow(), state.began());
    }

    /** What is meant and lies there comes back; all else was laid there for another reason. */
    private static Step giveBack(Borrowing state, Predicate<LoanRow> meant) {
        Set<Uid> here = new LinkedHashSet<>(state.around().tags().keySet());
        state.rows().stream().filter(meant).forEach(row -> here.removeAll(row.tags()));
        Surroundings around = state.around().with(state.around().stay().leavingAlone(here));
        return ReturningTurn.goOn(around, new Visitor(state.patron(), visit(state)), state.patience());
    }

    // ---- what happened -----------------------------------------------------------------------------------

    private void happened(KioskEvent event) {
        switch (event) {
            case KioskEvent.Touched(Choice choice) -> touched(choice);
            case KioskEvent.Scanned(String text) -> scanned(text.strip());
            case KioskEvent.CardHeld _, KioskEvent.TagArrived _, KioskEvent.Headphones _ -> active();
            case KioskEvent.TagLeft(Uid uid) -> {
                active();
                rows.replaceAll(row -> row.with(row.work().lifted(uid)));
            }
            case KioskEvent.Answered(long request, Response response) ->
                take(Answerer.LIBRARY, request).ifPresent(question -> answered(question, response));
            case KioskEvent.Unanswered(long request, boolean neverSent) ->
                take(Answerer.LIBRARY, request).ifPresent(question -> unanswered(question, neverSent));
            case KioskEvent.SecurityWritten(int row, Uid uid, Optional<SecurityWrite> outcome) ->
                written(row, uid, outcome);
            case KioskEvent.Spooled(long request, boolean written) ->
                take(Answerer.DISK, request).ifPresent(question -> noted(question, written));
            case KioskEvent.OffLine(OffLineNews.CardLookedUp(long request, var card)) ->
                take(Answerer.MEMORY, request)
                        .ifPresent(_ ->
                                patron = patron.lentOffLine(OffLineRules.allowance(around, patron.identified(), card)));
            case KioskEvent.Tick _,
                    KioskEvent.Pressed _,
                    KioskEvent.DeviceChanged _,
                    KioskEvent.LineChanged _,
                    KioskEvent.OffLine(OffLineNews.Permitted _),
                    KioskEvent.Catalogue _,
                    KioskEvent.Printed _,
                    KioskEvent.Mailed _,
                    KioskEvent.Steered _,
                    KioskEvent.Fed _,
                    KioskEvent.Staff _ -> {}
        }
    }

    private void written(int row, Uid uid, Optional<SecurityWrite> outcome) {
        if (outcome.orElse(null) instanceof SecurityWrite.Verified) {
            around = around.verified(uid, TagSecurity.UNSECURED);
        }
        change(row, r -> SwitchingOff.written(r, uid, outcome, effects));
    }

    private void touched(Choice choice) {
        active();
        switch (choice) {
            case Choice.Finish() -> leaving = true;
            case Choice.Cancel() -> {
                leaving = true;
                rows.removeIf(row -> row.state() instanceof LoanState.Queued);
            }
            case Choice.Acknowledge(int row) -> change(row, LoanRow::acknowledged);
            case Choice.Retry(int row) -> change(row, this::retried);
            case Choice.PartsInCase(int row) ->
                change(row, r -> around.settings().pile().partsInCase() ? r.inCase() : r);
            case Choice.Renew(int row) ->
                change(row, r -> r.mayBeRenewed() ? r.with(new LoanState.Renewing(false)) : r);
            case Choice.Keep(int row) ->
                change(
                        row,
                        r -> r.mayBeRenewed()
                                ? r.with(new LoanState.Kept(r.state().due()))
                                : r);
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
                    Choice.InAccount _,
                    Choice.Search _,
                    Choice.InSearch _,
                    Choice.Digit _,
                    Choice.Erase _,
                    Choice.Ok _,
                    Choice.ReturnIncomplete _,
                    Choice.Placed _,
                    Choice.Rate _,
                    Choice.ShowCollections _,
                    Choice.PrintReceipt _,
                    Choice.MailReceipt _,
                    Choice.NoReceipt _,
                    Choice.Staff _ -> {}
        }
    }

    /** What the library lends for a fee only is not lent without it by waiting for the line to go. */
    private LoanRow retried(LoanRow row) {
        return row.state() instanceof LoanState.Refused refused
                        && refused.mayBeTriedAgain()
                        && (refused.reason() != Reason.COSTS || canAsk())
                ? row.with(new LoanState.Queued())
                : row;
    }

    /** A bar code that is no card's is an item's. */
    private void scanned(String text) {
        active();
        if (around.settings().cards().patron(text).isPresent()) {
            return;
        }
        ItemKey item = ItemKey.scanned(text);
        if (find(item).isEmpty()) {
            rows.add(new LoanRow(nextRow++, Optional.of(item), List.of(), Optional.empty(), new LoanState.Queued()));
        }
    }

    private void active() {
        if (patience.warned()) {
            began = around.now();
        }
        patience = patience.renewed(around.now());
    }

    private Optional<Pending> take(Answerer answerer, long request) {
        Optional<Pending> question = pending.filter(open -> open.isAnsweredBy(answerer, request));
        if (question.isPresent()) {
            pending = Optional.empty();
        }
        return question;
    }

    // ---- what the library said ---------------------------------------------------------------------------

    private void answered(Pending question, Response response) {
        if (OutcomeUnknown.in(response)) {
            unanswered(question, false);
            return;
        }
        switch (response) {
            case CheckoutResponse answer
            when question.purpose() == Purpose.LEND && sameItem(question, answer.itemIdentifier()) ->
                lent(question, answer);
            case RenewResponse answer when question.purpose() == Purpose.RENEW -> renewed(question, answer);
            case ItemInformationResponse answer -> described(question, answer);
            case PatronInformationResponse answer -> listed(question, answer);
            default -> unanswered(question, false);
        }
    }

    private void described(Pending question, ItemInformationResponse answer) {
        Optional<DueDate> due = LendingAnswers.due(answer);
        switch (question.purpose()) {
            case LENT_DUE -> change(question.row(), row -> secured(row.titled(answer.titleIdentifier()), due));
            case LENT_AS_IT_IS_DUE ->
                change(question.row(), row -> lentAsItIs(row.titled(answer.titleIdentifier()), due));
            case RENEWED_DUE -> change(question.row(), row -> renewedUntil(row.titled(answer.titleIdentifier()), due));
            case WHY_ITEM -> whyItem(question, answer);
            case OWN_LOAN -> own(question, answer);
            case SETTLE_BY_ITEM -> settleByItem(question, answer);
            case SETTLE_BY_TITLE -> settleByTitle(question, answer);
            default -> unanswered(question, false);
        }
    }

    private void listed(Pending question, PatronInformationResponse answer) {
        switch (question.purpose()) {
            case WHY_PATRON -> {
                boolean limit = answer.patronStatus().has(PatronStatus.Flag.TOO_MANY_ITEMS_CHARGED);
                refuse(question, limit ? Reason.LIMIT : Reason.NOT_LENT);
            }
            case WHY_LOANS -> whyLoans(question, answer);
            case READY_HOLDS -> patron = patron.withReady(answer.items().getOrDefault(ItemList.HOLD, List.of()));
            case SETTLE_BY_LOANS -> settleByLoans(question, answer);
            default -> unanswered(question, false);
        }
    }

    private boolean sameItem(Pending question, String identifier) {
        return item(question).map(item -> item.hasNumber(identifier)).orElse(false);
    }

    private void lent(Pending question, CheckoutResponse answer) {
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        if (!answer.ok()) {
            FeeTurn.named(answer.feeAmount(), answer.currencyType(), question.feeAccepted())
                    .ifPresentOrElse(
                            fee -> costs(question, fee),
                            () -> ask(Purpose.WHY_ITEM, question.row(), answer.screenMessages()));
            return;
        }
        around = around.counted(Upkeep.Count.LOANS);
        Optional<DueDate> due = DueDate.of(answer.dueDate());
        boolean asItIs = !answer.desensitize() || answer.securityInhibit().orElse(false);
        if (due.isEmpty()) {
            ask(asItIs ? Purpose.LENT_AS_IT_IS_DUE : Purpose.LENT_DUE, question.row(), List.of());
        } else {
            change(question.row(), row -> asItIs ? lentAsItIs(row, due) : secured(row, due));
        }
    }

    /** Not lent, and it is true from now on; whether it shall be for its price is asked. */
    private void costs(Pending question, Money fee) {
        refuse(question, LoanState.Refused.costing(fee));
        item(question).ifPresent(item -> around = around.with(around.stay().costing(item)));
        ask(new Question.LoanCosts(question.row(), title(question), fee));
    }

    private Optional<ItemKey> item(Pending question) {
        return row(question.row()).flatMap(LoanRow::item);
    }

    private Optional<String> title(Pending question) {
        return row(question.row()).flatMap(LoanRow::title);
    }

    private void ask(Question.Costs question) {
        FeeTurn.asking(around, leaving, question).ifPresent(asking -> {
            around = asking;
            patience = patience.renewed(around.now());
        });
    }

    /** The loan stands, and the library wants nothing done to its tags. */
    private LoanRow lentAsItIs(LoanRow row, Optional<DueDate> due) {
        checkDate(row, due);
        return row.with(new LoanState.Done(due));
    }

    /** Tells staff of the date of a new loan that no new loan can have. */
    private void checkDate(LoanRow row, Optional<DueDate> due) {
        if (due.map(date -> date.suspicious(around.today())).orElse(false)) {
            report(Incident.Kind.DUE_DATE_SUSPICIOUS, row);
        }
    }

    /** The loan stands: now its tags. */
    private LoanRow secured(LoanRow row, Optional<DueDate> due) {
        checkDate(row, due);
        return SwitchingOff.begin(around, row, due, effects);
    }

    private void whyItem(Pending question, ItemInformationResponse answer) {
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        Optional<LoanState.Refused> why = LendingAnswers.why(answer, question.libraryLines());
        boolean lent =
                why.filter(refused -> refused.reason() == Reason.ON_LOAN_OTHER).isPresent();
        if (lent && onCard(question.row())) {
            own(question, answer);
        } else if (lent && around.machine().offLine().isPresent()) {
            ask(Purpose.WHY_LOANS, question.row(), question.libraryLines());
        } else {
            why.ifPresentOrElse(
                    refused -> refuse(question, refused),
                    () -> ask(Purpose.WHY_PATRON, question.row(), question.libraryLines()));
        }
    }

    /** A loan of this patron may have been told to the library since their loans were read. */
    private void whyLoans(Pending question, PatronInformationResponse answer) {
        if (!answer.identified()) {
            unanswered(question, false);
            return;
        }
        patron = patron.withLoans(answer.items().getOrDefault(ItemList.CHARGED, List.of()));
        if (onCard(question.row())) {
            ask(Purpose.OWN_LOAN, question.row(), List.of());
        } else {
            refuse(question, Reason.ON_LOAN_OTHER);
        }
    }

    private void refuse(Pending question, Reason reason) {
        refuse(question, new LoanState.Refused(reason, question.libraryLines(), Optional.empty(), false));
    }

    private void refuse(Pending question, LoanState.Refused refusal) {
        around = around.counted(Upkeep.Count.LOANS_REFUSED);
        change(question.row(), row -> row.with(refusal));
    }

    /**
     * An item that is on this card already gets no 11. If its tag is still on, an earlier session was cut off between the
     * library's answer and the tag: it is finished now.
     */
    private void own(Pending question, ItemInformationResponse answer) {
        if (!answer.onLoan()) {
            item(question).ifPresent(item -> patron = patron.without(item));
            change(question.row(), row -> row.with(new LoanState.Queued()));
            return;
        }
        Optional<DueDate> due = LendingAnswers.due(answer);
        change(question.row(), row -> {
            LoanRow named = row.titled(answer.titleIdentifier());
            return around.settings().gates().alarm() && SwitchingOff.stillOn(around, row)
                    ? named.with(new LoanState.Securing(due))
                    : named.with(new LoanState.RenewOffer(due));
        });
    }

    private boolean onCard(int number) {
        return row(number).flatMap(LoanRow::item).map(patron::has).orElse(false);
    }

    /** 63 after an 11 without an answer. A loan on the card is certain, except after a 09; its absence must be confirmed by 17. */
    private void settleByLoans(Pending question, PatronInformationResponse answer) {
        if (answer.validPatronPassword().orElse(false)) {
            List<String> loans = answer.items().getOrDefault(ItemList.CHARGED, List.of());
            boolean mine = item(question)
                    .map(item -> loans.stream().anyMatch(item::hasNumber))
                    .orElse(false);
            if (mine && mayComeBack(question)) {
                askAgainAt = around.now().plus(ASK_AGAIN);
                return;
            }
            around = mine ? around.counted(Upkeep.Count.LOANS) : around;
            Purpose byItem = title(question)
                            .filter(title -> loans.stream().anyMatch(entry -> ItemList.isTitle(entry, title)))
                            .isPresent()
                    ? Purpose.SETTLE_BY_TITLE
                    : Purpose.SETTLE_BY_ITEM;
            ask(mine ? Purpose.LENT_DUE : byItem, question.row(), List.of());
        } else {
            askAgainAt = around.now().plus(ASK_AGAIN);
        }
    }

    /** Whether a 09 of the thing was sent too, and the library may still hear it. */
    private boolean mayComeBack(Pending question) {
        return checking(question).filter(LoanState.Checking::returned).isPresent() && !settled(question);
    }

    /** Whether the library has had its time to hear what was sent. */
    private boolean settled(Pending question) {
        return checking(question)
                .filter(state -> around.settled(state.askedAt()))
                .isPresent();
    }

    private Optional<LoanState.Checking> checking(Pending question) {
        return row(question.row())
                .flatMap(
                        row -> row.state() instanceof LoanState.Checking state ? Optional.of(state) : Optional.empty());
    }

    /**
     * Where the library lists titles, and this one is on the card: it is the loan if the thing is on loan and there was no other copy of it on the
     * card. Where there was, nobody can tell, and it stays so until staff look.
     */
    private void settleByTitle(Pending question, ItemInformationResponse answer) {
        askAgainAt = around.now().plus(ASK_AGAIN);
        String title = title(question).orElse(answer.titleIdentifier());
        boolean another = Stream.concat(
                        patron.loans().stream(),
                        rows.stream()
                                .filter(row -> row.number() != question.row()
                                        && row.state().isLoan())
                                .flatMap(row -> row.title().stream()))
                .anyMatch(entry -> ItemList.isTitle(entry, title));
        if (answer.onLoan() && !another && !mayComeBack(question)) {
            around = around.counted(Upkeep.Count.LOANS);
            change(question.row(), row -> secured(row.titled(title), LendingAnswers.due(answer)));
        } else if (!answer.mayBeOnLoan() && settled(question)) {
            refuse(question, Reason.FAILED);
        }
    }

    private void settleByItem(Pending question, ItemInformationResponse answer) {
        askAgainAt = around.now().plus(ASK_AGAIN);
        boolean lent = answer.onLoan();
        boolean titleIsNews = row(question.row()).flatMap(LoanRow::title).isEmpty()
                && !answer.titleIdentifier().isBlank();
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        // What is on loan may be on this card, in a list of titles: with its title it is looked for once more.
        if (settled(question) && !(lent && titleIsNews)) {
            refuse(question, lent ? Reason.ON_LOAN_OTHER : Reason.FAILED);
        }
    }

    private void renewed(Pending question, RenewResponse answer) {
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        if (!answer.ok()) {
            Optional<Money> fee = FeeTurn.named(answer.feeAmount(), answer.currencyType(), question.feeAccepted());
            change(question.row(), row -> row.with(new LoanState.NotRenewed(answer.screenMessages(), fee)));
            fee.ifPresent(sum -> ask(new Question.RenewalCosts(question.row(), title(question), sum)));
            return;
        }
        around = around.counted(Upkeep.Count.RENEWALS);
        Optional<DueDate> due = DueDate.of(answer.dueDate());
        if (due.isEmpty()) {
            // The date of before is wrong now: nothing is shown before the new one was read.
            ask(Purpose.RENEWED_DUE, question.row(), List.of());
        } else {
            change(question.row(), row -> renewedUntil(row, due));
        }
    }

    private LoanRow renewedUntil(LoanRow row, Optional<DueDate> due) {
        checkDate(row, due);
        return row.with(new LoanState.Renewed(due));
    }

    private void unanswered(Pending question, boolean neverSent) {
        switch (question.purpose()) {
            case LEND -> {
                askAgainAt = around.now();
                change(
                        question.row(),
                        row -> row.with(
                                neverSent ? new LoanState.Offline() : new LoanState.Checking(question.sentAt())));
            }
            case LENT_DUE -> change(question.row(), row -> secured(row, Optional.empty()));
            case LENT_AS_IT_IS_DUE -> change(question.row(), row -> lentAsItIs(row, Optional.empty()));
            case RENEWED_DUE -> change(question.row(), row -> renewedUntil(row, Optional.empty()));
            case WHY_ITEM, WHY_PATRON -> refuse(question, Reason.NOT_LENT);
            case WHY_LOANS -> {
                askAgainAt = around.now().plus(ASK_AGAIN);
                change(question.row(), row -> row.with(new LoanState.Checking(question.sentAt())));
            }
            case OWN_LOAN -> change(question.row(), row -> row.with(new LoanState.RenewOffer(Optional.empty())));
            // Without the list nobody is told that an item is their hold; it is lent all the same.
            case READY_HOLDS -> patron = patron.withReady(List.of());
            case SETTLE_BY_LOANS, SETTLE_BY_ITEM, SETTLE_BY_TITLE ->
                askAgainAt = around.now().plus(ASK_AGAIN);
            // Whether it was renewed shows in the due date, which is read again; no second 29 without the patron's
            // wish.
            case RENEW -> change(question.row(), row -> row.with(new LoanState.Queued()));
            case CHECK_IN, SPOOL, LOOK_UP, NOTE_LOAN ->
                throw new IllegalStateException("the library was not asked: " + question.purpose());
        }
    }

    // ---- the pile ----------------------------------------------------------------------------------------

    private void readPile() {
        for (Pile.Thing thing : Pile.of(around)) {
            Optional<LoanRow> known = thing.item().isPresent()
                    ? find(thing.item().get())
                    : rows.stream()
                            .filter(row -> row.item().isEmpty() && row.tags().equals(thing.tags()))
                            .findFirst();
            known.ifPresentOrElse(
                    row -> change(row.number(), r -> r.seenAgain(thing)),
                    () -> rows.add(LoanRow.laid(nextRow++, thing)));
        }
        rows.removeIf(row -> row.forgottenWithout(around.tags().keySet()));
    }

    // ---- the line, and what to ask next ------------------------------------------------------------------

    private boolean up() {
        return around.line() == Surroundings.Line.UP;
    }

    /** Whether the library can be asked about this patron; a visit that began without connection ends without asking. */
    private boolean canAsk() {
        return up() && patron.identified();
    }

    private void followLine() {
        rows.replaceAll(row -> switch (row.state()) {
            // What is on this card already is a loan, line or no line.
            case LoanState.Queued _ when !canAsk() && !onCard(row.number()) -> row.with(new LoanState.Offline());
            case LoanState.Offline _ when canAsk() -> row.with(new LoanState.Queued());
            default -> row;
        });
        leaving |= up() && !patron.identified();
    }

    /** What would set off the gates is not lent while the pad is away, and is when the pad is back in time. */
    private void followPad() {
        rows.replaceAll(row -> switch (row.state()) {
            case LoanState.Queued _ when !around.lends() && !onCard(row.number()) -> row.with(new LoanState.PadAway());
            case LoanState.PadAway _ when around.lends() -> row.with(new LoanState.Queued());
            default -> row;
        });
    }

    // ---- without connection ------------------------------------------------------------------------------

    /** Looks the card up once, then has one thing after the other written down, as many as the card may borrow. */
    private void lendOffLine() {
        Optional<LoanRow> next = first(row -> OffLineRules.lendable(around, row));
        if (pending.isPresent() || next.isEmpty()) {
            return;
        }
        int number = next.get().number();
        Checkout loan =
                Requests.lentOffLine(around, patron.card(), next.get().item().orElseThrow(), OffLineRules.due(around));
        if (patron.offLine().isEmpty()) {
            long request = waitFor(Purpose.LOOK_UP, number, loan, List.of());
            effects.add(new Effect.OffLine(new OffLineTask.LookUp(request, patron.card())));
        } else if (rows.stream().filter(LoanRow::later).count()
                < patron.offLine().get()) {
            change(number, row -> row.with(new LoanState.Lending()));
            long request = waitFor(Purpose.NOTE_LOAN, number, loan, List.of());
            effects.add(new Effect.OffLine(new OffLineTask.NoteLoan(request, loan)));
        }
    }

    /** The loan is on disk, and so it stands; or it is not, and there is none. */
    private void noted(Pending question, boolean written) {
        change(question.row(), row -> {
            if (!written) {
                report(Incident.Kind.LOAN_NOT_STORED, row);
                return row.with(LoanState.Refused.because(Reason.FAILED));
            }
            Optional<DueDate> due = question.message() instanceof Checkout loan
                    ? DueDate.of(loan.nbDueDate().text())
                    : Optional.empty();
            return secured(row.heardLater(true), due);
        });
        around = written ? around.counted(Upkeep.Count.LOANS) : around;
    }

    private void ask() {
        if (pending.isPresent() || !canAsk()) {
            return;
        }
        Optional<LoanRow> checking = first(row -> row.state() instanceof LoanState.Checking);
        if (checking.isPresent()) {
            if (!around.now().isBefore(askAgainAt)) {
                ask(Purpose.SETTLE_BY_LOANS, checking.get().number(), List.of());
            }
            return;
        }
        boolean asksForAFee = FeeTurn.asks(around);
        Optional<LoanRow> renewing = first(row -> !asksForAFee && row.state() instanceof LoanState.Renewing);
        if (renewing.isPresent()) {
            ask(Purpose.RENEW, renewing.get().number(), List.of());
            return;
        }
        if (patron.standing().ready() > 0 && patron.ready().isEmpty()) {
            ask(Purpose.READY_HOLDS, 0, List.of());
            return;
        }
        if (asksForAFee) {
            return;
        }
        first(row -> row.state() instanceof LoanState.Queued && (around.switchesOff() || onCard(row.number())))
                .ifPresent(row -> {
                    boolean own = row.item().map(patron::has).orElse(false);
                    change(row.number(), r -> r.with(new LoanState.Lending()));
                    ask(own ? Purpose.OWN_LOAN : Purpose.LEND, row.number(), List.of());
                });
    }

    private void ask(Purpose purpose, int number, List<String> libraryLines) {
        Request message = Requests.about(around, patron, purpose, row(number));
        effects.add(new Effect.Send(waitFor(purpose, number, message, libraryLines), message));
    }

    private long waitFor(Purpose purpose, int number, Request message, List<String> libraryLines) {
        long request = around.nextRequest();
        around = around.requested();
        pending = Optional.of(new Pending(request, purpose, number, message, around.now(), libraryLines));
        return request;
    }

    // ---- the end -----------------------------------------------------------------------------------------

    private boolean busy() {
        return pending.isPresent() || rows.stream().anyMatch(row -> row.state() instanceof LoanState.Securing);
    }

    private void wait(KioskEvent event) {
        if (!(event instanceof KioskEvent.Tick)) {
            return;
        }
        patience = patience.tick(around, busy(), around.settings().timeouts().borrowing(), Optional.of(began));
        expired = patience.over(around.now());
        leaving |= expired;
    }

    private boolean over() {
        boolean waitsForLibrary = canAsk()
                && rows.stream()
                        .anyMatch(row -> row.state() instanceof LoanState.Queued
                                || row.state() instanceof LoanState.Renewing
                                || row.state() instanceof LoanState.Checking);
        return leaving && !busy() && (expired || !waitsForLibrary);
    }

    private Borrowing state() {
        return new Borrowing(around, patron, rows, pending, nextRow, leaving, began, askAgainAt, patience);
    }

    private Step stay() {
        return new Step(state(), effects);
    }

    private Step end() {
        Visitor visitor = new Visitor(patron, new Visit(rows, nextRow, began));
        return Endings.afterBorrowing(around, visitor, effects, expired);
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private void report(Incident.Kind kind, LoanRow row) {
        effects.add(new Effect.Report(new Incident(kind, row.identifier())));
    }

    private Optional<LoanRow> first(Predicate<LoanRow> wanted) {
        return rows.stream().filter(wanted).findFirst();
    }

    private Optional<LoanRow> row(int number) {
        return first(row -> row.number() == number);
    }

    private Optional<LoanRow> find(ItemKey item) {
        return first(row -> row.item().map(item::same).orElse(false));
    }

    private void change(int number, UnaryOperator<LoanRow> how) {
        rows.replaceAll(row -> row.number() == number ? how.apply(row) : row);
    }
}
