package fi.kimppa.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What staff see, in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaffPagesTest extends GatewayTest {
    private static final String READY = "READY\",\"reason\":\"NONE";

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private Browser browser;
    private long sequence;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @BeforeEach
    void fleet() throws Exception {
        report("kiosk-turku", "BORROWING", READY, READY);
        report("kiosk-lieto", "IDLE", READY, "DEGRADED\",\"reason\":\"PAPER_LOW");
        report("kiosk-naantali", "OUT_OF_SERVICE", "ABSENT\",\"reason\":\"UNPLUGGED", READY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fi", "sv", "en"})
    void signInPageIsAccessibleInEveryLanguage(String language) {
        for (Look look : Look.wide(language)) {
            Page page = browser.window(language, look.width(), look.colours());
            page.navigate("/sign-in?wrong");
            Browser.picture(page, "sign-in-" + look);
            assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fi", "sv", "en"})
    void fleetPageIsAccessibleInEveryLanguage(String language) {
        for (Look look : Look.wide(language)) {
            Page page = browser.signedIn("staff", look);
            page.waitForSelector("#live:not(:empty)");
            Browser.picture(page, "fleet-" + look);
            assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 640})
    void fitsNarrowWindowsWithoutSidewaysScrolling(int width) {
        Page page = browser.signedIn("fi", width, ColorScheme.LIGHT);
        Browser.picture(page, "fleet-fi-" + width);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);
    }

    @Test
    void changedRowAppearsWithoutReloadWithinTwoSecondsAndIsAnnounced() throws Exception {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.waitForSelector("#live:not(:empty)");
        page.evaluate("window.notReloaded = true");
        Page.WaitForSelectorOptions soon = new Page.WaitForSelectorOptions().setTimeout(20_000);

        report("kiosk-turku", "BORROWING", "ABSENT\",\"reason\":\"UNPLUGGED", READY);
        page.waitForSelector("#terminal-kiosk-turku.is-fault :text('the cable is unplugged')", soon);
        report("kiosk-turku", "BORROWING", READY, "DEGRADED\",\"reason\":\"PAPER_LOW");
        page.waitForSelector("#terminal-kiosk-turku.is-attention :text('paper is low')", soon);

        page.waitForCondition(
                () -> page.textContent("#announcer").contains("Turku, Kiosk: Check. Receipt printer: paper is low."));
        assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);
    }

    @Test
    void terminalThatStopsReportingIsShownAsSilent() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.waitForCondition(
                () -> {
                    page.reload();
                    return page.isVisible("#terminal-kiosk-naantali.is-silent");
                },
                new Page.WaitForConditionOptions().setTimeout(60_000));
        assertThat(page.textContent("#terminal-kiosk-naantali")).contains("The machine has stopped reporting.");
        Browser.picture(page, "fleet-en-silent");
        Browser.close(page);
    }

    @Test
    void pageThatDoesNotExistSaysSoInWords() {
        Page page = browser.signedIn("sv", 640, ColorScheme.LIGHT);
        page.navigate("/nothing-here");
        assertThat(page.textContent("main")).contains("Den här sidan finns inte.");
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);
    }

    @Test
    void languageChosenByLinkIsRemembered() {
        Page page = browser.window("fi", 1280, ColorScheme.LIGHT);
        page.navigate("/sign-in");
        page.click("text=Svenska");
        page.navigate("/sign-in");
        assertThat(page.textContent("h1")).isEqualTo("Logga in");
        Browser.close(page);
    }

    @Test
    void showsNothingWithoutSignInAndNothingAfterSignOut() throws Exception {
        assertThat(get("/").headers().firstValue("Location").orElseThrow()).endsWith("/sign-in");
        assertThat(get("/fleet/stream").statusCode()).isEqualTo(401);
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.waitForSelector("#live:not(:empty)");
        page.click("text=Sign out");
        assertThat(page.textContent(".notice")).isEqualTo("You have signed out.");
        page.navigate("/");
        assertThat(page.url()).endsWith("/sign-in");
        Browser.close(page);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/html")
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void report(String terminal, String state, String pad, String printer)
            throws IOException, InterruptedException {
        String body = """
                {"sequence": %d, "at": "2026-11-24T17:30:00Z", "software": "0.1.0", "state": "%s", "spooled": 0,
                 "pendingSecurity": 0, "devices": [
                 {"device": "pad", "kind": "RFID_PAD", "status": "%s", "since": "2026-11-24T17:29:58Z"},
                 {"device": "printer", "kind": "RECEIPT_PRINTER", "status": "%s", "since": "2026-11-24T17:20:00Z"},
                 {"device": "scanner", "kind": "BARCODE_SCANNER", "status": "READY", "reason": "NONE",
                  "since": "2026-11-24T15:00:00Z"}],
                 "events": [{"id": "%s", "at": "2026-11-24T17:29:58Z", "kind": "CHECKOUT_ANSWERED_LATE",
                  "detail": "3000000011"}]}""".formatted(
                ++sequence, state, pad, printer, UUID.nameUUIDFromBytes(terminal.getBytes(StandardCharsets.UTF_8)));
        String login =
                Base64.getEncoder().encodeToString((terminal + ":demo-" + terminal).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/reports"))
                        .header("Authorization", "Basic " + login)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }
}
