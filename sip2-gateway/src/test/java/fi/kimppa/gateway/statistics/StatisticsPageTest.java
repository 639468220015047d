package fi.kimppa.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.statistics.Deed.Kind;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures as staff see them in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticsPageTest extends GatewayTest {
    private static final String YEAR = "/statistics?from=2031-01&to=2031-02";

    @LocalServerPort
    int port;

    @Autowired
    DailyCounts counts;

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

    /** In a year that the demonstration knows nothing of. */
    @BeforeEach
    void count() {
        clear();
        LocalDate january = LocalDate.of(2031, 1, 7);
        counts.add(List.of(
                new Deed(january, Kind.LOAN, "TURKU", "TURKU", "TURKU", "", 1200),
                new Deed(january, Kind.LOAN, "LIETO", "TURKU", "LIETO", "", 30),
                new Deed(january, Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 17),
                new Deed(january.plusMonths(1), Kind.RENEWAL, "LIETO", "LIETO", "", "", 5),
                new Deed(january.plusMonths(1), Kind.LOAN, "LIETO", "", "", "", 2)));
    }

    @AfterEach
    void clear() {
        jdbc.sql("delete from counted").update();
        jdbc.sql("delete from daily_counts where day >= '2031-01-01'").update();
        jdbc.sql("update municipalities set population = 960 where code = 'KUSTAVI'")
                .update();
    }

    /** A page that is still on its way has only the beginning of it. */
    private static String text(Page page, String selector) {
        page.waitForLoadState();
        return page.textContent(selector)
                .replaceAll("[\\s\\u00a0\\u202f]+", " ")
                .strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Tilastot; Kotikunta ja palveleva kirjasto; 1 230
            sv; Statistik; Hemkommun och betjänande bibliotek; 1 230
            en; Statistics; Home municipality and serving library; 1,230
            """)
    void pageIsAccessibleInEveryLanguage(String language, String title, String homes, String loans) {
        for (Look look : Look.of(language, 360)) {
            Page page = browser.signedIn("admin", look);
            if (look.narrow()) {
                page.navigate("/statistics?sum=125000,50");
                Browser.picture(page, "statistics-" + look);
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(look.width());
            } else {
                page.navigate(YEAR + "&sum=125000,50&use=60");
                assertThat(page.textContent("h1")).isEqualTo(title);
                assertThat(text(page, "#homes-title")).isEqualTo(homes);
                assertThat(text(page, "#months-title ~ div table tbody")).contains(loans);
                assertThat(Browser.findings(page)).isEmpty();

                page.navigate("/statistics?sum=125000,50&use=60");
                Browser.picture(page, "statistics-" + look);
                page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)");
            }
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }

    @Test
    void drawingsHaveNamesAndTablesHaveTheSameFigures() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate(YEAR);
        assertThat(page.locator("svg[role=img]").count()).isEqualTo(2);
        assertThat(page.textContent("#months-chart-title")).isEqualTo("By month");
        assertThat(page.locator("svg[aria-labelledby^=months] rect.series-0 title")
                        .allTextContents())
                .containsExactly("Jan 2031, Loans: 1,230", "Feb 2031, Loans: 2");
        assertThat(page.locator("svg[aria-labelledby^=flows] rect title").allTextContents())
                .containsExactly("Turku → Lieto: 17");
        assertThat(page.locator("#months-title ~ div tbody tr").allTextContents().stream()
                        .map(row -> row.replaceAll("\\s+", " ").strip()))
                .containsExactly("Jan 20311,2301701,247", "Feb 20312057");
        assertThat(text(page, "#homes-title ~ div tbody")).contains("unknown", "Turku");
        assertThat(text(page, "#flows-title ~ details tbody")).isEqualTo("TurkuLieto17");
        Browser.close(page);
    }

    @Test
    void aSumIsSharedAndAddsUp() {
        jdbc.sql("update municipalities set population = null where code = 'KUSTAVI'")
                .update();
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/statistics?from=2031-01&to=2031-02");
        page.fill("#sum", "1 000,10");
        page.fill("#use", "100");
        page.click("#costs-title ~ form button[type=submit]");

        assertThat(text(page, "#costs-title ~ div tfoot")).contains("€1,000.10€1,000.10€1,000.10");
        assertThat(page.locator("#costs-title ~ div tbody tr").count())
                .as("all but the partner")
                .isEqualTo(17);
        page.fill("#sum", "a lot");
        page.click("#costs-title ~ form button[type=submit]");
        assertThat(text(page, "#sum-none")).startsWith("Type the sum in euros");
        assertThat(page.getAttribute("#sum", "aria-invalid")).isEqualTo("true");
        Browser.close(page);
    }

    @Test
    void figuresComeAsFilesToo() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        APIResponse days = page.context().request().get("/statistics/counts.csv?from=2031-01&to=2031-02");
        assertThat(days.headers().get("content-disposition")).contains("counts-2031-01-2031-02.csv");
        assertThat(days.text()).isEqualTo("""
                day,kind,branch,home_municipality,owner_municipality,onward_branch,times
                2031-01-07,loan,LIETO,TURKU,LIETO,,30
                2031-01-07,loan,TURKU,TURKU,TURKU,,1200
                2031-01-07,return,TURKU,,LIETO,LIETO,17
                2031-02-07,loan,LIETO,,,,2
                2031-02-07,renewal,LIETO,LIETO,,,5
                """.replace("\n", "\r\n"));
        String costs = page.context()
                .request()
                .get("/statistics/costs.csv?from=2031-01&to=2031-02&sum=1252.00&use=100")
                .text();
        assertThat(costs)
                .startsWith("municipality,name,population,use,by_population,by_use,mixed\r\n")
                .contains(
                        "\r\nLIETO,Lieto,20700,22,",
                        ",22.00,22.00\r\n",
                        "\r\nTURKU,Turku,203000,1230,",
                        ",1230.00,1230.00\r\n")
                .doesNotContain("AURA");
        assertThat(page.context()
                        .request()
                        .get("/statistics/costs.csv?sum=none")
                        .status())
                .isEqualTo(400);
        Browser.close(page);
    }

    @Test
    void monthsThatAreNoneAreTheUsualOnes() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/statistics?from=soon&to=2031-13");
        assertThat(text(page, ".period")).isEqualTo("Shown: Sep 2026 to Nov 2026.");
        page.navigate("/statistics?from=2040-01&to=2040-01");
        assertThat(text(page, "main")).contains("There are no figures for these months.");
        Browser.close(page);
        Page nobody = browser.window("en", 1280, ColorScheme.LIGHT);
        nobody.navigate("/statistics");
        assertThat(nobody.url()).endsWith("/sign-in");
        Browser.close(nobody);
    }
}
