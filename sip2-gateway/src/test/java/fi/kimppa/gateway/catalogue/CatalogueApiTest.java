package fi.kimppa.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a kiosk asks of the catalogue over HTTP, in the words of the contract. */
class CatalogueApiTest extends GatewayTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    Settings settings;

    @Autowired
    Ratings ratings;

    private final HttpClient http = HttpClient.newHttpClient();

    /** A title with a copy in Lieto, one that is lent and one that travels, and two people who thought well of it. */
    @BeforeEach
    void aTitle() {
        clear();
        run("""
                insert into titles (id, title, author, subjects, added_on)
                values (900777, 'Sopimuksen synty', 'Kaisa Kontti', 'sopimukset; kirjastot', '2026-11-24')
                """);
        run("""
                insert into items (number, title_id, type, home_branch, current_branch, destination, call_number)
                values ('catalogue-1', 900777, 'BOOK', 'LIETO', 'LIETO', null, '36'),
                       ('catalogue-2', 900777, 'BOOK', 'TURKU', 'TURKU', null, '36'),
                       ('catalogue-3', 900777, 'BOOK', 'TURKU', 'LIETO', 'TURKU', '36')
                """);
        run("""
                insert into loans (item, card, lent_at, lent_branch, due_at)
                values ('catalogue-2', '2000012345', '2026-11-24 12:00+02', 'TURKU', '2026-12-22 23:59+02')
                """);
        run("""
                insert into holds (card, title_id, pickup_branch, placed_at, state)
                values ('2000012395', 900777, 'LIETO', '2026-11-24 13:00+02', 'WAITING')
                """);
        run("insert into title_ratings (title, stars, votes) values ('900777', 4, 2)");
        run("insert into title_ratings (title, stars, votes) values ('900777', 5, 1)");
    }

    @AfterEach
    void clear() {
        settings.change(Scope.CONSORTIUM, Catalogues.SOURCE.name(), Optional.empty(), "anna");
        settings.change(Scope.CONSORTIUM, FeedController.NEW_DAYS.name(), Optional.empty(), "anna");
        run("delete from rated_things");
        run("delete from title_ratings");
        run("delete from reading_tips where id = 900777");
        run("delete from e_resources where code = 'lehdet'");
        run("delete from holds where title_id = 900777");
        run("delete from loans where item like 'catalogue-_'");
        run("delete from items where title_id = 900777");
        run("delete from titles where id = 900777");
    }

    private void run(String sql) {
        jdbc.sql(sql).update();
    }

    private JsonNode contract(String file) throws IOException {
        return json.readTree(Files.readString(CONTRACT.resolve(file)));
    }

    private HttpRequest.Builder to(String login, String path) {
        String basic = Base64.getEncoder().encodeToString((login + ":demo-" + login).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/catalogue/" + path))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> get(String login, String path) throws IOException, InterruptedException {
        return http.send(to(login, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode body(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("kiosk-lieto", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> rate(String login, String body) throws IOException, InterruptedException {
        return http.send(
                to(login, "ratings")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    // ---- looking -----------------------------------------------------------------------------------------

    @Test
    void findsATitleInTheWordsOfTheContract() throws Exception {
        assertThat(body("titles?text=sopimuksen%20synty")).isEqualTo(contract("catalogue-titles.json"));
    }

    @Test
    void saysWhereCopiesAreAndNobodysName() throws Exception {
        JsonNode title = body("title?id=900777&language=sv");
        assertThat(title).isEqualTo(contract("catalogue-title.json"));
        assertThat(title.toString()).doesNotContain("2000012345", "2000012395");
    }

    @Test
    void namesThePlacesWhereAHoldIsFetched() throws Exception {
        JsonNode branches = body("branches").get("branches");
        assertThat(branches.size()).isGreaterThan(3);
        assertThat(branches.get(0).propertyNames()).containsExactlyInAnyOrder("branch", "name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "titles",
                "titles?text=%20",
                "titles?text=a&by=card",
                "titles?text=a&page=0",
                "titles?text=a&page=26",
                "titles?text=a&page=x",
                "titles?text=a&size=51",
                "titles?text=a&language=ru",
                "title",
                "title?id="
            })
    void whatCannotBeAnsweredIsAProblem(String path) throws Exception {
        HttpResponse<String> answer = get("kiosk-turku", path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception");
    }

    @Test
    void takesNoTextLongerThanAnybodyTypes() throws Exception {
        assertThat(get("kiosk-turku", "titles?text=" + "a".repeat(200)).statusCode())
                .isEqualTo(200);
        assertThat(get("kiosk-turku", "titles?text=" + "a".repeat(201)).statusCode())
                .isEqualTo(400);
        assertThat(get("kiosk-turku", "titles?text=" + URLEncoder.encode("';--\u0000%", StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("kiosk-turku", "title?id=999999999").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"titles?text=a", "title?id=900777", "branches", "feed"})
    void aDoorHasNoCatalogueAndAStrangerNothing(String path) throws Exception {
        assertThat(get("door-lieto", path).statusCode()).isEqualTo(403);
        assertThat(get("kiosk-unknown", path).statusCode()).isEqualTo(401);
    }

    // ---- stars -------------------------------------------------------------------------------------------

    @Test
    void takesOneVoteForAThingOnADay() throws Exception {
        String vote = Files.readString(CONTRACT.resolve("catalogue-rating.json"));
        HttpResponse<String> first = rate("kiosk-lieto", vote);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(json.readTree(first.body())).isEqualTo(contract("catalogue-rating-answer.json"));
        assertThat(rate("kiosk-turku", vote).body()).contains("NOT_NOW");
        assertThat(body("title?id=900777").at("/title/rating/votes").intValue()).isEqualTo(4);
        assertThat(jdbc.sql("select string_agg(r::text, ' ') from title_ratings r")
                        .query(String.class)
                        .single())
                .as("nothing of the thing, the terminal or the time")
                .doesNotContain("catalogue-1", "kiosk", "2026");

        run("update rated_things set day = day - 2");
        ratings.forget();
        assertThat(rate("kiosk-turku", vote).body()).contains("COUNTED");
    }

    @Test
    void aTerminalHasItsShareOfVotesAndNoMore() throws Exception {
        run("insert into rated_things (item, day, terminal) select 'x' || n, '2026-11-24', 'kiosk-lieto'"
                + " from generate_series(1, " + Ratings.MOST_A_DAY + ") n");
        String vote = Files.readString(CONTRACT.resolve("catalogue-rating.json"));
        assertThat(rate("kiosk-lieto", vote).body()).contains("NOT_NOW");
        assertThat(rate("kiosk-turku", vote).body()).contains("COUNTED");
    }

    @Test
    void showsNoStarsOfTwoPeople() throws Exception {
        run("delete from title_ratings where stars = 5");
        assertThat(body("title?id=900777").at("/title").has("rating")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[",
                "{\"item\": \"catalogue-1\"}",
                "{\"item\": \"catalogue-1\", \"stars\": 6}",
                "{\"item\": \"\", \"stars\": 3}"
            })
    void aVoteWithoutSenseIsAProblem(String vote) throws Exception {
        assertThat(rate("kiosk-lieto", vote).statusCode()).isEqualTo(400);
    }

    @Test
    void aThingThatNobodyKnowsHasNoStars() throws Exception {
        assertThat(rate("kiosk-lieto", "{\"item\": \"nothing\", \"stars\": 3}").body())
                .contains("UNKNOWN_THING");
        assertThat(rate("door-lieto", "{\"item\": \"catalogue-1\", \"stars\": 3}")
                        .statusCode())
                .isEqualTo(403);
    }

    // ---- the idle screen ---------------------------------------------------------------------------------

    @Test
    void hasOneFeedOfTipsNewTitlesAndElectronicCollections() throws Exception {
        run("""
                insert into reading_tips (id, municipality, heading_fi, heading_sv, text_fi, title, first_day, last_day,
                                          who, entered_at)
                overriding system value
                values (900777, 'LIETO', 'Sopimuksia syksyyn', 'Avtal för hösten', 'Lue ensin pieni teksti.', '900777',
                        '2026-11-20', '2026-11-24', 'anna', '2026-11-20 12:00+02')
                """);
        run("""
                insert into e_resources (code, municipality, name_fi, name_sv, address)
                values ('lehdet', 'LIETO', 'Lehdet', 'Tidningar', 'https://lehdet.example.fi/')
                """);
        settings.change(Scope.CONSORTIUM, FeedController.NEW_DAYS.name(), Optional.of("1"), "anna");
        JsonNode feed = body("feed");
        JsonNode expected = contract("catalogue-feed.json");
        assertThat(only(feed, "tips", "id", "900777"))
                .isEqualTo(expected.get("tips").get(0));
        assertThat(only(feed, "added", "id", "900777"))
                .isEqualTo(expected.get("added").get(0));
        assertThat(only(feed, "resources", "code", "lehdet"))
                .isEqualTo(expected.get("resources").get(0));
        assertThat(feed.propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());

        run("update reading_tips set last_day = '2026-11-23' where id = 900777");
        assertThat(json.readTree(get("kiosk-lieto", "feed").body()).get("tips").toString())
                .as("its last day is over")
                .doesNotContain("900777");
        JsonNode turku = json.readTree(get("kiosk-turku", "feed").body());
        assertThat(turku.get("resources").toString()).doesNotContain("lehdet");
        settings.change(Scope.CONSORTIUM, FeedController.NEW_DAYS.name(), Optional.of("0"), "anna");
        assertThat(body("feed").get("added").isEmpty()).isTrue();
    }

    private static JsonNode only(JsonNode feed, String list, String key, String value) {
        List<JsonNode> found = feed.get(list)
                .valueStream()
                .filter(one -> one.get(key).asString().equals(value))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
