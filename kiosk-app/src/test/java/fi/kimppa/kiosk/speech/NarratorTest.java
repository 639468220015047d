package fi.kimppa.kiosk.speech;

import static fi.kimppa.kiosk.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.screen.Gallery;
import fi.kimppa.kiosk.session.Aided;
import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From states to what an engine is given, over real processes. */
class NarratorTest {
    @TempDir
    private Path folder;

    private Programs programs = new Programs(Path.of("."));

    @BeforeEach
    void place() {
        programs = new Programs(folder);
    }

    private static KioskState state(String name) {
        return Gallery.state(Language.FINNISH, name);
    }

    private SpeechService service(Path player) throws IOException {
        return new SpeechService(
                new SpeechService.Settings(
                        new Engine.EspeakNg(programs.engine().toString()), player.toString(), "default"),
                _ -> {});
    }

    private void until(String what, BooleanSupplier condition) {
        eventually(what, condition, () -> programs.written("texts"));
    }

    private boolean said(String text) {
        return programs.written("texts").contains(text);
    }

    private long lines() {
        return programs.written("texts").lines().count();
    }

    @Test
    void saysAScreenOnceHoweverOftenTimePasses() throws IOException {
        try (var service = service(programs.player())) {
            Narrator narrator = new Narrator(service, false, false);
            KioskState card = Aided.listening(state("03-card"));
            for (int tick = 0; tick < 5; tick++) {
                narrator.turned(card);
            }
            until("the request", () -> said("Lue kirjastokortti."));
            narrator.turned(Aided.listening(state("13-returning-empty")));
            until("the next", () -> said("lukulevylle."));
            assertThat(lines()).isEqualTo(2);
        }
    }

    @Test
    void whatSomethingNewerCutShortIsSaidWithItAndWhatThePersonCutShortIsNot() throws IOException {
        try (var service = service(programs.endlessPlayer())) {
            Narrator narrator = new Narrator(service, false, false);
            narrator.turned(Aided.listening(state("13-returning-empty")));
            until("the beginning", () -> said("Aseta palautettava aineisto lukulevylle."));
            narrator.acted();
            narrator.turned(Aided.listening(state("14-returning-stays")));
            until("the first result", () -> said("Laita laatikkoon 1."));
            narrator.turned(Aided.listening(state("15-returning-transfer")));
            until("both results", () -> said("Laita laatikkoon 3."));
            String last = programs.written("texts").lines().toList().getLast();
            assertThat(last).contains("laatikkoon 1").contains("laatikkoon 3").doesNotContain("Aseta palautettava");
        }
    }

    @Test
    void nothingIsSaidWithoutHeadphonesUnlessTheLoudspeakerIsAllowed() throws IOException {
        KioskState keys = Aided.with(state("10-borrowing-done"), new Aids(false, true, true, Aids.USUAL, 0, 0));
        try (var service = service(programs.player())) {
            new Narrator(service, false, false).turned(keys);
            new Narrator(service, true, false).turned(keys);
            until("the count", () -> said("5 lainaa."));
            assertThat(lines()).isOne();
            assertThat(programs.written("texts")).doesNotContain("Sinuhe").doesNotContain("Muumipappa");
        }
    }

    @Test
    void pullingTheHeadphonesOutIsSilenceAtOnce() throws IOException {
        try (var service = service(programs.endlessPlayer())) {
            Narrator narrator = new Narrator(service, false, false);
            narrator.turned(Aided.listening(state("10-borrowing-done")));
            until("a player", () -> !programs.written("pids").isBlank());
            narrator.turned(state("10-borrowing-done"));
            long player = Long.parseLong(programs.written("pids").strip());
            until(
                    "silence",
                    () -> ProcessHandle.of(player)
                            .map(process -> !process.isAlive())
                            .orElse(true));
        }
    }

    @Test
    void whoeverKeepsTheHeadphonesOnHearsTheGoodbyeToItsEnd() throws IOException {
        try (var service = service(programs.endlessPlayer())) {
            Narrator narrator = new Narrator(service, false, false);
            narrator.turned(Aided.listening(state("22-farewell-borrowed")));
            until("a player", () -> !programs.written("pids").isBlank());
            narrator.turned(Aided.with(state("01-idle"), new Aids(true, false, false, Aids.USUAL, 0, 0)));
            long player = Long.parseLong(programs.written("pids").strip());
            assertThat(ProcessHandle.of(player).map(ProcessHandle::isAlive)).contains(true);
            narrator.turned(state("01-idle"));
            until(
                    "silence",
                    () -> ProcessHandle.of(player)
                            .map(process -> !process.isAlive())
                            .orElse(true));
            assertThat(lines()).isOne();
        }
    }

    @Test
    void soundsGoWithChangesUnlessTheyAreOff() throws IOException {
        try (var service = service(programs.player())) {
            Narrator quiet = new Narrator(service, false, false);
            quiet.turned(state("09-borrowing-work"));
            quiet.turned(state("10-borrowing-done"));
            Narrator narrator = new Narrator(service, false, true);
            narrator.turned(state("09-borrowing-work"));
            narrator.turned(state("10-borrowing-done"));
            until("a sound", () -> !programs.written("players").isBlank());
            assertThat(folder.resolve("sound")).hasSize(Chime.DONE.samples(22_050, 0).length);
        }
    }
}
