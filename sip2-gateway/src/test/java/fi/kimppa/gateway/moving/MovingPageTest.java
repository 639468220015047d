package fi.kimppa.gateway.moving;

import static fi.kimppa.gateway.console.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fi.kimppa.gateway.OldLibrary;
import fi.kimppa.gateway.ProductOnly;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.cutover.CutOver.State;
import fi.kimppa.gateway.cutover.CutOvers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A change of a library system as administrators plan, watch and end it in Chromium; a gateway of its own with two systems. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"kimppa.clock.start=2026-11-24T19:30:00+02:00", "kimppa.sip.plain.port=0", "kimppa.sip.tls.port=0"
        })
@ActiveProfiles("demo")
@TypeExcludeFilters(ProductOnly.class)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MovingPageTest {
    private static final Path HOME = Path.of(
                    "target",
                    "gateway-data",
                    "moving-" + ProcessHandle.current().pid())
            .toAbsolutePath();
    private static final String FILE = """
            kind,old,new
            ITEM,3000000901,9000000011
            ITEM,3000000902,9000000099
            ITEM,9000000012,9000000013
            CARD,2000012345,9900000001
            CARD,2000012345,9900000002
            ITEM,3000000903
            """;
    private static final OldLibrary NEIGHBOUR = neighbour();

    @DynamicPropertySource
    static void twoSystems(DynamicPropertyRegistry settings) {
        settings.add("kimppa.data-directory", HOME::toString);
        settings.add("kimppa.backends.sip2.naapuri.address", () -> NEIGHBOUR.server.address());
        settings.add("kimppa.backends.sip2.naapuri.preset", () -> "koha");
        settings.add("kimppa.backends.sip2.naapuri.accounts.common.user", () -> "kimppa");
        settings.add("kimppa.backends.sip2.naapuri.accounts.common.password", () -> "secret");
        settings.add("kimppa.backends.sip2.naapuri.accounts.common.institution", () -> "NTL");
    }

    @LocalServerPort
    int port;

    @Autowired
    CutOvers cutOvers;

    @Autowired
    Settings settings;

    @Autowired
    JdbcClient jdbc;

    private Browser browser;

    private static OldLibrary neighbour() {
        try {
            OldLibrary library = new OldLibrary("NAANTALI");
            library.item("9000000011", "Muumipappa");
            library.item("9000000012", "Taikatalvi");
            library.item("9000000013", "Kometjakten");
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
        NEIGHBOUR.close();
    }

    @BeforeEach
    @AfterEach
    void nothingIsPlanned() {
        sql("delete from journal where cut_over is not null");
        sql("delete from number_maps");
        sql("delete from number_collisions");
        sql("delete from cut_overs");
        seen();
    }

    private void sql(String text) {
        jdbc.sql(text).update();
    }

    /** What was written by hand is read. */
    private void seen() {
        settings.audited(
                "cleaner",
                () -> List.of(new Settings.Entry(Scope.CONSORTIUM, "nothing", Optional.empty(), Optional.of(""))));
    }

    private long plan() {
        assertThat(cutOvers.plan(
                        "NAANTALI",
                        "embedded",
                        "naapuri",
                        Instant.parse("2026-11-28T06:00:00Z"),
                        Instant.parse("2026-11-28T12:00:00Z"),
                        "eeva"))
                .isEmpty();
        return cutOvers.all().getFirst().id();
    }

    /** The cut-over has been, and the new system has lent and taken back. */
    private void move(long id) {
        sql("update cut_overs set freezes_at = '2026-11-24 08:00+02', moves_at = '2026-11-24 14:00+02'");
        for (String change : List.of("'09', null, '3000000901'", "'11', '2000012345', '3000000901'")) {
            jdbc.sql("""
                            insert into journal (gateway, backend, cut_over, command, card, item, state, ok, terminal,
                                                 terminal_kind, branch_code, institution_id, transaction_date, no_block, cancel,
                                                 fee_acknowledged, detail, opened_at, settled_at)
                            select 0, 'naapuri', :id, command, card, item, 'SETTLED', true, 'kiosk-naantali', 'KIOSK', 'NAANTALI',
                                   'NAANTALI', '20261124    151500', false, false, false, '', '2026-11-24 15:15+02',
                                   '2026-11-24 15:15+02'
                              from (values (""" + change + ")) as said (command, card, item)")
                    .param("id", id)
                    .update();
        }
        seen();
    }

    private static void choose(Page page) {
        page.setInputFiles("#file", new FilePayload("a.csv", "text/csv", FILE.getBytes(StandardCharsets.UTF_8)));
    }

    private static void look(Page page, Look look, String picture) {
        Browser.picture(page, picture + "-" + look);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
        if (!look.narrow()) {
            assertThat(Browser.findings(page)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Kirjastojärjestelmän vaihdot; Uusi järjestelmä ei tunne uutta numeroa.; Siirrytty.; Päätökseen viety
            sv; Byten av bibliotekssystem; Det nya systemet känner inte det nya numret.; Övergånget.; Slutfört
            en; Changes of library systems; The new system does not know the new number.; Moved.; Finished
            """)
    void pagesAreAccessibleInEveryLanguage(
            String language, String title, String unknown, String moved, String finished) {
        for (Look look : Look.of(language, 360)) {
            nothingIsPlanned();
            long id = plan();
            Page page = browser.signedIn("admin", look);
            page.navigate("/admin/consortium/moving");
            assertThat(page.textContent("h1")).isEqualTo(title);
            look(page, look, "moving");

            page.navigate("/admin/consortium/moving/" + id);
            choose(page);
            page.click("button[name=load]");
            assertThat(text(page, "main")).contains(unknown);
            look(page, look, "move-planned");

            move(id);
            page.navigate("/admin/consortium/moving/" + id);
            assertThat(text(page, "#state")).startsWith(moved);
            look(page, look, "move-over");

            page.check("#sure-finish");
            page.click("button[name=finish][value=true]");
            assertThat(text(page, "#state")).startsWith(finished);
            sql("update municipalities set library_system = null where code = 'NAANTALI'");
            Browser.close(page);
        }
    }

    @Test
    void anAdministratorPlansTriesAFileLoadsItAndPostpones() throws IOException {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/consortium");
        page.click("a[href='/admin/consortium/moving']");
        page.selectOption("#municipality", "NAANTALI");
        page.selectOption("#to", "embedded");
        page.fill("#freeze", "2026-11-28T08:00");
        page.fill("#move", "2026-11-28T14:00");
        page.click("main form button");
        assertThat(text(page, "main [role=alert]")).startsWith("Choose another system");
        page.selectOption("#municipality", "NAANTALI");
        page.selectOption("#to", "naapuri");
        page.fill("#freeze", "2026-11-28T08:00");
        page.fill("#move", "2026-11-28T14:00");
        page.click("main form button");
        page.click("tbody a");

        choose(page);
        page.click("form[enctype] button:not([name])");
        assertThat(text(page, "main [role=status]"))
                .isEqualTo("Nothing was changed. Lines that can be loaded: 1. Collisions: 5.");
        assertThat(text(page, "#numbers")).isEqualTo("Loaded: cards 0, items 0.");
        assertThat(collisions(page))
                .containsExactly(
                        "line,kind,old,new,reason,explanation",
                        "3,ITEM,3000000902,9000000099,NEW_UNKNOWN,The new system does not know the new number.",
                        "4,ITEM,9000000012,9000000013,OLD_TAKEN,In the new system the old number is somebody else’s.",
                        "5,CARD,2000012345,9900000001,OLD_TWICE,The old number stands there twice.",
                        "6,CARD,2000012345,9900000002,OLD_TWICE,The old number stands there twice.",
                        "7,,\"ITEM,3000000903\",,FORM,The line cannot be read.");
        choose(page);
        page.click("button[name=load]");
        assertThat(text(page, "#numbers")).isEqualTo("Loaded: cards 0, items 1.");

        page.fill("#move", "2026-11-28T16:30");
        page.click("form[action$=moments] button");
        assertThat(cutOvers.all()).singleElement().satisfies(one -> {
            assertThat(one.movesAt()).isEqualTo(Instant.parse("2026-11-28T14:30:00Z"));
            assertThat(one.plannedBy()).isEqualTo("admin");
        });
        page.click("button[name=clear]");
        assertThat(text(page, "#numbers")).isEqualTo("Loaded: cards 0, items 0.");
        assertThat(settings.changes(Optional.of(Scope.municipality("NAANTALI")), 4))
                .extracting(change -> change.after().orElse(""))
                .containsExactly(
                        "0 CARD, 0 ITEM",
                        "embedded > naapuri, 2026-11-28T08:00, 2026-11-28T16:30",
                        "0 CARD, 1 ITEM",
                        "embedded > naapuri, 2026-11-28T08:00, 2026-11-28T14:00");
        Browser.close(page);
    }

    private static List<String> collisions(Page page) throws IOException {
        Download download = page.waitForDownload(() -> page.click("a[href$='collisions.csv']"));
        return Files.readString(download.path()).lines().toList();
    }

    @Test
    void anAdministratorRollsBackAndSeesWhatIsLeftToDo() {
        long id = plan();
        move(id);
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/consortium/moving/" + id);
        page.check("#sure-back");
        page.click("button[name=finish][value=false]");
        assertThat(cutOvers.find(id).orElseThrow().state(Instant.now())).isEqualTo(State.ROLLED_BACK);
        assertThat(text(page, "section[aria-labelledby=moved-title] tbody"))
                .contains("return3000000901", "loan30000009012000012345", "for staff");
        assertThat(text(page, "section[aria-labelledby=moved-title] form button"))
                .isEqualTo("Do one return again in the old system");
        Browser.picture(page, "move-rolled-back");
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);
    }

    @Test
    void otherStaffDoNotGetThere() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/consortium");
        assertThat(page.locator("a[href='/admin/consortium/moving']").count()).isZero();
        assertThat(page.navigate("/admin/consortium/moving").status()).isEqualTo(403);
        Browser.close(page);
    }
}
