package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.CatalogueDetails;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.Question;
import fi.kimppa.kiosk.session.Search;
import fi.kimppa.kiosk.session.SearchAct;
import fi.kimppa.kiosk.session.SearchBy;
import fi.kimppa.sip2.wire.MessageType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kiosk that looks into the catalogue over HTTP and places holds over SIP2, with the bodies of {@code deploy/contract}. */
class SearchKioskTest extends KioskAtDesk {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");

    /** As the contract's title names it. */
    private static final String COPY = "catalogue-1";

    private static final Money EURO = new Money(new BigDecimal("1.00"), "EUR");

    SearchKioskTest() {
        super(new ModelLibrary().patron(CARD, PIN).item(COPY, "Sopimuksen synty / Kaisa Kontti"));
    }

    @BeforeEach
    void switchOn() throws IOException {
        reports.catalogue("titles", 200, Files.readString(CONTRACT.resolve("catalogue-titles.json")));
        reports.catalogue("title", 200, Files.readString(CONTRACT.resolve("catalogue-title.json")));
        reports.catalogue("branches", 200, """
                {"branches": [{"branch": "LIETO", "name": "Lieto"}, {"branch": "TURKU", "name": "Turku"}]}""");
        start("", "");
        until(KioskState.Idle.class, state -> state.around().searchable());
    }

    private void act(SearchAct act) {
        touch(new Choice.InSearch(act));
    }

    private void lookFor(String text) {
        touch(new Choice.Search());
        text.chars().forEach(letter -> act(new SearchAct.Letter((char) letter)));
        act(new SearchAct.Go());
    }

    private void wishFor() {
        lookFor("sopimus š");
        until(
                KioskState.Searching.class,
                state -> state.search().find(1).flatMap(Search.Find::details).isPresent());
        act(new SearchAct.Open(1));
        act(new SearchAct.HoldHere());
        until(KioskState.AskingCard.class, _ -> true);
        scan(CARD);
        until(KioskState.AskingPin.class, _ -> true);
        type(PIN);
    }

    private static boolean became(KioskState.Searching state, Class<? extends Search.Wish> wish) {
        return state.search().view() instanceof Search.View.Holding(int _, var _, var now) && wish.isInstance(now);
    }

    @Test
    void findsABookOverHttpAndHoldsItOverSip2() {
        wishFor();
        until(KioskState.Searching.class, state -> became(state, Search.Wish.Placed.class));
        assertThat(library.waits(COPY, CARD)).isTrue();
        // What there is to read on the front page is asked for at the same address.
        List<String> asked = reports.catalogueAsked.stream()
                .filter(question -> !question.endsWith("/feed"))
                .toList();
        assertThat(asked.getFirst())
                .contains("text=sopimus")
                .contains("by=any")
                .contains("size=10")
                .contains("language=fi");
        assertThat(asked.get(1)).contains("id=900777");
        touch(new Choice.Finish());
        until(KioskState.Idle.class, _ -> true);
    }

    @Test
    void asksBeforeAHoldCostsSomething() {
        library.dear(COPY, "1.00");
        wishFor();
        until(KioskState.Searching.class, state -> state.question().equals(Optional.of(new Question.HoldCosts(EURO))));
        touch(new Choice.Answer(false));
        until(
                KioskState.Searching.class,
                state -> state.question().isEmpty() && became(state, Search.Wish.Costs.class));
        assertThat(library.waits(COPY, CARD)).isFalse();
        act(new SearchAct.Back());
        act(new SearchAct.Open(1));
        act(new SearchAct.HoldHere());
        until(KioskState.Searching.class, state -> state.question().isPresent());
        touch(new Choice.Answer(true));
        until(KioskState.Searching.class, state -> became(state, Search.Wish.Placed.class));
        assertThat(library.waits(COPY, CARD)).isTrue();
        assertThat(library.charged(COPY, CARD)).isOne();
        assertThat(library.holdsAsked()).isEqualTo(3);
    }

    /** The answer to the yes is lost: it is looked, and not sent once more, or it would cost twice. */
    @Test
    void findsOutAboutADearHoldWhoseAnswerWasLost() {
        library.dear(COPY, "1,00");
        wishFor();
        until(KioskState.Searching.class, state -> state.question().isPresent());
        server.hangUpAfter(MessageType.HOLD);
        touch(new Choice.Answer(true));
        until(KioskState.Searching.class, state -> became(state, Search.Wish.Placed.class));
        assertThat(library.charged(COPY, CARD)).isOne();
        assertThat(library.holdsAsked()).isEqualTo(2);
    }

    @Test
    void readsWhatTheContractSays() {
        lookFor("sopimus");
        Search.Find find = until(
                        KioskState.Searching.class,
                        state ->
                                state.search().find(1).filter(Search.Find::read).isPresent())
                .search()
                .find(1)
                .orElseThrow();
        assertThat(find.title().name()).isEqualTo("Sopimuksen synty / Kaisa Kontti");
        CatalogueDetails details = find.details().orElseThrow();
        assertThat(details.itemIdentifier()).contains(COPY);
        assertThat(details.waiting()).isOne();
        assertThat(details.onShelfAt("LIETO")).isOne();
        assertThat(details.places().getLast().nextDue()).hasToString("Optional[2026-12-22]");
        act(new SearchAct.Open(1));
        act(new SearchAct.Elsewhere());
        until(
                KioskState.Searching.class,
                state -> state.search().view() instanceof Search.View.Choosing(int _, var places)
                        && places.size() == 2
                        && places.getFirst().branch().equals("TURKU"));
    }

    @Test
    void tellsASilentCatalogueFromNothingAndFromATitleThatIsGone() {
        reports.catalogue("titles", 503, "");
        lookFor("sopimus");
        until(KioskState.Searching.class, state -> state.search().silent());
        reports.catalogue("titles", 200, "{\"titles\": [], \"total\": 0, \"more\": false, \"near\": false}");
        act(new SearchAct.Again());
        until(
                KioskState.Searching.class,
                state -> state.search()
                        .finds()
                        .filter(found -> found.rows().isEmpty())
                        .isPresent());
        reports.catalogue("titles", 200, "this is no answer");
        act(new SearchAct.LookBy(SearchBy.AUTHOR));
        until(KioskState.Searching.class, state -> state.search().silent());
    }

    @Test
    void aTitleThatIsGoneIsAnAnswer() {
        reports.catalogue("title", 404, "");
        lookFor("sopimus");
        until(
                KioskState.Searching.class,
                state -> state.search().find(1).filter(Search.Find::read).isPresent());
        act(new SearchAct.Open(1));
        until(
                KioskState.Searching.class,
                state -> state.search().view() instanceof Search.View.OneTitle
                        && state.search().asked().isEmpty()
                        && !state.search().silent()
                        && !state.mayHold());
    }

    @Test
    void findsOutAboutAHoldWhoseAnswerWasLostWithoutSendingItTwice() {
        server.hangUpAfter(MessageType.HOLD);
        wishFor();
        until(KioskState.Searching.class, state -> became(state, Search.Wish.Placed.class));
        assertThat(library.waits(COPY, CARD)).isTrue();
        assertThat(library.holdsAsked()).isOne();
    }
}
