package fi.kimppa.gateway.charter;

import static fi.kimppa.gateway.console.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The consortium, its settings in time and its file, as staff see them in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CharterPageTest extends GatewayTest {
    private static final Scope TURKU = Scope.municipality("TURKU");
    private static final Scope KIOSK = Scope.device("kiosk-turku");

    @LocalServerPort
    int port;

    @Autowired
    Settings settings;

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
    void nothingIsSet() {
        settings.unlock("sip.pin", "cleaner");
        for (Scope scope : List.of(Scope.CONSORTIUM, TURKU, Scope.branch("TURKU"), KIOSK)) {
            settings.at(scope).keySet().forEach(key -> settings.change(scope, key, Optional.empty(), "cleaner"));
        }
        settings.plans().forEach(plan -> settings.unplan(plan.scope(), plan.key(), plan.from(), "cleaner"));
        jdbc.sql("delete from terminals where login = 'kiosk-new'").update();
    }

    private void something() {
        settings.change(TURKU, Map.of("sip.money", Optional.of("comma")), "eeva", "the old machines");
        settings.change(KIOSK, "sip.pin", Optional.of("not-asked"), "eeva");
        settings.plan(KIOSK, "sip.charset", LocalDate.of(2027, 3, 1), Optional.of("CP850"), "eeva", "new firmware");
        settings.lock("sip.pin", "agreed in the board", "anna");
    }

    private static void upload(Page page, String yaml) {
        page.setInputFiles(
                "#file", new FilePayload("a.yaml", "application/yaml", yaml.getBytes(StandardCharsets.UTF_8)));
        page.click("form[action='/admin/consortium/import'] button");
    }

    private static String download(Page page) {
        Download download = page.waitForDownload(() -> page.click("a[href='/admin/consortium/file']"));
        assertThat(download.suggestedFilename()).isEqualTo("vaski.yaml");
        try {
            return Files.readString(download.path());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Kimppa; Mitä tiedosto tekisi; Rivi 2: terminals.kiosk-new.kind: ”robot” ei käy.
            sv; Konsortiet; Vad filen skulle göra; Rad 2: terminals.kiosk-new.kind: ”robot” är inte möjligt.
            en; The consortium; What the file would do; Line 2: terminals.kiosk-new.kind: “robot” is not possible.
            """)
    void pagesAreAccessibleInEveryLanguage(String language, String title, String fileTitle, String problem) {
        something();
        for (Look look : Look.of(language, 360)) {
            Page page = browser.signedIn("admin", look);
            page.navigate("/consortium");
            assertThat(page.textContent("h1")).isEqualTo(title);
            Browser.picture(page, "consortium-" + look);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
            assertThat(Browser.findings(page)).isEmpty();

            upload(page, "terminals:\n  kiosk-new: {kind: robot, branch: TURKU, institution: T}\n");
            assertThat(page.textContent("h1")).isEqualTo(fileTitle);
            assertThat(text(page, "#problems")).contains(problem);
            assertThat(Browser.findings(page)).isEmpty();

            page.navigate("/consortium");
            upload(page, "terminals:\n  kiosk-new: {kind: kiosk, branch: TURKU, institution: T}\n");
            Browser.picture(page, "import-" + look);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }

    @Test
    void whoDiffersAndWhyIsShownToAllStaffAndFormsToAdministratorsAlone() {
        something();
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/consortium");
        assertThat(text(page, "section[aria-labelledby=differences-title] tbody"))
                .contains("Form of an amount", "Municipality Turku", "2,40", "2.40", "eeva", "the old machines");
        assertThat(text(page, "section[aria-labelledby=plans-title] tbody"))
                .contains("1 March 2027", "Character set", "kiosk-turku", "CP850", "new firmware");
        assertThat(text(page, "section[aria-labelledby=locks-title] tbody"))
                .contains("PIN", "anna", "agreed in the board", "Device kiosk-turku: Not asked for");
        assertThat(text(page, "section[aria-labelledby=tree-title]"))
                .contains("Aura AURA Partner by agreement", "Kiosk kiosk-turku");
        assertThat(page.locator("main form").count()).isZero();
        Browser.close(page);
    }

    @Test
    void anAdministratorPlansLocksAndTakesBack() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/consortium");
        page.selectOption("#key", "sip.money");
        page.selectOption("#place", "MUNICIPALITY:TURKU");
        page.fill("#value", "comma");
        page.fill("#from", "2027-01-01");
        page.fill("#note", "new year");
        page.click("form[action='/admin/consortium/settings'] button:not([name])");
        assertThat(settings.plans()).singleElement().satisfies(plan -> {
            assertThat(plan.who()).isEqualTo("admin");
            assertThat(plan.note()).isEqualTo("new year");
        });
        page.click("form[action='/admin/consortium/plans/remove'] button");
        assertThat(settings.plans()).isEmpty();

        page.selectOption("#lock-key", "sip.pin");
        page.fill("#why", "the board");
        page.click("form[action='/admin/consortium/locks'] button");
        assertThat(settings.lock("sip.pin")).isPresent();
        page.selectOption("#key", "sip.pin");
        page.selectOption("#place", "DEVICE:kiosk-turku");
        page.fill("#value", "not-asked");
        page.click("form[action='/admin/consortium/settings'] button:not([name])");
        assertThat(text(page, "main [role=alert]")).startsWith("PIN: locked by the consortium (admin, ");

        page.navigate("/admin/terminals/device/kiosk-turku");
        assertThat(text(page, "main")).contains("PIN: locked by the consortium (admin, ");
        assertThat(page.locator("#sip-pin").count()).as("no form to change it").isZero();
        page.navigate("/consortium");
        page.click("form[action='/admin/consortium/locks/remove'] button");
        assertThat(settings.lock("sip.pin")).isEmpty();
        Browser.close(page);
    }

    @Test
    void aFileIsTriedShownConfirmedAndStandsInTheRecord() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/consortium");
        String file = download(page);
        assertThat(file).startsWith("# The consortium VASKI").doesNotContain("demo-kiosk");
        String more = file.replace(
                "terminals:\n",
                "terminals:\n  kiosk-new:\n    kind: kiosk\n    branch: TURKU\n    institution: TURKU\n");

        upload(page, more);
        assertThat(text(page, "main"))
                .contains("1 new, 0 changed, 0 removed", "Cannot log in until it is given a password");
        settings.change(TURKU, "sip.money", Optional.of("comma"), "eeva");
        page.click("main form button");
        assertThat(text(page, "main [role=alert]")).startsWith("Nothing was done");
        assertThat(text(page, "main")).contains("1 new, 0 changed, 1 removed");
        page.click("main form button");
        assertThat(text(page, "main [role=status]")).startsWith("Done.");
        assertThat(settings.at(TURKU)).isEmpty();
        assertThat(settings.changes(Optional.empty(), 10)).anySatisfy(change -> {
            assertThat(change.key()).isEqualTo("terminals kiosk-new branch");
            assertThat(change.who()).isEqualTo("admin");
        });
        page.navigate("/consortium");
        assertThat(text(page, "section[aria-labelledby=tree-title]")).contains("kiosk-new No password yet");
        upload(page, more);
        assertThat(text(page, "main")).contains("The file changes nothing.");
        Browser.close(page);
    }
}
