package fi.kimppa.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.circulation.Presence;
import fi.kimppa.gateway.circulation.TerminalClockSeen.Fault;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.fleet.TerminalState.Line;
import fi.kimppa.gateway.fleet.TerminalState.Link;
import fi.kimppa.gateway.fleet.TerminalState.WrongClock;
import fi.kimppa.gateway.sip.ExchangeOutcome;
import fi.kimppa.gateway.sip.Sip2Server;
import fi.kimppa.gateway.sip.TerminalNews.Connections;
import fi.kimppa.gateway.sip.TerminalNews.Done;
import fi.kimppa.gateway.sip.TerminalNews.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

/** Machines of any vendor as staff see them, in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetRowsTest extends GatewayTest {
    private static final Page.WaitForSelectorOptions SOON = new Page.WaitForSelectorOptions().setTimeout(20_000);

    @LocalServerPort
    int port;

    @Autowired
    Fleet fleet;

    @Autowired
    SipLines lines;

    @Autowired
    Presence presence;

    @Autowired
    Consortium consortium;

    @Autowired
    Sip2Server sip;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

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
    void nothingWasHeard() {
        lines.write();
        jdbc.sql("delete from fleet_terminals").update();
        jdbc.sql("delete from terminal_counts").update();
        jdbc.sql("delete from fleet_events").update();
    }

    @AfterEach
    void demoAgain() {
        jdbc.sql("delete from terminals where login like 'machine-%'").update();
        jdbc.sql("delete from branches where code like 'BR%'").update();
        ReflectionTestUtils.invokeMethod(consortium, "refresh");
    }

    @Test
    void rowFollowsAConversationWithoutReload() throws Exception {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.waitForSelector("#live:not(:empty)");
        try (Socket machine =
                new Socket(InetAddress.getLoopbackAddress(), sip.plainPort().orElseThrow())) {
            say(machine, "9300CNkiosk-aura|COdemo-kiosk-aura|");
            page.waitForSelector(row("Connected since"), SOON);
            say(machine, "9920802.00");
            page.waitForSelector(row("about to shut down"), SOON);
            say(machine, "1720261124    193000AOAURA|AB3000000011|");
            page.waitForSelector(row("Last hour: 0 of 1 refused"), SOON);
            say(machine, "2300020261124    193000AOAURA|AA2999999999|AC|AD|", "42");
            page.waitForSelector(row("Last hour: 1 of 2 refused"), SOON);
            page.waitForSelector(row("1 not understood: 0 cut short, 0 with a wrong checksum, 1 unknown"), SOON);
            assertThat(page.textContent("#terminal-kiosk-aura"))
                    .contains("not encrypted")
                    .containsPattern("Last transaction that succeeded .*: item information");
        }
        page.waitForSelector(row("Not connected; last connected"), SOON);
        assertThat(page.textContent("#terminal-kiosk-aura")).contains("The machine is not connected.");
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);
    }

    @Test
    void wrongClockIsSaidInARowUntilItIsRight() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.waitForSelector("#live:not(:empty)");
        machine("kiosk-aura", Optional.of(Fault.STANDS_STILL), "0", true);
        page.waitForSelector("#terminal-kiosk-aura.is-attention :text('clock stands still')", SOON);
        page.waitForSelector("#events :text('clock stands still')", SOON);
        machine("kiosk-aura", Optional.empty(), "0", true);
        page.waitForSelector("#terminal-kiosk-aura.is-working", SOON);
        assertThat(page.textContent("#terminal-kiosk-aura")).doesNotContain("clock");
        Browser.close(page);
    }

    @Test
    void troubleComesFirstAmongSixtyMachines() {
        sixtyMachines();
        Page page = browser.signedIn("fi", 1280, ColorScheme.LIGHT);
        page.waitForSelector("#live:not(:empty)");
        Browser.picture(page, "fleet-60-fi-1280");
        assertThat(page.getAttribute(".card >> nth=0", "id")).isEqualTo("terminal-machine-37");
        machine("machine-55", Optional.of(Fault.FAR_OFF), "0", true);
        page.waitForSelector(".branch:first-child #terminal-machine-37.is-attention", SOON);
        page.waitForSelector(".branch:nth-child(2) .card:first-child#terminal-machine-55.is-attention", SOON);
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);

        Page narrow = browser.signedIn("fi", 390, ColorScheme.LIGHT);
        Browser.picture(narrow, "fleet-60-fi-390");
        assertThat(narrow.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
        Browser.close(narrow);
    }

    /** Three in each of twenty branches; one has run out of paper. */
    private void sixtyMachines() {
        jdbc.sql("""
                        insert into branches (code, name, municipality, isil)
                        select 'BR' || n, 'Kirjasto ' || n, (select min(code) from municipalities), 'FI-Br' || n
                          from generate_series(1, 20) n""").update();
        jdbc.sql("""
                        insert into terminals (login, kind, branch_code, institution_id, password)
                        select 'machine-' || lpad(n::text, 2, '0'), 'KIOSK', 'BR' || (1 + (n - 1) / 3), 'BR', ''
                          from generate_series(1, 60) n""").update();
        ReflectionTestUtils.invokeMethod(consortium, "refresh");
        for (int n = 1; n <= 60; n++) {
            machine("machine-%02d".formatted(n), Optional.empty(), n == 37 ? "1" : "0", n % 7 != 0);
        }
    }

    private void machine(String login, Optional<Fault> fault, String code, boolean connected) {
        Instant now = clock.instant();
        Line line = new Line(
                connected
                        ? List.of(new Link(
                                presence.number(),
                                "gw-1",
                                new Connections(now.minus(Duration.ofHours(3)), login.endsWith("1"), 1)))
                        : List.of(),
                connected ? Optional.empty() : Optional.of(now.minus(Duration.ofHours(1))),
                Optional.empty(),
                Optional.of(new Status(now, code)),
                Optional.of(new Done(now, "11")),
                fault.map(wrong -> new WrongClock(wrong, now, Optional.of(now.minus(Duration.ofHours(2))))));
        fleet.onLines(
                Map.of(login, _ -> line),
                Map.of(
                        login,
                        Map.of(ExchangeOutcome.OK, 117L, ExchangeOutcome.REFUSED, 3L, ExchangeOutcome.MALFORMED, 2L)));
    }

    private static String row(String text) {
        return "#terminal-kiosk-aura :text('" + text + "')";
    }

    private static void say(Socket machine, String... lines) throws IOException {
        machine.getOutputStream().write((String.join("\r", lines) + "\r").getBytes(StandardCharsets.US_ASCII));
    }
}
