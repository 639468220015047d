package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.AccountLoan.Manner;
import fi.kimppa.kiosk.session.AccountLoan.State;
import fi.kimppa.kiosk.session.AccountLoan.Why;
import fi.kimppa.kiosk.session.Errand.What;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.Account.All;
import fi.kimppa.kiosk.session.KioskState.Account.Page;
import fi.kimppa.kiosk.session.KioskState.Account.Part;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One event while a patron looks at the account. The library is asked one thing at a time: first what was touched, then what
 * the open page still lacks. What changes something is never asked for twice without having looked (17, 63) whether the first
 * was done.
 */
final class AccountTurn {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final List<Effect> effects = new ArrayList<>();
    private Surroundings around;
    private Patron patron;
    private Page page;
    private final List<AccountLoan> loans;
    private final List<AccountHold> holds;
    private List<AccountFee> fees;
    private final Set<Part> unread;
    private All all;
    private Optional<Errand> errand;
    private Visit visit;
    private Instant askAgainAt;
    private boolean leaving;
    private boolean expired;
    private Patience patience;

    private AccountTurn(Account state) {
        around = state.around();
        patron = state.patron();
        page = state.page();
        loans = new ArrayList<>(state.loans());
        holds = new ArrayList<>(state.holds());
        fees = state.fees();
        unread = EnumSet.noneOf(Part.class);
        unread.addAll(state.unread());
        all = state.all();
        errand = state.errand();
        visit = state.visit();
        askAgainAt = state.askAgainAt();
        leaving = state.leaving();
        patience = state.patience();
    }

    /** A patron has just been identified: the loans are known. */
    static Step begin(Surroundings around, Patron patron, Patience patience) {
        return begin(around, patron, parts(around, patron), Visit.begun(around), patience);
    }

    /** A patron turns from the pile to the account: the loans are not what they were. */
    static Step begin(Surroundings around, Patron patron, Visit visit, Patience patience) {
        Stream<String> lent =
                visit.rows().stream().filter(row -> row.state().isLoan()).map(LoanRow::identifier);
        List<String> loans =
                Stream.concat(patron.loans().stream(), lent).distinct().toList();
        return begin(around, patron.withLoans(loans), EnumSet.of(Part.LOANS), visit, patience.renewed(around.now()));
    }

    private static Step begin(Surroundings around, Patron patron, Set<Part> unread, Visit visit, Patience patience) {
        return step(
                new Account(
                        around.with(around.stay().keeping(List.of())),
                        patron,
                        Page.LOANS,
                        AccountAnswers.listed(patron.loans(), visit, List.of()),
                        List.of(),
                        List.of(),
                        unread,
                        All.NOT_ASKED,
                        Optional.empty(),
                        visit,
                        around.now(),
                        false,
                        patience),
                new KioskEvent.Tick(around.now()));
    }

    /** The lists that are worth a question. What is owed is listed by our own gateway only; others tell the sum. */
    private static Set<Part> parts(Surroundings around, Patron patron) {
        Standing standing = patron.standing();
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (standing.overdue() > 0) {
            parts.add(Part.OVERDUE);
        }
        if (standing.ready() > 0) {
            parts.add(Part.READY);
        }
        if (standing.waiting() > 0) {
            parts.add(Part.WAITING);
        }
        if (standing.owes() && around.settings().kimppaGateway()) {
            parts.add(Part.FEES);
        }
        return parts;
    }

    /** A question about a loan was answered: the loan becomes another, and things go on. */
    static Step goOn(Account state, int row, UnaryOperator<AccountLoan> how) {
        AccountTurn turn = new AccountTurn(state);
        turn.loan(row, how);
        return step(turn.state(), new KioskEvent.Touched(new Choice.StillHere()));
    }

    static Step step(Account state, KioskEvent event) {
        AccountTurn turn = new AccountTurn(state);
        if (event instanceof KioskEvent.Touched(Choice.Borrow()) && turn.mayBorrow() && turn.around.lends()) {
            return turn.borrow();
        }
        if (event instanceof KioskEvent.Touched(Choice.Return()) && turn.mayLeave()) {
            return turn.giveBack();
        }
        if (event instanceof KioskEvent.Touched(Choice.Search()) && turn.mayBorrow() && turn.around.searchable()) {
            return turn.search();
        }
        turn.happened(event);
        turn.ask();
        turn.wait(event);
        return turn.over() ? turn.end() : turn.stay();
    }

    // ---- what happened -----------------------------------------------------------------------------------

    private void happened(KioskEvent event) {
        switch (event) {
            case KioskEvent.Touched(Choice choice) -> touched(choice);
            case KioskEvent.Scanned _,
                    KioskEvent.CardHeld _,
                    KioskEvent.TagArrived _,
                    KioskEvent.TagLeft _,
                    KioskEvent.Headphones _ -> active();
            case KioskEvent.Answered(long request, Response response) ->
                take(request).ifPresent(asked -> answered(asked, response));
            case KioskEvent.Unanswered(long request, boolean neverSent) ->
                take(request).ifPresent(asked -> unanswered(asked, neverSent));
            case KioskEvent.Tick _,
                    KioskEvent.Pressed _,
                    KioskEvent.DeviceChanged _,
                    KioskEvent.LineChanged _,
                    KioskEvent.SecurityWritten _,
                    KioskEvent.Spooled _,
                    KioskEvent.OffLine _,
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
            case Choice.Finish(), Choice.Cancel() -> leaving = true;
            case Choice.Renew(int row) ->
                loan(row, loan -> up() && loan.mayBeRenewed() ? loan.with(new State.Wanted(Manner.ALONE)) : loan);
            case Choice.InAccount inside -> touched(inside);
            case Choice.Borrow _,
                    Choice.Search _,
                    Choice.InSearch _,
                    Choice.Speak _,
                    Choice.TypeCard _,
                    Choice.ShowPreferences _,
                    Choice.ShowHelp _,
                    Choice.Prefer _,
                    Choice.Return _,
                    Choice.Account _,
                    Choice.StillHere _,
                    Choice.Answer _,
                    Choice.GiveBack _,
                    Choice.Digit _,
                    Choice.Erase _,
                    Choice.Ok _,
                    Choice.Acknowledge _,
                    Choice.Retry _,
                    Choice.Keep _,
                    Choice.PartsInCase _,
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

    private void touched(Choice.InAccount choice) {
        switch (choice) {
            case Choice.InAccount.Turn(Page next) -> page = next;
            case Choice.InAccount.RenewAll() -> {
                if (up() && all == All.NOT_ASKED && !inWork()) {
                    all = All.WANTED;
                }
            }
            case Choice.InAccount.CancelHold(int row) ->
                holds.replaceAll(hold -> hold.number() == row && hold.mayBeCancelled()
                        ? hold.with(new AccountHold.State.Asking())
                        : kept(hold));
            case Choice.InAccount.ReallyCancel(int row) ->
                hold(
                        row,
                        hold -> up() && hold.state() instanceof AccountHold.State.Asking
                                ? hold.with(new AccountHold.State.Wanted())
                                : hold);
            case Choice.InAccount.KeepHold(int row) -> hold(row, AccountTurn::kept);
        }
    }

    private static AccountHold kept(AccountHold hold) {
        return hold.state() instanceof AccountHold.State.Asking ? hold.with(new AccountHold.State.Kept()) : hold;
    }

    private void active() {
        if (patience.warned()) {
            visit = visit.goneOn(around.now());
        }
        patience = patience.renewed(around.now());
    }

    private Optional<Errand> take(long request) {
        Optional<Errand> asked = errand.filter(open -> open.number() == request);
        if (asked.isPresent()) {
            errand = Optional.empty();
        }
        return asked;
    }

    // ---- what the library said ---------------------------------------------------------------------------

    private void answered(Errand asked, Response response) {
        if (OutcomeUnknown.in(response)) {
            unanswered(asked, false);
            return;
        }
        switch (response) {
            case PatronInformationResponse answer when answer.identified() -> listed(asked, answer);
            case ItemInformationResponse answer -> described(asked, answer);
            case RenewResponse answer when asked.what() == What.RENEW -> renewed(asked, answer);
            case RenewAllResponse answer when asked.what() == What.RENEW_ALL -> renewedAll(answer);
            case HoldResponse answer
            when asked.what() == What.CANCEL ->
                hold(
                        asked.row(),
                        hold -> hold.with(
                                answer.ok()
                                        ? new AccountHold.State.Cancelled()
                                        : new AccountHold.State.NotCancelled(answer.screenMessages())));
            default -> unanswered(asked, false);
        }
    }

    private void listed(Errand asked, PatronInformationResponse answer) {
        switch (asked.what()) {
            case LOANS -> {
                patron = patron.with(IdentifyingRules.standing(around, answer))
                        .withLoans(answer.items().getOrDefault(ItemList.CHARGED, List.of()));
                List<AccountLoan> known = List.copyOf(loans);
                loans.clear();
                loans.addAll(AccountAnswers.listed(patron.loans(), visit, known));
                unread.remove(Part.LOANS);
                unread.addAll(parts(around, patron));
            }
            case OVERDUE -> {
                List<String> items = answer.items().getOrDefault(ItemList.OVERDUE, List.of());
                loans.replaceAll(
                        loan -> items.stream().anyMatch(loan.item()::hasNumber) ? loan.listedAsOverdue() : loan);
                unread.remove(Part.OVERDUE);
            }
            case READY -> {
                List<String> items = answer.items().getOrDefault(ItemList.HOLD, List.of());
                patron = patron.withReady(items);
                items.forEach(item -> holds.add(AccountHold.unread(holds.size() + 1, item, true)));
                unread.remove(Part.READY);
            }
            case WAITING -> {
                answer.items()
                        .getOrDefault(ItemList.UNAVAILABLE_HOLDS, List.of())
                        .forEach(entry -> holds.add(AccountHold.unread(holds.size() + 1, entry.strip(), false)));
                unread.remove(Part.WAITING);
            }
            case FEES -> {
                fees = AccountAnswers.fees(answer);
                unread.remove(Part.FEES);
            }
            case SETTLE_CANCEL -> stillHeld(asked, answer);
            default -> unanswered(asked, false);
        }
    }

    private void described(Errand asked, ItemInformationResponse answer) {
        switch (asked.what()) {
            case LOAN -> {
                if (!answer.titleIdentifier().isBlank() && !answer.mayBeOnLoan()) {
                    loans.removeIf(loan -> loan.number() == asked.row());
                } else {
                    loan(asked.row(), loan -> checked(loan, AccountAnswers.loan(loan, answer, denied())));
                }
            }
            case SETTLE_RENEWAL -> loan(asked.row(), loan -> settled(loan, answer));
            case HOLD ->
                hold(
                        asked.row(),
                        hold -> AccountAnswers.hold(
                                hold, answer, around.settings().zone()));
            default -> unanswered(asked, false);
        }
    }

    private boolean denied() {
        return patron.standing().renewalsDenied();
    }

    private void renewed(Errand asked, RenewResponse answer) {
        if (answer.ok()) {
            around = around.counted(Upkeep.Count.RENEWALS);
        }
        Optional<DueDate> due = DueDate.of(answer.dueDate());
        loan(asked.row(), loan -> {
            AccountLoan named = loan.titled(answer.titleIdentifier());
            return answer.ok() ? checked(loan, named.renewedUntil(due)) : refused(named, answer);
        });
    }

    private AccountLoan refused(AccountLoan loan, RenewResponse answer) {
        Manner manner = loan.state() instanceof State.Renewing(Manner how) ? how : Manner.WITH_ALL;
        Optional<Money> fee = FeeTurn.named(answer.feeAmount(), answer.currencyType(), manner == Manner.FOR_ITS_PRICE);
        if (fee.isEmpty()) {
            return loan.with(new State.NotRenewed(Optional.empty(), answer.screenMessages()))
                    .read(false);
        }
        if (manner == Manner.ALONE) {
            FeeTurn.asking(around, leaving, new Question.RenewalCosts(loan.number(), loan.title(), fee.get()))
                    .ifPresent(asking -> {
                        around = asking;
                        patience = patience.renewed(around.now());
                    });
        }
        return loan.with(new State.Costs(fee.get()));
    }

    /** Tells staff, once, of a renewed loan whose new date no new loan can have. */
    private AccountLoan checked(AccountLoan before, AccountLoan now) {
        boolean news = now.state() instanceof State.Renewed && !now.due().equals(before.due());
        if (news && now.due().map(due -> due.suspicious(around.today())).orElse(false)) {
            effects.add(new Effect.Report(
                    new Incident(Incident.Kind.DUE_DATE_SUSPICIOUS, now.item().identifier())));
        }
        return now;
    }

    /**
     * What is neither in BM nor in BN is looked at. A no without a list is a no to the message: then one by one. So is what was left out without
     * a word, and without a reason that is known, since it may be left out for its price.
     */
    private void renewedAll(RenewAllResponse answer) {
        all = All.DONE;
        boolean said = answer.ok()
                || !answer.renewedItems().isEmpty()
                || !answer.unrenewedItems().isEmpty();
        loans.replaceAll(loan -> {
            if (!(loan.state() instanceof State.Renewing)) {
                return loan;
            }
            if (!said) {
                return loan.with(new State.Wanted(Manner.WITH_ALL));
            }
            if (AccountAnswers.names(answer.renewedItems(), loan)) {
                return loan.renewedUntil(Optional.empty());
            }
            return AccountAnswers.names(answer.unrenewedItems(), loan)
                    ? AccountAnswers.leftOut(loan, answer, denied())
                    : loan.with(new State.Checking(around.now()));
        });
    }

    /** 17 after a renewal without an answer: a later due date is certain; that there is none must stand for a while. */
    private AccountLoan settled(AccountLoan loan, ItemInformationResponse answer) {
        askAgainAt = around.now().plus(ASK_AGAIN);
        if (!(loan.state() instanceof State.Checking(Instant askedAt))) {
            return loan;
        }
        AccountLoan told = AccountAnswers.loan(loan, answer, denied());
        boolean later = loan.due()
                .flatMap(DueDate::date)
                .flatMap(before -> told.due().flatMap(DueDate::date).map(after -> after.isAfter(before)))
                .orElse(false);
        if (later) {
            return told.with(new State.Renewed());
        }
        if (!around.settled(askedAt)) {
            return loan;
        }
        // Without the date before there is nothing to compare with: the date that stands now is all that can be said.
        return told.with(
                loan.due().isPresent() ? new State.NotRenewed(Optional.of(Why.FAILED), List.of()) : new State.Kept());
    }

    /** 63 after a 15 without an answer. */
    private void stillHeld(Errand asked, PatronInformationResponse answer) {
        askAgainAt = around.now().plus(ASK_AGAIN);
        hold(asked.row(), hold -> {
            if (!(hold.state() instanceof AccountHold.State.Checking(Instant askedAt))) {
                return hold;
            }
            boolean listed = answer.items().getOrDefault(list(hold), List.of()).stream()
                    .anyMatch(entry -> entry.strip().equals(hold.entry()));
            if (!listed) {
                return hold.with(new AccountHold.State.Cancelled());
            }
            return around.settled(askedAt) ? hold.with(new AccountHold.State.NotCancelled(List.of())) : hold;
        });
    }

    /** In which list the library had it; what was said of the item since does not change that. */
    private ItemList list(AccountHold hold) {
        boolean ready = patron.ready().orElse(List.of()).contains(hold.entry());
        return ready ? ItemList.HOLD : ItemList.UNAVAILABLE_HOLDS;
    }

    private void unanswered(Errand asked, boolean neverSent) {
        switch (asked.what()) {
            // Asked again while the page lies open, but not without a pause.
            case LOANS, OVERDUE, READY, WAITING, FEES, SETTLE_RENEWAL, SETTLE_CANCEL ->
                askAgainAt = around.now().plus(ASK_AGAIN);
            case LOAN -> loan(asked.row(), loan -> loan.read(true));
            case HOLD -> hold(asked.row(), AccountHold::asked);
            case RENEW -> {
                askAgainAt = around.now();
                loan(asked.row(), loan -> loan.with(unknown(asked, neverSent)));
            }
            case RENEW_ALL -> {
                askAgainAt = around.now();
                all = All.DONE;
                loans.replaceAll(
                        loan -> loan.state() instanceof State.Renewing ? loan.with(unknown(asked, neverSent)) : loan);
            }
            case CANCEL -> {
                askAgainAt = around.now();
                hold(
                        asked.row(),
                        hold -> hold.with(
                                neverSent
                                        ? new AccountHold.State.NotCancelled(List.of())
                                        : new AccountHold.State.Checking(asked.sentAt())));
            }
        }
    }

    private static State unknown(Errand asked, boolean neverSent) {
        return neverSent
                ? new State.NotRenewed(Optional.of(Why.FAILED), List.of())
                : new State.Checking(asked.sentAt());
    }

    // ---- what to ask next --------------------------------------------------------------------------------

    private boolean up() {
        return around.line() == Surroundings.Line.UP;
    }

    private void ask() {
        if (errand.isPresent() || !up()) {
            return;
        }
        if (all == All.WANTED) {
            askToRenewAll();
        }
        if (errand.isPresent()) {
            return;
        }
        if (!askChange() && !(leaving && !unreadRenewal()) && !around.now().isBefore(askAgainAt)) {
            askReading();
        }
    }

    /** A 65 would renew again what was renewed already at this visit; then the others are renewed one by one. */
    private void askToRenewAll() {
        if (loans.stream().anyMatch(loan -> loan.state() instanceof State.Renewed)) {
            all = All.DONE;
            loans.replaceAll(loan -> loan.mayBeRenewed() ? loan.with(new State.Wanted(Manner.WITH_ALL)) : loan);
            return;
        }
        all = All.ASKING;
        loans.replaceAll(loan -> loan.with(new State.Renewing(Manner.WITH_ALL)));
        send(What.RENEW_ALL, 0, Requests.renewAll(around, patron));
    }

    /** What was touched, and what became of it where nobody has said. */
    private boolean askChange() {
        Optional<AccountLoan> checking = first(loans, loan -> loan.state() instanceof State.Checking);
        Optional<AccountHold> doubtful = first(holds, hold -> hold.state() instanceof AccountHold.State.Checking);
        if (checking.isPresent() || doubtful.isPresent()) {
            if (!around.now().isBefore(askAgainAt)) {
                checking.ifPresentOrElse(
                        loan -> send(What.SETTLE_RENEWAL, loan.number(), Requests.item(around, loan.item())),
                        () -> doubtful.ifPresent(
                                hold -> send(What.SETTLE_CANCEL, hold.number(), Optional.of(list(hold)))));
            }
            return true;
        }
        boolean asksForAFee = FeeTurn.asks(around);
        Optional<AccountLoan> wanted = first(loans, loan -> !asksForAFee && loan.state() instanceof State.Wanted);
        if (wanted.isPresent()) {
            renew(wanted.get());
            return true;
        }
        Optional<AccountHold> unwanted = first(holds, hold -> hold.state() instanceof AccountHold.State.Wanted);
        unwanted.ifPresent(hold -> {
            hold(hold.number(), row -> row.with(new AccountHold.State.Cancelling()));
            send(What.CANCEL, hold.number(), Requests.cancel(around, patron, hold));
        });
        return unwanted.isPresent();
    }

    private void renew(AccountLoan loan) {
        Manner manner = loan.state() instanceof State.Wanted(Manner how) ? how : Manner.ALONE;
        loan(loan.number(), row -> row.with(new State.Renewing(manner)));
        boolean agreed = manner == Manner.FOR_ITS_PRICE;
        send(What.RENEW, loan.number(), Requests.renew(around, patron, loan.item(), agreed));
    }

    /** Whether a loan was renewed and its new due date is still to be read: no receipt is printed without one. */
    private boolean unreadRenewal() {
        return loans.stream().anyMatch(loan -> loan.state() instanceof State.Renewed && !loan.read());
    }

    /** The lists of the open page, then its rows from the top. */
    private void askReading() {
        if (unread.contains(Part.LOANS)) {
            send(What.LOANS, 0, Optional.of(ItemList.CHARGED));
        } else if (unreadRenewal()) {
            first(loans, loan -> loan.state() instanceof State.Renewed && !loan.read())
                    .ifPresent(this::read);
        } else if (page == Page.LOANS && unread.contains(Part.OVERDUE)) {
            send(What.OVERDUE, 0, Optional.of(ItemList.OVERDUE));
        } else if (page == Page.LOANS) {
            first(state().shownLoans(), loan -> !loan.read()).ifPresent(this::read);
        } else if (page == Page.HOLDS && unread.contains(Part.READY)) {
            send(What.READY, 0, Optional.of(ItemList.HOLD));
        } else if (page == Page.HOLDS && unread.contains(Part.WAITING)) {
            send(What.WAITING, 0, Optional.of(ItemList.UNAVAILABLE_HOLDS));
        } else if (page == Page.HOLDS) {
            first(state().shownHolds(), hold -> !hold.read())
                    .ifPresent(hold ->
                            send(What.HOLD, hold.number(), Requests.item(around, ItemKey.scanned(hold.entry()))));
        } else if (unread.contains(Part.FEES)) {
            send(What.FEES, 0, Requests.fees(around, patron));
        }
    }

    private void read(AccountLoan loan) {
        send(What.LOAN, loan.number(), Requests.item(around, loan.item()));
    }

    private void send(What what, int row, Optional<ItemList> list) {
        send(what, row, Requests.patron(around, patron.card(), patron.pin(), list));
    }

    private void send(What what, int row, Request message) {
        long request = around.nextRequest();
        around = around.requested();
        errand = Optional.of(new Errand(request, what, row, around.now()));
        effects.add(new Effect.Send(request, message));
    }

    // ---- on to the pile, or the end ----------------------------------------------------------------------

    /** Whether a change is at the library. */
    private boolean busy() {
        return errand.filter(Errand::changes).isPresent();
    }

    private boolean inWork() {
        return busy()
                || state().renewing()
                || holds.stream()
                        .anyMatch(hold -> hold.state() instanceof AccountHold.State.Wanted
                                || hold.state() instanceof AccountHold.State.Checking);
    }

    private boolean mayLeave() {
        return !leaving && !inWork() && !unreadRenewal();
    }

    private boolean mayBorrow() {
        return up() && !leaving && !inWork();
    }

    private Step giveBack() {
        active();
        return ReturningTurn.goOn(around.leavingAlone(), new Visitor(patron, further()), patience);
    }

    /** Whoever could not borrow may have renewed since: the library says whether they can now. */
    private Step borrow() {
        active();
        return VisitTurn.borrow(around, new Visitor(patron, further()), patience, effects);
    }

    private Step search() {
        active();
        return SearchTurn.begin(around, patron, further(), patience);
    }

    /** The visit with what was renewed here. */
    private Visit further() {
        List<LoanRow> renewed = renewedRows();
        return new Visit(Endings.together(visit.rows(), renewed), visit.nextRow() + renewed.size(), visit.began());
    }

    private void wait(KioskEvent event) {
        if (!(event instanceof KioskEvent.Tick)) {
            return;
        }
        patience = patience.tick(around, busy(), around.settings().timeouts().account(), Optional.of(visit.began()));
        expired = patience.over(around.now());
        leaving |= expired;
    }

    private boolean over() {
        return leaving && !busy() && (expired || !up() || !(inWork() || unreadRenewal()));
    }

    private Step stay() {
        return new Step(state(), effects);
    }

    private Account state() {
        return new Account(
                around, patron, page, loans, holds, fees, unread, all, errand, visit, askAgainAt, leaving, patience);
    }

    private Step end() {
        return Endings.afterAccount(around, new Visitor(patron, visit), renewedRows(), effects, expired);
    }

    /** What was renewed here, as the pile and the receipt have it. */
    private List<LoanRow> renewedRows() {
        List<LoanRow> rows = new ArrayList<>();
        for (AccountLoan loan : loans) {
            if (loan.state() instanceof State.Renewed) {
                rows.add(new LoanRow(
                        visit.nextRow() + rows.size(),
                        Optional.of(loan.item()),
                        List.of(),
                        loan.title(),
                        new LoanState.Renewed(loan.due())));
            }
        }
        return rows;
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private static <T> Optional<T> first(List<T> rows, Predicate<T> wanted) {
        return rows.stream().filter(wanted).findFirst();
    }

    private void loan(int number, UnaryOperator<AccountLoan> how) {
        loans.replaceAll(loan -> loan.number() == number ? how.apply(loan) : loan);
    }

    private void hold(int number, UnaryOperator<AccountHold> how) {
        holds.replaceAll(hold -> hold.number() == number ? how.apply(hold) : hold);
    }
}
