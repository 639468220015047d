package fi.kimppa.gateway.backend.embedded.calendar;

import static fi.kimppa.gateway.console.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.consortium.Consortium;
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

/** The calendar of a branch as staff see it in Chromium. It is November 2026. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CalendarPageTest extends GatewayTest {
    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Consortium consortium;

    private Browser browser;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    /** A loan in Naantali that is due on Christmas Eve. */
    @BeforeEach
    void lend() {
        clean();
        jdbc.sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at)
                        select number, '2000012345', '2026-11-20 12:00+02', 'NAANTALI', '2026-12-24 23:59+02'
                          from items i
                         where not exists (select from loans l where l.item = i.number and l.returned_at is null)
                         order by number limit 1
                        """).update();
    }

    @AfterEach
    void clean() {
        jdbc.sql("delete from loans where lent_branch = 'NAANTALI' and lent_at = '2026-11-20 12:00+02'")
                .update();
        jdbc.sql("delete from closures").update();
        consortium.refresh();
    }

    private String due() {
        return jdbc.sql("""
                        select to_char(due_at at time zone 'Europe/Helsinki', 'YYYY-MM-DD') from loans
                         where lent_branch = 'NAANTALI' and lent_at = '2026-11-20 12:00+02'
                        """).query(String.class).single();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Joulukuu 2026; Erääntyy to 24.12.2026; Näinä päivinä erääntyy lainoja; Jouluaatto; Päivät on suljettu. 1 laina siirrettiin.
            sv; December 2026; Förfaller tors 24.12.2026; Lån förfaller dessa dagar; Julafton; Dagarna är stängda. 1 lån flyttades.
            en; December 2026; Due Thu 24 December 2026; Loans are due on these days; Christmas Eve; The days are closed. 1 loan was moved.
            """)
    void holidaysAreTakenOverAndWhatIsDueThenIsMoved(
            String language, String month, String dueTitle, String question, String eve, String said) {
        for (Look look : Look.of(language, 360)) {
            Page page = browser.signedIn("staff", look);
            page.navigate("/calendar?branch=NAANTALI&year=2026");
            if (look.narrow()) {
                looksGood(page, "calendar-" + look);
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(look.width());
            } else {
                areTakenOver(page, look, month, dueTitle, question, eve, said);
            }
            Browser.close(page);
            lend();
        }
    }

    private void areTakenOver(
            Page page, Look look, String month, String dueTitle, String question, String eve, String said) {
        assertThat(page.locator(".month caption").last().textContent()).isEqualTo(month);
        assertThat(page.locator(".day-closed:not(.day-sample)").count()).isZero();
        assertThat(page.isChecked("#holiday-CHRISTMAS_DAY")).isTrue();
        assertThat(page.isChecked("#holiday-CHRISTMAS_EVE"))
                .as("the library's own decision")
                .isFalse();
        assertThat(page.isChecked("#holiday-SAINT_STEPHEN")).as("a Saturday").isFalse();
        looksGood(page, "calendar-" + look);

        page.click(".month a[href*='day=2026-12-24']");
        assertThat(text(page, "#day-title")).isEqualTo(dueTitle);
        assertThat(page.locator("#day tbody tr").count()).isOne();
        page.check("#holiday-CHRISTMAS_EVE");
        page.click("form[action='/calendar/holidays'] button");
        assertThat(page.textContent("h1")).isEqualTo(question);
        assertThat(jdbc.sql("select count(*) from closures").query(Long.class).single())
                .as("nothing is done yet")
                .isZero();
        looksGood(page, "calendar-question-" + look);

        page.click("button[name=move][value=yes]");
        assertThat(text(page, "[role=status]")).isEqualTo(said);
        page.waitForLoadState();
        assertThat(due()).isEqualTo("2026-12-28");
        assertThat(page.locator("td.day-closed").count())
                .as("the eve and Christmas Day")
                .isEqualTo(2);
        assertThat(page.textContent("table.stacked")).contains(eve);
        looksGood(page, "calendar-closed-" + look);
    }

    private static void looksGood(Page page, String name) {
        Browser.picture(page, name);
        assertThat(Browser.findings(page)).as(name).isEmpty();
    }

    @Test
    void daysAreClosedWithTheLoansLeftAndOpenedAgain() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/calendar?branch=NAANTALI&year=2026");
        page.fill("#first", "2026-12-24");
        page.fill("#last", "2026-12-23");
        page.click("form[action='/calendar/closures'] button");
        assertThat(text(page, "[role=alert]")).isEqualTo("The last day is before the first.");
        page.fill("#last", "2026-12-27");
        page.fill("#en", "Renovation");
        page.click("form[action='/calendar/closures'] button");
        page.click("button[name=move][value=no]");
        assertThat(text(page, "[role=status]")).isEqualTo("The days are closed.");
        assertThat(due()).isEqualTo("2026-12-24");
        assertThat(text(page, "table.stacked")).contains("Thu 24 December 2026 – Sun 27 December 2026", "Renovation");

        page.click("button[name=move]");
        assertThat(text(page, "[role=status]")).isEqualTo("1 loan was moved.");
        assertThat(due()).isEqualTo("2026-12-28");
        page.click("button[name=remove]");
        assertThat(text(page, "[role=status]")).startsWith("The days are open again.");
        assertThat(page.locator("td.day-closed").count()).isZero();
        assertThat(due()).as("what was moved stays").isEqualTo("2026-12-28");
        Browser.close(page);
    }
}
