package fi.kimppa.kiosk;

import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.speech.Engine;
import fi.kimppa.kiosk.speech.SpeechService;
import fi.kimppa.kiosk.text.Texts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a kiosk is heard: the part {@code speech} of its file. Without that part it has no voice and makes no sounds. Example:
 *
 * <pre>{@code
 * "speech": {"jack": "/dev/input/by-path/platform-sound-event", "device": "plughw:0,0"}
 * }</pre>
 *
 * @param service engine and player
 * @param jack input device that tells of headphones, if there is one
 * @param loudspeaker whether it also speaks while no headphones are in
 * @param sounds whether there are short sounds
 */
public record SpeechConfiguration(
        SpeechService.Settings service, Optional<Path> jack, boolean loudspeaker, boolean sounds) {
    static SpeechConfiguration read(Section section) {
        Engine engine = engine(section);
        SpeechConfiguration configuration = new SpeechConfiguration(
                new SpeechService.Settings(
                        engine,
                        section.optionalText("player").orElse("aplay"),
                        section.optionalText("device").orElse("default")),
                section.optional("jack", Path::of),
                section.flag("loudspeaker", false),
                section.flag("sounds", true));
        section.nothingElse();
        if (!configuration.voice()
                && (configuration.loudspeaker() || configuration.jack().isPresent())) {
            throw new ConfigurationException(
                    "speech.engine: none cannot be heard in headphones or from a loudspeaker; leave jack and loudspeaker out");
        }
        return configuration;
    }

    /** Whether it speaks; else it makes sounds alone. */
    public boolean voice() {
        return !(service.engine() instanceof Engine.None);
    }

    private static Engine engine(Section section) {
        Map<Language, Path> voices = new HashMap<>();
        section.named("voices")
                .forEach((tag, model) -> voices.put(
                        Texts.language(tag)
                                .orElseThrow(() -> new ConfigurationException(
                                        "speech.voices: expected some of " + Texts.tags() + ", found \"" + tag + "\"")),
                        Path.of(model)));
        Optional<String> program = section.optionalText("program");
        String name = section.optionalText("engine").orElse("espeak-ng");
        return switch (name) {
            case "espeak-ng" -> new Engine.EspeakNg(program.orElse(name));
            case "piper" -> new Engine.Piper(program.orElse(name), voices);
            case "none" -> new Engine.None();
            default -> throw new ConfigurationException("speech.engine: expected espeak-ng, piper or none");
        };
    }
}
