package fi.kimppa.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Eventually;
import fi.kimppa.gateway.GatewayTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The door at Lieto on the evening of the demo, over HTTP, with the bodies of the contract. */
class EntryTest extends GatewayTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    EntryLog log;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void nobodyHasTried() {
        jdbc.sql("delete from failed_tries").update();
        jdbc.sql("delete from pauses").update();
        jdbc.sql("delete from pin_failures").update();
        jdbc.sql("delete from try_counts").update();
        jdbc.sql("delete from entry_log").update();
        jdbc.sql("delete from entry_counts").update();
    }

    @Test
    void opensForLiisaInTheWordsOfTheContract() throws Exception {
        HttpResponse<String> answer = ask("door-lieto", Files.readString(CONTRACT.resolve("entry-request.json")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.readTree(answer.body()))
                .isEqualTo(json.readTree(Files.readString(CONTRACT.resolve("entry-granted.json"))));
        assertThat(answer.body()).doesNotContain("Heino").doesNotContain("2000012395");
    }

    @ParameterizedTest
    @CsvSource({
        "2000012361, 1111, AGE",
        "2000012387, 3333, CARD_EXPIRED",
        "2000012395, 0000, CARD_OR_PIN",
        "2999999999, 0000, CARD_OR_PIN",
        "2000012353, 4321, GRANTED",
    })
    void decidesAsTheDemoSays(String card, String pin, String reason) throws Exception {
        HttpResponse<String> answer = enter("door-lieto", card, pin);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.readTree(answer.body()).get("reason").asString()).isEqualTo(reason);
        assertThat(json.readTree(answer.body()).get("granted").asBoolean()).isEqualTo(reason.equals("GRANTED"));
        assertThat(json.readTree(answer.body()).get("parameters").isEmpty()).isTrue();
    }

    @Test
    void unknownCardAndWrongPinAnswerAlike() throws Exception {
        assertThat(enter("door-lieto", "2999999999", "0000").body())
                .isEqualTo(enter("door-lieto", "2000012395", "0000").body());
    }

    @Test
    void remembersGrantedEntriesByHashAndRefusalsByReasonAlone() throws Exception {
        enter("door-lieto", "2000012395", "246810");
        enter("door-lieto", "2000012395", "0000");
        String rows = jdbc.sql("select string_agg(entry_log::text, ' ') from entry_log")
                .query(String.class)
                .single();
        assertThat(rows).contains("GRANTED").contains("CARD_OR_PIN").doesNotContain("2000012395");
        assertThat(jdbc.sql("select card_hash from entry_log where not granted")
                        .query((row, _) -> Optional.ofNullable(row.getString(1)))
                        .single())
                .isEmpty();
    }

    @Test
    void fourthWrongPinBeginsAPauseThatStaffSee() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(enter("door-lieto", "2000012395", "0000").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> paused = enter("door-lieto", "2000012395", "246810");
        assertThat(paused.statusCode()).isEqualTo(429);
        assertThat(paused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(500L, 600L);
        Eventually.await(() -> jdbc.sql("select count(*) > 0 from fleet_events where kind = 'CARD_PAUSED'")
                .query(Boolean.class)
                .single());
    }

    @Test
    void onlyADoorMayAskAndOnlyWithItsPassword() throws Exception {
        assertThat(enter("kiosk-lieto", "2000012395", "246810").statusCode()).isEqualTo(403);
        assertThat(http.send(
                                request("door-lieto:wrong", "{\"card\":\"1\",\"pin\":\"1\"}"),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"card\":\"2000012395\"}", "{\"card\":\"\",\"pin\":\"1\"}", "[", "{}"})
    void bodyThatCannotBeReadIsAProblem(String body) throws Exception {
        HttpResponse<String> answer = ask("door-lieto", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception");
    }

    @Test
    void logBecomesCountsWhenItIsPastItsKeeping() throws Exception {
        enter("door-lieto", "2000012395", "246810");
        enter("door-lieto", "2000012395", "0000");
        shift(Duration.ofDays(8));
        log.retire();
        assertThat(reasonsLeft()).containsExactly(Optional.of("GRANTED"));
        shift(Duration.ofDays(7));
        log.retire();
        log.retire();
        assertThat(reasonsLeft()).isEmpty();
        assertThat(jdbc.sql("select sum(entries) from entry_counts")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    private List<Optional<String>> reasonsLeft() {
        return jdbc.sql("select reason from entry_log")
                .query((row, _) -> Optional.of(row.getString(1)))
                .list();
    }

    private void shift(Duration back) {
        jdbc.sql("update entry_log set at = at - cast(:back as interval)")
                .param("back", back.toSeconds() + " seconds")
                .update();
    }

    private HttpResponse<String> enter(String terminal, String card, String pin)
            throws IOException, InterruptedException {
        return ask(terminal, "{\"card\": \"%s\", \"pin\": \"%s\"}".formatted(card, pin));
    }

    private HttpResponse<String> ask(String terminal, String body) throws IOException, InterruptedException {
        return http.send(request(terminal + ":demo-" + terminal, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String login, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/entries"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
