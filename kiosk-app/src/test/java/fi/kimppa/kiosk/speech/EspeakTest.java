package fi.kimppa.kiosk.speech;

import static fi.kimppa.kiosk.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real espeak-ng, where it is installed; {@code deploy/verify} installs it. Its sound goes into a file. */
class EspeakTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void isInstalled() {
        boolean there = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "espeak-ng")));
        assumeTrue(there, "espeak-ng is not installed here");
    }

    @ParameterizedTest
    @CsvSource({
        "fi, Eräpäivä lauantaina yhdeksästoista joulukuuta.",
        "sv, Förfallodag lördag den nittonde december.",
        "en, Due Saturday the nineteenth of December."
    })
    void speaksForAsLongAsASentenceTakes(String tag, String sentence) throws IOException {
        Language language = Texts.language(tag).orElseThrow();
        Programs programs = new Programs(folder);
        AtomicInteger ended = new AtomicInteger();
        try (var service = new SpeechService(
                new SpeechService.Settings(
                        new Engine.EspeakNg("espeak-ng"), programs.player().toString(), "default"),
                _ -> {})) {
            service.say(
                    new Utterance(language, List.of(new Utterance.Part(sentence, false))),
                    Aids.LOUDEST,
                    ended::incrementAndGet);
            eventually("the end", () -> ended.get() == 1, ended::get);
            assertThat(service.working()).isTrue();
        }
        ByteBuffer sound =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("sound"))).order(ByteOrder.LITTLE_ENDIAN);
        double seconds = sound.remaining() / 2.0 / 22_050;
        assertThat(seconds).as("seconds of %s", tag).isBetween(1.0, 8.0);
        int loudest = 0;
        while (sound.remaining() > 1) {
            loudest = Math.max(loudest, Math.abs((int) sound.getShort()));
        }
        assertThat(loudest).as("it is no silence").isGreaterThan(3_000);
    }
}
