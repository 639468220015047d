package fi.kimppa.gateway.backup;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import java.io.IOException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Backups as staff see and take them, in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupPageTest extends GatewayTest {
    @LocalServerPort
    int port;

    @Autowired
    Backups backups;

    private Browser browser;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @ParameterizedTest
    @CsvSource({"fi, Varmuuskopiot", "sv, Säkerhetskopior", "en, Backups"})
    void showsWhatIsKept(String language, String title) {
        taken();
        for (Look look : Look.of(language, 390)) {
            Page page = browser.signedIn("admin", look);
            page.navigate("/admin/backups");
            assertThat(page.textContent("h1")).isEqualTo(title);
            assertThat(page.locator("tbody tr").count()).isPositive();
            Browser.picture(page, "backups-" + look);
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }

    private void taken() {
        if (backups.kept().isEmpty()) {
            backups.begin();
            await(() -> backups.underWay().isEmpty());
        }
    }

    @Test
    void takesOneAndGivesItOut() throws IOException {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/backups");
        page.click("form[action$='/backups'] button");
        await(() -> backups.underWay().isEmpty());
        page.navigate("/admin/backups");

        Download file = page.waitForDownload(() -> page.click("tbody tr:first-child a"));

        assertThat(file.suggestedFilename()).isEqualTo(backups.kept().getFirst().name());
        try (ZipFile zip = new ZipFile(file.path().toFile())) {
            assertThat(zip.getEntry(Manifest.ENTRY)).isNotNull();
        }
        assertThat(page.navigate("/admin/backups/kimppa-20200101T000000Z.backup.zip")
                        .status())
                .isEqualTo(404);
        Browser.close(page);
    }

    @Test
    void isForAdminsAlone() {
        Page page = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        assertThat(page.navigate("/admin/backups").status()).isEqualTo(403);
        Browser.close(page);
    }
}
