package fi.kimppa.gateway.transit;

import static fi.kimppa.gateway.console.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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

/** What travels, as staff at a branch see it in Chromium, on Tuesday 24 November 2026. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransitPageTest extends GatewayTest {
    private static final String TURKU = "/transit?branch=TURKU";

    @LocalServerPort
    int port;

    @Autowired
    Crates crates;

    @Autowired
    Routes routes;

    @Autowired
    Transit transit;

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

    /** Two things wait in Turku for Lieto and one for Naantali; a crate from Lieto is two weeks late, one thing comes loose. */
    @BeforeEach
    void travels() {
        clear();
        travels("3900000011", "TURKU", "LIETO", "2026-11-24 12:00+02");
        travels("3900000028", "TURKU", "LIETO", "2026-11-24 12:00+02");
        travels("3900000035", "TURKU", "NAANTALI", "2026-11-23 12:00+02");
        travels("3900000042", "LIETO", "TURKU", "2026-11-09 12:00+02");
        travels("3900000059", "NAANTALI", "TURKU", "2026-11-23 12:00+02");
        Crate late = crates.pack(transit.waitingAt("LIETO").stream()
                .filter(thing -> thing.item().equals("3900000042"))
                .toList());
        jdbc.sql("update crates set closed_at = :at, sent_at = :at where id = :id")
                .param("at", OffsetDateTime.parse("2026-11-10T12:00:00+02:00"))
                .param("id", late.id())
                .update();
    }

    private void travels(String item, String from, String to, String since) {
        jdbc.sql(
                        "insert into transits (item, origin, destination, sent_at) values (:item, :from, :to, :at::timestamptz)")
                .param("item", item)
                .param("from", from)
                .param("to", to)
                .param("at", since)
                .update();
    }

    @AfterEach
    void clear() {
        jdbc.sql("delete from crates").update();
        jdbc.sql("delete from transits where item like '39%'").update();
        routes.timetable().routes().stream()
                .filter(route -> route.name().startsWith("Test"))
                .forEach(route -> routes.remove(route.id(), "cleaner"));
    }

    /** As a scanner does it, and waits for the next page, whose field has the focus again. */
    private static void scan(Page page, String code) {
        page.waitForSelector("#scanned:focus");
        page.evaluate("document.body.dataset.old = 'yes'");
        page.keyboard().type(code);
        page.keyboard().press("Enter");
        page.waitForSelector("body:not([data-old]) #scanned:focus");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Kuljetukset: Turku; Lieto → Turku: matkalla; KULJETUS; Kuljetusreitit; ma, ke, pe
            sv; Transporter: Turku; Lieto → Turku: på väg; TRANSPORT; Transportrutter; mån, ons, fre
            en; Transport: Turku; Lieto → Turku: on its way; TRANSPORT; Transport routes; Mon, Wed, Fri
            """)
    void pagesAreAccessibleInEveryLanguage(
            String language, String title, String late, String kind, String routesTitle, String days) {
        Crate crate = crates.pack(transit.waitingAt("TURKU").stream()
                .filter(thing -> thing.destination().equals("LIETO"))
                .toList());
        Crate closed = crates.pack(transit.waitingAt("TURKU"));
        crates.close(closed.id());
        for (Look look : Look.of(language, 360)) {
            Page page = browser.signedIn("admin", look);
            if (look.narrow()) {
                for (String address : List.of(TURKU, "/transit", "/admin/transit", "/transit/crates/" + crate.id())) {
                    page.navigate(address);
                    Browser.picture(page, "narrow" + address.replaceAll("[^a-z]+", "-") + language);
                    assertThat(page.evaluate("document.documentElement.scrollWidth"))
                            .as(address)
                            .isEqualTo(look.width());
                    assertThat(Browser.findings(page)).isEmpty();
                }
            } else {
                page.navigate(TURKU);
                assertThat(page.textContent("h1")).isEqualTo(title);
                assertThat(text(page, "#late-title + ul")).contains(late);
                Browser.picture(page, "transit-" + look);
                assertThat(Browser.findings(page)).isEmpty();

                page.navigate("/transit/crates/" + crate.id());
                Browser.picture(page, "crate-" + look);
                assertThat(Browser.findings(page)).isEmpty();

                page.navigate("/transit/crates/" + closed.id() + "/slip");
                assertThat(text(page, ".slip")).contains(kind, "Naantali", closed.code());
                Browser.picture(page, "slip-" + look);
                assertThat(Browser.findings(page)).isEmpty();

                page.navigate("/admin/transit");
                assertThat(page.textContent("h1")).isEqualTo(routesTitle);
                assertThat(text(page, "#all-title + div tbody")).contains(days);
                Browser.picture(page, "routes-" + look);
                assertThat(Browser.findings(page)).isEmpty();
            }
            Browser.close(page);
        }
    }

    /** As with a USB scanner: the field has the focus, and nothing but the code and Enter comes. */
    @Test
    void staffScanThingsIntoACrateCloseItAndHandItOver() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate(TURKU);
        scan(page, "3900000011");
        assertThat(text(page, "[role=status]")).matches("3900000011 is in the crate KC\\d{7}\\. To: Lieto\\.");
        scan(page, "3900000011");
        assertThat(text(page, "[role=status]")).contains("already");
        scan(page, "3900000000");
        assertThat(text(page, "[role=alert]")).contains("is not on its way anywhere");
        page.click("button[aria-label='All into the crate: Lieto']");
        page.click("button[aria-label^='Close the crate']");
        assertThat(text(page, "h1")).startsWith("Crate KC");
        assertThat(page.locator(".items li").count()).isEqualTo(2);
        page.click("text=To transport");
        assertThat(text(page, "#ready-title + div tbody")).contains("Lieto", "2", "Itä");
        page.click("text=The carrier has taken these");
        assertThat(page.locator("#ready-title").count()).isZero();
        assertThat(text(page, "#send-title ~ p")).contains("(Lieto)");
        Browser.close(page);
    }

    @Test
    void staffScanACrateInAndSeeWhatIsMissingAndWhatIsNot() {
        Crate crate = crates.pack(transit.waitingAt("TURKU").stream()
                .filter(thing -> thing.destination().equals("LIETO"))
                .toList());
        crates.close(crate.id());
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/transit?branch=NAANTALI");
        scan(page, crate.code());
        assertThat(text(page, "[role=alert]")).contains("does not belong here. To: Lieto");

        page.navigate("/transit?branch=LIETO");
        scan(page, crate.code());
        assertThat(text(page, "h1")).isEqualTo("Crate " + crate.code());
        scan(page, "3900000011");
        scan(page, "3900000035");
        assertThat(text(page, "#missing")).isEqualTo("3900000028");
        assertThat(text(page, "#unexpected")).isEqualTo("3900000035");
        assertThat(Browser.findings(page)).isEmpty();
        page.click("text=The crate is empty");
        assertThat(text(page, "#missing-title")).isEqualTo("Missing: 1");
        Browser.close(page);
    }

    @Test
    void theCarrierGetsAListWithoutThingsAndPatrons() {
        Crate crate = crates.pack(transit.waitingAt("TURKU").stream()
                .filter(thing -> thing.destination().equals("LIETO"))
                .toList());
        crates.close(crate.id());
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        APIResponse list = page.context().request().get("/transit/carrier.csv?day=2026-11-25");
        assertThat(list.headers().get("content-disposition")).contains("carrier-2026-11-25.csv");
        assertThat(list.text())
                .startsWith("day,route,carrier,stop,branch,name,take_crates,take_items,bring_crates,bring_items\r\n")
                .contains(
                        "2026-11-25,Itä,Demokuljetus,1,TURKU,Turku," + crate.code() + ",2,,0\r\n",
                        "2026-11-25,Itä,Demokuljetus,5,LIETO,Lieto,,0," + crate.code() + ",2\r\n",
                        "2026-11-25,Seutu,")
                .doesNotContain("39000000");
        Browser.close(page);
    }

    @Test
    void anAdminAddsChangesAndRemovesRoutes() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/transit");
        page.fill("#name", "Test tour");
        page.selectOption("#stop-1", "TURKU");
        page.click("#route-title + form button[type=submit]");
        assertThat(text(page, "[role=alert]")).contains("2 to 40 stops");
        assertThat(page.inputValue("#name")).as("what was typed stands").isEqualTo("Test tour");
        page.selectOption("#stop-3", "AURA");
        page.click("#route-title + form button[type=submit]");
        assertThat(routes.timetable().routes())
                .filteredOn(route -> route.name().equals("Test tour"))
                .singleElement()
                .satisfies(route -> {
                    assertThat(route.stops()).containsExactly("TURKU", "AURA");
                    assertThat(route.nextAfter(LocalDate.of(2026, 11, 27))).isEqualTo(LocalDate.of(2026, 11, 30));
                });
        page.click("a[aria-label='Change the route Test tour']");
        page.check("input[value=SATURDAY]");
        page.selectOption("#stop-2", "");
        page.selectOption("#stop-3", "LIETO");
        page.click("#route-title + form button[type=submit]");
        assertThat(text(page, "#changes-title + * tbody")).contains("admin", "123456; TURKU > LIETO", "TURKU > AURA");
        page.click("button[aria-label='Remove the route Test tour']");
        assertThat(text(page, "#all-title + div tbody")).doesNotContain("Test tour");
        Browser.close(page);
    }

    @Test
    void staffMayScanButNotChangeRoutes() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate(TURKU);
        assertThat(page.locator("a[href='/admin/transit']").count()).isZero();
        assertThat(page.navigate("/admin/transit").status()).isEqualTo(403);
        assertThat(page.navigate("/transit/crates/999999").status()).isEqualTo(404);
        Browser.close(page);
        Page nobody = browser.window("en", 1280, ColorScheme.LIGHT);
        nobody.navigate(TURKU);
        assertThat(nobody.url()).endsWith("/sign-in");
        Browser.close(nobody);
    }
}
