package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.screen.KeptRows.Made;
import fi.kimppa.kiosk.session.CatalogueDetails;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.PickUp;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.Search.Find;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.text.SearchWording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** The rows of a search, and what stands over them. */
final class SearchRows {
    /**
     * What one page of a search shows.
     *
     * @param head stands over the rows and may give way to them; empty where what stands over them is the first row, since it has to
     *     be read or asks something
     */
    record Page(Optional<Region> head, List<Region> rows) {
        Page {
            rows = List.copyOf(rows);
        }

        private static Page headed(List<Region> all) {
            return new Page(Optional.of(all.getFirst()), all.subList(1, all.size()));
        }
    }

    private final Room room;
    private final KeptRows kept = new KeptRows();

    SearchRows(Room room) {
        this.room = room;
    }

    /** Forgets them all. */
    void forget() {
        kept.none();
    }

    /** What was found, and the way to more of it. */
    Page finds(Searching state) {
        Search search = state.search();
        SequencedMap<Made, Supplier<Region>> wanted = new LinkedHashMap<>();
        head(wanted, search, SearchWording.finds(room.texts(), search), Icon.SEARCH, "", List.of());
        String branch = state.around().settings().branch();
        search.finds()
                .ifPresent(found -> found.rows()
                        .forEach(row -> wanted.put(new Made(row, branch), () -> find(search, row, branch))));
        if (search.hasMore() && !search.silent()) {
            Said more = new Said(SearchWording.act(room.texts(), search, new SearchAct.More()), List.of());
            wanted.put(
                    new Made("more", search.page()),
                    () -> row(
                            Tone.PLAIN, Icon.DOWN, "", more, List.of(act("find-more", search, new SearchAct.More()))));
        }
        return page(search, wanted);
    }

    private Region find(Search search, Find find, String branch) {
        boolean here =
                find.details().filter(details -> details.onShelfAt(branch) > 0).isPresent();
        return row(
                here ? Tone.DONE : Tone.PLAIN,
                Icon.BOOK,
                find.title().name(),
                SearchWording.find(room.texts(), find, branch),
                List.of(act("open-" + find.number(), search, new SearchAct.Open(find.number()))));
    }

    /** The title that lies open, and its copies branch by branch. */
    Page copies(Searching state) {
        Search search = state.search();
        SequencedMap<Made, Supplier<Region>> wanted = new LinkedHashMap<>();
        List<Button> elsewhere =
                state.mayHold() ? List.of(act("hold-elsewhere", search, new SearchAct.Elsewhere())) : List.of();
        String title = search.open().map(find -> find.title().name()).orElse("");
        head(wanted, search, SearchWording.title(room.texts(), state, room.brief()), Icon.BOOK, title, elsewhere);
        List<CatalogueDetails.Place> places = search.open()
                .flatMap(Find::details)
                .map(CatalogueDetails::places)
                .orElse(List.of());
        for (int i = 0; i < places.size(); i++) {
            CatalogueDetails.Place place = places.get(i);
            wanted.put(
                    new Made(place, i),
                    () -> row(
                            place.onShelf() > 0 ? Tone.DONE : Tone.PLAIN,
                            place.onShelf() > 0 ? Icon.DONE : Icon.WAIT,
                            place.name(),
                            SearchWording.place(room.texts(), place),
                            List.of()));
        }
        return new Page(Optional.empty(), kept.of(wanted));
    }

    /** Where a hold can be fetched. */
    Page places(Searching state, List<PickUp> places) {
        Search search = state.search();
        SequencedMap<Made, Supplier<Region>> wanted = new LinkedHashMap<>();
        head(wanted, search, SearchWording.places(room.texts(), search), Icon.QUESTION, "", List.of());
        for (int i = 0; i < places.size(); i++) {
            PickUp place = places.get(i);
            int number = i + 1;
            wanted.put(
                    new Made(place, number),
                    () -> row(
                            Tone.PLAIN,
                            Icon.BORROW,
                            "",
                            new Said(place.name(), List.of()),
                            List.of(act("hold-at-" + number, search, new SearchAct.HoldAt(number)))));
        }
        return page(search, wanted);
    }

    /** Where nobody answers, what stands over the rows has the way to ask again. */
    private Page page(Search search, SequencedMap<Made, Supplier<Region>> wanted) {
        List<Region> all = kept.of(wanted);
        return search.silent() ? new Page(Optional.empty(), all) : Page.headed(all);
    }

    /** Says how it stands; where nobody answered, with the way to ask again. */
    private void head(
            Map<Made, Supplier<Region>> wanted,
            Search search,
            Said said,
            Icon icon,
            String title,
            List<Button> buttons) {
        List<Button> offered = search.silent() ? List.of(act("search-again", search, new SearchAct.Again())) : buttons;
        Tone tone = search.silent() ? Tone.ATTENTION : Tone.PLAIN;
        Icon sign = search.silent() ? Icon.ATTENTION : icon;
        wanted.put(
                new Made(said, title + tone.name() + !offered.isEmpty()),
                () -> room.profile().compact()
                        ? RowView.of(room, tone, RowView.disc(sign), title, said, false, offered)
                        : row(tone, sign, title, said, offered));
    }

    private Button act(String id, Search search, SearchAct act) {
        return room.touch().button(id, SearchWording.act(room.texts(), search, act), new Choice.InSearch(act));
    }

    private Region row(Tone tone, Icon icon, String title, Said said, List<Button> buttons) {
        return RowView.flat(room, tone, icon, title, said, false, buttons);
    }
}
