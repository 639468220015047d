package fi.kimppa.kiosk.speech;

import static fi.kimppa.kiosk.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Announcement;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.StaffTask;
import fi.kimppa.kiosk.text.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What staff let be heard, over real processes. */
class AnnouncerTest {
    private static final List<Language> LANGUAGES = List.of(Language.FINNISH, Language.SWEDISH);

    @TempDir
    private Path folder;

    private final List<Boolean> ended = new CopyOnWriteArrayList<>();
    private Programs programs = new Programs(Path.of("."));

    @BeforeEach
    void place() {
        programs = new Programs(folder);
    }

    private static SpeechService service(Engine engine, Path player) {
        return new SpeechService(new SpeechService.Settings(engine, player.toString(), "default"), _ -> {});
    }

    private Engine engine() throws IOException {
        return new Engine.EspeakNg(programs.engine().toString());
    }

    private void ends() {
        eventually("the end", () -> !ended.isEmpty(), () -> programs.written("texts"));
    }

    @Test
    void aTrialIsEverySoundAndASentenceInEveryLanguageOneAfterTheOther() throws IOException {
        try (var service = service(engine(), programs.player())) {
            new Announcer(service, true, true, () -> LANGUAGES)
                    .play(new StaffTask.Play(Announcement.TRIAL, 0), ended::add);
            ends();
        }
        assertThat(ended).containsExactly(true);
        assertThat(programs.written("texts").lines())
                .containsExactly("Tämä on kuulutuksen kokeilu.", "Det här är ett prov.");
        int sounds = Arrays.stream(Chime.values())
                .mapToInt(chime -> chime.samples(22_050, 0).length)
                .sum();
        // Beside them two samples of each sentence.
        assertThat(folder.resolve("sound")).hasSize(sounds + 2 * 4L);
    }

    @Test
    void theLibraryClosesInEveryLanguageThatHasAVoice() throws IOException {
        Language sami = Texts.languages().stream()
                .filter(language -> language.tag().equals("se"))
                .findFirst()
                .orElseThrow();
        try (var service = service(engine(), programs.player())) {
            new Announcer(service, true, true, () -> List.of(sami, Language.FINNISH, Language.ENGLISH))
                    .play(new StaffTask.Play(Announcement.CLOSING, 2), ended::add);
            ends();
        }
        assertThat(programs.written("texts").lines())
                .containsExactly(
                        "Kirjasto suljetaan pian. Viimeistele asiointisi.", "The library closes soon. Please finish.");
    }

    @Test
    void withoutAVoiceTheSoundsAreHeardAlone() throws IOException {
        try (var service = service(new Engine.None(), programs.player())) {
            new Announcer(service, false, true, () -> LANGUAGES)
                    .play(new StaffTask.Play(Announcement.TRIAL, 1), ended::add);
            ends();
        }
        assertThat(ended).containsExactly(true);
        assertThat(programs.written("players").lines()).hasSize(Chime.values().length);
    }

    @Test
    void whatCannotBeHeardIsSaidAtOnce() throws IOException {
        try (var service = service(engine(), programs.broken())) {
            new Announcer(service, true, true, () -> LANGUAGES)
                    .play(new StaffTask.Play(Announcement.TRIAL, 0), ended::add);
            ends();
        }
        assertThat(ended).containsExactly(false);
    }

    @Test
    void eachStepIsHalfAsLoud() {
        byte[] loud = Chime.DONE.samples(22_050, 0);
        byte[] soft = Chime.DONE.samples(22_050, 1);
        assertThat(soft).hasSameSizeAs(loud);
        assertThat(peak(soft) * 2).isBetween(peak(loud) - 2, peak(loud) + 2);
    }

    private static int peak(byte[] samples) {
        int peak = 0;
        for (int i = 0; i + 1 < samples.length; i += 2) {
            peak = Math.max(peak, Math.abs((samples[i + 1] << 8) | (samples[i] & 0xFF)));
        }
        return peak;
    }
}
