package fi.kimppa.gateway.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.limits.CardHash;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
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

/** What is held about a person, given out and erased, as staff do it in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonPageTest extends GatewayTest {
    private static final String CARD = "2999000001";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CardHash cards;

    private Browser browser;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
        clear();
    }

    @BeforeEach
    void aPersonWhoHasDoneThisAndThat() {
        clear();
        run("""
                insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on)
                values ('2999000001', 'Koivu', 'Kaino', '1980-05-17', 'ADULT', 'LIETO', 'x', '2099-12-31')
                """);
        run("""
                insert into fees (card, fee_type, amount, paid, created_at, paid_at)
                values ('2999000001', '04', 2.40, 2.40, '2026-11-20 12:00+02', '2026-11-24 12:00+02')
                """);
        run("""
                insert into items (number, title_id, type, home_branch, current_branch)
                select '2999000009', min(id), 'BOOK', 'LIETO', 'LIETO' from titles
                """);
        run("""
                insert into loans (item, card, lent_at, lent_branch, due_at)
                values ('2999000009', '2999000001', '2026-11-20 12:00+02', 'LIETO', '2026-12-18 23:59+02')
                """);
        run("""
                insert into journal (gateway, backend, command, state, ok, terminal, terminal_kind, branch_code,
                                     institution_id, card, item, transaction_date, no_block, cancel,
                                     fee_acknowledged, detail, request, opened_at, settled_at)
                values (0, 'embedded', '11', 'SETTLED', true, 'kiosk-person', 'KIOSK', 'LIETO', 'LIETO', '2999000001',
                        '2999000009', '20261120    120000', false, false, false, '', '11', '2026-11-24 12:00+02',
                        '2026-11-24 12:00+02')
                """);
        jdbc.sql("""
                        insert into entry_log (at, branch_code, terminal, granted, reason, card_hash)
                        values ('2026-11-23 20:00+02', 'LIETO', 'door-lieto', true, 'GRANTED', :card)
                        """).param("card", cards.of(CARD)).update();
    }

    private void clear() {
        for (String table : List.of("loans", "fees", "patrons")) {
            run("delete from " + table + " where card = '2999000001'");
        }
        run("delete from items where number = '2999000009'");
        run("delete from journal where terminal = 'kiosk-person'");
        run("delete from entry_log where terminal = 'door-lieto' and at = '2026-11-23 20:00+02'");
        run("delete from person_requests");
    }

    private void run(String sql) {
        jdbc.sql(sql).update();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Henkilön tiedot; Yksi laina on palauttamatta.
            sv; En persons uppgifter; Ett lån är inte återlämnat.
            en; A person's data; One loan is not returned.
            """)
    void showsWhatIsHeldAndKeepsWhoStillHasSomething(String language, String title, String kept) {
        for (Look look : Look.of(language, 390)) {
            Page page = browser.signedIn("admin", look);
            page.navigate("/admin/person");
            assertThat(page.textContent("h1")).isEqualTo(title);
            look(page);
            if (look.narrow()) {
                erase(page);
                assertThat(page.textContent("[role=status]")).contains(kept);
            }
            Browser.picture(page, "person-" + look);
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
        assertThat(count("select count(*) from patrons where card = '2999000001'"))
                .isOne();
    }

    @Test
    void givesEverythingOutButThePin() throws IOException {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/person");
        look(page);

        Download file = page.waitForDownload(() -> page.click("form[action$='/file'] button"));

        assertThat(file.suggestedFilename()).isEqualTo("person.json");
        assertThat(Files.readString(file.path()))
                .contains("Koivu", "Kaino", "1980-05-17", "2999000009", "2.40", "kiosk-person", "door-lieto")
                .doesNotContain("\"pin\"");
        assertThat(page.url()).doesNotContain(CARD);
        Browser.close(page);
    }

    @Test
    void erasesWhoHasNothingAndKeepsTheCount() {
        run("delete from loans where card = '2999000001'");
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/person");
        look(page);
        erase(page);

        assertThat(page.textContent("[role=status]"))
                .contains("3 records were erased.", "One record goes by itself within a day.");
        assertThat(count("select count(*) from patrons where card = '2999000001'"))
                .isZero();
        assertThat(count("select count(*) from entry_log where at = '2026-11-23 20:00+02' and card_hash is null"))
                .isOne();
        assertThat(jdbc.sql(
                                "select who || ' ' || kind || ' ' || records || ' ' || kept from person_requests order by id")
                        .query((row, _) -> row.getString(1))
                        .list())
                .containsExactly("admin ACCESS 4 0", "admin ERASURE 3 1");
        Browser.close(page);
    }

    @Test
    void erasesNothingUnlessSomebodyIsSure() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/person");
        look(page);
        page.click("form[action$='/erasure'] button");

        assertThat(page.textContent("[role=alert]")).startsWith("Make sure");
        assertThat(count("select count(*) from patrons where card = '2999000001'"))
                .isOne();
        Browser.close(page);
    }

    private static void look(Page page) {
        page.fill("#card", CARD);
        page.click("form[action$='/person'] button");
        page.waitForSelector("#held");
    }

    private static void erase(Page page) {
        page.check("#sure");
        page.click("form[action$='/erasure'] button");
    }

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }
}
