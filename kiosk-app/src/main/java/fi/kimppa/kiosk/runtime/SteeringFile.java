package fi.kimppa.kiosk.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last of the gateway's settings that were found good, in a file that is replaced as a whole: a kiosk that is killed at any moment
 * finds the one before or the new one. Its version follows from its content. Threads: one at a time.
 */
public final class SteeringFile {
    private static final Logger LOG = LoggerFactory.getLogger(SteeringFile.class);
    private static final int VERSION_BYTES = 8;

    private final Path file;

    /** The file at this place, which need not be there yet. */
    public SteeringFile(Path file) {
        this.file = file;
    }

    /** What was kept last. */
    public Optional<byte[]> read() {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.error("{} cannot be read; the kiosk begins with its own file alone", file, e);
            return Optional.empty();
        }
    }

    /** Keeps this in place of what was there. */
    void keep(byte[] content) throws IOException {
        replace(file, content);
    }

    /** Writes a file as a whole: whoever looks finds what was there or this. */
    static void replace(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The version of a content: 16 hexadecimal digits of its SHA-256. */
    public static String version(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
