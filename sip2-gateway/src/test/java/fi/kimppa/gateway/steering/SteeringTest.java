package fi.kimppa.gateway.steering;

import static fi.kimppa.gateway.console.Browser.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.console.Browser;
import fi.kimppa.gateway.console.Look;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.gateway.consortium.Settings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is set for kiosks, from the page in Chromium to the document that a kiosk fetches and what it says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringTest extends GatewayTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");
    private static final Scope TURKU = Scope.branch("TURKU");
    private static final Scope KIOSK = Scope.device("kiosk-turku");

    @LocalServerPort
    int port;

    @Autowired
    Settings settings;

    @Autowired
    Logos logos;

    @Autowired
    Clock clock;

    @Autowired
    JsonMapper json;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient http = HttpClient.newHttpClient();
    private Browser browser;

    @BeforeAll
    void start() {
        browser = new Browser(port);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    @AfterEach
    void clear() {
        Map<String, Optional<String>> nothing =
                SteeringKeys.all().stream().collect(Collectors.toMap(SettingKey::name, _ -> Optional.<String>empty()));
        for (Scope place : List.of(Scope.CONSORTIUM, Scope.municipality("TURKU"), TURKU, KIOSK)) {
            assertThat(settings.change(place, nothing, "anna")).isEmpty();
        }
        settings.unlock("kiosk.colour.primary", "anna");
        jdbc.sql("delete from kiosk_logos").update();
        jdbc.sql("delete from fleet_terminals where terminal = 'kiosk-turku'").update();
    }

    private void set(Scope place, String key, String text) {
        assertThat(settings.change(place, key, Optional.of(text), "anna")).isEmpty();
    }

    // ---- over HTTP ---------------------------------------------------------------------------------------

    private HttpRequest.Builder call(String login, String path) {
        String basic = Base64.getEncoder().encodeToString((login + ":demo-" + login).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + basic);
    }

    private HttpResponse<byte[]> document(String login, String known) throws IOException, InterruptedException {
        HttpRequest.Builder get = call(login, "/api/kiosk/configuration");
        if (!known.isEmpty()) {
            get.header("If-None-Match", known);
        }
        return http.send(get.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode document(String login) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = document(login, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private static String version(byte[] body) throws Exception {
        return HexFormat.of()
                .formatHex(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(body), 8));
    }

    private JsonNode contract(String file) throws IOException {
        return json.readTree(Files.readString(CONTRACT.resolve(file)));
    }

    private HttpResponse<String> report(String accepted, String refused) throws IOException, InterruptedException {
        ObjectNode body = (ObjectNode) contract("configuration-report.json");
        ((ObjectNode) body.get("configuration")).put("accepted", accepted).put("refused", refused);
        return http.send(
                call("kiosk-turku", "/api/reports")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void isWhatTheContractShowsAndItsVersionFollowsFromItsBytes() throws Exception {
        set(Scope.CONSORTIUM, "kiosk.colour.primary", "#5a1846");
        set(Scope.CONSORTIUM, "kiosk.colour.accent", "#ff0000");
        set(
                Scope.CONSORTIUM,
                "kiosk.bins",
                "1 = circle, #0a5537, fi Jää tänne, sv Stannar här, en Stays here\n3 = Muu");
        set(Scope.CONSORTIUM, "kiosk.wording", "fi home.title = Hei\nsv home.title = Välkommen till biblioteket");
        set(Scope.municipality("TURKU"), "kiosk.languages", "fi sv");
        set(TURKU, "kiosk.colour.accent", "#f2c230");
        set(TURKU, "kiosk.bins", "3 = square, #12437a, fi Kuljetus, sv Transport, en Transfer");
        set(TURKU, "kiosk.wording", "fi home.title = Tervetuloa Turun kirjastoon");
        set(TURKU, "kiosk.names", "LIETO = Liedon kirjasto");
        set(Scope.CONSORTIUM, "kiosk.function.search", "off");
        set(Scope.municipality("TURKU"), "kiosk.function.news", "off");
        set(TURKU, "kiosk.function.search", "on");
        set(TURKU, "kiosk.logo", brought(Files.readAllBytes(CONTRACT.resolve("kiosk-logo.png"))));
        set(TURKU, "kiosk.logo-has-name", "on");
        set(Scope.CONSORTIUM, "kiosk.cover-titles", "on");
        set(KIOSK, "kiosk.function.account", "off");
        set(KIOSK, "kiosk.wait.returning", "40");
        HttpResponse<byte[]> answer = document("kiosk-turku", "");
        assertThat(json.readTree(answer.body())).isEqualTo(contract("kiosk-configuration.json"));
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo("\"" + version(answer.body()) + "\"");
        assertThat(document("kiosk-turku", tag).statusCode()).isEqualTo(304);
        assertThat(document("kiosk-lieto")
                        .get("wording")
                        .get("fi")
                        .get("home.title")
                        .asString())
                .as("another municipality has the consortium's")
                .isEqualTo("Hei");
        assertThat(document("door-lieto", "").statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsLockedOrPlannedForLaterHoldsAsForAllSettings() throws Exception {
        set(Scope.CONSORTIUM, "kiosk.colour.primary", "#5a1846");
        set(TURKU, "kiosk.colour.primary", "#004f9e");
        assertThat(document("kiosk-turku").at("/look/colours/primary").asString())
                .isEqualTo("#004f9e");
        assertThat(settings.lock("kiosk.colour.primary", "one colour", "anna")).isEmpty();
        assertThat(document("kiosk-turku").at("/look/colours/primary").asString())
                .isEqualTo("#5a1846");
    }

    @Test
    void aKioskIsToldOfWhatItHasNotJudged() throws Exception {
        assertThat(report("", "").statusCode())
                .as("nothing is set and nothing was")
                .isEqualTo(204);
        set(TURKU, "kiosk.colour.primary", "#5a1846");
        String wanted = version(document("kiosk-turku", "").body());
        assertThat(json.readTree(report("", "").body()).get("configuration").asString())
                .isEqualTo(wanted);
        assertThat(report(wanted, "").statusCode()).isEqualTo(204);
        assertThat(report("", wanted).statusCode())
                .as("it has refused it already")
                .isEqualTo(204);
        assertThat(json.readTree(report(wanted, "00ff").body())
                        .get("configuration")
                        .asString())
                .as("it may forget what it has refused")
                .isEqualTo(wanted);
        settings.change(TURKU, "kiosk.colour.primary", Optional.empty(), "anna");
        String nothing =
                json.readTree(report(wanted, "").body()).get("configuration").asString();
        assertThat(nothing)
                .isEqualTo(contract("configuration-answer.json")
                        .get("configuration")
                        .asString())
                .isEqualTo(version("{}".getBytes(StandardCharsets.UTF_8)));
    }

    // ---- the logo ----------------------------------------------------------------------------------------

    private static byte[] png(int width, int height) throws IOException {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(1, 1, 0xff5a1846);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }

    private String brought(byte[] file) {
        return ((Logos.Brought.Kept) logos.bring(file, "anna")).digest();
    }

    @Test
    void aLogoIsNamedByItsDigestAndFetchedOnce() throws Exception {
        byte[] picture = png(200, 80);
        String digest = brought(picture);
        assertThat(digest)
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(picture)));
        set(TURKU, "kiosk.logo", digest);
        set(Scope.CONSORTIUM, "kiosk.logo-has-name", "on");
        assertThat(document("kiosk-turku").at("/look/logo").asString()).isEqualTo("sha256-" + digest);
        assertThat(document("kiosk-turku").at("/look/logoHasName").asBoolean()).isTrue();
        assertThat(document("kiosk-lieto").at("/look/logo").isMissingNode()).isTrue();
        HttpResponse<byte[]> fetched = http.send(
                call("kiosk-turku", "/api/kiosk/logos/" + digest).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(picture);
        assertThat(fetched.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(http.send(
                                call("kiosk-turku", "/api/kiosk/logos/" + "0".repeat(64))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(404);
        assertThat(http.send(
                                call("door-lieto", "/api/kiosk/logos/" + digest).build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aLogoThatWasNeverBroughtHereIsLeftOut() throws Exception {
        set(TURKU, "kiosk.logo", "0".repeat(64));
        assertThat(document("kiosk-turku")).isEmpty();
    }

    @Test
    void takesAsALogoWhatAKioskTakes() throws IOException {
        byte[] good = png(200, 80);
        assertThat(logos.bring(new byte[0], "anna")).isEqualTo(new Logos.Brought.Refused(new Logos.Fault.Nothing()));
        assertThat(logos.bring(new byte[600 * 1024], "anna"))
                .isEqualTo(new Logos.Brought.Refused(new Logos.Fault.TooLarge(600)));
        assertThat(logos.bring("GIF89a".getBytes(StandardCharsets.US_ASCII), "anna"))
                .isEqualTo(new Logos.Brought.Refused(new Logos.Fault.NoPng()));
        assertThat(logos.bring(Arrays.copyOf(good, good.length / 2), "anna"))
                .isEqualTo(new Logos.Brought.Refused(new Logos.Fault.Damaged()));
        assertThat(logos.bring(png(700, 80), "anna"))
                .isEqualTo(new Logos.Brought.Refused(new Logos.Fault.Size(700, 80)));
        assertThat(logos.bring(png(20, 20), "anna")).isEqualTo(new Logos.Brought.Refused(new Logos.Fault.Size(20, 20)));
        assertThat(logos.bring(good, "anna")).isInstanceOf(Logos.Brought.Kept.class);
    }

    @Test
    void aPictureThatNothingNamesIsForgottenInTime() throws IOException {
        String named = brought(png(200, 80));
        String planned = brought(png(201, 80));
        String unused = brought(png(202, 80));
        set(TURKU, "kiosk.logo", named);
        assertThat(settings.plan(
                        TURKU,
                        "kiosk.logo",
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusYears(1),
                        Optional.of(planned),
                        "anna",
                        ""))
                .isEmpty();
        jdbc.sql("update kiosk_logos set brought_at = brought_at - interval '31 days'")
                .update();
        brought(png(203, 80));
        assertThat(logos.has(named)).isTrue();
        assertThat(logos.has(planned)).isTrue();
        assertThat(logos.has(unused)).isFalse();
        settings.unplan(
                TURKU,
                "kiosk.logo",
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusYears(1),
                "anna");
    }

    // ---- on pages ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Automaattien ulkoasu ja toiminnot; Pääväri;     Automaatin oma tiedosto; Laatikko 3 Kuljetus; Laite ei ota käyttöön
            sv; Automaternas utseende och funktioner; Huvudfärg; Automatens egen fil;     Låda 3 Transport;    Automaten tar inte i bruk
            en; Kiosks’ look and functions;        Main colour; The kiosk’s own file;    Bin 3 Transfer;      The kiosk does not take
            """)
    void isSetOnThePageAndTheKiosksWordIsSeen(
            String language, String title, String colour, String source, String bin, String refused) throws Exception {
        for (Look look : Look.of(language, 360)) {
            clear();
            Page page = browser.signedIn("admin", look);
            page.navigate("/admin/kiosks/branch/TURKU");
            assertThat(text(page, "h1")).startsWith(title);
            assertThat(text(page, ".settings")).contains(colour, source);
            page.fill("#kiosk-colour-primary", "#5a1846");
            page.click("form:has(#kiosk-colour-primary) button >> nth=0");
            page.fill("#kiosk-bins", "3 = square, #12437a, fi Kuljetus, sv Transport, en Transfer");
            page.click("form:has(#kiosk-bins) button >> nth=0");
            assertThat(text(page, ".bin-previews")).isEqualTo("3 " + bin);
            assertThat(page.getAttribute(".kiosk-preview rect >> nth=1", "fill"))
                    .isEqualTo("#5a1846");
            assertThat(page.inputValue("#kiosk-bins")).contains("3 = square, #12437a");
            Browser.picture(page, "kiosks-" + look);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
            assertThat(Browser.findings(page)).isEmpty();

            page.fill("#kiosk-colour-accent", "yellow");
            page.click("form:has(#kiosk-colour-accent) button >> nth=0");
            assertThat(text(page, "[role=alert]")).contains("kiosk.colour.accent", "yellow", "#0d4744");

            assertThat(report("", "0f5a9c1d2e3b4a58").statusCode()).isEqualTo(200);
            page.navigate("/");
            assertThat(text(page, "#terminal-kiosk-turku")).contains(refused, "0f5a9c1d2e3b4a58", "1.28:1");
            Browser.close(page);
        }
        assertThat(settings.changes(Optional.of(TURKU), 50))
                .as("written down")
                .anyMatch(change ->
                        change.key().equals("kiosk.bins") && change.who().equals("admin"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            fi; Tallenna logo PNG-muodossa;  Kuvassa on 700 x 80 kuvapistettä; Kuvassa on 600 kt
            sv; Spara logotypen som PNG;     Bilden har 700 x 80 bildpunkter;  Bilden har 600 kB
            en; Save the logo as PNG;        The picture has 700 x 80 pixels;  The picture has 600 kB
            """)
    void aLogoIsBroughtOnThePageAndWhatIsNoneIsSaid(String language, String form, String size, String large)
            throws Exception {
        Look look = Look.of(language, 360).getFirst();
        Page page = browser.signedIn("admin", look);
        page.navigate("/admin/kiosks/branch/TURKU");
        bring(page, "logo.txt", "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(text(page, "[role=alert]")).contains(form);
        bring(page, "logo.png", png(700, 80));
        assertThat(text(page, "[role=alert]")).contains(size);
        bring(page, "logo.png", Arrays.copyOf(png(200, 80), 600 * 1024));
        assertThat(text(page, "[role=alert]")).contains(large);
        assertThat(document("kiosk-turku")).isEmpty();
        bring(page, "logo.png", png(200, 80));
        // The page comes after the click, and the picture after the page.
        page.waitForSelector("img.logo");
        page.waitForLoadState();
        assertThat(page.evaluate("document.querySelector('img.logo').naturalWidth"))
                .isEqualTo(200);
        assertThat(page.querySelector("[role=alert]")).isNull();
        assertThat(document("kiosk-turku").at("/look/logo").asString()).startsWith("sha256-");
        Browser.picture(page, "kiosks-logo-" + look);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(look.width());
        assertThat(Browser.findings(page)).isEmpty();
        page.click("tr:has(#kiosk-logo) button[name=inherit]");
        assertThat(document("kiosk-turku")).isEmpty();
        Browser.close(page);
    }

    private static void bring(Page page, String name, byte[] file) {
        page.setInputFiles("#kiosk-logo", new FilePayload(name, "image/png", file));
        page.click("form:has(#kiosk-logo) button");
    }

    @Test
    void thePreviewBeginsWithTheColoursOfTheKiosksTheme() throws IOException {
        String theme = Files.readString(Path.of("..", "kiosk-app/src/main/resources/fi/kimppa/kiosk/screen/theme.css"));
        String standard = theme.substring(theme.indexOf("\n.root {"), theme.indexOf(".root.high-contrast {"));
        SteeringPreview.STANDARD.forEach(
                (role, colour) -> assertThat(standard).contains(" -" + role + ": " + colour + ";"));
    }
}
