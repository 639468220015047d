package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a kiosk is doing. Immutable; a screen shows one of these and nothing else. */
public sealed interface KioskState {
    /** What the kiosk knows whatever it is doing. */
    Surroundings around();

    /** The language of the screens. */
    default Language language() {
        return around().language();
    }

    /** How long the kiosk still waits for the person; empty where nobody is waited for. */
    default Optional<Patience> waiting() {
        return Optional.empty();
    }

    /** Since when somebody waits for an answer of the library; empty when nobody does. */
    default Optional<Instant> askedAt() {
        return Optional.empty();
    }

    /** Whether that answer takes longer than usual. */
    default boolean slow() {
        return askedAt()
                .filter(asked -> !around().now().isBefore(asked.plus(Timeouts.UNUSUAL)))
                .isPresent();
    }

    /** Whether one screen shows both; what lies over a screen, {@link Preferences} or a {@link Question}, is a screen too. */
    default boolean onTheScreenOf(KioskState other) {
        return getClass().equals(other.getClass())
                && around().preferences().open() == other.around().preferences().open()
                && around().preferences().help() == other.around().preferences().help()
                && question().equals(other.question());
    }

    /** The first letter of the first name of whoever is here, where the branch wants them greeted by it. */
    default Optional<String> initial() {
        return VisitTurn.patron(this).flatMap(Patron::initial);
    }

    /** The question that lies over the screen. */
    default Optional<Question> question() {
        return around().stay().asked().map(Asked::question);
    }

    /**
     * Nothing can be done here just now.
     *
     * @param forTheNextAt as in {@link Idle}
     */
    record OutOfService(Surroundings around, Cause cause, Optional<Instant> forTheNextAt) implements KioskState {
        /** As everybody sees it. */
        public OutOfService(Surroundings around, Cause cause) {
            this(around, cause, Optional.empty());
        }

        /** Why. */
        public enum Cause {
            /** It has just been switched on. */
            STARTING,
            /** The gateway does not accept this kiosk. */
            LOGIN_REFUSED,
            /** The gateway is for trying out and the kiosk is not, or the other way round. */
            OTHER_WORLD,
            /** Neither pad nor scanner works. */
            NO_DEVICES,
            /** Staff have closed it; why is in {@link Upkeep#closed}. */
            STAFF
        }
    }

    /**
     * Nobody is here, and nobody is known.
     *
     * @param forTheNextAt when language, preferences and keypad are again as everybody finds them, if somebody has touched or
     *     pressed something
     */
    record Idle(Surroundings around, Optional<Instant> forTheNextAt) implements KioskState {
        /** As everybody sees it. */
        public Idle(Surroundings around) {
            this(around, Optional.empty());
        }
    }

    /** Somebody looks at the electronic collections, a telephone in hand. Nobody is known. */
    record ElectronicCollections(Surroundings around, Patience patience) implements KioskState {
        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /** Items lie on the pad and nobody has said why: borrow or return? */
    record Choosing(Surroundings around, Patience patience) implements KioskState {
        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * Waits for the PIN of a staff card. No patron is known.
     *
     * @param card whose it is
     * @param pin the digits so far; show as many dots
     * @param digits how many digits it has
     * @param wrong how many wrong tries there were since the card was read
     * @param checking the number of the check that is under way
     */
    record StaffPin(
            Surroundings around,
            StaffCard card,
            Secret pin,
            int digits,
            int wrong,
            Optional<Long> checking,
            Patience patience)
            implements KioskState {
        /** How long no PIN is tried after wrong ones; zero when one may be. */
        public Duration pause() {
            return around.machine().upkeep().pause(around.now());
        }

        /** Whether OK does something. */
        public boolean complete() {
            return digits > 0 && checking.isEmpty() && pause().isZero();
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * The menu of staff who stand here. No patron has a place in it.
     *
     * @param who whose card opened it
     * @param view how the machine was at the last look; empty before the first
     * @param running what is being done
     * @param learnt what came of the last thing that was done on this page
     * @param idleSince when staff, or the kiosk for staff, last did something
     */
    record StaffMenu(
            Surroundings around,
            String who,
            StaffPage page,
            Optional<MachineView> view,
            Optional<StaffAct> running,
            Optional<StaffNews> learnt,
            Instant idleSince)
            implements KioskState {}

    /**
     * Waits for a library card.
     *
     * @param goal what comes after the PIN
     * @param notTaken what was shown in its place last
     */
    record AskingCard(Surroundings around, Goal goal, Optional<NotTaken> notTaken, Patience patience)
            implements KioskState {
        /** Nothing was shown yet. */
        public AskingCard(Surroundings around, Goal goal, Patience patience) {
            this(around, goal, Optional.empty(), patience);
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * Waits for the number of a library card that cannot be read.
     *
     * @param goal what comes after the PIN
     * @param typed the digits so far
     * @param notTaken what is wrong with it, or with what was shown in its place
     */
    record TypingCard(Surroundings around, Goal goal, CardNumber typed, Optional<NotTaken> notTaken, Patience patience)
            implements KioskState {
        /** How many digits there are. */
        public int digits() {
            return typed.text().length();
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * Waits for the PIN.
     *
     * @param goal what comes after it
     * @param pin the digits so far; show as many dots
     * @param digits how many digits it has
     * @param wrong how many wrong tries there were; above 0 the screen says that card or PIN is wrong
     * @param unreachable whether the last try failed because nobody answered
     */
    record AskingPin(
            Surroundings around,
            Goal goal,
            CardNumber card,
            Secret pin,
            int digits,
            int wrong,
            boolean unreachable,
            Patience patience)
            implements KioskState {
        /** Whether OK does something. */
        public boolean complete() {
            return digits >= around.settings().leastPinDigits();
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /** The library is asked who this is and what they have on loan. */
    record Identifying(
            Surroundings around, Goal goal, CardNumber card, Secret pin, int wrong, long request, Instant since)
            implements KioskState {
        @Override
        public Optional<Instant> askedAt() {
            return Optional.of(since);
        }
    }

    /**
     * The patron may not borrow, and is told before anything is tried.
     *
     * @param owed with {@link Reason#FEES}, what is owed, if the library says
     * @param limit with {@link Reason#FEES}, above which nothing is lent
     * @param libraryLines the library's own words, to be shown beneath
     * @param patron whose account can still be seen; empty where nobody is known, and with a card that was reported lost
     */
    record Blocked(
            Surroundings around,
            Reason reason,
            Optional<Money> owed,
            Optional<Money> limit,
            List<String> libraryLines,
            Optional<Patron> patron,
            Patience patience)
            implements KioskState {
        /** Takes a copy. */
        public Blocked {
            libraryLines = List.copyOf(libraryLines);
        }

        /** Why the patron may not borrow. */
        public enum Reason {
            CARD_EXPIRED,
            CARD_LOST,
            FEES,
            OVERDUE,
            LIMIT,
            BAN,
            /** The kiosk cannot lend because nobody answers. */
            OFFLINE,
            /** The kiosk cannot lend because its pad is away and the gates would alarm. */
            NO_PAD,
            /** The gateway is there, the library system behind it does not answer; nothing is known of the card. */
            LIBRARY_SILENT,
            /** Too many wrong PINs on this kiosk. */
            WRONG_PIN
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * A pile becomes loans.
     *
     * @param rows in the order they came; {@link #shown} is the order of the screen
     * @param pending the question that is open at the library
     * @param leaving whether the patron wants to end; it is only waited for what is in work
     * @param began when the session began, or was last said to go on after a warning
     */
    record Borrowing(
            Surroundings around,
            Patron patron,
            List<LoanRow> rows,
            Optional<Pending> pending,
            int nextRow,
            boolean leaving,
            Instant began,
            Instant askAgainAt,
            Patience patience)
            implements KioskState {
        /** Takes a copy. */
        public Borrowing {
            rows = List.copyOf(rows);
        }

        /** What needs the patron first, then the newest. */
        public List<LoanRow> shown() {
            return rows.stream()
                    .map(this::told)
                    .sorted(Comparator.comparing((LoanRow row) -> !row.state().pinned())
                            .thenComparing(
                                    Comparator.comparingInt(LoanRow::number).reversed()))
                    .toList();
        }

        /** A row as people are told of it: nothing can be put back on a pad that is away, so staff see to the tag. */
        public LoanRow told(LoanRow row) {
            return around.padLost() && row.state() instanceof LoanState.PutBack(var due)
                    ? row.with(new LoanState.SeeStaff(due))
                    : row;
        }

        @Override
        public Optional<Instant> askedAt() {
            return pending.map(Pending::sentAt);
        }

        /** Whether the library takes longer than usual over this row. */
        public boolean slow(LoanRow row) {
            boolean asked = row.state() instanceof LoanState.Lending || row.state() instanceof LoanState.Renewing;
            return asked
                    && slow()
                    && pending.filter(open -> open.row() == row.number()).isPresent();
        }

        /** How many became loans or were renewed in this session. */
        public long done() {
            return rows.stream().filter(row -> row.state().onReceipt()).count();
        }

        /** How many things of this pile were read, by tag or bar code. */
        public int read() {
            return Math.toIntExact(
                    rows.stream().filter(row -> row.item().isPresent()).count());
        }

        /** How many certainly did not. */
        public long notDone() {
            return rows.stream()
                    .filter(row -> !row.state().isLoan() && !(row.state() instanceof LoanState.Checking))
                    .count();
        }

        /** Whether this thing of somebody else's can be given back here and now. */
        public boolean mayGiveBack(LoanRow row) {
            KioskSettings settings = around.settings();
            return settings.pile().returnsOthers()
                    && settings.offers(Offering.RETURN)
                    && row.tags().stream().anyMatch(around.tags()::containsKey)
                    && row.state() instanceof LoanState.Refused refused
                    && refused.reason() == LoanState.Reason.ON_LOAN_OTHER
                    && !refused.acknowledged();
        }

        /** Whether it can be said of this set that its other parts are in its case. */
        public boolean mayBeInCase(LoanRow row) {
            return around.settings().pile().partsInCase() && row.state() instanceof LoanState.Incomplete;
        }

        /** Whether nothing is under way that a look at the account would leave behind. */
        public boolean settled() {
            return pending.isEmpty()
                    && !leaving
                    && inWork() == 0
                    && rows.stream().noneMatch(row -> row.state() instanceof LoanState.Checking);
        }

        /** How many wait or are in work. */
        public long inWork() {
            return rows.stream()
                    .filter(row -> row.state() instanceof LoanState.Queued
                            || row.state() instanceof LoanState.Lending
                            || row.state() instanceof LoanState.Securing
                            || row.state() instanceof LoanState.Renewing)
                    .count();
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * A patron looks at loans, holds and fees. What is listed is read one question at a time while it can be looked at.
     *
     * @param loans in the order in which the library listed them; {@link #shownLoans} is the order of the screen
     * @param unread lists that were not asked for yet
     * @param all how far "renew all" is
     * @param errand the question that is open at the library
     * @param visit what was borrowed before
     * @param leaving whether the patron wants to end; it is only waited for what is in work
     */
    record Account(
            Surroundings around,
            Patron patron,
            Page page,
            List<AccountLoan> loans,
            List<AccountHold> holds,
            List<AccountFee> fees,
            Set<Part> unread,
            All all,
            Optional<Errand> errand,
            Visit visit,
            Instant askAgainAt,
            boolean leaving,
            Patience patience)
            implements KioskState {
        /** Takes copies. */
        public Account {
            loans = List.copyOf(loans);
            holds = List.copyOf(holds);
            fees = List.copyOf(fees);
            unread = Set.copyOf(unread);
        }

        /** Which page lies open. */
        public enum Page {
            LOANS,
            HOLDS,
            FEES
        }

        /** A list that is read on its own. */
        public enum Part {
            LOANS,
            OVERDUE,
            READY,
            WAITING,
            FEES
        }

        /** How far "renew all" is. */
        public enum All {
            NOT_ASKED,
            WANTED,
            ASKING,
            DONE
        }

        /** What is overdue first, then by due date; what is not known yet stays where it is listed. */
        public List<AccountLoan> shownLoans() {
            LocalDate today = around.today();
            return loans.stream()
                    .sorted(Comparator.comparing((AccountLoan loan) -> !loan.overdue(today))
                            .thenComparing(
                                    loan -> loan.due().flatMap(DueDate::date).orElse(LocalDate.MAX)))
                    .toList();
        }

        /** What can be fetched first. */
        public List<AccountHold> shownHolds() {
            return holds.stream()
                    .sorted(Comparator.comparing((AccountHold hold) -> !hold.ready()))
                    .toList();
        }

        /** Of what changes something; a list may come when it comes. */
        @Override
        public Optional<Instant> askedAt() {
            return errand.filter(Errand::changes).map(Errand::sentAt);
        }

        /** How many holds there are: as counted, until they are listed. */
        public int holdCount() {
            Standing standing = patron.standing();
            long listed = holds.stream()
                    .filter(hold -> !(hold.state() instanceof AccountHold.State.Cancelled))
                    .count();
            return Math.toIntExact(listed)
                    + (unread.contains(Part.READY) ? standing.ready() : 0)
                    + (unread.contains(Part.WAITING) ? standing.waiting() : 0);
        }

        /** How many loans were renewed at this visit. */
        public long renewed() {
            return loans.stream()
                    .filter(loan -> loan.state() instanceof AccountLoan.State.Renewed)
                    .count();
        }

        /** Whether a renewal is under way, or its outcome is being found out. */
        public boolean renewing() {
            return all == All.WANTED
                    || all == All.ASKING
                    || loans.stream()
                            .anyMatch(loan -> loan.state() instanceof AccountLoan.State.Wanted
                                    || loan.state() instanceof AccountLoan.State.Renewing
                                    || loan.state() instanceof AccountLoan.State.Checking);
        }

        /** Whether the list of a page is still to come. */
        public boolean awaits(Page which) {
            return switch (which) {
                case LOANS -> unread.contains(Part.LOANS);
                case HOLDS -> unread.contains(Part.READY) || unread.contains(Part.WAITING);
                case FEES -> unread.contains(Part.FEES);
            };
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * Somebody looks for something in the catalogue, known or not.
     *
     * @param visitor who, once a card was shown
     * @param leaving whether the person wants to end; it is only waited for a hold that is at the library
     */
    record Searching(Surroundings around, Optional<Visitor> visitor, Search search, boolean leaving, Patience patience)
            implements KioskState {
        /** Whether a patron is known. */
        public boolean known() {
            return visitor.isPresent();
        }

        @Override
        public Optional<Instant> askedAt() {
            return search.view()
                            instanceof
                            Search.View.Holding(int _, var _, Search.Wish.Placing(long _, var sentAt, boolean _))
                    ? Optional.of(sentAt)
                    : Optional.empty();
        }

        /** Whether the account of whoever is known can be turned to. */
        public boolean hasAccount() {
            return known() && around.settings().offers(Offering.ACCOUNT);
        }

        /** Whether a hold on the title that lies open can be placed now. */
        public boolean mayHold() {
            return SearchTurn.mayHold(around, visitor, search);
        }

        /** Whether a hold on it was asked for at this visit, and may stand. */
        public boolean wished() {
            return visitor.flatMap(known -> search.open()
                            .filter(find ->
                                    known.patron().hasWished(find.title().id())))
                    .isPresent();
        }

        /** Each view is a screen of its own. */
        @Override
        public boolean onTheScreenOf(KioskState other) {
            return KioskState.super.onTheScreenOf(other)
                    && other instanceof Searching searching
                    && search.view().getClass().equals(searching.search().view().getClass());
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * Things come back. No borrower of them is known; whoever has turned here from a visit of their own goes back to it.
     *
     * @param rows in the order they came; the newest result is the one to show large, unless something has a bin of its own
     * @param visitor whose visit it is, if a card was shown before
     */
    record Returning(
            Surroundings around,
            List<ReturnRow> rows,
            Optional<Pending> pending,
            int nextRow,
            boolean leaving,
            Optional<Visitor> visitor,
            Patience patience)
            implements KioskState {
        /** Of somebody whom nobody knows. */
        public Returning(
                Surroundings around,
                List<ReturnRow> rows,
                Optional<Pending> pending,
                int nextRow,
                boolean leaving,
                Patience patience) {
            this(around, rows, pending, nextRow, leaving, Optional.empty(), patience);
        }

        /** Takes a copy. */
        public Returning {
            rows = List.copyOf(rows);
        }

        /** What must be put somewhere of its own first, then the newest. */
        public List<ReturnRow> shown() {
            return rows.reversed().stream()
                    .sorted(Comparator.comparing((ReturnRow row) -> !(row.state() instanceof ReturnState.ToBin)))
                    .toList();
        }

        @Override
        public Optional<Instant> askedAt() {
            return pending.map(Pending::sentAt);
        }

        /** Whether library or disk take longer than usual over this row. */
        public boolean slow(ReturnRow row) {
            return row.state() instanceof ReturnState.CheckingIn
                    && slow()
                    && pending.filter(open -> open.row() == row.number()).isPresent();
        }

        /** How many count as returned. */
        public long done() {
            return rows.stream().filter(row -> row.state().isReturned()).count();
        }

        /** Whether nothing is under way that turning to something else would leave behind. */
        public boolean settled() {
            return pending.isEmpty()
                    && !leaving
                    && rows.stream()
                            .noneMatch(row -> row.state() instanceof ReturnState.Queued
                                    || row.state() instanceof ReturnState.Securing
                                    || row.state() instanceof ReturnState.ToBin);
        }

        /** What can be turned to from here: borrowing, else the account, where there is either. */
        public Optional<Choice> onward() {
            KioskSettings settings = around.settings();
            if (settings.offers(Offering.BORROW)) {
                return Optional.of(new Choice.Borrow());
            }
            return settings.offers(Offering.ACCOUNT) ? Optional.of(new Choice.Account()) : Optional.empty();
        }

        @Override
        public Optional<Patience> waiting() {
            return Optional.of(patience);
        }
    }

    /**
     * Would you like a receipt? The patron's session at the library has ended already.
     *
     * @param receipt what would be printed
     * @param mail whether it can go by e-mail, and how far that is
     * @param until when the answer counts as no
     */
    record OfferingReceipt(Surroundings around, Printout receipt, Result result, ReceiptMail mail, Instant until)
            implements KioskState {
        /** One that cannot go by e-mail. */
        public OfferingReceipt(Surroundings around, Printout receipt, Result result, Instant until) {
            this(around, receipt, result, new ReceiptMail.Impossible(), until);
        }

        /** Whether it can be printed. */
        public boolean printable() {
            return around.usable(DeviceKind.PRINTER);
        }

        /** Whether it can go by e-mail now. */
        public boolean mailable() {
            return mail instanceof ReceiptMail.Possible && around.line() == Surroundings.Line.UP;
        }

        /** What can be answered, as it stands on the screen; nothing while it is being handed over. */
        public List<Choice> answers() {
            if (mail instanceof ReceiptMail.Asked) {
                return List.of();
            }
            List<Choice> answers = new ArrayList<>(List.of(new Choice.NoReceipt()));
            if (mailable()) {
                answers.add(new Choice.MailReceipt());
            }
            if (printable()) {
                answers.add(new Choice.PrintReceipt());
            }
            return answers;
        }
    }

    /**
     * How a session ended, in numbers.
     *
     * @param returned how many came back at a visit that did something else too
     */
    record Result(Task task, int done, int notDone, int beingChecked, int seeStaff, int returned) {
        /** Of a visit that did one thing. */
        public Result(Task task, int done, int notDone, int beingChecked, int seeStaff) {
            this(task, done, notDone, beingChecked, seeStaff, 0);
        }

        /** What was done. */
        public enum Task {
            BORROWED,
            RETURNED,
            RENEWED,
            NOTHING
        }
    }

    /**
     * Goodbye. Knows no patron any more.
     *
     * @param printing whether a receipt is being printed
     * @param printed what became of the receipt
     * @param mail what became of it, if it was to go by e-mail
     * @param until when the kiosk is idle again
     */
    record Farewell(
            Surroundings around,
            Result result,
            boolean printing,
            Optional<PrintOutcome> printed,
            ReceiptMail mail,
            Instant until)
            implements KioskState {
        /** One without e-mail. */
        public Farewell(
                Surroundings around, Result result, boolean printing, Optional<PrintOutcome> printed, Instant until) {
            this(around, result, printing, printed, new ReceiptMail.Impossible(), until);
        }

        /** Whether things still lie on the pad. */
        public boolean takeItems() {
            return !around.tags().isEmpty();
        }
    }
}
