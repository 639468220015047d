package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.LoanState.Reason;
import fi.kimppa.kiosk.session.Pending.Answerer;
import fi.kimppa.kiosk.session.Pending.Purpose;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Set<CirculationStatus> CHARGED = EnumSet.of(
            CirculationStatus.CHARGED, CirculationStatus.CHARGED_NOT_TO_BE_RECALLED_YET, CirculationStatus.RECALLED);
    private static final Pattern AGE_LIMIT = Pattern.compile("(?:^|[;, ])age=(\\d{1,2})(?:$|[;, ])");
    private static final Pattern NOT_FOR_LOAN = Pattern.compile("(?:^|[;, ])loan=no(?:$|[;, ])");

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

    /** Whoever was asked whether a loan may cost something has agreed: it has its turn again, if the thing is still there. */
    static Step agreed(Borrowing state, int number) {
        List<LoanRow> rows = new ArrayList<>(state.rows());
        Optional<ItemKey> item = rows.stream()
                .filter(row -> row.number() == number && row.state() instanceof LoanState.Refused)
                .findFirst()
                .flatMap(LoanRow::item);
        if (item.isEmpty()) {
            return step(state, new KioskEvent.Touched(new Choice.StillHere()));
        }
        rows.replaceAll(row -> row.number() == number ? row.with(new LoanState.Queued()) : row);
        return goOn(state, state.around().with(state.around().stay().agreeing(item.get())), rows);
    }

    /** Whoever was asked whether a renewal may cost something has agreed. */
    static Step renewalAgreed(Borrowing state, int number) {
        List<LoanRow> rows = new ArrayList<>(state.rows());
        rows.replaceAll(
                row -> row.number() == number && row.mayBeRenewed() ? row.with(new LoanState.Renewing(true)) : row);
        return goOn(state, state.around(), rows);
    }

    private static Step goOn(Borrowing state, Surroundings around, List<LoanRow> rows) {
        return step(
                new Borrowing(
                        around,
                        state.patron(),
                        rows,
                        state.pending(),
                        state.nextRow(),
                        state.leaving(),
                        state.began(),
                        state.askAgainAt(),
                        state.patience()),
                new KioskEvent.Touched(new Choice.StillHere()));
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
        turn.switchOff(event instanceof KioskEvent.Tick || event instanceof KioskEvent.TagArrived);
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
            case KioskEvent.TagArrived _, KioskEvent.Headphones _ -> active();
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

    private void touched(Choice choice) {
        active();
        switch (choice) {
            case Choice.Finish() -> leaving = true;
            case Choice.Cancel() -> {
                leaving = true;
                rows.removeIf(row -> row.state() instanceof LoanState.Queued);
            }
            case Choice.Acknowledge(int row) -> change(row, this::acknowledged);
            case Choice.Retry(int row) -> change(row, this::retried);
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

    private LoanRow acknowledged(LoanRow row) {
        return switch (row.state()) {
            case LoanState.Refused(var reason, var lines, var age, var fee, boolean _) ->
                row.with(new LoanState.Refused(reason, lines, age, fee, true));
            case LoanState.NotRenewed _ -> row.with(new LoanState.Kept(Optional.empty()));
            default -> row;
        };
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
        switch (question.purpose()) {
            case LEND -> {
                if (response instanceof CheckoutResponse answer && sameItem(question, answer.itemIdentifier())) {
                    lent(question, answer);
                } else {
                    unanswered(question, false);
                }
            }
            case LENT_DUE -> {
                if (response instanceof ItemInformationResponse answer) {
                    change(question.row(), row -> secured(row.titled(answer.titleIdentifier()), due(answer)));
                } else {
                    unanswered(question, true);
                }
            }
            case LENT_AS_IT_IS_DUE -> {
                if (response instanceof ItemInformationResponse answer) {
                    change(question.row(), row -> lentAsItIs(row.titled(answer.titleIdentifier()), due(answer)));
                } else {
                    unanswered(question, true);
                }
            }
            case WHY_ITEM -> {
                if (response instanceof ItemInformationResponse answer) {
                    whyItem(question, answer);
                } else {
                    unanswered(question, true);
                }
            }
            case WHY_PATRON -> {
                boolean limit = response instanceof PatronInformationResponse answer
                        && answer.patronStatus().has(PatronStatus.Flag.TOO_MANY_ITEMS_CHARGED);
                refuse(question, limit ? Reason.LIMIT : Reason.NOT_LENT, Optional.empty());
            }
            case OWN_LOAN -> {
                if (response instanceof ItemInformationResponse answer) {
                    own(question, answer);
                } else {
                    unanswered(question, true);
                }
            }
            case WHY_LOANS -> whyLoans(question, response);
            case READY_HOLDS ->
                patron = patron.withReady(
                        response instanceof PatronInformationResponse answer
                                ? answer.items().getOrDefault(ItemList.HOLD, List.of())
                                : List.of());
            case SETTLE_BY_LOANS -> settleByLoans(question, response);
            case SETTLE_BY_ITEM -> settleByItem(question, response);
            case RENEW -> {
                if (response instanceof RenewResponse answer) {
                    renewed(question, answer);
                } else {
                    unanswered(question, false);
                }
            }
            case RENEWED_DUE -> {
                if (response instanceof ItemInformationResponse answer) {
                    change(question.row(), row -> renewedUntil(row.titled(answer.titleIdentifier()), due(answer)));
                } else {
                    unanswered(question, true);
                }
            }
            case CHECK_IN, SPOOL, LOOK_UP, NOTE_LOAN ->
                throw new IllegalStateException("the library was not asked: " + question.purpose());
        }
    }

    private boolean sameItem(Pending question, String identifier) {
        return row(question.row())
                .flatMap(LoanRow::item)
                .map(item -> item.hasNumber(identifier))
                .orElse(false);
    }

    private void lent(Pending question, CheckoutResponse answer) {
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        if (!answer.ok()) {
            Money.fee(answer.feeAmount(), answer.currencyType())
                    .filter(_ -> !agreed(question.message()))
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

    private static boolean agreed(Request message) {
        return switch (message) {
            case Checkout asked -> asked.feeAcknowledged().orElse(false);
            case Renew asked -> asked.feeAcknowledged().orElse(false);
            default -> false;
        };
    }

    /** Not lent, and it is true from now on; whether it shall be for its price is asked. */
    private void costs(Pending question, Money fee) {
        refuse(question, LoanState.Refused.costing(fee));
        row(question.row())
                .flatMap(LoanRow::item)
                .ifPresent(item -> around = around.with(around.stay().costing(item)));
        ask(title -> new Question.LoanCosts(question.row(), title, fee), question.row());
    }

    /** Whoever is on the way out, or is asked something else, is not asked what something may cost. */
    private void ask(Function<Optional<String>, Question> question, int number) {
        if (!leaving && around.stay().asked().isEmpty()) {
            around = VisitTurn.asking(around, question.apply(row(number).flatMap(LoanRow::title)));
            patience = patience.renewed(around.now());
        }
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
        if (!around.settings().gates().alarm()) {
            return row.with(new LoanState.Done(due));
        }
        if (!row.tags().isEmpty()) {
            return row.with(new LoanState.Securing(due));
        }
        boolean unreadable =
                Pile.of(around).stream().anyMatch(thing -> thing.condition() instanceof Pile.Condition.Unreadable);
        if (unreadable) {
            report(Incident.Kind.SECURITY_NOT_OFF, row);
            return row.with(new LoanState.SeeStaff(due));
        }
        return row.with(new LoanState.PutBack(due));
    }

    /** The 12 said no; the item's own state comes first, since it is what the patron can see. */
    private void whyItem(Pending question, ItemInformationResponse answer) {
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        String properties = answer.itemProperties().orElse("");
        Matcher age = AGE_LIMIT.matcher(properties);
        if (answer.titleIdentifier().isBlank()) {
            refuse(question, Reason.UNKNOWN_ITEM, Optional.empty());
        } else if (CHARGED.contains(answer.circulationStatus())) {
            if (onCard(question.row())) {
                own(question, answer);
            } else if (around.machine().offLine().isPresent()) {
                ask(Purpose.WHY_LOANS, question.row(), question.libraryLines());
            } else {
                refuse(question, Reason.ON_LOAN_OTHER, Optional.empty());
            }
        } else if (age.find()) {
            refuse(question, Reason.AGE, Optional.of(Integer.parseInt(age.group(1))));
        } else if (NOT_FOR_LOAN.matcher(properties).find()) {
            refuse(question, Reason.REFERENCE, Optional.empty());
        } else if (answer.circulationStatus() == CirculationStatus.WAITING_ON_HOLD_SHELF
                || answer.holdQueueLength().map(BorrowingTurn::positive).orElse(false)) {
            refuse(question, Reason.HOLD_OTHER, Optional.empty());
        } else {
            ask(Purpose.WHY_PATRON, question.row(), question.libraryLines());
        }
    }

    /** A loan of this patron may have been told to the library since their loans were read. */
    private void whyLoans(Pending question, Response response) {
        if (!(response instanceof PatronInformationResponse answer) || !answer.identified()) {
            unanswered(question, true);
            return;
        }
        patron = patron.withLoans(answer.items().getOrDefault(ItemList.CHARGED, List.of()));
        if (onCard(question.row())) {
            ask(Purpose.OWN_LOAN, question.row(), List.of());
        } else {
            refuse(question, Reason.ON_LOAN_OTHER, Optional.empty());
        }
    }

    private static boolean positive(String count) {
        return count.strip().matches("0*[1-9]\\d*");
    }

    private void refuse(Pending question, Reason reason, Optional<Integer> age) {
        refuse(question, new LoanState.Refused(reason, question.libraryLines(), age, false));
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
        if (!CHARGED.contains(answer.circulationStatus())) {
            patron = patron.withLoans(patron.loans().stream()
                    .filter(number -> row(question.row())
                            .flatMap(LoanRow::item)
                            .map(item -> !item.hasNumber(number))
                            .orElse(true))
                    .toList());
            change(question.row(), row -> row.with(new LoanState.Queued()));
            return;
        }
        Optional<DueDate> due = due(answer);
        change(question.row(), row -> {
            LoanRow named = row.titled(answer.titleIdentifier());
            return around.settings().gates().alarm() && stillOn(row)
                    ? named.with(new LoanState.Securing(due))
                    : named.with(new LoanState.RenewOffer(due));
        });
    }

    private boolean stillOn(LoanRow row) {
        return row.tags().stream()
                .map(uid -> Optional.ofNullable(around.tags().get(uid)))
                .anyMatch(tag -> tag.flatMap(PadTag::security).equals(Optional.of(TagSecurity.SECURED)));
    }

    private boolean onCard(int number) {
        return row(number).flatMap(LoanRow::item).map(patron::has).orElse(false);
    }

    private static Optional<DueDate> due(ItemInformationResponse answer) {
        return answer.dueDate().flatMap(DueDate::of);
    }

    /** 63 after an 11 without an answer. A loan on the card is certain; its absence must be confirmed by 17. */
    private void settleByLoans(Pending question, Response response) {
        if (response instanceof PatronInformationResponse answer
                && answer.validPatronPassword().orElse(false)) {
            List<String> loans = answer.items().getOrDefault(ItemList.CHARGED, List.of());
            boolean mine = row(question.row())
                    .flatMap(LoanRow::item)
                    .map(item -> loans.stream().anyMatch(item::hasNumber))
                    .orElse(false);
            around = mine ? around.counted(Upkeep.Count.LOANS) : around;
            ask(mine ? Purpose.LENT_DUE : Purpose.SETTLE_BY_ITEM, question.row(), List.of());
        } else {
            askAgainAt = around.now().plus(ASK_AGAIN);
        }
    }

    private void settleByItem(Pending question, Response response) {
        askAgainAt = around.now().plus(ASK_AGAIN);
        if (!(response instanceof ItemInformationResponse answer)
                || !row(question.row())
                        .map(row -> row.state() instanceof LoanState.Checking(Instant askedAt)
                                && !around.now()
                                        .isBefore(askedAt.plus(
                                                around.settings().timeouts().settle())))
                        .orElse(false)) {
            return;
        }
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        refuse(
                question,
                CHARGED.contains(answer.circulationStatus()) ? Reason.ON_LOAN_OTHER : Reason.FAILED,
                Optional.empty());
    }

    private void renewed(Pending question, RenewResponse answer) {
        change(question.row(), row -> row.titled(answer.titleIdentifier()));
        if (!answer.ok()) {
            Optional<Money> fee =
                    Money.fee(answer.feeAmount(), answer.currencyType()).filter(_ -> !agreed(question.message()));
            change(question.row(), row -> row.with(new LoanState.NotRenewed(answer.screenMessages(), fee)));
            fee.ifPresent(sum -> ask(title -> new Question.RenewalCosts(question.row(), title, sum), question.row()));
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
            case WHY_ITEM, WHY_PATRON -> refuse(question, Reason.NOT_LENT, Optional.empty());
            case WHY_LOANS -> {
                askAgainAt = around.now().plus(ASK_AGAIN);
                change(question.row(), row -> row.with(new LoanState.Checking(question.sentAt())));
            }
            case OWN_LOAN -> change(question.row(), row -> row.with(new LoanState.RenewOffer(Optional.empty())));
            // Without the list nobody is told that an item is their hold; it is lent all the same.
            case READY_HOLDS -> patron = patron.withReady(List.of());
            case SETTLE_BY_LOANS, SETTLE_BY_ITEM -> askAgainAt = around.now().plus(ASK_AGAIN);
            // Whether it was renewed shows in the due date, which is read again; no second 29 without the patron's
            // wish.
            case RENEW -> change(question.row(), row -> row.with(new LoanState.Queued()));
            case CHECK_IN, SPOOL, LOOK_UP, NOTE_LOAN ->
                throw new IllegalStateException("the library was not asked: " + question.purpose());
        }
    }

    // ---- tags --------------------------------------------------------------------------------------------

    private void written(int number, Uid uid, Optional<SecurityWrite> outcome) {
        if (outcome.orElse(null) instanceof SecurityWrite.Verified) {
            around = around.verified(uid, TagSecurity.UNSECURED);
        }
        change(number, row -> {
            if (outcome.isEmpty()) {
                return row.with(row.work().missed(uid));
            }
            return switch (outcome.get()) {
                case SecurityWrite.Verified _ -> row.with(row.work().good(uid));
                case SecurityWrite.TagGone() -> row.with(row.work().missed(uid));
                case SecurityWrite.Failed(var reason) -> {
                    LoanRow failed = row.with(row.work().failed(uid));
                    boolean hopeless = reason == SecurityWrite.Reason.LOCKED
                            || reason == SecurityWrite.Reason.REJECTED
                            || reason == SecurityWrite.Reason.OTHER_ITEM;
                    yield hopeless || failed.work().exhausted() ? toStaff(failed) : failed;
                }
            };
        });
    }

    private LoanRow toStaff(LoanRow row) {
        if (!(row.state() instanceof LoanState.Securing || row.state() instanceof LoanState.PutBack)) {
            return row;
        }
        report(Incident.Kind.SECURITY_NOT_OFF, row);
        return row.with(new LoanState.SeeStaff(row.state().due()));
    }

    /**
     * Starts the writes that are due and says how the row stands after them.
     *
     * @param again whether rows that must be put back are tried; not after each event, or a tag that has just gone would be
     *     tried without end
     */
    private void switchOff(boolean again) {
        rows.replaceAll(row -> switch (row.state()) {
            case LoanState.Securing(var due) -> switchOff(row, due, true);
            case LoanState.PutBack(var due) -> switchOff(row, due, again);
            default -> row;
        });
    }

    private LoanRow switchOff(LoanRow row, Optional<DueDate> due, boolean now) {
        LoanRow next = row;
        if (now && around.usable(DeviceKind.PAD)) {
            for (Uid uid : row.tags()) {
                if (around.tags().containsKey(uid) && next.work().open(uid)) {
                    effects.add(new Effect.SetSecurity(row.number(), uid, row.identifier(), TagSecurity.UNSECURED));
                    next = next.with(next.work().began(uid));
                }
            }
        }
        if (!next.tags().isEmpty() && next.work().verified().containsAll(next.tags())) {
            return next.with(new LoanState.Done(due));
        }
        return next.with(next.work().writing().isEmpty() ? new LoanState.PutBack(due) : new LoanState.Securing(due));
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
                    row -> change(row.number(), r -> seenAgain(r, thing)),
                    () -> rows.add(new LoanRow(nextRow++, thing.item(), thing.tags(), Optional.empty(), fresh(thing))));
        }
        rows.removeIf(row -> !row.tags().isEmpty()
                && row.tags().stream().noneMatch(around.tags()::containsKey)
                && forgotten(row.state()));
    }

    private static LoanState fresh(Pile.Thing thing) {
        return switch (thing.condition()) {
            case Pile.Condition.Whole() -> new LoanState.Queued();
            case Pile.Condition.Incomplete(int found, int total) -> new LoanState.Incomplete(found, total);
            case Pile.Condition.Unreadable() -> LoanState.Refused.because(Reason.UNREADABLE);
            case Pile.Condition.Foreign() -> LoanState.Refused.because(Reason.FOREIGN);
            case Pile.Condition.Reference() -> LoanState.Refused.because(Reason.REFERENCE);
            case Pile.Condition.ForStaff(), Pile.Condition.NotLent() -> LoanState.Refused.because(Reason.STAFF);
        };
    }

    /** More parts may have come; what has not begun is judged anew. */
    private static LoanRow seenAgain(LoanRow row, Pile.Thing thing) {
        List<Uid> tags = new ArrayList<>(row.tags());
        if (!(thing.condition() instanceof Pile.Condition.ForStaff)) {
            thing.tags().stream().filter(uid -> !tags.contains(uid)).forEach(tags::add);
        }
        return switch (row.state()) {
            case LoanState.Queued _, LoanState.Incomplete _ ->
                row.withTags(thing.tags()).with(fresh(thing));
            case LoanState.Offline _, LoanState.PadAway _
            when !(thing.condition() instanceof Pile.Condition.Whole) ->
                row.withTags(thing.tags()).with(fresh(thing));
            case LoanState.Refused refused
            when refused.reason() == Reason.STAFF && !refused.acknowledged() ->
                row.withTags(thing.tags()).with(fresh(thing));
            case LoanState.Lending _, LoanState.Securing _, LoanState.PutBack _, LoanState.Checking _ ->
                row.withTags(tags);
            default -> row;
        };
    }

    /** Rows that vanish with their tags: nothing has been asked for them, so there is nothing to tell. */
    private static boolean forgotten(LoanState state) {
        return switch (state) {
            case LoanState.Queued _, LoanState.Incomplete _, LoanState.Offline _, LoanState.PadAway _ -> true;
            case LoanState.Refused refused -> refused.reason() == Reason.UNREADABLE;
            default -> false;
        };
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
        boolean open = pending.isEmpty() && around.switchesOff() && OffLineRules.open(around);
        Optional<LoanRow> next =
                first(row -> open && row.state() instanceof LoanState.Offline && OffLineRules.lendable(around, row));
        if (next.isEmpty()) {
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
        // One thing is asked at a time: what comes after it may cost something too.
        boolean asksForAFee = around.stay()
                .asked()
                .filter(open -> open.question() instanceof Question.Costs)
                .isPresent();
        Optional<LoanRow> renewing = first(row -> !asksForAFee && row.state() instanceof LoanState.Renewing);
        if (renewing.isPresent()) {
            ask(Purpose.RENEW, renewing.get().number(), List.of());
            return;
        }
        if (patron.standing().ready() > 0 && patron.ready().isEmpty()) {
            ask(
                    Purpose.READY_HOLDS,
                    0,
                    Requests.patron(around, patron.card(), patron.pin(), Optional.of(ItemList.HOLD)),
                    List.of());
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
        ItemKey item = row(number).flatMap(LoanRow::item).orElseThrow();
        Request message = switch (purpose) {
            case LEND -> Requests.checkout(around, patron, item);
            case RENEW ->
                Requests.renew(
                        around,
                        patron,
                        item,
                        row(number).filter(LoanRow::agreed).isPresent());
            case LENT_DUE, LENT_AS_IT_IS_DUE, WHY_ITEM, OWN_LOAN, SETTLE_BY_ITEM, RENEWED_DUE ->
                Requests.item(around, item);
            case WHY_PATRON -> Requests.patron(around, patron.card(), patron.pin(), Optional.empty());
            case SETTLE_BY_LOANS, WHY_LOANS ->
                Requests.patron(around, patron.card(), patron.pin(), Optional.of(ItemList.CHARGED));
            case READY_HOLDS, CHECK_IN, SPOOL, LOOK_UP, NOTE_LOAN ->
                throw new IllegalArgumentException("not about an item: " + purpose);
        };
        ask(purpose, number, message, libraryLines);
    }

    private void ask(Purpose purpose, int number, Request message, List<String> libraryLines) {
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

    private Step stay() {
        return new Step(
                new Borrowing(around, patron, rows, pending, nextRow, leaving, began, askAgainAt, patience), effects);
    }

    private Step end() {
        effects.addAll(unfinished(rows));
        around = Endings.forget(around, patron, effects);
        return Endings.afterBorrowing(around, patron, told(rows, patron), effects, expired);
    }

    /** What staff must know of a pile that is left as it is. */
    static List<Effect> unfinished(List<LoanRow> rows) {
        List<Effect> reports = new ArrayList<>();
        for (LoanRow row : rows) {
            if (row.state() instanceof LoanState.Checking) {
                reports.add(new Effect.Report(new Incident(Incident.Kind.CHECKOUT_OUTCOME_UNKNOWN, row.identifier())));
            } else if (row.state() instanceof LoanState.PutBack) {
                reports.add(new Effect.Report(new Incident(Incident.Kind.SECURITY_NOT_OFF, row.identifier())));
            }
        }
        return reports;
    }

    /** The rows without what is on this card since before and was not looked at: neither lent nor refused. */
    static List<LoanRow> told(List<LoanRow> rows, Patron patron) {
        return rows.stream()
                .filter(row -> row.state().isLoan()
                        || row.state() instanceof LoanState.Checking
                        || !row.item().map(patron::has).orElse(false))
                .toList();
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
