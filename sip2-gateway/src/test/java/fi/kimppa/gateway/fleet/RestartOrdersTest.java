package fi.kimppa.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Kiosks that are started anew from elsewhere: the page in Chromium and the reports over HTTP, with the bodies of deploy/contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartOrdersTest extends GatewayTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");
    private static final UUID RUN = UUID.fromString("0b6e5c2a-4a57-4a3c-8c66-1f0b3f2f7d10");
    private static final UUID NEXT_RUN = UUID.fromString("5f7f4f4e-6a1c-4a0e-9d35-0d1f6b8d2c4a");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RestartOrders orders;

    @Autowired
    JsonMapper json;

    private final HttpClient http = HttpClient.newHttpClient();
    private Browser browser;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
        nothingOrdered();
    }

    @BeforeEach
    void nothingOrdered() {
        jdbc.sql("delete from restart_orders").update();
    }

    private HttpResponse<String> report(String login, UUID run) throws IOException, InterruptedException {
        ObjectNode body = (ObjectNode) json.readTree(Files.readString(CONTRACT.resolve("configuration-report.json")));
        body.remove("configuration");
        body.put("run", run.toString());
        String basic = Base64.getEncoder().encodeToString((login + ":demo-" + login).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/reports"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private List<String> events(String terminal) {
        return jdbc.sql("select kind from fleet_events where terminal = :terminal and kind like 'RESTART%' order by id")
                .param("terminal", terminal)
                .query((row, _) -> row.getString("kind"))
                .list();
    }

    @Test
    void aKioskIsToldUntilAnotherProcessOfItReportsAndThenNeverAgain() throws Exception {
        assertThat(report("kiosk-turku", RUN).statusCode()).isEqualTo(204);
        orders.place("kiosk-turku", "anna");
        orders.place("kiosk-turku", "bertta");
        JsonNode told = json.readTree(Files.readString(CONTRACT.resolve("restart-answer.json")));
        for (int times = 0; times < 2; times++) {
            HttpResponse<String> answer = report("kiosk-turku", RUN);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json.readTree(answer.body())).isEqualTo(told);
        }
        assertThat(report("kiosk-turku", NEXT_RUN).statusCode()).isEqualTo(204);
        assertThat(report("kiosk-turku", NEXT_RUN).statusCode()).isEqualTo(204);
        assertThat(events("kiosk-turku")).endsWith("RESTART_ORDERED", "RESTARTED");
        assertThat(orders.latest()).hasEntrySatisfying("kiosk-turku", order -> {
            assertThat(order.who()).isEqualTo("anna");
            assertThat(order.outcome()).contains("RESTARTED");
        });
    }

    @Test
    void nobodyElseIsTold() throws Exception {
        orders.place("kiosk-turku", "anna");
        assertThat(report("door-lieto", RUN).statusCode()).isEqualTo(204);
        orders.place("door-lieto", "anna");
        assertThat(report("door-lieto", RUN).statusCode())
                .as("a door is no kiosk")
                .isEqualTo(204);
    }

    @Test
    void aKioskThatWasOffForLongIsLeftAlone() throws Exception {
        orders.place("kiosk-turku", "anna");
        jdbc.sql("update restart_orders set ordered_at = ordered_at - interval '61 minutes'")
                .update();
        assertThat(report("kiosk-turku", RUN).statusCode()).isEqualTo(204);
        assertThat(orders.latest().get("kiosk-turku"))
                .satisfies(order -> assertThat(order.outcome()).contains("EXPIRED"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Käynnistä laite uudelleen; kiosk-turku käynnistyy uudelleen, kun kukaan ei käytä sitä.; odottaa
            sv; Starta om en maskin;       kiosk-turku startar om när ingen använder den.;              väntar
            en; Restart a kiosk;           kiosk-turku restarts when nobody is at it.;                  waiting
            """)
    void staffOrderItOnAPage(String language, String title, String said, String waits) {
        for (Look look : Look.of(language, 360)) {
            nothingOrdered();
            Page page = browser.signedIn("staff", look);
            page.navigate("/restarts");
            assertThat(page.textContent("h1")).isEqualTo(title);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
            page.click("main form[action='/restarts/kiosk-turku'] button");
            assertThat(page.textContent("[role=status]").strip()).isEqualTo(said);
            assertThat(page.textContent("tbody")).contains(waits).doesNotContain("door-lieto");
            assertThat(page.locator("main form[action='/restarts/kiosk-turku']").count())
                    .isZero();
            Browser.picture(page, "restarts-" + look);
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }
}
