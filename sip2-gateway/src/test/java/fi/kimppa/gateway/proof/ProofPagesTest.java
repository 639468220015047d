package fi.kimppa.gateway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import java.time.OffsetDateTime;
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

/** What is left for staff, and the daily proof, as staff see them in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofPagesTest extends GatewayTest {
    private static final OffsetDateTime TAKEN = OffsetDateTime.parse("2026-11-24T18:05:00+02:00");

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

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        // Conversations that other tests have played leave tasks, too.
        jdbc.sql("delete from journal where terminal = 'kiosk-proof' or state = 'WITH_STAFF'")
                .update();
        jdbc.sql("delete from journal_chain where terminal = 'kiosk-figures'").update();
    }

    /** As many returns as a busy afternoon has, each done at once. */
    private void takeReturns(int day, int count) {
        jdbc.sql("""
                        insert into journal_chain (terminal, number, journal_id, command, branch_code, undo, kind, at, digest, link)
                        select 'kiosk-figures', :day * 1000 + 2 * n + k, -:day * 1000 - n, '09', 'LIETO', false,
                               case k when 0 then 'OPEN' else 'DONE' end,
                               '2026-11-01 15:00+02'::timestamptz + :day * interval '1 day', sha256(''), sha256('')
                          from generate_series(1, :count) n, generate_series(0, 1) k
                        """).param("day", day).param("count", count).update();
    }

    private void leave(String command, String item, String card, String request) {
        jdbc.sql("""
                        insert into journal (gateway, backend, command, state, terminal, terminal_kind, branch_code,
                                             institution_id, card, item, transaction_date, no_block, cancel,
                                             fee_acknowledged, detail, request, opened_at)
                        values (0, 'embedded', :command, 'WITH_STAFF', 'kiosk-proof', 'KIOSK', 'LIETO', 'LIETO',
                                nullif(:card, ''), :item, '20261124    180500', false, false, false, '', :request, :at)
                        """)
                .param("command", command)
                .param("item", item)
                .param("card", card)
                .param("request", request)
                .param("at", TAKEN)
                .update();
    }

    private void leaveBoth() {
        leave("09", "3000000011", "", "09N20261124    18050020261124    180500APLIETO|AOLIETO|AB3000000011|AC|");
        leave("37", "77", "2000012345", "3720261124    1805000100EURBV2.40|AOLIETO|AA2000012345|AC|CG77|BKt-1|");
    }

    /** A return for a library system that does not speak. */
    private void leaveWaiting() {
        leave("09", "3000000028", "", "09N20261124    18050020261124    180500APLIETO|AOLIETO|AB3000000028|AC|");
        jdbc.sql(
                        "update journal set state = 'WAITING', backend = 'naapuri' where terminal = 'kiosk-proof' and item = '3000000028'")
                .update();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Henkilökunnan tehtävät; Palautus hylätty: 3000000011; Maksu epäselvä: 77; Tehtäviä ei ole; Palautusten täsmäytys
            sv; Uppgifter för personalen; Återlämning avvisad: 3000000011; Oklar betalning: 77; Det finns inga uppgifter; Avstämning av återlämningar
            en; Tasks for staff; Return refused: 3000000011; Payment unclear: 77; There are no tasks; Daily proof of returns
            """)
    void pagesAreAccessibleInEveryLanguage(
            String language, String title, String refused, String unclear, String none, String proof) {
        for (Look look : Look.of(language, 390)) {
            nothingIsLeft();
            Page page = browser.signedIn("staff", look);
            if (look.narrow()) {
                page.navigate("/tasks");
                assertThat(page.textContent("main")).contains(none);
                Browser.picture(page, "tasks-none-" + look);
            } else {
                leaveBoth();
                leaveWaiting();
                takeReturns(3, 212);
                takeReturns(4, 187);
                page.navigate("/tasks");
                assertThat(page.textContent("h1")).isEqualTo(title);
                assertThat(page.textContent("main")).contains(refused, unclear, "2000012345", "Lieto");
                assertThat(page.textContent("main > p.notice")).contains("naapuri");
                Browser.picture(page, "tasks-" + look);
                assertThat(Browser.findings(page)).isEmpty();
                page.navigate("/proof?from=2026-11-01&to=2026-11-20");
                assertThat(page.textContent("tbody").replaceAll("\\s+", " ")).contains("Lieto 212 212 0 0 0");
                assertThat(page.textContent("h1")).isEqualTo(proof);
                Browser.picture(page, "proof-" + look);
            }
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }

    @Test
    void aTaskIsSettledOnceAndColleaguesAreToldSo() {
        leaveBoth();
        Page one = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        Page other = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        one.navigate("/tasks");
        other.navigate("/tasks");
        one.fill("section:has-text('Return refused') input[name=note]", "Was on the shelf");
        one.click("section:has-text('Return refused') button[value=true]");
        assertThat(one.textContent("[role=status]")).isEqualTo("The task is settled.");
        assertThat(one.textContent("main")).doesNotContain("Return refused").contains("Payment unclear");

        other.click("section:has-text('Return refused') button[value=false]");
        assertThat(other.textContent("[role=alert]")).isEqualTo("A colleague has settled this task already.");
        assertThat(jdbc.sql("select ok, decision_note from journal where terminal = 'kiosk-proof' and command = '09'")
                        .query((row, _) -> row.getBoolean(1) + row.getString(2))
                        .single())
                .isEqualTo("trueWas on the shelf");
        Browser.close(one);
        Browser.close(other);
    }

    @Test
    void figuresComeAsFilesToo() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        APIResponse days = page.context().request().get("/proof/days.csv?from=2026-11-01&to=2026-11-30");
        assertThat(days.headers().get("content-type")).startsWith("text/csv");
        assertThat(days.headers().get("content-disposition")).contains("returns-2026-11-01-2026-11-30.csv");
        assertThat(days.text()).startsWith("day,branch,taken,accepted,waiting,with_staff,missing\r\n");
        assertThat(page.context().request().get("/proof/chains.csv").text())
                .startsWith("terminal,first,last,link,broken_at\r\n");
        Browser.close(page);
    }

    @Test
    void nobodySeesThemWithoutSigningIn() {
        Page page = browser.window("en", 1280, ColorScheme.LIGHT);
        page.navigate("/tasks");
        assertThat(page.url()).endsWith("/sign-in");
        Browser.close(page);
    }
}
