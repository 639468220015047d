package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.kiosk.session.BinMark;
import fi.kimppa.kiosk.session.Branding;
import fi.kimppa.kiosk.session.Extra;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Offering;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a library makes its own, in the kiosk's own file and from the gateway. */
class BrandingConfigurationTest {
    private static final String PLAIN = """
            {
              "login": "kiosk-turku", "password": "long-and-random",
              "institution": "TURKU", "branch": "TURKU",
              "gateway": {"sip2": "sip2:tcp:127.0.0.1:6001", "http": "http://127.0.0.1:8080"},
              "devices": {"pad": "feig:tcp:127.0.0.1:10001"},
              "data": "/var/lib/kimppa/kiosk",
              "library": {"names": {"LIETO": "Lieto", "RAISIO": "Raisio"}},
              %s
            }""";

    @TempDir
    private Path folder = Path.of("");

    private static KioskConfiguration with(String more) {
        return KioskConfiguration.parse("kiosk.json", PLAIN.formatted(more));
    }

    private KioskConfiguration here(String more) {
        return KioskConfiguration.parse(
                "kiosk.json",
                PLAIN.replace("/var/lib/kimppa/kiosk", folder.toString()).formatted(more));
    }

    private static KioskConfiguration plain() {
        return with("\"gates\": true");
    }

    @Test
    void nothingIsOwnWhereNothingIsSaid() {
        KioskSettings settings = plain().settings();
        assertThat(settings.branding()).isEqualTo(Branding.NONE);
        assertThat(settings.offerings()).containsExactlyInAnyOrder(Offering.values());
        assertThat(settings.steering()).isEmpty();
    }

    @Test
    void readsColoursWordsFunctionsBinsAndWaits() {
        KioskSettings settings = with("""
                "look": {"colours": {"primary": "#5a1846"}},
                "wording": {"fi": {"home.title": "Tervetuloa Turkuun"}},
                "functions": {"account": false},
                "bins": {"marks": {"3": {"name": {"fi": "Kuljetus"}, "colour": "#12437a", "shape": "square"}, "5": {"name": "VIP"}}},
                "timeouts": {"borrowingSeconds": 60, "longestMinutes": 20}
                """).settings();
        Branding branding = settings.branding();
        assertThat(branding.colours()).containsEntry("primary", "#5a1846");
        assertThat(branding.wording(Language.FINNISH)).containsEntry("home.title", "Tervetuloa Turkuun");
        assertThat(branding.wording(Language.SWEDISH)).isEmpty();
        assertThat(settings.offerings()).isEqualTo(Set.of(Offering.BORROW, Offering.RETURN));
        assertThat(branding.called("3", Language.FINNISH)).isEqualTo("3 (Kuljetus)");
        assertThat(branding.called("3", Language.SWEDISH)).isEqualTo("3");
        assertThat(branding.called("5", Language.SWEDISH)).isEqualTo("5 (VIP)");
        assertThat(branding.bin("3").flatMap(BinMark::shape)).contains(BinMark.Shape.SQUARE);
        assertThat(settings.timeouts().borrowing().usual()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.timeouts().borrowing().extended()).isEqualTo(Duration.ofMinutes(4));
        assertThat(settings.timeouts().longest()).isEqualTo(Duration.ofMinutes(20));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "look": {"colors": {}}                                      | kiosk.json: look.colors: unknown key, expected one of colours, coverTitles, logo, logoHasName; the nearest is look.colours
            "look": {"colours": {"primary": "#ffe0a0"}}                 | kiosk.json: look.colours.primary: #ffe0a0 has a contrast of 1.28:1
            "wording": {"fi": {"home.titel": "Hei"}}                    | kiosk.json: wording.fi.home.titel: there is no such text; the nearest is "home.title"
            "wording": {"sv": {"in.bin": "Lägg i lådan"}}               | kiosk.json: wording.sv.in.bin: the placeholder {n} is missing; put it in
            "wording": {"de": {"home.title": "Hallo"}}                  | kiosk.json: wording.de: expected a language, one of en, fi
            "functions": {"lend": false}                                | kiosk.json: functions.lend: unknown key, expected one of account, borrow, collections, digits, initial, mail, news, parts, return, search, stars
            "functions": {"mail": "no"}                                | kiosk.json: functions.mail: expected true or false
            "kimppaGateway": false, "functions": {"mail": true}        | kiosk.json: functions.mail: expected false where kimppaGateway is false: only a Kimppa gateway has it
            "feed": {"fetchMinutes": 0}, "functions": {"news": true}    | kiosk.json: functions.news: expected false where feed.fetchMinutes is 0; set it to 10, for example, first
            "functions": {"borrow": false, "return": false, "account": false} | kiosk.json: functions: expected at least one of borrow, return and account to be true
            "returnOnly": true, "functions": {"return": false}          | kiosk.json: functions: expected return to be true where returnOnly is
            "bins": {"marks": {"3": {"colour": "#12437a"}}}             | kiosk.json: bins.marks.3.shape: expected one of circle, square, hexagon, octagon: a colour alone
            "bins": {"marks": {"3": {"shape": "star"}}}                 | kiosk.json: bins.marks.3.shape: expected one of circle
            "bins": {"marks": {"12345": {"name": "x"}}}                 | kiosk.json: bins.marks.12345: expected a bin's number of 1 to 4 characters as its key
            "bins": {"marks": {"3": {"name": {"xx": "x"}}}}             | kiosk.json: bins.marks.3.name: expected names by language
            "timeouts": {"borrowingSeconds": 5}                         | kiosk.json: timeouts.borrowingSeconds: expected a whole number from 15 to 300
            "look": {"logo": "nowhere.png"}                             | kiosk.json: look.logo: the picture nowhere.png cannot be read: put it there
            "pin": {"leastDigits": 6, "mostDigits": 4}                  | kiosk.json: pin.mostDigits: expected at least as many as leastDigits, 6
            """)
    void namesTheKeyAndTheFix(String keys, String fault) {
        assertThatThrownBy(() -> with(keys))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(fault)
                .extracting(e -> ((ConfigurationException) e).problems().size())
                .isEqualTo(1);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        String broken = PLAIN.formatted(
                        "\"look\": {\"colours\": {\"primary\": \"#ffe0a0\", \"ink\": \"black\"}}, \"gate\": true")
                .replace("\"login\": \"kiosk-turku\",", "")
                .replace("http://127.0.0.1:8080", "ftp://x")
                .replace("feig:tcp:127.0.0.1:10001", "feig");
        assertThatThrownBy(() -> KioskConfiguration.parse("kiosk.json", broken))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "kiosk.json: login: expected a text, found nothing",
                        "kiosk.json: gateway.http: expected http://HOST:PORT",
                        "kiosk.json: devices.pad: Device address 'feig'",
                        "kiosk.json: look.colours.primary: #ffe0a0 has a contrast of",
                        "kiosk.json: look.colours.ink: expected a colour",
                        "kiosk.json: gate: unknown key",
                        "the nearest is gates")
                .hasMessageNotContaining("long-and-random");
    }

    // ---- the logo ----------------------------------------------------------------------------------------

    private static byte[] picture(Path file, int width, int height, String form) throws IOException {
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), form, file.toFile());
        return Files.readAllBytes(file);
    }

    private void logo(String fault) {
        Path file = folder.resolve("kiosk.json");
        assertThatThrownBy(() -> {
                    Files.writeString(file, PLAIN.formatted("\"look\": {\"logo\": \"logo.png\"}"));
                    KioskConfiguration.read(file);
                })
                .hasMessageContaining("kiosk.json: look.logo: " + fault);
    }

    @Test
    void takesAPngOfASensibleSize() throws IOException {
        Path logo = folder.resolve("logo.png");
        byte[] good = picture(logo, 200, 80, "png");
        Path file = Files.writeString(
                folder.resolve("kiosk.json"),
                PLAIN.formatted("\"look\": {\"logo\": \"logo.png\", \"logoHasName\": true}"));
        assertThat(KioskConfiguration.read(file).settings().branding().logo()).contains(new Branding.Logo(logo, true));
        picture(logo, 200, 80, "jpg");
        logo("expected a PNG picture; save it as PNG");
        picture(logo, 700, 80, "png");
        logo("expected 32 to 2000 pixels each way and at most 6 times as wide as high, found 700 x 80");
        Files.write(logo, Arrays.copyOf(good, good.length / 2));
        logo("the PNG picture is damaged; save it again");
        Files.write(logo, new byte[600 * 1024]);
        logo("expected at most 512 kB, found 600 kB; save it smaller");
    }

    // ---- from the gateway --------------------------------------------------------------------------------

    @Test
    void takesWhatTheGatewaySetsOnTopOfItsOwn() throws IOException {
        Path contract = Path.of("..", "deploy", "contract");
        String wanted = Files.readString(contract.resolve("kiosk-configuration.json"));
        Path logo = folder.resolve("logo-228b988e8755f2c168f03e5ae43ae33fe88d391d14995aa4d046dda53aae9aa0.png");
        Files.copy(contract.resolve("kiosk-logo.png"), logo);
        KioskSettings settings =
                here("\"look\": {\"colours\": {\"accent\": \"#9ad0f5\"}}, \"functions\": {\"borrow\": true}, \"search\": false")
                        .steered("0f5a9c1d2e3b4a58", wanted);
        assertThat(settings.steering()).isEqualTo("0f5a9c1d2e3b4a58");
        assertThat(settings.branding().logo()).contains(new Branding.Logo(logo.toAbsolutePath(), true));
        assertThat(settings.branding().covered()).isTrue();
        assertThat(settings.branding().colours())
                .containsEntry("primary", "#5a1846")
                .containsEntry("accent", "#f2c230");
        assertThat(settings.offerings()).isEqualTo(Set.of(Offering.BORROW, Offering.RETURN));
        assertThat(settings.extras()).isEqualTo(EnumSet.complementOf(EnumSet.of(Extra.NEWS)));
        assertThat(settings.languages()).containsExactly(Language.FINNISH, Language.SWEDISH);
        assertThat(settings.nameOf("LIETO")).isEqualTo("Liedon kirjasto");
        assertThat(settings.nameOf("RAISIO"))
                .as("its own stays where nothing else is said")
                .isEqualTo("Raisio");
        assertThat(settings.branding().called("3", Language.SWEDISH)).isEqualTo("3 (Transport)");
        assertThat(settings.institution()).isEqualTo("TURKU");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"gateway": {"http": "http://elsewhere"}}       | gateway: not the gateway's to set, expected some of bins.marks, functions,
            {"password": "guessed"}                         | password: not the gateway's to set
            {"devices": {"pad": "feig:tcp:10.0.0.1:1"}}     | devices: not the gateway's to set
            {"look": {"logo": "/etc/passwd"}}               | look.logo: expected sha256- and the digest of a picture that the gateway has
            {"look": {"logo": 7}}                           | look.logo: expected sha256- and the digest
            {"look": {"logoHasName": "yes"}}                | look.logoHasName: expected true or false
            {"library": {"telephone": "0600"}}              | library.telephone: not the gateway's to set
            {"staffCards": []}                              | staffCards: not the gateway's to set
            {"look": 3}                                     | look: not the gateway's to set
            {"wording": {"fi": {"in.bin": "Laita"}}}        | wording.fi.in.bin: the placeholder {n} is missing
            {"functions": {"tips": false}}                 | functions.tips: unknown key, expected one of account, borrow, collections, digits, initial, mail
            {"functions": {"news": 1}}                     | functions.news: expected true or false
            {"stars": false}                               | stars: not the gateway's to set
            {"functions": 7}                                | functions: expected an object
            {"languages": ["xx"]}                           | languages: expected some of
            []                                              | the file: expected an object
            {"look":                                        | no JSON at line
            """)
    void refusesWhatIsNotTheGatewaysToSet(String wanted, String fault) {
        KioskConfiguration own = plain();
        assertThatThrownBy(() -> own.steered("1", wanted))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("the gateway's settings: " + fault)
                .hasMessageNotContaining("guessed");
    }

    @Test
    void hasEverythingBesideWhereOurOwnGatewayIs() {
        assertThat(plain().settings().extras()).containsExactlyInAnyOrder(Extra.values());
        assertThat(with("\"kimppaGateway\": false").settings().extras()).isEmpty();
        assertThat(with("\"feed\": {\"fetchMinutes\": 0}, \"stars\": false, \"search\": false")
                        .settings()
                        .extras())
                .containsExactly(Extra.MAIL);
    }

    @Test
    void aMachineThatOnlyTakesBackDoesSoWhateverTheGatewaySays() {
        KioskSettings settings = with("\"returnOnly\": true").steered("1", "{\"functions\": {\"borrow\": true}}");
        assertThat(settings.returnOnly()).isTrue();
    }

    // ---- the command -------------------------------------------------------------------------------------

    @Test
    void theCommandSaysItAllALineEach() throws IOException {
        Path file = folder.resolve("kiosk.json");
        var said = new StringWriter();
        Files.writeString(file, PLAIN.formatted("\"gate\": 1, \"functions\": {\"lend\": true}"));
        assertThat(CheckCommand.run(new PrintWriter(said, true), file.toString()))
                .isEqualTo(2);
        assertThat(said.toString().lines()).hasSize(2).allMatch(line -> line.startsWith(file + ": "));
        Files.writeString(file, PLAIN.formatted("\"gates\": true"));
        assertThat(CheckCommand.run(new PrintWriter(said, true), file.toString()))
                .isZero();
        assertThat(said.toString()).contains(file + ": good");
        Path wanted = Files.writeString(folder.resolve("wanted.json"), "{\"languages\": [\"fi\"]}");
        assertThat(CheckCommand.run(new PrintWriter(said, true), "--with", wanted.toString(), file.toString()))
                .isZero();
        Files.writeString(wanted, "{\"login\": \"other\"}");
        assertThat(CheckCommand.run(new PrintWriter(said, true), "--with", wanted.toString(), file.toString()))
                .isEqualTo(2);
        assertThat(said.toString()).contains("login: not the gateway's to set");
    }
}
