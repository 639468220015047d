package fi.kimppa.gateway.backend.embedded.exchange;

import static fi.kimppa.gateway.console.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Import and export as staff see them in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangePageTest extends GatewayTest {
    private static final String FILE = """
            card;family_name;given_name;birth_date;category;home_branch;expires_on;pin;shoe_size
            2000900001;Salo;Aino;1990-05-06;ADULT;TURKU;2030-01-01;4711;38
            2000900002;Salo;Eino;1990-05-06;ADULT;TURKU;2030-01-01;;41
            2000012345;Mäkelä;Eero;1961-01-01;ADULT;TURKU;2030-01-01;;
            2000900003;Salo;Aino;6.5.1990;ADULT;ATLANTIS;2030-01-01;;
            """;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private Browser browser;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @AfterEach
    void asBefore() {
        jdbc.sql("delete from imports").update();
        jdbc.sql("delete from patrons where card like '20009%'").update();
    }

    /** Brings a file and waits for its dry run. */
    private static void rehearse(Page page, String file) {
        page.navigate("/admin/exchange");
        page.setInputFiles(
                "#file", new FilePayload("asiakkaat.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
        page.click("#upload button");
        page.waitForURL("**/admin/exchange/imports/*");
        page.waitForSelector("form[action$='/confirmed']");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Tuonti ja vienti; Odottaa päätöstä; Väärä muoto tai arvo
            sv; Import och export; Väntar på beslut; Fel form eller värde
            en; Import and export; Waits for a decision; Wrong form or value
            """)
    void pagesAreAccessibleInEveryLanguage(String language, String title, String state, String reason) {
        for (Look look : Look.of(language, 360)) {
            Page page = browser.signedIn("admin", look);
            rehearse(page, FILE);
            assertThat(text(page, "main")).contains(state, reason, "shoe_size", "Eero");
            look(page, "exchange-import-" + look);

            page.navigate("/admin/exchange");
            assertThat(page.textContent("h1")).isEqualTo(title);
            look(page, "exchange-" + look);
            Browser.close(page);
        }
    }

    private static void look(Page page, String name) {
        Browser.picture(page, name);
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(name)
                .isEqualTo(page.viewportSize().width);
        assertThat(Browser.findings(page)).as(name).isEmpty();
    }

    @Test
    void aFileIsTriedShownConfirmedAndReported() throws IOException {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        rehearse(page, FILE);
        assertThat(text(page, "#state .counts"))
                .contains("2 new", "0 changed", "1 left as they are", "1 cannot be imported");
        assertThat(jdbc.sql("select count(*) from patrons where card like '20009%'")
                        .query(Long.class)
                        .single())
                .isZero();
        Download findings = page.waitForDownload(() -> page.click("a[href$='findings.csv']"));
        assertThat(Files.readString(findings.path()))
                .startsWith("Line or record,Field,Reason,In the file,In Kimppa\r\n")
                .contains("4,given_name,Is there with other texts,Eero,Åke\r\n");

        page.click("form[action$='/confirmed'] button");
        page.waitForSelector("#state .is-working");

        assertThat(text(page, "#state"))
                .contains("Report of the import", "Done", "3 of 3 rows", "2 new", "1 cannot be imported");
        assertThat(jdbc.sql("select count(*) from patrons where card like '20009%'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        page.click("form[action$='/delete'] button");
        assertThat(text(page, "main")).contains("There are no imports.");
        Browser.close(page);
    }

    @Test
    void everythingOfAMunicipalityIsDownloadedAndWrittenDown() throws IOException {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/exchange");
        page.selectOption("#municipality", "LIETO");

        Download download = page.waitForDownload(() -> page.click("form[action='/admin/exchange/export'] button"));

        assertThat(download.suggestedFilename()).isEqualTo("kimppa-lieto-2026-11-24.zip");
        try (ZipFile zip = new ZipFile(download.path().toFile())) {
            assertThat(zip.stream().map(Object::toString)).contains("patrons.csv", "titles.xml", "README.txt");
        }
        assertThat(jdbc.sql("select count(*) from setting_changes where key = 'store.export' and scope = 'LIETO'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        Browser.close(page);
    }

    @Test
    void othersSeeNothingOfIt() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        assertThat(page.locator("a[href='/admin/exchange']").count()).isZero();
        assertThat(page.navigate("/admin/exchange").status()).isEqualTo(403);
        Browser.close(page);
    }
}
