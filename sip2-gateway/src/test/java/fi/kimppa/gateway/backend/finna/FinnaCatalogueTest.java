package fi.kimppa.gateway.backend.finna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.backend.http.HttpStub;
import fi.kimppa.gateway.backend.http.HttpStub.Asked;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.gateway.catalogue.Availability;
import fi.kimppa.gateway.catalogue.CatalogueSilentException;
import fi.kimppa.gateway.catalogue.Found;
import fi.kimppa.gateway.catalogue.Query;
import fi.kimppa.gateway.catalogue.Query.By;
import fi.kimppa.gateway.catalogue.Title;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Finna by answers of the documented shape, over a real socket. Written by hand, since no test asks the real one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FinnaCatalogueTest {
    private static final String SEARCH = """
            {"resultCount": 1354, "records": [
              {"id": "vaski.123", "title": "Sinuhe egyptiläinen : viisitoista kirjaa",
               "nonPresenterAuthors": [{"name": "Waltari, Mika", "role": "kirjoittaja"}, {"name": "Toinen"}],
               "year": "1945", "subjects": [["faaraot"], ["Egypti", "historia"], ["faaraot"]],
               "formats": [{"value": "0/Book/", "translated": "Kirja"}, {"value": "1/Book/Book/", "translated": "Painettu kirja"}]},
              {"id": "vaski.124", "title": "Vain nimi"},
              {"id": "vaski.125"},
              {"title": "ilman tunnusta", "subjects": "not a list", "year": 1999}
            ], "status": "OK"}""";

    private BackHalf house;
    private Settings settings;
    private MovableClock clock;
    private HttpStub stub;
    private FinnaClient client;
    private FinnaCatalogue finna;

    @BeforeAll
    void start() {
        house = BackHalf.startWith();
        settings = house.bean(Settings.class);
        clock = house.clock();
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void answer() throws IOException {
        clock.reset();
        set("0/Vaski/", "vaski");
        stub = new HttpStub(FinnaCatalogueTest::said);
        client = new FinnaClient(
                new FinnaSettings(
                        stub.url("/v1"), Duration.ofSeconds(2), Duration.ofMinutes(5), 3, 5, Duration.ofSeconds(15)),
                clock);
        finna = new FinnaCatalogue(client, settings);
    }

    @AfterEach
    void hangUp() {
        client.close();
        stub.close();
    }

    private static Reply said(Asked asked) {
        return switch (asked.path()) {
            case "/v1/search" -> Reply.json(200, SEARCH);
            case "/v1/record" ->
                asked.query().getOrDefault("id", "").equals("vaski.123")
                        ? Reply.json(200, SEARCH)
                        : Reply.json(404, "{\"status\": \"ERROR\", \"statusMessage\": \"Record not found\"}");
            default -> Reply.json(404, "{}");
        };
    }

    private void set(String building, String records) {
        assertThat(settings.change(
                        Scope.CONSORTIUM,
                        Map.of(
                                FinnaCatalogue.BUILDING.name(), Optional.of(building),
                                FinnaCatalogue.RECORDS.name(), Optional.of(records)),
                        "anna"))
                .isEmpty();
    }

    private static Query query(String text) {
        return new Query(text, By.AUTHOR, 2, 10, "en");
    }

    @Test
    void asksAsDocumentedAndReadsWhatIsDocumented() {
        Found found = finna.search(query("Waltari AND \"Sinuhe\" isbn:1"));

        Asked asked = stub.heard.getFirst();
        assertThat(asked.line()).isEqualTo("GET /v1/search");
        assertThat(asked.query())
                .containsEntry("lookfor", "waltari and sinuhe isbn 1")
                .containsEntry("type", "Author")
                .containsEntry("page", "2")
                .containsEntry("limit", "10")
                .containsEntry("lng", "en-gb")
                .containsEntry("sort", "relevance,id asc")
                .containsEntry("filter[]", "building:\"0/Vaski/\"");
        assertThat(asked.headers()).containsEntry("user-agent", "Kimppa");
        assertThat(found.total()).isEqualTo(1354);
        assertThat(found.titles())
                .containsExactly(
                        new Title(
                                "vaski.123",
                                "Sinuhe egyptiläinen : viisitoista kirjaa",
                                "Waltari, Mika",
                                Optional.of("1945"),
                                List.of("faaraot", "Egypti, historia"),
                                List.of("Painettu kirja"),
                                Optional.empty(),
                                Optional.empty()),
                        new Title(
                                "vaski.124",
                                "Vain nimi",
                                "",
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void namesTheRecordOfTheLibrarySystemForAHold() {
        assertThat(finna.title("vaski.123", "fi").flatMap(Availability::titleIdentifier))
                .hasValue("123");
        set("", "");
        assertThat(finna.title("vaski.123", "sv").flatMap(Availability::titleIdentifier))
                .isEmpty();
        assertThat(finna.title("vaski.999", "fi")).isEmpty();
        assertThat(finna.titleOf("3000000011")).isEmpty();
    }

    @Test
    void asksForWhatIsNewAndWithoutABuildingForAll() {
        set("", "");
        assertThat(finna.added(LocalDate.of(2026, 11, 1), 20, "fi")).hasSize(2);
        assertThat(stub.heard.getFirst().query())
                .containsEntry("sort", "first_indexed desc")
                .containsEntry("filter[]", "first_indexed:\"[2026-11-01T00:00:00Z TO *]\"");
    }

    @Test
    void keepsAnAnswerForSomeMinutes() {
        finna.search(query("a"));
        finna.search(query("a"));
        assertThat(stub.heard).hasSize(1);
        clock.pass(Duration.ofMinutes(6));
        finna.search(query("a"));
        assertThat(stub.heard).hasSize(2);
    }

    @Test
    void asksNoMoreThanSoOftenInAMinute() {
        for (int i = 0; i < 5; i++) {
            finna.search(query("word" + i));
        }
        assertThatThrownBy(() -> finna.search(query("one more"))).isInstanceOf(CatalogueSilentException.class);
        assertThat(stub.heard).hasSize(5);
        clock.pass(Duration.ofMinutes(1));
        assertThat(finna.search(query("one more")).titles()).isNotEmpty();
    }

    static Stream<UnaryOperator<Reply>> troubles() {
        return Stream.of(
                _ -> new Reply.Silence(),
                _ -> new Reply.HangUp(),
                said -> new Reply.Half((Reply.Said) said),
                _ -> Reply.json(429, "{}"),
                _ -> Reply.json(503, "<html>"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void leavesFinnaAloneForAWhileAfterTrouble(UnaryOperator<Reply> trouble) {
        stub.next("GET /v1/search", trouble);
        assertThatThrownBy(() -> finna.search(query("a"))).isInstanceOf(CatalogueSilentException.class);
        assertThatThrownBy(() -> finna.search(query("a"))).isInstanceOf(CatalogueSilentException.class);
        assertThat(stub.heard).as("the second was not sent").hasSize(1);
        clock.pass(Duration.ofSeconds(16));
        assertThat(finna.search(query("a")).total()).isEqualTo(1354);
    }

    @Test
    void aRefusalIsNoAnswerAndIsNotKept() {
        stub.next("GET /v1/search", _ -> Reply.json(400, "{\"status\": \"ERROR\", \"statusMessage\": \"x\"}"));
        assertThatThrownBy(() -> finna.search(query("a")))
                .isInstanceOf(CatalogueSilentException.class)
                .hasMessageNotContaining("lookfor");
        assertThat(finna.search(query("a")).total()).isEqualTo(1354);
    }

    @Test
    void nothingThatIsAWordIsNotAskedFor() {
        assertThat(finna.search(query("!!!"))).isEqualTo(Found.NOTHING);
        assertThat(stub.heard).isEmpty();
    }
}
