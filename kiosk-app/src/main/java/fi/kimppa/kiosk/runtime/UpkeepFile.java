package fi.kimppa.kiosk.runtime;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import fi.kimppa.kiosk.session.Upkeep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What staff find again after a restart, in a file of its own that is replaced as a whole. It names things and bins, never a patron.
 * Written by a thread of its own as soon as something has changed; a kiosk that is killed at that moment has the state before.
 *
 * <p>Threads: any.
 */
public final class UpkeepFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpkeepFile.class);

    private final Path file;
    private final JsonMapper json = JsonMapper.builder()
            // What an older program has not written yet is empty, or none.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .withConfigOverride(
                    List.class, lists -> lists.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();
    private final Semaphore changes = new Semaphore(0);
    private final Thread writer = Thread.ofVirtual().name("kiosk-upkeep").unstarted(this::run);
    private Upkeep written;
    private volatile Upkeep wanted;

    private UpkeepFile(Path file) {
        this.file = file;
        this.written = read();
        this.wanted = written;
    }

    /** The file at this place; with nothing in it when there is none yet. A damaged one is set aside. */
    public static UpkeepFile open(Path file) {
        var opened = new UpkeepFile(file);
        opened.writer.start();
        return opened;
    }

    private Upkeep read() {
        if (!Files.exists(file)) {
            return Upkeep.NONE;
        }
        try {
            return json.readValue(Files.readAllBytes(file), Upkeep.class);
        } catch (IOException | JacksonException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + System.currentTimeMillis());
            LOG.error(
                    "{} cannot be read; what staff told the kiosk is forgotten, and it is kept as {}", file, aside, e);
            try {
                Files.move(file, aside);
            } catch (IOException inTheWay) {
                LOG.error("{} cannot be set aside", file, inTheWay);
            }
            return Upkeep.NONE;
        }
    }

    /** What was found at the start, or kept since. */
    public Upkeep upkeep() {
        return wanted;
    }

    /** Keeps this. Returns at once. */
    public void keep(Upkeep upkeep) {
        if (!upkeep.equals(wanted)) {
            wanted = upkeep;
            changes.release();
        }
    }

    private void run() {
        try {
            while (true) {
                changes.acquire();
                changes.drainPermits();
                write();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void write() {
        Upkeep next = wanted;
        if (next.equals(written)) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(next));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            LOG.error("{} cannot be written; what staff told the kiosk would be lost by a restart", fresh, e);
            return;
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = next;
        } catch (IOException e) {
            LOG.error("{} cannot be replaced; what staff told the kiosk would be lost by a restart", file, e);
        }
    }

    /** Writes a last time. */
    @Override
    public void close() {
        writer.interrupt();
        write();
    }
}
