package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.Settings;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Terminal profiles as staff see and change them, in Chromium and by program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfilePagesTest extends GatewayTest {
    private static final Scope KIOSK = Scope.device("kiosk-lieto");
    private static final Scope BRANCH = Scope.branch("LIETO");
    private static final String DEVICE_PAGE = "/admin/terminals/device/kiosk-lieto";

    @LocalServerPort
    int port;

    @Autowired
    Settings settings;

    @Autowired
    ArrivalRules rules;

    @Autowired
    Sip2Server sip;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private Browser browser;
    private String token = "";

    @BeforeAll
    void start() throws Exception {
        browser = new Browser(port);
        String before = token("/sign-in");
        http.send(
                request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("name=admin&password=demo-admin&_csrf=" + before))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        token = token("/admin/terminals");
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @AfterEach
    void nothingIsSet() {
        for (Scope scope : List.of(KIOSK, BRANCH)) {
            settings.at(scope).keySet().forEach(key -> settings.change(scope, key, Optional.empty(), "cleaner"));
        }
        rules.all().forEach(rule -> rules.remove(rule, "cleaner"));
    }

    // ---- pages -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"fi", "sv", "en"})
    void pagesAreAccessibleInEveryLanguage(String language) {
        settings.change(BRANCH, "sip.charset", Optional.of("CP850"), "admin");
        settings.change(KIOSK, "sip.pin", Optional.of("not-asked"), "admin");
        rules.put(new ArrivalRule(ArrivalRule.Sign.SUBNET, "192.0.2.0/24", BRANCH), "admin");
        for (Look look : Look.wide(language)) {
            Page page = browser.signedIn("admin", look);
            page.navigate("/admin/terminals");
            Browser.picture(page, "profiles-" + look);
            assertThat(Browser.findings(page)).isEmpty();

            page.navigate(DEVICE_PAGE);
            page.click("section[aria-labelledby=dry-run-title] button");
            page.waitForSelector("#answer-hex");
            Browser.picture(page, "profile-" + look);
            assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
            assertThat(Browser.findings(page)).isEmpty();
            Browser.close(page);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Kirjautumisia ei ole viime aikoina evätty.; Tunnus ei ole minkään laitteen; Salasana on väärä
            sv; Ingen inloggning har nekats på sistone.; Ingen apparat har det här namnet; Lösenordet är fel
            en; No log-in has been refused lately.; No machine has this login; The password is wrong
            """)
    void refusedLoginsAreListedWithWhatIsWrongAndNothingIsSaidOfPasswords(
            String language, String none, String unknown, String password) throws Exception {
        jdbc.sql("delete from unknown_logins").update();
        Page page = browser.signedIn("admin", language, 1280, ColorScheme.LIGHT);
        page.navigate("/admin/terminals");
        assertThat(page.textContent("section[aria-labelledby=logins-title]")).contains(none);
        try (Peer peer = new Peer(sip.plainPort().orElseThrow())) {
            assertThat(peer.ask("9300CNkiosk-<new>|COguessed-wrong|")).startsWith("940");
            assertThat(peer.ask("9300CNkiosk-lieto|COguessed-wrong|")).startsWith("940");
        }
        page.reload();
        String list = page.textContent("section[aria-labelledby=logins-title]");
        assertThat(list)
                .contains("kiosk-<new>", "127.0.0.1", unknown, "kiosk-lieto", password)
                .doesNotContain("guessed");
        Browser.picture(page, "logins-" + language);
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);
        jdbc.sql("delete from try_counts").update();
    }

    @Test
    void refusedLoginsAreForAdministratorsOnly() {
        Page page = browser.signedIn("staff", "en", 1280, ColorScheme.LIGHT);
        page.navigate("/admin/terminals");
        assertThat(page.textContent("main")).contains("You may not see this page.");
        Browser.close(page);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; 3M, vanhemmat laitteet; Palautusautomaatti; Ovilaite (Koha-Suomi)
            sv; 3M, äldre apparater; Återlämningsautomat; Dörrapparat (Koha-Suomi)
            en; 3M, older units; Return machine; Door controller (Koha-Suomi)
            """)
    void presetsThatNameNoVendorAreCalledInTheReadersLanguage(
            String language, String older, String returns, String door) {
        Page page = browser.signedIn("admin", language, 1280, ColorScheme.LIGHT);
        page.navigate(DEVICE_PAGE);
        assertThat(page.textContent(".presets")).contains(older, returns, door, "Cen-Tec");
        Browser.close(page);
    }

    @Test
    void fitNarrowWindowsWithoutSidewaysScrolling() {
        Page page = browser.signedIn("admin", "fi", 320, ColorScheme.LIGHT);
        for (String path : List.of("/admin/terminals", DEVICE_PAGE)) {
            page.navigate(path);
            Browser.picture(page, "profiles-fi-320" + (path.equals(DEVICE_PAGE) ? "-device" : ""));
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
        }
        Browser.close(page);
    }

    @Test
    void valueIsSetInheritedAgainAndWrittenDown() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate(DEVICE_PAGE);
        page.selectOption("#sip-money", "comma");
        page.click("tr:has(#sip-money) button:has-text('Save')");
        page.waitForSelector("tr.is-own:has(#sip-money) td.from:text('Device kiosk-lieto')");
        assertThat(settings.at(KIOSK)).isEqualTo(Map.of("sip.money", "comma"));

        page.click("tr:has(#sip-money) button:has-text('Inherit')");
        page.waitForSelector("tr:not(.is-own):has(#sip-money) td.from:text('Default')");
        assertThat(settings.at(KIOSK)).isEmpty();
        assertThat(settings.changes(Optional.of(KIOSK), 2))
                .extracting(SettingChange::who)
                .containsOnly("admin");
        Browser.close(page);
    }

    @Test
    void badValueIsRefusedWithASentenceThatNamesItAndWhatIsAllowed() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate(DEVICE_PAGE);
        page.fill("#sip-max-field-length", "many");
        page.click("tr:has(#sip-max-field-length) button:has-text('Save')");
        assertThat(page.textContent("[role=alert]"))
                .isEqualTo("Longest field (sip.max-field-length) cannot be “many”. Allowed: A number from 0 to 9999.");
        assertThat(Browser.findings(page)).isEmpty();
        Browser.close(page);
    }

    @Test
    void presetIsTriedWithoutBeingMadeAndThenApplied() {
        Page page = browser.signedIn("admin", "en", 1280, ColorScheme.LIGHT);
        page.navigate(DEVICE_PAGE);
        page.selectOption("#with", new SelectOption().setValue("edge-sip2"));
        page.click("section[aria-labelledby=dry-run-title] button");
        page.waitForSelector("#answer-text");
        assertThat(page.textContent("#answer-text"))
                .contains("kes\\x84 j\\x84rvell\\x84")
                .endsWith("\\r");
        assertThat(settings.at(KIOSK)).isEmpty();

        page.click("button[aria-label='Apply: FOLIO edge-sip2']");
        page.waitForSelector("tr.is-own:has(#sip-charset)");
        assertThat(settings.at(KIOSK)).containsEntry("sip.charset", "CP850").containsEntry("sip.ct-always", "yes");
        Browser.close(page);
    }

    @Test
    void staffWithoutTheRoleMayNotSeeThem() {
        Page page = browser.signedIn("en", 1280, ColorScheme.LIGHT);
        assertThat(page.locator("nav.sections > ul a[href='/tasks']").count()).isOne();
        assertThat(page.locator("nav.sections a[href='/admin/terminals']").count())
                .isZero();
        assertThat(page.navigate("/admin/terminals").status()).isEqualTo(403);
        Browser.close(page);
    }

    // ---- programs ----------------------------------------------------------------------------------------

    @Test
    void settingGoesInAndComesOutWithItsSource() throws Exception {
        assertThat(send("PUT", "/admin/api/settings/sip.charset?kind=BRANCH&scope=LIETO", "{\"value\": \"cp850\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "/admin/api/settings?kind=DEVICE&scope=kiosk-lieto", "")
                        .body())
                .contains("{\"key\":\"sip.charset\",\"value\":\"CP850\",\"source\":\"BRANCH\",\"place\":\"LIETO\"}")
                .contains("{\"key\":\"sip.money\",\"value\":\"point\",\"source\":\"DEFAULT\",\"place\":\"\"}");
        assertThat(send("GET", "/admin/api/settings/changes?kind=BRANCH&scope=LIETO&most=1", "")
                        .body())
                .contains("\"who\":\"admin\"", "\"key\":\"sip.charset\"", "\"before\":null", "\"after\":\"CP850\"");
        assertThat(send("DELETE", "/admin/api/settings/sip.charset?kind=BRANCH&scope=LIETO", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(settings.at(BRANCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/admin/api/settings/sip.pin?kind=DEVICE&scope=kiosk-lieto; PIN (sip.pin) cannot be “x”. Allowed: asked, not-asked.",
                "/admin/api/settings/sip.colour?kind=DEVICE&scope=kiosk-lieto; “sip.colour” is not a setting.",
                "/admin/api/settings/sip.pin?kind=BRANCH&scope=ATLANTIS; There is no place BRANCH “ATLANTIS”."
            })
    void refusalIsAProblemWithOneSentence(String path, String sentence) throws Exception {
        HttpResponse<String> answer = send("PUT", path, "{\"value\": \"x\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains(sentence);
    }

    @Test
    void changeWithoutTheTokenIsRefused() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/admin/api/settings/sip.pin?kind=DEVICE&scope=kiosk-lieto")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"value\": \"asked\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(settings.at(KIOSK)).isEmpty();
    }

    @Test
    void ruleIsPutListedAndRemoved() throws Exception {
        String rule =
                "{\"sign\": \"PORT\", \"pattern\": \"6005\", \"scope\": {\"kind\": \"BRANCH\", \"name\": \"LIETO\"}}";
        assertThat(send("PUT", "/admin/api/arrival-rules", rule).statusCode()).isEqualTo(204);
        assertThat(send("GET", "/admin/api/arrival-rules", "").body())
                .contains("6005")
                .contains("LIETO");
        assertThat(send("DELETE", "/admin/api/arrival-rules", rule).statusCode())
                .isEqualTo(204);
        assertThat(rules.all()).isEmpty();
        assertThat(send("PUT", "/admin/api/arrival-rules", rule.replace("6005", "door"))
                        .body())
                .contains("cannot be “door”");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "93; 9300CNx|COy|; 941\\\\r",
                "99; 9900802.00; 98YYYYYY100003",
                "11; 11NN20261124    193000                  AO|AA2000012345|AB3000000035|AC|AD1234|; 121NNY",
                "09; 09N20261124    19300020261124    193000AP|AO|AB3000000035|AC|; 101YNY",
                "63; 6300720261124    193000          AO|AA2000012345|AC|AD1234|; 64",
                "37; 3720261124    1930000100EURBV2.40|AO|AA2000012345|; 38Y",
                "bad sum; 9900302.00AY1AZ0000; 96AZFEF6",
                "cut short; 11NN; 120NUN"
            })
    void dryRunAnswersAndChangesNothing(String what, String line, String begins) throws Exception {
        List<Long> before = counts();
        HttpResponse<String> answer = send(
                "POST", "/admin/api/dry-runs", "{\"terminal\": \"kiosk-lieto\", \"line\": \"%s\"}".formatted(line));
        assertThat(answer.statusCode()).as(what).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"text\":\"" + begins);
        assertThat(counts()).as(what).isEqualTo(before);
    }

    @Test
    void dryRunTriesSettingsAndRefusesBadOnes() throws Exception {
        String line = "{\"terminal\": \"kiosk-lieto\", \"line\": \"9900802.00\", \"settings\": {\"sip.%s\": \"%s\"}}";
        assertThat(send("POST", "/admin/api/dry-runs", line.formatted("terminator", "crlf"))
                        .body())
                .contains("|\\\\r\\\\n\"")
                .contains("0D 0A\"");
        assertThat(send("POST", "/admin/api/dry-runs", line.formatted("messages", "09"))
                        .body())
                .contains("BXNNYNYYYNNNNNNNNN|");
        assertThat(send("POST", "/admin/api/dry-runs", line.formatted("charset", "EBCDIC"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(settings.at(KIOSK)).isEmpty();
    }

    private List<Long> counts() {
        return List.of("journal", "loans", "fees", "failed_tries", "settings", "setting_changes").stream()
                .map(table -> jdbc.sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Accept-Language", "en")
                        .header("X-CSRF-TOKEN", token)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token(String page) throws IOException, InterruptedException {
        Matcher found = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(http.send(request(page).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
