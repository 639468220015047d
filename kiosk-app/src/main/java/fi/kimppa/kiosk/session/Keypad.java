package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.KioskState.TypingCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the keys of a numeric keypad mean: everything that can be touched, without sight. Pure; any thread.
 *
 * <p>1 to 6 choose what the page in hand offers, in the order of the screen; 7 and 8 make the voice softer and louder, 9 turns to
 * the next page, 0 says it again, the star goes back, the hash is the main action. A list has a page for each row. While a PIN or a
 * card's number is typed digits are digits, and the star without any digit opens the other actions. In the same way digits are
 * letters while somebody types what to look for: the same key again is its next letter, and 1 says that another one comes. Under a
 * warning every key means "I am still
 * here", and 2 "I need more time". The choices of {@link Preferences} have a key each, and star and hash close them. To a
 * {@link Question} the star says no and the hash yes.
 */
public final class Keypad {
    /** The key for a softer voice. */
    public static final int SOFTER = 7;

    /** The key for a louder voice. */
    public static final int LOUDER = 8;

    /** The key for the next page. */
    public static final int NEXT = 9;

    /** The key that says it again. */
    public static final int AGAIN = 0;

    /** So many digits choose. */
    public static final int MOST_ON_A_PAGE = 6;

    private static final int MORE_TIME = 2;

    private Keypad() {}

    /**
     * What the digits choose.
     *
     * @param at names the page: the number of a row above 0, else 0 or less
     * @param choices of 1, 2, 3 and so on; at most six
     */
    public record Page(int at, List<Choice> choices) {
        /** Takes a copy. */
        public Page {
            choices = List.copyOf(choices);
        }

        /** The row of the list, or the line of the receipt, that is in hand. */
        public Optional<Integer> row() {
            return at > 0 ? Optional.of(at) : Optional.empty();
        }
    }

    /** What a key means. */
    sealed interface Meaning {
        /** As if this had been touched. */
        record Chosen(Choice choice) implements Meaning {}

        /** To another page. */
        record Moved(int at) implements Meaning {}

        /** Say it again. */
        record Again() implements Meaning {}

        /** The voice, in steps. */
        record Volume(int steps) implements Meaning {}
    }

    /** Whether digits are the digits of a PIN or a card now. */
    public static boolean typing(KioskState state) {
        return types(state)
                && !warned(state)
                && !open(state)
                && state.question().isEmpty()
                && state.around().aids().at() == 0;
    }

    private static boolean types(KioskState state) {
        return state instanceof AskingPin || state instanceof TypingCard;
    }

    /** Whether digits are letters of a search now. */
    public static boolean spelling(KioskState state) {
        return state instanceof Searching searching
                && SearchKeys.spelling(searching)
                && !warned(state)
                && !open(state)
                && state.question().isEmpty()
                && state.around().aids().at() == 0;
    }

    /** The page in hand. */
    public static Page page(KioskState state) {
        List<Page> pages = pages(state);
        int at = state.around().aids().at();
        return pages.stream().filter(page -> page.at() == at).findFirst().orElse(pages.getFirst());
    }

    /** The numbers that stand beside the actions; none while nobody uses the keypad. */
    public static Map<Choice, Integer> numbers(KioskState state) {
        Map<Choice, Integer> numbers = new LinkedHashMap<>();
        if (state.around().aids().keys()) {
            List<Choice> choices = page(state).choices();
            IntStream.range(0, choices.size()).forEach(i -> numbers.put(choices.get(i), i + 1));
        }
        return numbers;
    }

    /** All pages, in the order in which {@link #NEXT} turns them; at least one. */
    public static List<Page> pages(KioskState state) {
        if (warned(state)) {
            return List.of(new Page(0, List.of(new Choice.StillHere(), moreTime())));
        }
        if (state.around().preferences().help()) {
            return inTurn(List.of(new Choice.ShowHelp(false), new Choice.ShowPreferences(true)), languages(state));
        }
        if (open(state)) {
            return inTurn(preferences(state.around().preferences()), and(List.of(help()), languages(state)));
        }
        if (state.question().isPresent()) {
            return inTurn(state, List.of(new Choice.Answer(false), new Choice.Answer(true)));
        }
        return switch (state) {
            // What staff do at the kiosk they do by touch.
            case KioskState.StaffPin _, KioskState.StaffMenu _ -> List.of(new Page(0, List.of()));
            case KioskState.OutOfService _, KioskState.Identifying _, KioskState.Farewell _ -> inTurn(state, List.of());
            case KioskState.Idle _ -> front(state, and(begin(state), collections(state)));
            case KioskState.Choosing _ -> front(state, and(begin(state), List.of(new Choice.Cancel())));
            case Searching s -> search(s);
            case KioskState.ElectronicCollections s ->
                list(
                        state,
                        IntStream.rangeClosed(1, s.around().feed().resources().size())
                                .mapToObj(number -> new Page(number, List.of()))
                                .toList(),
                        List.of(new Choice.Cancel()));
            case KioskState.AskingCard s ->
                inTurn(
                        state,
                        s.around().cardMayBeTyped()
                                ? List.of(new Choice.TypeCard(), new Choice.Cancel())
                                : List.of(new Choice.Cancel()));
            case AskingPin _, TypingCard _ -> {
                List<Page> pages = new ArrayList<>(List.of(new Page(0, List.of())));
                pages.addAll(behind(and(List.of(new Choice.Cancel()), onEveryScreen(state))));
                yield pages;
            }
            case KioskState.Blocked s -> {
                List<Choice> choices = new ArrayList<>();
                s.patron().ifPresent(_ -> choices.add(new Choice.Account()));
                choices.add(new Choice.Return());
                choices.removeIf(choice -> !offered(state, choice));
                choices.add(new Choice.Cancel());
                yield inTurn(state, choices);
            }
            case Account s -> account(s);
            case Borrowing s ->
                list(
                        state,
                        s.shown().stream()
                                .map(row -> new Page(row.number(), choices(s, row)))
                                .toList(),
                        offered(state, List.of(new Choice.Account(), new Choice.Return(), new Choice.Finish())));
            case Returning s -> returning(s);
            case OfferingReceipt s -> receipt(s);
        };
    }

    /** What can be turned to from a return has no room on the pages of the rows. */
    private static List<Page> returning(Returning state) {
        List<Page> rows = state.shown().stream()
                .map(row -> new Page(row.number(), choices(row)))
                .toList();
        List<Choice> onward = state.onward().stream().toList();
        List<Choice> finish = List.of(new Choice.Finish());
        return rows.isEmpty()
                ? inTurn(state, and(onward, finish))
                : list(rows, finish, and(onward, onEveryScreen(state)));
    }

    /** What is behind the rows of an account: first the catalogue, which has no room on the pages of the rows. */
    private static List<Page> account(Account state) {
        List<Choice> rest = state.page() == Account.Page.HOLDS && state.around().searchable()
                ? and(List.of(new Choice.Search()), onEveryScreen(state))
                : onEveryScreen(state);
        return list(AccountKeys.rows(state), AccountKeys.whole(state), rest);
    }

    private static List<Page> search(Searching state) {
        if (!SearchKeys.spelling(state)) {
            List<Choice> rest = and(SearchKeys.rest(state), onEveryScreen(state));
            return list(SearchKeys.rows(state), SearchKeys.whole(state), rest);
        }
        List<Page> pages = new ArrayList<>(List.of(new Page(0, List.of())));
        pages.addAll(behind(and(SearchKeys.whole(state), onEveryScreen(state))));
        return pages;
    }

    /** Whether what can be asked for lies over the screen. */
    private static boolean open(KioskState state) {
        return state.around().preferences().open();
    }

    private static boolean warned(KioskState state) {
        return state.waiting().map(Patience::warned).orElse(false);
    }

    private static List<Choice> begin(KioskState state) {
        List<Choice> begin = offered(state, List.of(new Choice.Borrow(), new Choice.Return(), new Choice.Account()));
        return state.around().searchable() ? and(begin, List.of(new Choice.Search())) : begin;
    }

    private static List<Choice> offered(KioskState state, List<Choice> choices) {
        return choices.stream().filter(choice -> offered(state, choice)).toList();
    }

    /** Whether this kiosk has what a choice begins. */
    private static boolean offered(KioskState state, Choice choice) {
        return Offering.begunBy(choice)
                .filter(what -> !state.around().settings().offers(what))
                .isEmpty();
    }

    /** What can be asked for is always among the first; languages go behind where there are not keys enough. */
    private static List<Page> front(KioskState state, List<Choice> begin) {
        return inTurn(and(begin, List.of(new Choice.ShowPreferences(true))), and(List.of(help()), languages(state)));
    }

    private static List<Choice> collections(KioskState state) {
        return state.around().feed().resources().isEmpty() ? List.of() : List.of(new Choice.ShowCollections());
    }

    /** As they stand on their screen: each goes on or off, then the way back. */
    private static List<Choice> preferences(Preferences now) {
        List<Choice> choices = new ArrayList<>();
        for (Preference what : Preference.values()) {
            choices.add(new Choice.Prefer(what, !now.has(what)));
        }
        choices.add(new Choice.ShowPreferences(false));
        return choices;
    }

    /** "I need more time", as it stands on the warning. */
    private static Choice moreTime() {
        return new Choice.Prefer(Preference.MORE_TIME, true);
    }

    private static Choice help() {
        return new Choice.ShowHelp(true);
    }

    /** What every screen has in its lower left corner. */
    private static List<Choice> onEveryScreen(KioskState state) {
        return and(List.of(help(), new Choice.ShowPreferences(true)), languages(state));
    }

    private static List<Choice> languages(KioskState state) {
        return state.around().settings().languages().stream()
                .filter(language -> !language.equals(state.language()))
                .<Choice>map(Choice.Speak::new)
                .toList();
    }

    /** What can be done with the row itself, as it stands on its buttons. */
    private static List<Choice> choices(Borrowing state, LoanRow row) {
        int number = row.number();
        return switch (row.state()) {
            case LoanState.RenewOffer _, LoanState.NotRenewed _
            when row.mayBeRenewed() -> List.of(new Choice.Keep(number), new Choice.Renew(number));
            case LoanState.Incomplete _ when state.mayBeInCase(row) -> List.of(new Choice.PartsInCase(number));
            case LoanState.Refused refused when refused.acknowledged() -> List.of();
            case LoanState.Refused refused
            when refused.mayBeTriedAgain() -> List.of(new Choice.Acknowledge(number), new Choice.Retry(number));
            case LoanState.Refused _
            when state.mayGiveBack(row) -> List.of(new Choice.Acknowledge(number), new Choice.GiveBack(number));
            case LoanState.Refused _ -> List.of(new Choice.Acknowledge(number));
            default -> List.of();
        };
    }

    private static List<Choice> choices(ReturnRow row) {
        if (row.mayBeRated()) {
            return IntStream.rangeClosed(1, Rating.MOST_STARS)
                    .<Choice>mapToObj(stars -> new Choice.Rate(row.number(), stars))
                    .toList();
        }
        if (row.mayBeTriedAgain()) {
            return List.of(new Choice.Retry(row.number()));
        }
        if (row.state() instanceof ReturnState.ToBin) {
            return List.of(new Choice.Placed(row.number()));
        }
        return row.state() instanceof ReturnState.Incomplete
                ? List.of(new Choice.ReturnIncomplete(row.number()))
                : List.of();
    }

    /** A page for each row, on which what the whole list offers stands below; what every screen has on pages behind them. */
    private static List<Page> list(KioskState state, List<Page> rows, List<Choice> whole) {
        return list(rows, whole, onEveryScreen(state));
    }

    private static List<Page> list(List<Page> rows, List<Choice> whole, List<Choice> rest) {
        if (rows.isEmpty()) {
            return inTurn(whole, rest);
        }
        List<Page> pages = new ArrayList<>();
        for (Page row : rows) {
            pages.add(new Page(row.at(), and(row.choices(), whole)));
        }
        pages.addAll(behind(rest));
        return pages;
    }

    /** The question first, then the receipt line by line, with the same answers. */
    private static List<Page> receipt(OfferingReceipt state) {
        List<Choice> answers = state.answers();
        List<Page> pages = new ArrayList<>(inTurn(state, answers));
        IntStream.rangeClosed(1, lines(state.receipt())).forEach(line -> pages.add(new Page(line, answers)));
        return pages;
    }

    private static int lines(Printout printout) {
        return switch (printout) {
            case Printout.LoanReceipt receipt ->
                receipt.loans().size()
                        + receipt.notLent().size()
                        + receipt.beingChecked().size()
                        + receipt.returned().size();
            case Printout.ReturnReceipt receipt -> receipt.returns().size();
            case Printout.HoldSlip _,
                    Printout.TransferSlip _,
                    Printout.Feed _,
                    Printout.TestPage _,
                    Printout.DaySlip _ -> 0;
        };
    }

    private static List<Choice> and(List<Choice> first, List<Choice> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    /** What a screen offers, and with it what every screen has. */
    private static List<Page> inTurn(KioskState state, List<Choice> own) {
        return inTurn(own, onEveryScreen(state));
    }

    /** Both on one page, if there are keys enough and something to begin with; else the one behind the other. */
    private static List<Page> inTurn(List<Choice> first, List<Choice> then) {
        List<Choice> both = and(first, then);
        if (!first.isEmpty() && both.size() <= MOST_ON_A_PAGE) {
            return List.of(new Page(0, both));
        }
        List<Page> pages = new ArrayList<>(List.of(new Page(0, first)));
        pages.addAll(behind(then));
        return pages;
    }

    /** Pages of six, named -1, -2 and so on. */
    private static List<Page> behind(List<Choice> all) {
        List<Page> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_ON_A_PAGE) {
            pages.add(new Page(
                    -1 - from / MOST_ON_A_PAGE, all.subList(from, Math.min(all.size(), from + MOST_ON_A_PAGE))));
        }
        return pages;
    }

    /** What a key means in a state. */
    static Meaning press(KioskState state, Key key) {
        if (key instanceof Key.Louder) {
            return new Meaning.Volume(1);
        }
        if (key instanceof Key.Softer) {
            return new Meaning.Volume(-1);
        }
        if (warned(state)) {
            return new Meaning.Chosen(key.equals(new Key.Digit(MORE_TIME)) ? moreTime() : new Choice.StillHere());
        }
        if (typing(state)) {
            return switch (state) {
                case AskingPin s -> typed(s.digits(), s.complete(), key);
                case TypingCard s -> typed(s.digits(), s.digits() > 0, key);
                default -> new Meaning.Again();
            };
        }
        if (state instanceof Searching searching && spelling(state)) {
            return SearchKeys.spelt(searching, key);
        }
        return switch (key) {
            case Key.Digit(int value) -> digit(state, value);
            case Key.Back() -> back(state);
            case Key.Enter() -> enter(state);
            case Key.Louder _, Key.Softer _ -> new Meaning.Again();
        };
    }

    private static Meaning typed(int digits, boolean complete, Key key) {
        return switch (key) {
            case Key.Digit(int value) -> new Meaning.Chosen(new Choice.Digit(value));
            case Key.Back() when digits > 0 -> new Meaning.Chosen(new Choice.Erase());
            case Key.Back() -> new Meaning.Moved(-1);
            case Key.Enter() when complete -> new Meaning.Chosen(new Choice.Ok());
            case Key.Enter _, Key.Louder _, Key.Softer _ -> new Meaning.Again();
        };
    }

    private static Meaning digit(KioskState state, int value) {
        List<Choice> choices = page(state).choices();
        if (value >= 1 && value <= choices.size()) {
            return new Meaning.Chosen(choices.get(value - 1));
        }
        return switch (value) {
            case SOFTER -> new Meaning.Volume(-1);
            case LOUDER -> new Meaning.Volume(1);
            case NEXT -> new Meaning.Moved(next(state));
            default -> new Meaning.Again();
        };
    }

    private static int next(KioskState state) {
        List<Page> pages = pages(state);
        return pages.get((pages.indexOf(page(state)) + 1) % pages.size()).at();
    }

    /** Back to the first page, and from there the way out. */
    private static Meaning back(KioskState state) {
        boolean turned = page(state).at() != pages(state).getFirst().at();
        boolean typing = types(state) || (state instanceof Searching searching && SearchKeys.spelling(searching));
        if (turned && (open(state) || !typing)) {
            return new Meaning.Moved(0);
        }
        if (open(state)) {
            return new Meaning.Chosen(new Choice.ShowPreferences(false));
        }
        if (state.question().isPresent()) {
            return new Meaning.Chosen(new Choice.Answer(false));
        }
        return switch (state) {
            case KioskState.ElectronicCollections _,
                    KioskState.Choosing _,
                    KioskState.AskingCard _,
                    AskingPin _,
                    TypingCard _,
                    KioskState.Blocked _,
                    KioskState.StaffPin _,
                    KioskState.StaffMenu _ -> new Meaning.Chosen(new Choice.Cancel());
            case Account _, Borrowing _, Returning _ -> new Meaning.Chosen(new Choice.Finish());
            case OfferingReceipt s ->
                s.answers().isEmpty() ? new Meaning.Again() : new Meaning.Chosen(new Choice.NoReceipt());
            case Searching s -> SearchKeys.back(s);
            case KioskState.OutOfService _, KioskState.Idle _, KioskState.Identifying _, KioskState.Farewell _ ->
                new Meaning.Again();
        };
    }

    /** The action that stands last and largest on the screen. */
    private static Meaning enter(KioskState state) {
        if (open(state)) {
            return new Meaning.Chosen(new Choice.ShowPreferences(false));
        }
        if (state.question().isPresent()) {
            return new Meaning.Chosen(new Choice.Answer(true));
        }
        return switch (state) {
            case AskingPin _, TypingCard _ -> new Meaning.Moved(0);
            // From the other actions back to the letters.
            case Searching s when SearchKeys.spelling(s) -> new Meaning.Moved(0);
            case Searching s -> SearchKeys.enter(s);
            case KioskState.Blocked _ -> new Meaning.Chosen(new Choice.Cancel());
            case Account _, Borrowing _, Returning _ -> new Meaning.Chosen(new Choice.Finish());
            case OfferingReceipt s ->
                s.answers().isEmpty()
                        ? new Meaning.Again()
                        : new Meaning.Chosen(s.answers().getLast());
            case KioskState.OutOfService _,
                    KioskState.Idle _,
                    KioskState.ElectronicCollections _,
                    KioskState.Choosing _,
                    KioskState.AskingCard _,
                    KioskState.Identifying _,
                    KioskState.Farewell _,
                    KioskState.StaffPin _,
                    KioskState.StaffMenu _ -> new Meaning.Again();
        };
    }
}
