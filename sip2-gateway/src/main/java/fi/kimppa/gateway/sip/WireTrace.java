package fi.kimppa.gateway.sip;

import fi.kimppa.sip2.wire.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tap on all conversations: each frame labelled and masked, with time, terminal and direction, appended to the
 * trace file if there is one and logged at debug level. Secrets and persons never pass here, because a frame prints
 * itself without them.
 *
 * <p>Threads: may be shared.
 */
final class WireTrace {
    private static final Logger log = LoggerFactory.getLogger(WireTrace.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private final Clock clock;
    private final @Nullable Writer file;

    WireTrace(@Nullable Path path, Clock clock) {
        this.clock = clock;
        this.file = path == null ? null : open(path);
    }

    private static Writer open(Path path) {
        try {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("kimppa.sip.trace-file cannot be written: " + path, e);
        }
    }

    void received(String terminal, Frame frame) {
        write(terminal, "SC>ACS", frame);
    }

    void sent(String terminal, Frame frame) {
        write(terminal, "ACS>SC", frame);
    }

    /** Labelling a frame costs more than answering it, so it is done for a reader only. */
    private void write(String terminal, String direction, Frame frame) {
        if (file != null || log.isDebugEnabled()) {
            write(terminal, direction, frame.toString());
        }
    }

    /** Something on the wire that is no frame, in words without its content. */
    void note(String terminal, String direction, String words) {
        write(terminal, direction, "(" + words + ")");
    }

    private void write(String terminal, String direction, String text) {
        log.debug("{} {} {}", terminal, direction, text);
        if (file == null) {
            return;
        }
        String line = TIME.format(clock.instant().atZone(ZoneId.of("Europe/Helsinki"))) + " " + terminal + " "
                + direction + " " + text + "\n";
        synchronized (file) {
            try {
                file.write(line);
                file.flush();
            } catch (IOException e) {
                log.warn("The trace file takes no more: {}", e.getMessage());
            }
        }
    }
}
