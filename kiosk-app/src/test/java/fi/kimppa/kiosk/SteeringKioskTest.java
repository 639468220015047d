package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.kiosk.ReportServer.Way;
import fi.kimppa.kiosk.runtime.SteeringFile;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway sets on top of a kiosk's own file, over real HTTP: taken between visits, judged as a whole, kept on disk. */
class SteeringKioskTest {
    private static final String PURPLE = "{\"look\":{\"colours\":{\"primary\":\"#5a1846\"}},"
            + "\"wording\":{\"fi\":{\"home.title\":\"Tervetuloa Turkuun\"}}}";
    private static final String BLUE = "{\"look\":{\"colours\":{\"primary\":\"#004f9e\"}}}";
    private static final String PALE = "{\"look\":{\"colours\":{\"primary\":\"#ffe0a0\"}}}";
    private static final String GREEDY = "{\"password\":\"guessed\"}";

    private final LibraryServer server = new LibraryServer(new ModelLibrary());
    private final ReportServer gateway = new ReportServer();
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());

    @TempDir
    private Path data;

    private final AtomicInteger restarts = new AtomicInteger();
    private Kiosk kiosk;

    @BeforeEach
    void switchOn() {
        kiosk = start(gateway.address());
    }

    @AfterEach
    void switchOff() {
        kiosk.close();
        desk.close();
        gateway.close();
        server.close();
    }

    private Kiosk start(String http) {
        Kiosk started = new Kiosk(
                KioskConfiguration.parse("test", """
                {
                  "login": "kiosk-turku", "password": "long-and-random",
                  "institution": "TURKU", "branch": "TURKU",
                  "gateway": {"sip2": "%s", "http": "%s", "heartbeatSeconds": 1, "reportSeconds": 1},
                  "devices": {"scanner": "%s"}, "gates": false,
                  "data": "%s"
                }""".formatted(
                                server.address(), http, desk.scanner().address(), data)),
                restarts::incrementAndGet);
        started.start();
        kiosk = started;
        happens("idle", () -> kiosk.state() instanceof KioskState.Idle);
        return started;
    }

    private void happens(String what, BooleanSupplier condition) {
        Eventually.eventually(
                what,
                condition,
                () -> gateway.reports.isEmpty()
                        ? "no report"
                        : gateway.reports.getLast().body());
    }

    private static String version(String document) {
        return SteeringFile.version(document.getBytes(StandardCharsets.UTF_8));
    }

    private String primary() {
        return kiosk.state().around().settings().branding().colours().getOrDefault("primary", "");
    }

    private void wants(String document) {
        gateway.configuration.set(document);
    }

    private void runs(String document) {
        happens(
                "runs " + document,
                () -> gateway.lastSaid("running").equals(version(document))
                        && kiosk.state().around().settings().steering().equals(version(document)));
    }

    @Test
    void startsAnewForStaffElsewhereWhenNobodyIsHere() {
        kiosk.touch(new Choice.Return());
        happens("returning", () -> kiosk.state() instanceof KioskState.Returning);
        gateway.restart.set(true);
        int reports = gateway.reports.size();
        happens("further reports", () -> gateway.reports.size() >= reports + 3);
        assertThat(restarts).hasValue(0);
        kiosk.touch(new Choice.Finish());
        happens("a new start", () -> restarts.get() > 0);
    }

    @Test
    void isTakenWithinSecondsAndReported() {
        assertThat(primary()).isEmpty();
        wants(PURPLE);
        runs(PURPLE);
        assertThat(primary()).isEqualTo("#5a1846");
        assertThat(kiosk.state().around().settings().branding().wording(Language.FINNISH))
                .containsEntry("home.title", "Tervetuloa Turkuun");
        int asked = gateway.asked.get();
        int reports = gateway.reports.size();
        happens("further reports", () -> gateway.reports.size() >= reports + 2);
        assertThat(gateway.asked.get()).as("what runs is not fetched again").isEqualTo(asked);
        wants(BLUE);
        runs(BLUE);
        assertThat(kiosk.state().around().settings().branding().wording()).isEmpty();
    }

    @Test
    void waitsUntilNobodyIsHere() {
        kiosk.touch(new Choice.Return());
        happens("returning", () -> kiosk.state() instanceof KioskState.Returning);
        wants(PURPLE);
        happens("accepted", () -> gateway.lastSaid("accepted").equals(version(PURPLE)));
        assertThat(kiosk.state()).isInstanceOf(KioskState.Returning.class);
        assertThat(primary()).isEmpty();
        assertThat(gateway.lastSaid("running")).isEmpty();
        kiosk.touch(new Choice.Finish());
        runs(PURPLE);
    }

    @Test
    void whatIsWrongChangesNothingAndStaffHearWhy() {
        wants(PURPLE);
        runs(PURPLE);
        wants(PALE);
        happens("refused", () -> gateway.lastSaid("refused").equals(version(PALE)));
        assertThat(gateway.lastSaid("why"))
                .startsWith("the gateway's settings: look.colours.primary: #ffe0a0 has a contrast of 1.28:1")
                .doesNotContain("long-and-random");
        assertThat(primary()).isEqualTo("#5a1846");
        int asked = gateway.asked.get();
        int reports = gateway.reports.size();
        happens("further reports", () -> gateway.reports.size() >= reports + 2);
        assertThat(gateway.asked.get())
                .as("a refused version is not fetched again")
                .isEqualTo(asked);
        wants(GREEDY);
        happens("refused too", () -> gateway.lastSaid("refused").equals(version(GREEDY)));
        assertThat(gateway.lastSaid("why")).contains("password: not the gateway's to set");
        assertThat(primary()).isEqualTo("#5a1846");
        wants(BLUE);
        runs(BLUE);
        assertThat(gateway.lastSaid("refused")).isEmpty();
    }

    @Test
    void whatComesCutOrDamagedIsFetchedAgain() {
        for (Way way : new Way[] {Way.CUT, Way.HALF}) {
            gateway.configurationComes.set(way);
            String document = way == Way.CUT ? PURPLE : BLUE;
            wants(document);
            int asked = gateway.asked.get();
            happens(way + " twice", () -> gateway.asked.get() >= asked + 2);
            assertThat(gateway.lastSaid("accepted")).isNotEqualTo(version(document));
            assertThat(gateway.lastSaid("refused")).isEmpty();
            gateway.configurationComes.set(Way.WHOLE);
            runs(document);
        }
    }

    private long feedsAsked() {
        return gateway.catalogueAsked.stream()
                .filter(asked -> asked.endsWith("/feed"))
                .count();
    }

    @Test
    void functionsGoOnAndOffWithoutARestart() throws IOException {
        gateway.catalogue("feed", 200, CatalogueServer.contract("catalogue-feed.json"));
        happens("search", () -> kiosk.state().around().searchable());
        wants("{\"functions\":{\"search\":false,\"news\":false,\"collections\":false}}");
        runs(gateway.configuration.get());
        assertThat(kiosk.state().around().searchable()).isFalse();
        happens("told nothing", () -> kiosk.state().around().feed().equals(Feed.NONE));
        long asked = feedsAsked();
        int reports = gateway.reports.size();
        happens("further reports", () -> gateway.reports.size() >= reports + 2);
        assertThat(feedsAsked()).as("nobody is asked for what is not shown").isEqualTo(asked);
        wants("{\"functions\":{\"search\":false,\"news\":true,\"collections\":false}}");
        runs(gateway.configuration.get());
        happens("the news at once", () -> !kiosk.state().around().feed().news().isEmpty());
        assertThat(kiosk.state().around().feed().resources()).isEmpty();
        wants("{}");
        runs("{}");
        assertThat(kiosk.state().around().searchable()).isTrue();
        assertThat(kiosk.state().around().feed().resources()).isNotEmpty();
    }

    private static byte[] picture() throws IOException {
        return Files.readAllBytes(Path.of("..", "deploy", "contract", "kiosk-logo.png"));
    }

    private static final String DIGEST = "228b988e8755f2c168f03e5ae43ae33fe88d391d14995aa4d046dda53aae9aa0";
    private static final String PICTURED = "{\"look\":{\"logo\":\"sha256-" + DIGEST + "\"}}";

    private boolean logoIsShown() {
        return kiosk.state().around().settings().branding().logo().isPresent();
    }

    @Test
    void aLogoIsFetchedOnceAndKeptBesideTheSettings() throws IOException {
        wants(PICTURED);
        happens("asked for", () -> gateway.logosAsked.size() >= 2);
        assertThat(gateway.lastSaid("accepted"))
                .as("without its picture it is not judged")
                .isEmpty();
        gateway.logo.set(Arrays.copyOf(picture(), 100));
        int asked = gateway.logosAsked.size();
        happens("asked again", () -> gateway.logosAsked.size() >= asked + 2);
        assertThat(logoIsShown()).as("what came cut is not kept").isFalse();
        gateway.logo.set(picture());
        runs(PICTURED);
        assertThat(logoIsShown()).isTrue();
        assertThat(gateway.logosAsked).allMatch(path -> path.equals("/api/kiosk/logos/" + DIGEST));
        int times = gateway.logosAsked.size();
        wants("{}");
        runs("{}");
        wants(PICTURED);
        runs(PICTURED);
        assertThat(gateway.logosAsked).as("it is here already").hasSize(times);
        kiosk.close();
        start("http://127.0.0.1:1");
        assertThat(logoIsShown()).as("without the gateway too").isTrue();
    }

    @Test
    void aLogoThatIsDamagedOnDiskIsFetchedAgainAndAnOldOneGoes() throws IOException {
        gateway.logo.set(picture());
        wants(PICTURED);
        runs(PICTURED);
        kiosk.close();
        Path file = data.resolve("logo-" + DIGEST + ".png");
        Files.write(file, new byte[] {1, 2, 3});
        start(gateway.address());
        runs(PICTURED);
        assertThat(Files.readAllBytes(file)).isEqualTo(picture());
        wants(BLUE);
        runs(BLUE);
        kiosk.close();
        start(gateway.address());
        assertThat(file).doesNotExist();
    }

    @Test
    void isThereAfterARestartWithoutTheGateway() {
        wants(PURPLE);
        runs(PURPLE);
        kiosk.close();
        start("http://127.0.0.1:1");
        assertThat(primary()).isEqualTo("#5a1846");
        assertThat(kiosk.state().around().settings().steering()).isEqualTo(version(PURPLE));
    }

    @Test
    void aKioskThatIsKilledBetweenFetchAndUseBeginsWithTheNewOne() {
        kiosk.touch(new Choice.Return());
        happens("returning", () -> kiosk.state() instanceof KioskState.Returning);
        wants(PURPLE);
        happens("accepted", () -> gateway.lastSaid("accepted").equals(version(PURPLE)));
        assertThat(primary()).isEmpty();
        kiosk.close();
        start("http://127.0.0.1:1");
        assertThat(primary()).isEqualTo("#5a1846");
    }

    @Test
    void aFileThatIsHalfWrittenOrDamagedIsNoReasonNotToStart() throws IOException {
        wants(PURPLE);
        runs(PURPLE);
        kiosk.close();
        Path file = data.resolve("steering.json");
        // A kill in the middle of writing leaves the next one beside it.
        Files.writeString(data.resolve("steering.json.new"), BLUE.substring(0, 20));
        start("http://127.0.0.1:1");
        assertThat(primary()).isEqualTo("#5a1846");
        kiosk.close();
        Files.writeString(file, PURPLE.substring(0, 30));
        start(gateway.address());
        runs(PURPLE);
        assertThat(Files.readString(file)).isEqualTo(PURPLE);
    }
}
