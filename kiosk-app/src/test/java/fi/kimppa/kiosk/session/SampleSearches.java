package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.CatalogueDetails.Place;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search.Asked;
import fi.kimppa.kiosk.session.Search.Find;
import fi.kimppa.kiosk.session.Search.Finds;
import fi.kimppa.kiosk.session.Search.View;
import fi.kimppa.kiosk.session.Search.Wish;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Searches as they stand after a while, for pictures. */
public record SampleSearches(Surroundings around, Patience patience) {
    private static final Money FEE = new Money(new BigDecimal("1.00"), "EUR");
    private static final PickUp TURKU = new PickUp("TURKU", "Turun pääkirjasto");
    private static final List<PickUp> PLACES =
            List.of(TURKU, new PickUp("LIETO", "Lieto"), new PickUp("NAANTALI", "Naantali"));

    private static final CatalogueDetails DETAILS = new CatalogueDetails(
            Optional.of("3000000011"),
            Optional.empty(),
            2,
            List.of(
                    new Place("TURKU", "Turun pääkirjasto", List.of("84.2"), 1, 2, Optional.empty(), 0, 1, 0),
                    new Place("NAANTALI", "Naantali", List.of("84.2"), 2, 0, Optional.empty(), 0, 0, 0),
                    new Place(
                            "LIETO",
                            "Lieto",
                            List.of("84.2"),
                            0,
                            1,
                            Optional.of(LocalDate.of(2026, 12, 22)),
                            1,
                            0,
                            1)));

    private static CatalogueTitle title(int number, String title, String author, int onShelf) {
        return new CatalogueTitle(
                "9007" + number, title, author, Optional.empty(), Optional.of(new CatalogueTitle.Copies(5, onShelf)));
    }

    private static Finds finds() {
        CatalogueDetails elsewhere = new CatalogueDetails(
                Optional.of("3000000028"), Optional.empty(), 0, DETAILS.places().subList(1, 2));
        return new Finds(
                List.of(
                        new Find(1, title(1, "Muumipappa ja meri", "Tove Jansson", 3), Optional.of(DETAILS), true),
                        new Find(
                                2,
                                title(2, "Muumipeikko ja pyrstötähti", "Tove Jansson", 2),
                                Optional.of(elsewhere),
                                true),
                        new Find(3, title(3, "Vaarallinen juhannus", "Tove Jansson", 0), Optional.empty(), false),
                        new Find(4, title(4, "Taikatalvi", "Tove Jansson", 4), Optional.empty(), false)),
                23,
                false,
                false);
    }

    private static final Typed TYPED = new Typed("muumi", Optional.empty());

    private Searching state(Search search, boolean known) {
        Optional<Visitor> visitor = known
                ? Optional.of(new Visitor(
                        new Patron(new CardNumber("2000012345"), Secret.of("1234"), List.of()),
                        Visit.fresh(around.now())))
                : Optional.empty();
        return new Searching(around, visitor, search, false, patience);
    }

    private static Search found(View view) {
        return new Search(TYPED, SearchBy.ANY, 1, Optional.of(finds()), view, Optional.empty(), false);
    }

    private Search asking(View view, Asked.What what) {
        Search search = found(view);
        return new Search(
                TYPED,
                SearchBy.ANY,
                1,
                what == Asked.What.TITLES ? Optional.empty() : search.finds(),
                view,
                Optional.of(new Asked(7, what, 1, around.now())),
                false);
    }

    private static Search silent(View view) {
        return new Search(TYPED, SearchBy.TITLE, 1, Optional.empty(), view, Optional.empty(), true);
    }

    /** Nothing typed yet. */
    public KioskState letters() {
        return state(Search.NEW, false);
    }

    /** Something typed, by somebody who is known. */
    public KioskState typed() {
        return state(Search.NEW.typing(TYPED), true);
    }

    /** A list with copies here and elsewhere, of which there is more. */
    public KioskState list() {
        return state(found(new View.Listing()), false);
    }

    /** Nothing was found. */
    public KioskState nothing() {
        return state(
                new Search(
                        TYPED,
                        SearchBy.AUTHOR,
                        1,
                        Optional.of(new Finds(List.of(), 0, false, false)),
                        new View.Listing(),
                        Optional.empty(),
                        false),
                false);
    }

    /** Nobody answered. */
    public KioskState unanswered() {
        return state(silent(new View.Listing()), false);
    }

    /** One title with its copies. */
    public KioskState title() {
        return state(found(new View.OneTitle(1)), false);
    }

    /** Where it can be fetched. */
    public KioskState places() {
        return state(found(new View.Choosing(1, PLACES)), true);
    }

    /** A hold that stands. */
    public KioskState placed() {
        return hold(new Wish.Placed(Optional.of("3")));
    }

    /** A hold that the library did not want. */
    public KioskState refused() {
        return hold(new Wish.NotPlaced(List.of("Varausten enimmäismäärä on täynnä.")));
    }

    /** A hold of which nobody knows. */
    public KioskState doubtful() {
        return hold(new Wish.Doubtful());
    }

    /** A hold that costs something, and nobody has said yes or no yet. */
    public KioskState costs() {
        return Visits.asking(hold(new Wish.Costs(FEE)), new Question.HoldCosts(FEE));
    }

    private KioskState hold(Wish wish) {
        return state(found(new View.Holding(1, TURKU, wish)), true);
    }

    /** What no picture shows. */
    public Map<String, KioskState> corners() {
        Map<String, KioskState> states = new LinkedHashMap<>();
        states.put("search looking", state(asking(new View.Listing(), Asked.What.TITLES), false));
        states.put("search more", state(asking(new View.Listing(), Asked.What.MORE), false));
        states.put("search title loading", state(asking(new View.OneTitle(3), Asked.What.TITLE), false));
        states.put("search title gone", state(found(new View.OneTitle(4)), false));
        states.put("search places loading", state(asking(new View.Choosing(1, List.of()), Asked.What.BRANCHES), true));
        states.put("search places silent", state(silent(new View.Choosing(1, List.of())), true));
        states.put("search hold placing", hold(new Wish.Placing(8, around.now(), false)));
        states.put("search hold checking", hold(new Wish.Checking(around.now(), Optional.empty(), around.now())));
        states.put("search hold unsent", hold(new Wish.NotPlaced(List.of())));
        states.put("search hold too dear", hold(new Wish.Costs(FEE)));
        states.put("search list", list());
        states.put("search title", title());
        return states;
    }
}
