package fi.kimppa.kiosk.text;

import fi.kimppa.kiosk.session.CatalogueDetails;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.PickUp;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.Search.Asked.What;
import fi.kimppa.kiosk.session.Search.Find;
import fi.kimppa.kiosk.session.Search.Finds;
import fi.kimppa.kiosk.session.Search.Wish;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.session.SearchBy;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts finds, copies and new holds into words. Pure; any thread. */
public final class SearchWording {
    private static final String BETWEEN = " · ";

    private SearchWording() {}

    /** Where words are looked for. */
    public static String by(Texts texts, SearchBy by) {
        return texts.say(
                switch (by) {
                    case ANY -> "find.by.any";
                    case TITLE -> "find.by.title";
                    case AUTHOR -> "find.by.author";
                    case SUBJECT -> "find.by.subject";
                });
    }

    /** What stands on the button of an act. */
    public static String act(Texts texts, Search search, SearchAct act) {
        return switch (act) {
            case SearchAct.Letter(char letter) -> letter == ' ' ? texts.say("find.space") : String.valueOf(letter);
            case SearchAct.Tap(int key) -> Integer.toString(key);
            case SearchAct.Erase() -> texts.say("auth.erase");
            case SearchAct.Go() -> texts.say("find.search");
            case SearchAct.LookBy(SearchBy by) -> by(texts, by);
            case SearchAct.More() -> texts.say("find.more");
            case SearchAct.Again() -> texts.say("common.retry");
            case SearchAct.Open(int _) -> texts.say("find.open");
            case SearchAct.Back() ->
                texts.say(
                        switch (search.view()) {
                            case Search.View.Typing(),
                                    Search.View.OneTitle(int _),
                                    Search.View.Choosing(int _, var _) -> "common.back";
                            case Search.View.Listing() -> "find.new";
                            case Search.View.Holding(int _, var _, var _) -> "find.results";
                        });
            case SearchAct.HoldHere() -> texts.say("hold.new");
            case SearchAct.Elsewhere() -> texts.say("hold.new.elsewhere");
            case SearchAct.HoldAt(int _) -> texts.say("hold.new.choose");
        };
    }

    /** What stands over the finds. */
    public static Said finds(Texts texts, Search search) {
        if (search.silent()) {
            return silent(texts);
        }
        if (search.awaits(What.TITLES)
                || search.awaits(What.MORE)
                || search.finds().isEmpty()) {
            return new Said(texts.say("find.looking"), List.of(texts.say("common.wait")));
        }
        Finds finds = search.finds().get();
        if (finds.rows().isEmpty()) {
            return new Said(texts.say("find.nothing"), List.of(texts.say("find.nothing.what")));
        }
        if (finds.near()) {
            return new Said(texts.say("find.near"), List.of());
        }
        return new Said(
                texts.count("find.count", finds.total()),
                finds.more() ? List.of(texts.say("find.toomany")) : List.of());
    }

    private static Said silent(Texts texts) {
        return new Said(texts.say("find.silent"), List.of(texts.say("find.silent.what")));
    }

    /** Whether a find can be taken from a shelf, here or elsewhere. */
    public static Said find(Texts texts, Find find, String branch) {
        Optional<Said> known = find.details()
                .filter(details -> !details.places().isEmpty())
                .map(details -> shelves(texts, details, branch));
        List<String> year = find.title().year().stream().toList();
        return known.orElseGet(() -> find.title()
                .copies()
                .map(copies -> new Said(
                        copies.onShelf() > 0
                                ? texts.say("find.shelf", "n", copies.onShelf())
                                : texts.say("find.noshelf"),
                        List.of()))
                .orElseGet(() -> new Said(texts.say("find.unknown"), year)));
    }

    private static Said shelves(Texts texts, CatalogueDetails details, String branch) {
        int here = details.onShelfAt(branch);
        int elsewhere = details.onShelfElsewhere(branch);
        List<String> said = new ArrayList<>();
        if (here > 0) {
            said.add(texts.say("find.here", "n", here));
        }
        if (elsewhere > 0) {
            said.add(texts.say("find.elsewhere", "n", elsewhere));
        }
        if (said.isEmpty()) {
            said.add(texts.say("find.noshelf"));
        }
        return new Said(said.getFirst(), said.subList(1, said.size()));
    }

    /**
     * What stands over the copies of the title that lies open.
     *
     * @param brief where there is no room for more than what matters to a hold
     */
    public static Said title(Texts texts, Searching state, boolean brief) {
        Search search = state.search();
        if (search.silent()) {
            return silent(texts);
        }
        if (search.awaits(What.TITLE)) {
            return new Said(texts.say("acc.loading"), List.of());
        }
        Optional<Find> open = search.open();
        Optional<CatalogueDetails> details = open.flatMap(Find::details);
        if (open.isEmpty() || details.isEmpty()) {
            return new Said(texts.say("find.gone"), List.of());
        }
        Said shelf = find(texts, open.get(), state.around().settings().branch());
        List<String> lines = new ArrayList<>(shelf.lines());
        if (details.get().waiting() > 0 && !brief) {
            lines.add(texts.count("find.waiting", details.get().waiting()));
        }
        if (state.wished()) {
            lines.add(texts.say("find.wished"));
        } else if (state.mayHold()) {
            lines.add(
                    texts.say("hold.place", "library", state.around().settings().libraryName()));
        } else if (!details.get().namesAHold()) {
            lines.add(texts.say("find.nohold"));
        }
        return new Said(shelf.word(), lines);
    }

    /** The copies of one branch. */
    public static Said place(Texts texts, CatalogueDetails.Place place) {
        List<String> said = Stream.of(
                        counted(texts, "find.shelf", place.onShelf()),
                        counted(texts, "find.loan", place.onLoan()),
                        counted(texts, "find.coming", place.inTransit()),
                        counted(texts, "find.fetched", place.onHoldShelf()),
                        place.inHouse() > 0 ? Stream.of(texts.say("out.reference")) : Stream.<String>empty())
                .flatMap(one -> one)
                .toList();
        String word = said.isEmpty() ? texts.say("find.noshelf") : said.getFirst();
        List<String> rest = new ArrayList<>(said.stream().skip(1).toList());
        if (place.onShelf() == 0) {
            place.nextDue().map(day -> texts.onDay("out.due", day)).ifPresent(rest::add);
        } else if (!place.callNumbers().isEmpty()) {
            rest.addFirst(texts.say("find.callnumber", "place", String.join(", ", place.callNumbers())));
        }
        return new Said(word, rest.isEmpty() ? List.of() : List.of(String.join(BETWEEN, rest)));
    }

    private static Stream<String> counted(Texts texts, String key, int count) {
        return count > 0 ? Stream.of(texts.say(key, "n", count)) : Stream.empty();
    }

    /** What stands over the places where a hold can be fetched. */
    public static Said places(Texts texts, Search search) {
        if (search.silent()) {
            return silent(texts);
        }
        return new Said(texts.say(search.awaits(What.BRANCHES) ? "acc.loading" : "hold.new.which"), List.of());
    }

    /** What became of a hold, where there is no room for a sentence. */
    public static String holdBriefly(Texts texts, Wish wish) {
        return switch (wish) {
            case Wish.Chosen _, Wish.Placing _ -> texts.say("hold.new.placing");
            case Wish.Checking(var _, var _, var _) -> texts.say("out.checking");
            case Wish.Placed(var _) -> texts.say("hold.new.done.brief");
            case Wish.NotPlaced _, Wish.Costs _ -> texts.say("hold.new.refused.brief");
            case Wish.Doubtful() -> texts.say("hold.new.doubt.brief");
        };
    }

    /** What became of a hold. */
    public static Said hold(Texts texts, PickUp where, Wish wish) {
        String place = texts.say("hold.place", "library", where.name());
        return switch (wish) {
            case Wish.Chosen _, Wish.Placing _ ->
                new Said(texts.say("hold.new.placing"), List.of(texts.say("common.wait")));
            case Wish.Checking(var _, var _, var _) ->
                new Said(texts.say("out.checking"), List.of(texts.say("hold.new.checking")));
            case Wish.Placed(var position) ->
                new Said(
                        texts.say("hold.new.done"),
                        Stream.concat(
                                        Stream.of(place),
                                        position.map(n -> texts.say("hold.new.position", "n", n)).stream())
                                .toList());
            case Wish.NotPlaced(var lines) ->
                new Said(
                        texts.say("hold.new.refused"), lines.isEmpty() ? List.of(texts.say("hold.new.unsent")) : lines);
            case Wish.Costs(Money fee) ->
                new Said(
                        texts.say("hold.new.refused"),
                        List.of(texts.say("hold.new.cost.would", "sum", texts.money(fee.amount()))));
            case Wish.Doubtful() -> new Said(texts.say("hold.new.doubt"), List.of(texts.say("hold.new.doubt.what")));
        };
    }
}
