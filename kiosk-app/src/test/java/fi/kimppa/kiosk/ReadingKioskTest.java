package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Feed.InLanguages;
import fi.kimppa.kiosk.session.Feed.News;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Rating;
import fi.kimppa.kiosk.session.ReturnRow;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.sip2.wire.MessageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Feed and stars of a kiosk without a window, over real wires: HTTP to the catalogue, SIP2 to a small library, the virtual desk. */
class ReadingKioskTest {
    private final ModelLibrary library = new ModelLibrary()
            .item("3000000042")
            .lend("3000000042", "2000012379")
            .item("3000000011");
    private final LibraryServer server = new LibraryServer(library);
    private final CatalogueServer catalogue = new CatalogueServer();
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final JsonMapper json = JsonMapper.builder().build();

    @TempDir
    private Path data;

    private final List<Kiosk> started = new ArrayList<>();

    @AfterEach
    void switchOff() {
        started.forEach(Kiosk::close);
        desk.close();
        catalogue.close();
        server.close();
    }

    private Kiosk kiosk() {
        return started.getLast();
    }

    private void start(String more) {
        started.add(new Kiosk(KioskConfiguration.parse("test", """
                {
                  "login": "kiosk-turku", "password": "long-and-random", "institution": "TURKU", "branch": "TURKU",
                  "gateway": {"sip2": "%s", "http": "%s", "heartbeatSeconds": 1},
                  "devices": {"pad": "%s", "scanner": "%s"},
                  "data": "%s"%s
                }""".formatted(
                        server.address(),
                        catalogue.address(),
                        desk.pad().address(),
                        desk.scanner().address(),
                        data,
                        more))));
        kiosk().start();
        until(KioskState.Idle.class, _ -> true);
    }

    private <S extends KioskState> S until(Class<S> type, Predicate<S> condition) {
        Eventually.eventually(
                type.getSimpleName(),
                () -> type.isInstance(kiosk().state()) && condition.test(type.cast(kiosk().state())),
                () -> kiosk().state());
        return type.cast(kiosk().state());
    }

    private void lay(String number) {
        DemoTags.items().stream()
                .filter(item -> item.identifier().equals(number))
                .findFirst()
                .orElseThrow()
                .tags()
                .forEach(desk.pad()::lay);
    }

    private static boolean putAway(KioskState.Returning state) {
        return state.rows().stream().anyMatch(row -> row.state() instanceof ReturnState.Returned);
    }

    private void rate(int stars) {
        kiosk().touch(new Choice.Return());
        lay("3000000042");
        until(KioskState.Returning.class, state -> state.rows().stream().anyMatch(ReturnRow::mayBeRated));
        kiosk().touch(new Choice.Rate(1, stars));
        until(
                KioskState.Returning.class,
                state -> state.rows().getFirst().rating().equals(new Rating.Given(stars)));
    }

    private static Feed feed(KioskState state) {
        return state.around().machine().feed();
    }

    @Test
    void showsWhatTheGatewayHasAndOffersItsCollections() {
        start("");
        KioskState.Idle idle =
                until(KioskState.Idle.class, state -> !feed(state).news().isEmpty());
        assertThat(feed(idle))
                .isEqualTo(new Feed(
                        List.of(
                                new News.Tip(
                                        new InLanguages("Sopimuksia syksyyn", "Avtal för hösten", "Sopimuksia syksyyn"),
                                        new InLanguages(
                                                "Lue ensin pieni teksti.",
                                                "Lue ensin pieni teksti.",
                                                "Lue ensin pieni teksti.")),
                                new News.NewTitle("Sopimuksen synty", "Kaisa Kontti")),
                        List.of(new EResource(
                                new InLanguages("Lehdet", "Tidningar", "Lehdet"), "https://lehdet.example.fi/"))));
        assertThat(catalogue.authorizations).allMatch(who -> who.startsWith("Basic "));
        kiosk().touch(new Choice.ShowCollections());
        until(KioskState.ElectronicCollections.class, _ -> true);
        kiosk().touch(new Choice.Cancel());
        until(KioskState.Idle.class, _ -> true);
    }

    @Test
    void aKioskWithoutAFeedIsAsItWas() {
        catalogue.feedCode.set(403);
        start("");
        Eventually.eventually("the question", () -> catalogue.feedsAsked.get() > 0, () -> kiosk().state());
        rate(3);
        assertThat(feed(kiosk().state())).isEqualTo(Feed.NONE);
    }

    @Test
    void asksForNothingWhereNothingIsWanted() {
        start(", \"feed\": {\"fetchMinutes\": 0}, \"stars\": false");
        kiosk().touch(new Choice.Return());
        lay("3000000042");
        until(KioskState.Returning.class, ReadingKioskTest::putAway);
        kiosk().touch(new Choice.Rate(1, 3));
        lay("3000000011");
        until(KioskState.Returning.class, state -> state.rows().size() == 2);
        assertThat(catalogue.feedsAsked.get()).isZero();
        assertThat(catalogue.stars).isEmpty();
    }

    @Test
    void passesStarsOnOnceAsTheContractHasThem() throws IOException {
        start("");
        rate(5);
        Eventually.eventually("the stars", () -> catalogue.stars.size() == 1, () -> kiosk().state());
        var told = json.readTree(catalogue.stars.getFirst());
        var contract = json.readTree(CatalogueServer.contract("catalogue-rating.json"));
        assertThat(told.propertyNames()).containsExactlyInAnyOrderElementsOf(contract.propertyNames());
        assertThat(told.get("item").stringValue()).isEqualTo("3000000042");
        assertThat(told.get("stars")).isEqualTo(contract.get("stars"));
    }

    @Test
    void aSilentCatalogueHoldsUpNobody() {
        catalogue.starsCode.set(CatalogueServer.SILENT);
        start("");
        rate(2);
        Eventually.eventually("the stars", () -> catalogue.stars.size() == 1, () -> kiosk().state());
        desk.pad().clear();
        kiosk().touch(new Choice.Finish());
        until(KioskState.Idle.class, _ -> true);
        assertThat(catalogue.stars).as("told once").hasSize(1);
    }

    @Test
    void whatIsOnDiskOnlyTakesNoStars() {
        server.hangUpAfter(MessageType.CHECKIN);
        start("");
        kiosk().touch(new Choice.Return());
        lay("3000000042");
        until(KioskState.Returning.class, ReadingKioskTest::putAway);
        kiosk().touch(new Choice.Rate(1, 4));
        desk.pad().clear();
        kiosk().touch(new Choice.Finish());
        until(KioskState.Idle.class, _ -> true);
        assertThat(catalogue.stars).isEmpty();
    }
}
