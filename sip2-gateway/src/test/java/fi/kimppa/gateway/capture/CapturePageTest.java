package fi.kimppa.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Captures as staff start and take them, in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapturePageTest extends GatewayTest {
    private static final String TERMINAL = "kiosk-aura";
    private static final String PAGE = "/admin/terminals/device/kiosk-aura/capture";

    @LocalServerPort
    int port;

    @Autowired
    BeanFactory beans;

    private CaptureHand hand;
    private Browser browser;

    @BeforeAll
    void start() {
        hand = new CaptureHand(beans);
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @AfterEach
    void nothingIsLeft() {
        hand.deleteAll(TERMINAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fi", "sv", "en"})
    void pageIsAccessibleInEveryLanguage(String language) {
        hand.start(TERMINAL, false);
        hand.stop(TERMINAL);
        for (Look look : Look.of(language, 320)) {
            Page page = browser.signedIn("admin", look);
            page.navigate(PAGE);
            Browser.picture(page, "capture-" + look);
            assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
            if (look.narrow()) {
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(look.width());
            } else {
                assertThat(Browser.findings(page)).isEmpty();
            }
            Browser.close(page);
        }
    }

    @Test
    void captureIsStartedSeenStoppedTakenHomeAndDeleted() throws IOException {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/terminals/device/kiosk-aura");
        page.click("text=Wire capture of this terminal");
        page.selectOption("#minutes", "60");
        page.click("button:has-text('Start capture')");
        page.waitForSelector("td strong:has-text('Running until')");
        Browser.picture(page, "capture-running");
        assertThat(Browser.findings(page)).isEmpty();
        assertThat(page.locator("#minutes").count()).isZero();

        page.click("table.captures button:has-text('Stop')");
        page.waitForSelector("td:has-text('Stopped')");
        Download file = page.waitForDownload(() -> page.click("table.captures button:has-text('Download')"));
        assertThat(file.suggestedFilename()).matches("capture-kiosk-aura-\\d+[.]sip2capture");
        assertThat(Files.readString(file.path()))
                .startsWith("# sip2-capture 1\n# number: ")
                .contains("# terminal: kiosk-aura\n", " by admin\n", ", stopped by staff\n", "# dropped: 0\n");
        page.navigate(PAGE);
        assertThat(page.textContent("section[aria-labelledby=deeds-title]"))
                .contains("Wire capture started", ", 60 min", "Wire capture stopped", "Wire capture downloaded");
        page.click("table.captures button:has-text('Delete')");
        page.waitForSelector("text=There are no captures.");
        Browser.close(page);
    }

    @Test
    void unmaskedNeedsAReasonThatStaysOnThePage() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate(PAGE);
        page.check("#unmasked");
        page.fill("#reason", "fault");
        page.click("button:has-text('Start capture')");
        assertThat(page.textContent("[role=alert]")).startsWith("Say why in at least three words");
        assertThat(Browser.findings(page)).isEmpty();
        page.check("#unmasked");
        page.fill("#reason", "The reader sends half a card");
        page.click("button:has-text('Start capture')");
        page.waitForSelector("td .unconfirmed:has-text('Unmasked')");
        assertThat(page.textContent("section[aria-labelledby=deeds-title]"))
                .contains("Unmasked wire capture started", "15 min, The reader sends half a card", "admin");
        Browser.close(page);
    }

    @Test
    void staffWithoutTheRoleMayNotSeeItAndNobodyMayStartItWithoutTheToken() throws Exception {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        assertThat(page.navigate(PAGE).status()).isEqualTo(403);
        Browser.close(page);
        assertThat(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PAGE))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofString("minutes=15"))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(403);
    }
}
