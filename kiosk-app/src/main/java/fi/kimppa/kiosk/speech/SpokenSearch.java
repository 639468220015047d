package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.CatalogueDetails;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.PickUp;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.Search.Find;
import fi.kimppa.kiosk.session.Search.View;
import fi.kimppa.kiosk.session.Search.Wish;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.text.SearchWording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.List;
import java.util.function.UnaryOperator;

/** A search for the ear. What somebody looks for and finds is for the person alone. */
final class SpokenSearch {
    private static final String BETWEEN = " · ";

    private SpokenSearch() {}

    /** What stands over the rows, or all there is. */
    static void head(Telling telling, Spoken spoken, Searching state) {
        Search search = state.search();
        switch (search.view()) {
            case View.Typing() -> typing(telling, spoken, search);
            case View.Listing() -> tell(telling, SearchWording.finds(spoken.texts(), search));
            case View.OneTitle(int _) -> {
                search.open()
                        .ifPresent(find ->
                                telling.whisper(Spoken.title(find.title().name())));
                tell(telling, SearchWording.title(spoken.texts(), state, false));
            }
            case View.Choosing(int _, var _) -> tell(telling, SearchWording.places(spoken.texts(), search));
            case View.Holding(int _, var where, var wish) -> {
                search.open()
                        .ifPresent(find ->
                                telling.whisper(Spoken.title(find.title().name())));
                tell(telling, hold(spoken, where, wish));
            }
        }
    }

    /** What a hold would have cost in words. */
    private static Said hold(Spoken spoken, PickUp where, Wish wish) {
        Said said = SearchWording.hold(spoken.texts(), where, wish);
        return wish instanceof Wish.Costs(Money fee)
                ? new Said(said.word(), List.of(spoken.say("hold.new.cost.would", "sum", spoken.money(fee))))
                : said;
    }

    private static void typing(Telling telling, Spoken spoken, Search search) {
        telling.say(spoken.say("find.what"))
                .say(spoken.say("find.hint"))
                .say(spoken.say("speech.spell.how"))
                .say(spoken.say("speech.spell.next"))
                .say(spoken.say("speech.spell.keys"))
                .say(spoken.say("speech.pin.more"));
        typed(telling, spoken, search);
    }

    private static void typed(Telling telling, Spoken spoken, Search search) {
        if (search.typed().complete()) {
            telling.whisper(spoken.say("speech.typed", "what", search.typed().text()));
        }
    }

    private static void tell(Telling telling, Said said) {
        telling.whisper(said.word());
        said.lines().forEach(telling::whisper);
    }

    /** The find, the branch or the place of this number. */
    static void row(Telling telling, Spoken spoken, Searching state, int number) {
        Search search = state.search();
        switch (search.view()) {
            case View.Typing(), View.Holding(int _, var _, var _) -> {}
            case View.Listing() ->
                search.find(number)
                        .ifPresentOrElse(
                                find -> find(telling, spoken, state, find), () -> telling.say(spoken.say("find.more")));
            case View.OneTitle(int _) ->
                search.open()
                        .flatMap(Find::details)
                        .map(details -> details.places().get(number - 1))
                        .ifPresent(place -> place(telling, spoken, place));
            case View.Choosing(int _, var places) ->
                telling.whisper(places.get(number - 1).name());
        }
    }

    private static void find(Telling telling, Spoken spoken, Searching state, Find find) {
        telling.whisper(Spoken.title(find.title().name()));
        tell(
                telling,
                SearchWording.find(
                        spoken.texts(), find, state.around().settings().branch()));
    }

    private static void place(Telling telling, Spoken spoken, CatalogueDetails.Place place) {
        telling.whisper(place.name());
        Said said = SearchWording.place(spoken.texts(), place);
        UnaryOperator<String> heard = line -> place.nextDue()
                .map(day -> line.replace(spoken.texts().day(day), spoken.day(day)))
                .orElse(line)
                .replace(BETWEEN, ", ");
        telling.whisper(said.word());
        said.lines().forEach(line -> telling.whisper(heard.apply(line)));
    }

    /** What has changed since. */
    static void news(Telling telling, Spoken spoken, Searching before, Searching now) {
        Search then = before.search();
        Search search = now.search();
        switch (search.view()) {
            case View.Typing() ->
                letters(telling, spoken, then.typed().text(), search.typed().text());
            case View.Listing() -> {
                Said said = SearchWording.finds(spoken.texts(), search);
                if (!said.equals(SearchWording.finds(spoken.texts(), then))) {
                    tell(telling, said);
                    Scenes.row(telling, spoken, now);
                }
            }
            case View.OneTitle(int _) -> {
                Said said = SearchWording.title(spoken.texts(), now, false);
                if (!said.equals(SearchWording.title(spoken.texts(), before, false))) {
                    tell(telling, said);
                    Scenes.row(telling, spoken, now);
                }
            }
            case View.Choosing(int _, var _) -> {
                Said said = SearchWording.places(spoken.texts(), search);
                if (!said.equals(SearchWording.places(spoken.texts(), then))) {
                    tell(telling, said);
                    Scenes.row(telling, spoken, now);
                }
            }
            case View.Holding(int _, var where, var wish) -> {
                Said said = hold(spoken, where, wish);
                boolean known = then.view() instanceof View.Holding(int _, var place, var was)
                        && said.equals(hold(spoken, place, was));
                if (!known) {
                    tell(telling, said);
                }
            }
        }
    }

    /** Each letter as it is typed or changed. */
    private static void letters(Telling telling, Spoken spoken, String before, String now) {
        if (now.equals(before)) {
            return;
        }
        if (now.length() < before.length()) {
            telling.say(spoken.say("speech.pin.erased"));
            if (!now.isBlank()) {
                telling.whisper(spoken.say("speech.typed", "what", now));
            }
            return;
        }
        char last = now.charAt(now.length() - 1);
        telling.whisper(last == ' ' ? spoken.say("find.space") : String.valueOf(last));
    }

    /** What stands on a button. */
    static String label(Spoken spoken, KioskState state, SearchAct act) {
        return state instanceof Searching searching
                ? SearchWording.act(spoken.texts(), searching.search(), act)
                : spoken.say("find.search");
    }
}
