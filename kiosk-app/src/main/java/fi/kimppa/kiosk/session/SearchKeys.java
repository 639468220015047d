package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the keypad does in the catalogue: letters first, then a page for each find, branch or place. Pure. */
final class SearchKeys {
    private SearchKeys() {}

    /** Whether digits are letters now. */
    static boolean spelling(Searching state) {
        return state.search().view() instanceof View.Typing;
    }

    /** A page for each row that is listed. */
    static List<Keypad.Page> rows(Searching state) {
        return switch (state.search().view()) {
            case View.Typing(), View.Holding(int _, var _, var _) -> List.of();
            case View.Listing() -> finds(state.search());
            case View.OneTitle(int _) ->
                places(
                        state.search()
                                .open()
                                .flatMap(Search.Find::details)
                                .map(details -> details.places().size())
                                .orElse(0),
                        false);
            case View.Choosing(int _, var places) -> places(places.size(), true);
        };
    }

    private static List<Keypad.Page> finds(Search search) {
        List<Search.Find> rows = search.finds().map(Search.Finds::rows).orElse(List.of());
        Stream<Keypad.Page> finds =
                rows.stream().map(row -> new Keypad.Page(row.number(), List.of(act(new SearchAct.Open(row.number())))));
        Stream<Keypad.Page> more = search.hasMore() && !search.silent()
                ? Stream.of(new Keypad.Page(rows.size() + 1, List.of(act(new SearchAct.More()))))
                : Stream.empty();
        return Stream.concat(finds, more).toList();
    }

    private static List<Keypad.Page> places(int count, boolean chosen) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        place -> new Keypad.Page(place, chosen ? List.of(act(new SearchAct.HoldAt(place))) : List.of()))
                .toList();
    }

    /** What stands beside the rows. */
    static List<Choice> whole(Searching state) {
        Search search = state.search();
        List<Choice> choices = new ArrayList<>();
        switch (search.view()) {
            case View.Typing() -> choices.add(leave(state));
            case View.Listing() -> {
                if (search.silent()) {
                    choices.add(act(new SearchAct.Again()));
                } else {
                    choices.addAll(elsewhere(search));
                }
                choices.add(act(new SearchAct.Back()));
                choices.add(new Choice.Finish());
            }
            case View.OneTitle(int _) -> {
                if (search.silent()) {
                    choices.add(act(new SearchAct.Again()));
                }
                if (state.mayHold()) {
                    choices.add(act(new SearchAct.HoldHere()));
                    choices.add(act(new SearchAct.Elsewhere()));
                }
                choices.add(act(new SearchAct.Back()));
            }
            case View.Choosing(int _, var _) -> {
                if (search.silent()) {
                    choices.add(act(new SearchAct.Again()));
                }
                choices.add(act(new SearchAct.Back()));
            }
            case View.Holding(int _, var _, var wish) -> {
                if (!(wish instanceof Search.Wish.Placing)) {
                    if (state.hasAccount()) {
                        choices.add(new Choice.Account());
                    }
                    choices.add(act(new SearchAct.Back()));
                    choices.add(new Choice.Finish());
                }
            }
        }
        return choices;
    }

    /** What goes behind the rows, since there are no keys left beside them. */
    static List<Choice> rest(Searching state) {
        Search search = state.search();
        return search.view() instanceof View.Listing && search.silent() ? elsewhere(search) : List.of();
    }

    private static List<Choice> elsewhere(Search search) {
        return Stream.of(SearchBy.values())
                .filter(by -> by != search.by())
                .map(by -> act(new SearchAct.LookBy(by)))
                .toList();
    }

    /** The main action. */
    static Keypad.Meaning enter(Searching state) {
        return switch (state.search().view()) {
            case View.Typing() -> chosen(new SearchAct.Go());
            case View.Listing(), View.Holding(int _, var _, var _) -> new Keypad.Meaning.Chosen(new Choice.Finish());
            case View.OneTitle(int _) ->
                state.mayHold() ? chosen(new SearchAct.HoldHere()) : new Keypad.Meaning.Again();
            case View.Choosing(int _, var _) -> new Keypad.Meaning.Again();
        };
    }

    /** The way back. */
    static Keypad.Meaning back(Searching state) {
        return spelling(state) ? new Keypad.Meaning.Chosen(leave(state)) : chosen(new SearchAct.Back());
    }

    /** Away from the letters. */
    private static Choice leave(Searching state) {
        return state.hasAccount() ? new Choice.Account() : new Choice.Cancel();
    }

    /** What a key means while digits are letters. */
    static Keypad.Meaning spelt(Searching state, Key key) {
        boolean empty = state.search().typed().text().isEmpty();
        return switch (key) {
            case Key.Digit(int value) -> chosen(new SearchAct.Tap(value));
            case Key.Back() -> empty ? new Keypad.Meaning.Moved(-1) : chosen(new SearchAct.Erase());
            case Key.Enter() -> empty ? new Keypad.Meaning.Again() : chosen(new SearchAct.Go());
            case Key.Louder(), Key.Softer() -> new Keypad.Meaning.Again();
        };
    }

    private static Keypad.Meaning chosen(SearchAct act) {
        return new Keypad.Meaning.Chosen(act(act));
    }

    private static Choice act(SearchAct act) {
        return new Choice.InSearch(act);
    }
}
