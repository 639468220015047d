package fi.kimppa.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A staff pad's reports over HTTP, with the bodies of deploy/contract. */
class TagReportTest extends GatewayTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TagOrders orders;

    @Autowired
    JsonMapper json;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void aStaffPad() {
        clear();
        jdbc.sql("""
                        insert into terminals (login, kind, branch_code, institution_id, password)
                        values ('desk-report', 'DESK', 'TURKU', 'TURKU',
                                '00:' || encode(sha256('\\x00'::bytea || 'demo-desk-report'::bytea), 'hex'))
                        """).update();
    }

    @AfterEach
    void clear() {
        jdbc.sql("delete from tag_orders").update();
        jdbc.sql("delete from desk_changes where kind = 'TAG_WRITTEN'").update();
        jdbc.sql("delete from fleet_terminals where terminal = 'desk-report'").update();
        jdbc.sql("delete from terminals where login = 'desk-report'").update();
    }

    private JsonNode contract(String file) throws IOException {
        return json.readTree(Files.readString(CONTRACT.resolve(file)));
    }

    private HttpResponse<String> report(String login, JsonNode body) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((login + ":demo-" + login).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/reports"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anOrderStandsInTheAnswerAndItsOutcomeInTheNextReport() throws Exception {
        JsonNode nothingEnded = contract("staff-pad-report.json");
        ((ObjectNode) nothingEnded.get("tagOrders")).putArray("ended");
        assertThat(report("desk-report", nothingEnded).statusCode()).isEqualTo(204);

        orders.place(new TagOrders.Wish("desk-report", "3000000011", "FI-Turku", 1, 3), "anna");
        HttpResponse<String> answer = report("desk-report", nothingEnded);
        assertThat(answer.statusCode()).isEqualTo(200);
        ObjectNode given = (ObjectNode) json.readTree(answer.body()).get("tagOrder");
        ObjectNode expected = (ObjectNode) contract("tag-order.json").get("tagOrder");
        assertThat(given.get("millisLeft").longValue()).isBetween(1L, 60_000L);
        String id = given.get("id").stringValue();
        expected.put("id", id);
        expected.set("millisLeft", given.get("millisLeft"));
        assertThat(given).isEqualTo(expected);

        JsonNode ended = contract("staff-pad-report.json");
        ((ObjectNode) ended.get("tagOrders").get("ended").get(0)).put("id", id);
        assertThat(report("desk-report", ended).statusCode()).isEqualTo(204);
        assertThat(orders.latest("3000000011", Duration.ofMinutes(5))).hasValueSatisfying(order -> {
            assertThat(order.state()).isEqualTo(TagOrder.WRITTEN);
            assertThat(order.uid()).isEqualTo("E004015000000001");
        });
        assertThat(jdbc.sql("select what from desk_changes where kind = 'TAG_WRITTEN' and item = '3000000011'")
                        .query(String.class)
                        .list())
                .containsExactly("E004015000000001");
    }

    @Test
    void aReportWithoutSenseIsRefusedAndOneOfAKioskIsAnsweredAsBefore() throws Exception {
        JsonNode wrong = contract("staff-pad-report.json");
        ((ObjectNode) wrong.get("tagOrders").get("ended").get(0)).put("uid", "not a UID");
        assertThat(report("desk-report", wrong).statusCode()).isEqualTo(400);
        assertThat(report("kiosk-turku", contract("device-report.json")).statusCode())
                .isEqualTo(204);
    }
}
