package fi.kimppa.gateway.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.routing.Alert;
import fi.kimppa.gateway.routing.Destination;
import fi.kimppa.gateway.routing.Outcome;
import fi.kimppa.gateway.routing.RoutingRule;
import fi.kimppa.gateway.routing.RoutingRules;
import fi.kimppa.gateway.routing.Situation;
import fi.kimppa.gateway.routing.SlipText;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What would happen if, and the rules, as staff see them in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReturnsPagesTest extends GatewayTest {
    private static final Outcome STAYS = new Outcome(Destination.STAY, Alert.NONE, Optional.empty(), SlipText.FLOATS);
    private static final Outcome HOME =
            new Outcome(Destination.HOME, Alert.SEND_ELSEWHERE, Optional.of("4"), SlipText.GOES_HOME);

    @LocalServerPort
    int port;

    @Autowired
    RoutingRules rules;

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
    void noRules() {
        own().forEach(rule -> rules.remove(rule.id(), "cleaner"));
        for (Scope scope : List.of(Scope.CONSORTIUM, Scope.branch("TURKU"))) {
            settings.change(scope, "returns.no-owner", Optional.empty(), "cleaner");
        }
    }

    private List<RoutingRule> own() {
        return rules.table().rules().stream().filter(rule -> !rule.isStandard()).toList();
    }

    private void rule(String owner, String collection, Outcome outcome) {
        assertThat(rules.add(
                        new RoutingRule(
                                0,
                                Situation.BELONGS_ELSEWHERE,
                                Optional.of(owner).filter(text -> !text.isEmpty()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(collection).filter(text -> !text.isEmpty()),
                                Optional.empty(),
                                outcome),
                        "anna"))
                .isEmpty();
    }

    private static String text(Page page, String selector) {
        return page.textContent(selector).replaceAll("\\s+", " ").strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Mitä tapahtuisi, jos …; Ei minnekään: se jää; omistaja on Naantali; Palautetun aineiston säännöt; rivi 8 ottaa kaiken
            sv; Vad skulle hända om …; Ingenstans: det stannar; ägaren är Naantali; Regler för återlämnat material; rad 8 tar allt
            en; What would happen if …; Nowhere: it stays; the owner is Naantali; Rules for returned things; row 8 takes everything
            """)
    void pagesAreAccessibleInEveryLanguage(
            String language, String title, String stays, String why, String rulesTitle, String never) {
        rule("LIETO", "", HOME);
        rule("", "", STAYS);
        rule("", "LOCAL", HOME);
        settings.change(Scope.branch("TURKU"), "returns.no-owner", Optional.of("take"), "anna");
        for (Look look : Look.of(language, 390)) {
            Page page = browser.signedIn("admin", look);
            if (look.narrow()) {
                for (String address : List.of("/returns?at=TURKU&home=NAANTALI", "/admin/returns")) {
                    page.navigate(address);
                    Browser.picture(page, "narrow" + address.replaceAll("[^a-z]+", "-") + language);
                    assertThat(page.evaluate("document.documentElement.scrollWidth"))
                            .isEqualTo(look.width());
                    assertThat(Browser.findings(page)).isEmpty();
                }
            } else {
                page.navigate("/returns?at=TURKU&item=3000000042");
                assertThat(page.textContent("h1")).isEqualTo(title);
                assertThat(text(page, "#goes")).isEqualTo(stays);
                assertThat(text(page, "#before")).contains(why);
                Browser.picture(page, "returns-" + look);
                assertThat(Browser.findings(page)).isEmpty();

                page.navigate("/admin/returns?edit=" + own().getLast().id());
                assertThat(page.textContent("h1")).isEqualTo(rulesTitle);
                assertThat(text(page, "#row-" + own().getLast().id())).contains(never);
                Browser.picture(page, "rules-" + look);
                assertThat(Browser.findings(page)).isEmpty();
            }
            Browser.close(page);
        }
    }

    @Test
    void aNumberIsAskedAboutAndTheRowThatHoldsIsShownWithWhyTheOthersDoNot() {
        rule("LIETO", "", HOME);
        rule("NAANTALI", "LOCAL", HOME);
        rule("NAANTALI", "", STAYS);
        int before = journal();
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/returns");
        page.selectOption("#at", "kiosk-turku");
        page.fill("#item", "3000000042");
        page.click("main button[type=submit]");

        assertThat(text(page, "#goes")).isEqualTo("Nowhere: it stays");
        assertThat(text(page, "#bin")).isEqualTo("1");
        assertThat(text(page, "#alert")).isEqualTo("none");
        assertThat(text(page, "#patron")).isEqualTo("Palautettu. Jää tähän kirjastoon.");
        assertThat(text(page, "#slip")).isEqualTo("JÄÄ TÄNNE");
        assertThat(text(page, "#rule")).isEqualTo("Row 9: Belongs elsewhere, Owner: Naantali");
        assertThat(page.locator("#before li").allTextContents())
                .containsExactly(
                        "Row 7 (Owner: Lieto): the owner is Naantali",
                        "Row 8 (Owner: Naantali, Collection: LOCAL): the collection is not known",
                        "6 rows before are for other situations.");
        assertThat(text(page, "main")).contains("Muumipappa ja meri");

        page.selectOption("#pickup", "LIETO");
        page.click("main button[type=submit]");
        assertThat(text(page, "#goes")).isEqualTo("Lieto");
        assertThat(text(page, "#alert")).isEqualTo("02, on hold elsewhere");
        assertThat(text(page, "#bin")).isEqualTo("3");
        assertThat(text(page, "#slip")).isEqualTo("VARAUS, KULJETUS: Lieto");
        assertThat(journal()).as("nothing is changed by asking").isEqualTo(before);

        page.navigate("/returns?at=TURKU&item=3000000097");
        assertThat(text(page, "main [role=status]")).startsWith("Somebody waits for this thing");
        page.selectOption("#pickup", "LIETO");
        page.click("main button[type=submit]");
        assertThat(page.locator("main [role=status]").count()).isZero();
        Browser.close(page);
    }

    private int journal() {
        return jdbc.sql("select count(*) from journal").query(Integer.class).single();
    }

    @Test
    void aThingWithoutANumberIsDescribedOrNobodysOrOfASilentSystem() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/returns?at=TURKU&home=LIETO");
        assertThat(text(page, "#goes")).isEqualTo("Lieto");
        page.navigate("/returns?at=TURKU&known=SILENT");
        assertThat(text(page, "#bin")).isEqualTo("9");
        assertThat(text(page, "#slip")).isEqualTo("KÄSITTELEMÄTTÄ");
        page.navigate("/returns?at=TURKU&known=NOBODYS");
        assertThat(text(page, "main [role=status]")).isEqualTo("It would not be taken.");
        settings.change(Scope.CONSORTIUM, "returns.no-owner", Optional.of("take"), "anna");
        page.navigate("/returns?at=TURKU&known=NOBODYS");
        assertThat(page.locator("main [role=status]").count()).isZero();
        assertThat(text(page, "#rule")).contains("Nobody owns it");
        Browser.close(page);
    }

    @Test
    void anAdminAddsMovesChangesAndRemovesRules() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/returns");
        page.selectOption("#owner", "LIETO");
        page.selectOption("#to", "STAY");
        page.click("#rule-title + form button[type=submit]");
        assertThat(page.textContent("[role=alert]")).contains("does not fit the situation");
        assertThat(page.inputValue("#owner")).as("what was chosen stands").isEqualTo("LIETO");
        assertThat(own()).isEmpty();

        page.selectOption("#alert", "NONE");
        page.selectOption("#slip", "FLOATS");
        page.click("#rule-title + form button[type=submit]");
        assertThat(page.url()).endsWith("/admin/returns");
        page.fill("#collection", "LOCAL");
        page.click("#rule-title + form button[type=submit]");
        assertThat(own()).extracting(rule -> rule.owner().orElse("-")).containsExactly("LIETO", "-");

        page.click("button[aria-label='Move row 8 up']");
        assertThat(own()).extracting(rule -> rule.owner().orElse("-")).containsExactly("-", "LIETO");
        page.click("a[aria-label='Change row 8']");
        assertThat(text(page, "#rule-title")).isEqualTo("Change row 8");
        page.fill("#bin", "7");
        page.click("#rule-title + form button[type=submit]");
        assertThat(own().getLast().outcome().bin()).contains("7");
        assertThat(own().getLast().owner()).contains("LIETO");

        page.click("button[aria-label='Remove row 7']");
        assertThat(own())
                .singleElement()
                .satisfies(rule -> assertThat(rule.owner()).contains("LIETO"));
        assertThat(text(page, "#changes-title + * tbody")).contains("admin", "bin 7", "owner=LIETO");
        Browser.close(page);
    }

    @Test
    void anAdminSaysWhichBranchTakesWhatNobodyOwns() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/returns");
        page.selectOption("#place", "BRANCH:TURKU");
        page.selectOption("#wish", "take");
        page.click("#wish-title ~ form button[type=submit]");
        assertThat(settings.at(Scope.branch("TURKU"))).containsEntry("returns.no-owner", "take");
        assertThat(text(page, "#wish-title ~ dl")).contains("Branch Turku", "Take them");
        page.selectOption("#place", "BRANCH:TURKU");
        page.selectOption("#wish", "");
        page.click("#wish-title ~ form button[type=submit]");
        assertThat(settings.at(Scope.branch("TURKU"))).doesNotContainKey("returns.no-owner");
        Browser.close(page);
    }

    @Test
    void staffMayAskButNotChange() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        page.navigate("/returns");
        assertThat(page.locator("a[href='/admin/returns']").count()).isZero();
        assertThat(page.navigate("/admin/returns").status()).isEqualTo(403);
        Browser.close(page);
        Page nobody = browser.window("en", 1280, ColorScheme.LIGHT);
        nobody.navigate("/returns");
        assertThat(nobody.url()).endsWith("/sign-in");
        Browser.close(nobody);
    }
}
