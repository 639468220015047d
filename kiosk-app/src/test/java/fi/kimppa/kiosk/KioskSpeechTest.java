package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.speech.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visit without sight: headphones, keypad and ears alone, with programs in place of engine and sound card. */
class KioskSpeechTest {
    private static final String CARD = "2000012345";

    private final ModelLibrary library = new ModelLibrary().patron(CARD, "1234").item("3000000011");
    private final LibraryServer server = new LibraryServer(library);
    private final ReportServer reports = new ReportServer();
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());

    @TempDir
    private Path folder;

    @AfterEach
    void switchOff() {
        desk.close();
        reports.close();
        server.close();
    }

    /** No time between keys: the hand of this test strikes the same key again sooner than a person can. */
    private Kiosk start(Path engine, Path player, Path jack) {
        Kiosk kiosk = new Kiosk(KioskConfiguration.parse("test", """
                {
                  "login": "kiosk-turku", "password": "long-and-random",
                  "institution": "TURKU", "branch": "TURKU",
                  "gateway": {"sip2": "%s", "http": "%s", "heartbeatSeconds": 1},
                  "devices": {"pad": "%s", "printer": "%s", "scanner": "%s"},
                  "speech": {"program": "%s", "player": "%s", "jack": "%s", "sounds": false},
                  "keysApartMillis": 0,
                  "data": "%s"
                }""".formatted(
                        server.address(),
                        reports.address(),
                        desk.pad().address(),
                        desk.printer().address(),
                        desk.scanner().address(),
                        engine,
                        player,
                        jack,
                        folder.resolve("data"))));
        kiosk.start();
        return kiosk;
    }

    private static void until(Kiosk kiosk, String what, BooleanSupplier condition) {
        Eventually.eventually(what, condition, kiosk::state);
    }

    private static void press(Kiosk kiosk, String keys) {
        keys.chars()
                .forEach(key ->
                        kiosk.offer(new KioskEvent.Pressed(Key.of((char) key).orElseThrow())));
    }

    @Test
    void lendsABookByKeypadAndVoiceAlone() throws IOException, InterruptedException {
        Programs programs = new Programs(folder);
        Path jack = programs.jack();
        try (Kiosk kiosk = start(programs.engine(), programs.player(), jack);
                OutputStream device = Files.newOutputStream(jack)) {
            until(kiosk, "service", () -> kiosk.state() instanceof KioskState.Idle);
            assertThat(programs.written("texts")).as("nobody listens yet").isEmpty();
            device.write(Programs.headphones(true));
            device.flush();
            hears(kiosk, programs, "Lainaa: paina 1.");
            press(kiosk, "1");
            hears(kiosk, programs, "Lue kirjastokortti.");
            desk.scanner().scan(CARD);
            hears(kiosk, programs, "Anna tunnusluku.");
            press(kiosk, "1234#");
            hears(kiosk, programs, "Aseta aineisto lukulevylle.");
            DemoTags.items().stream()
                    .filter(item -> item.identifier().equals("3000000011"))
                    .findFirst()
                    .orElseThrow()
                    .tags()
                    .forEach(desk.pad()::lay);
            hears(kiosk, programs, "Nimeke 3000000011. Lainattu.");
            assertThat(library.holder("3000000011")).contains(CARD);
            press(kiosk, "#");
            hears(kiosk, programs, "Haluatko kuitin?");
            press(kiosk, "1");
            hears(kiosk, programs, "Kiitos!");
            device.write(Programs.headphones(false));
            device.flush();
            until(kiosk, "silence", () -> !kiosk.state().around().aids().speaking());
        }
        assertThat(programs.written("texts")).doesNotContain(CARD).doesNotContain("1234");
        assertThat(programs.written("commands")).doesNotContain("Nimeke");
    }

    private static void hears(Kiosk kiosk, Programs programs, String words) {
        until(kiosk, "to hear: " + words, () -> programs.written("texts").contains(words));
    }

    @Test
    void aKioskWithoutItsEngineGoesOnAndTellsStaffOnce() throws IOException, InterruptedException {
        Programs programs = new Programs(folder);
        Path jack = programs.jack();
        try (Kiosk kiosk = start(folder.resolve("no-engine"), programs.player(), jack);
                OutputStream device = Files.newOutputStream(jack)) {
            until(kiosk, "service", () -> kiosk.state() instanceof KioskState.Idle);
            device.write(Programs.headphones(true));
            device.flush();
            until(kiosk, "the report", () -> reports.told("SPEECH_FAILED"));
            press(kiosk, "2");
            until(kiosk, "a return", () -> kiosk.state() instanceof KioskState.Returning);
        }
    }
}
