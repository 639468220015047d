package fi.kimppa.sip2.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The 19 worked messages, for every test that needs real frames. */
public final class WorkedFrames {
    private WorkedFrames() {}

    /** The messages in the reference's order, without CR. */
    public static List<String> all() {
        try (InputStream file = Objects.requireNonNull(WorkedFrames.class.getResourceAsStream("worked-frames.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
