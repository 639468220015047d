package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that turns text into sound. It gets the text on its standard input, since everybody on the machine can read a command
 * line, and writes 16-bit samples of one channel to its standard output.
 */
public sealed interface Engine {
    /** The command for a voice; empty when the engine has none for this language. No shell is involved. */
    Optional<List<String>> command(Language language);

    /**
     * Reads what stands before the samples.
     *
     * @return samples per second
     */
    int rate(Language language, InputStream sound) throws IOException;

    /** None: the kiosk makes its short sounds and says nothing. */
    record None() implements Engine {
        @Override
        public Optional<List<String>> command(Language language) {
            return Optional.empty();
        }

        @Override
        public int rate(Language language, InputStream sound) throws IOException {
            throw new IOException("there is no engine");
        }
    }

    /**
     * espeak-ng, which Debian has. It has a voice for most languages, but none for Northern Sámi.
     *
     * @param program name or path
     */
    record EspeakNg(String program) implements Engine {
        private static final int HEADER = 44;
        private static final int RATE_AT = 24;

        @Override
        public Optional<List<String>> command(Language language) {
            String voice = language.equals(Language.ENGLISH) ? "en-gb" : language.tag();
            return Optional.of(List.of(program, "--stdin", "--stdout", "-b", "1", "-v", voice));
        }

        /** The head of a WAV file, as espeak-ng writes it. */
        @Override
        public int rate(Language language, InputStream sound) throws IOException {
            byte[] header = sound.readNBytes(HEADER);
            if (header.length < HEADER) {
                throw new IOException("the engine gave no sound");
            }
            int rate = 0;
            for (int i = 3; i >= 0; i--) {
                rate = (rate << 8) | (header[RATE_AT + i] & 0xFF);
            }
            if (rate < 4_000 || rate > 96_000) {
                throw new IOException("the engine gave no WAV");
            }
            return rate;
        }
    }

    /**
     * Piper, whose voices sound more like people.
     *
     * @param program name or path
     * @param models the ONNX file of each language's voice, with its settings beside it in {@code *.onnx.json}
     */
    record Piper(String program, Map<Language, Path> models) implements Engine {
        private static final int USUAL_RATE = 22_050;

        /** Takes a copy. */
        public Piper {
            models = Map.copyOf(models);
        }

        @Override
        public Optional<List<String>> command(Language language) {
            return Optional.ofNullable(models.get(language))
                    .map(model -> List.of(program, "--model", model.toString(), "--output-raw"));
        }

        @Override
        public int rate(Language language, InputStream sound) throws IOException {
            Path settings = Path.of(models.get(language) + ".json");
            try {
                return JsonMapper.builder()
                        .build()
                        .readTree(settings.toFile())
                        .path("audio")
                        .path("sample_rate")
                        .asInt(USUAL_RATE);
            } catch (JacksonException e) {
                throw new IOException("the voice's settings cannot be read: " + settings, e);
            }
        }
    }
}
