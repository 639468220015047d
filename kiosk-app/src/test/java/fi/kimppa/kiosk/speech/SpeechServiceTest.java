package fi.kimppa.kiosk.speech;

import static fi.kimppa.kiosk.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechServiceTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    @TempDir
    private Path folder;

    private Programs programs = new Programs(Path.of("."));

    @BeforeEach
    void place() {
        programs = new Programs(folder);
    }

    private SpeechService service(Path engine, Path player) {
        return new SpeechService(
                new SpeechService.Settings(new Engine.EspeakNg(engine.toString()), player.toString(), "default"),
                told::add);
    }

    private static Utterance utterance(String text) {
        return new Utterance(Language.FINNISH, List.of(new Utterance.Part(text, true)));
    }

    private void say(SpeechService service, String text) {
        service.say(utterance(text), Aids.USUAL, ended::incrementAndGet);
    }

    @Test
    void theTextReachesTheEngineThroughItsInputAndNeverByTheCommandLine() throws IOException {
        try (var service = service(programs.engine(), programs.player())) {
            say(service, "Sinuhe egyptiläinen.");
            eventually("the end", () -> ended.get() == 1, ended::get);
            assertThat(service.working()).isTrue();
        }
        assertThat(programs.written("texts")).contains("Sinuhe egyptiläinen.");
        assertThat(programs.written("commands"))
                .isEqualTo("--stdin --stdout -b 1 -v fi\n")
                .doesNotContain("Sinuhe");
        assertThat(programs.written("players")).contains("-r 22050").contains("-D default");
        assertThat(folder.resolve("sound")).hasSize(4);
        assertThat(told).isEmpty();
    }

    @Test
    void somethingNewEndsWhatIsBeingSaidAndNothingWaits() throws IOException {
        try (var service = service(programs.engine(), programs.endlessPlayer())) {
            say(service, "Ensimmäinen.");
            eventually("the first", () -> lines("pids") == 1, () -> programs.written("pids"));
            say(service, "Toinen.");
            eventually("the second", () -> lines("pids") == 2, () -> programs.written("pids"));
            long first =
                    Long.parseLong(programs.written("pids").lines().findFirst().orElseThrow());
            eventually("the end of the first", () -> !alive(first), () -> first);
            service.hush();
            long second = Long.parseLong(
                    programs.written("pids").lines().skip(1).findFirst().orElseThrow());
            eventually("silence", () -> !alive(second), () -> second);
            assertThat(ended).as("what is cut short has not ended").hasValue(0);
            assertThat(told).as("to be cut short is no fault").isEmpty();
        }
    }

    private long lines(String name) {
        return programs.written(name).lines().count();
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void anEngineThatIsMissingIsToldOnceAndTheKioskGoesOn() throws IOException {
        try (var service = service(folder.resolve("no-such-engine"), programs.player())) {
            say(service, "Yksi.");
            eventually("the end", () -> ended.get() == 1, ended::get);
            say(service, "Kaksi.");
            eventually("the end", () -> ended.get() == 2, ended::get);
            assertThat(service.working()).isFalse();
        }
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).contains("no-such-engine").doesNotContain("Yksi");
    }

    @Test
    void anEngineThatFailsIsToldAndItsReturnIsNoticed() throws IOException {
        Path player = programs.player();
        Path engine = programs.broken();
        try (var service = service(engine, player)) {
            say(service, "Yksi.");
            eventually("the end", () -> ended.get() == 1, ended::get);
            assertThat(service.working()).isFalse();
            service.sound(Chime.DONE, 0);
            eventually("the sound", service::working, ended::get);
        }
        assertThat(told).hasSize(1);
        assertThat(folder.resolve("sound")).hasSize(Chime.DONE.samples(22_050, 0).length);
    }

    @Test
    void aSoundDoesNotInterruptTheVoice() throws IOException {
        try (var service = service(programs.engine(), programs.endlessPlayer())) {
            say(service, "Ensimmäinen.");
            eventually("the first", () -> lines("pids") == 1, () -> programs.written("pids"));
            service.sound(Chime.REFUSED, 0);
            say(service, "Toinen.");
            eventually("the second", () -> lines("pids") == 2, () -> programs.written("pids"));
            assertThat(lines("texts")).isEqualTo(2);
        }
    }

    @Test
    void eachLanguageHasItsVoice() {
        Engine espeak = new Engine.EspeakNg("espeak-ng");
        assertThat(List.of(Language.FINNISH, Language.SWEDISH, Language.ENGLISH))
                .extracting(
                        language -> espeak.command(language).map(List::getLast).orElse(""))
                .containsExactly("fi", "sv", "en-gb");
        Engine piper = new Engine.Piper("piper", java.util.Map.of(Language.FINNISH, Path.of("/v/harri.onnx")));
        assertThat(piper.command(Language.FINNISH))
                .contains(List.of("piper", "--model", "/v/harri.onnx", "--output-raw"));
        assertThat(piper.command(Language.SWEDISH)).isEqualTo(Optional.empty());
    }
}
