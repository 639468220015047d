package fi.kimppa.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
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

/** The tips as staff write them in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TipsPageTest extends GatewayTest {
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
        jdbc.sql("delete from reading_tips").update();
    }

    /** One of last week, one of now, and one that is still to come. */
    @BeforeEach
    void threeTips() {
        jdbc.sql("delete from reading_tips").update();
        jdbc.sql("""
                        insert into reading_tips (municipality, heading_fi, heading_sv, heading_en, first_day, last_day, who, entered_at)
                        values (null, 'Vanha vinkki', 'Gammalt tips', 'Old tip', '2026-11-01', '2026-11-20', 'anna', '2026-11-01 12:00+02'),
                               ('LIETO', 'Nyt luettavaa', 'Läs nu', 'Read now', '2026-11-20', '2026-12-20', 'anna', '2026-11-01 12:00+02'),
                               (null, 'Talven kirjat', '', '', '2026-12-01', '2027-01-20', 'anna', '2026-11-01 12:00+02')
                        """).update();
    }

    private static String text(Page page, String selector) {
        return page.textContent(selector).replaceAll("\\s+", " ").strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Vinkit leporuuduille;    Nyt luettavaa; nyt; myöhemmin; ei enää;     Vinkki on tallennettu.
            sv; Tips för viloskärmar;    Läs nu;        nu;  senare;    inte längre; Tipset är sparat.
            en; Tips for idle screens;   Read now;      now; later;     no longer;   The tip is saved.
            """)
    void areListedAndWritten(
            String language, String title, String heading, String now, String later, String over, String said) {
        for (Look look : Look.of(language, 360)) {
            threeTips();
            Page page = browser.signedIn("staff", look);
            page.navigate("/tips");
            assertThat(page.textContent("h1")).isEqualTo(title);
            assertThat(text(page, "tbody")).contains(heading, now, "Talven kirjat", later, over);
            Browser.picture(page, "tips-" + look);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
            assertThat(Browser.findings(page)).isEmpty();

            page.fill("#heading-" + language, "Uusi & tuore <b>");
            page.fill("#text-fi", "Tove Jansson");
            page.selectOption("#municipality", "TURKU");
            page.click("main form[action='/tips'] button");
            assertThat(text(page, "[role=status]")).isEqualTo(said);
            assertThat(text(page, "tbody")).contains("Uusi & tuore <b>");
            Browser.close(page);
        }
    }

    @Test
    void areChangedAndRemovedAndWhatIsWrongIsSaid() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/tips");
        page.click("[aria-label='Edit Read now']");
        assertThat(page.inputValue("#heading-sv")).isEqualTo("Läs nu");
        assertThat(page.inputValue("#municipality")).isEqualTo("LIETO");
        page.fill("#last", "2026-11-19");
        page.click("main form[action='/tips'] button");
        assertThat(text(page, "[role=alert]")).isEqualTo("The last day is before the first.");
        assertThat(page.inputValue("#heading-sv")).as("nothing typed is lost").isEqualTo("Läs nu");
        assertThat(Browser.findings(page)).isEmpty();
        page.fill("#last", "2026-11-25");
        page.fill("#heading-en", "Read at once");
        page.click("main form[action='/tips'] button");
        assertThat(text(page, "tbody")).contains("Read at once").doesNotContain("Read now");

        page.click("[aria-label='Remove Old tip']");
        assertThat(text(page, "[role=status]")).isEqualTo("The tip is removed.");
        assertThat(page.locator("tbody tr").count()).isEqualTo(2);
        assertThat(jdbc.sql("select count(*) from setting_changes where key like 'tip %' and who = 'staff'")
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(2);
        Browser.close(page);
    }
}
