package fi.kimppa.gateway.mail;

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

/** What became of notices, as staff see it in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesPageTest extends GatewayTest {
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
        jdbc.sql("delete from mail_outbox").update();
    }

    @BeforeEach
    void aMorningOfWhichTwoMailsDidNotGo() {
        jdbc.sql("delete from mail_outbox").update();
        jdbc.sql("""
                        insert into mail_outbox (kind, state, card, day, message_id, tries, next_at, until, reason, queued_at, settled_at)
                        select 'DUE_SOON', 'SENT', cast(null as text), date '2026-11-24', '<' || n || '@example.fi>', 1, moment, moment, '', moment, moment
                          from generate_series(1, 212) n, cast('2026-11-24 08:00+02' as timestamptz) moment
                         union all
                        select 'OVERDUE', 'FAILED', '200001234' || n, date '2026-11-24', '<f' || n || '@example.fi>', 1, moment, moment,
                               case n when 1 then '550 5.1.1' else 'silence' end, moment, moment + n * interval '1 minute'
                          from generate_series(1, 2) n, cast('2026-11-24 08:00+02' as timestamptz) moment
                         union all
                        select 'HOLD_READY', 'OVER', null, date '2026-11-23', '<o@example.fi>', 1, moment, moment, '', moment, moment
                          from cast('2026-11-23 08:00+02' as timestamptz) moment
                        """).update();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Ilmoitukset sähköpostilla; Postipalvelin vastasi 550 5.1.1.
            sv; Meddelanden per e-post; E-postservern svarade 550 5.1.1.
            en; Notices by e-mail; The mail server answered 550 5.1.1.
            """)
    void showsWhatWentAndWhatDidNot(String language, String title, String reason) {
        for (Look look : Look.of(language, 360)) {
            Page page = browser.signedIn("staff", look);
            if (look.narrow()) {
                page.navigate("/notices?kind=HOLD_READY&municipality=LIETO");
                assertThat(page.textContent("section[aria-labelledby=example-title]"))
                        .contains("Kettu 17", "Lieto");
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(look.width());
            } else {
                page.navigate("/notices");
                assertThat(page.textContent("h1")).isEqualTo(title);
                assertThat(page.textContent("section[aria-labelledby=failed-title]"))
                        .contains(reason, "2000012341", "2000012342");
                assertThat(page.textContent("section[aria-labelledby=days-title] tbody")
                                .replaceAll("\\s+", " "))
                        .contains("212 0 2 0", " 0 0 0 1");
            }
            Browser.picture(page, "notices-" + look);
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
        Page mail = browser.signedIn(language, 360, ColorScheme.LIGHT);
        mail.navigate("/notices/example?kind=HOLD_READY&tongue=" + language + "&municipality=LIETO");
        assertThat(mail.getAttribute("html", "lang")).isEqualTo(language);
        assertThat(mail.textContent("li")).contains("Kettu 17");
        Browser.picture(mail, "notices-mail-" + language);
        Browser.close(mail);
    }

    @Test
    void whatDidNotGoIsTriedAgainOnce() {
        Page one = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        Page other = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        one.navigate("/notices");
        other.navigate("/notices");
        one.click("[aria-label='Try again: card 2000012341']");
        assertThat(one.textContent("[role=status]")).isEqualTo("The mail is sent again.");
        assertThat(one.textContent("section[aria-labelledby=failed-title]"))
                .doesNotContain("2000012341")
                .contains("2000012342");
        other.click("[aria-label='Try again: card 2000012341']");
        assertThat(jdbc.sql("select count(*) from mail_outbox where state = 'QUEUED'")
                        .query(Integer.class)
                        .single())
                .isOne();
        Browser.close(one);
        Browser.close(other);
    }
}
