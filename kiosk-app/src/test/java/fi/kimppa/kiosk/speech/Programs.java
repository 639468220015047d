package fi.kimppa.kiosk.speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Programs that stand in for an engine and a player, and write down what they were given. */
public final class Programs {
    private final Path folder;

    /** Programs in this folder. */
    public Programs(Path folder) {
        this.folder = folder;
    }

    private Path program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** Writes down command line and text, and gives a WAV of two samples. */
    public Path engine() throws IOException {
        Path wav = folder.resolve("two.wav");
        byte[] bytes = new byte[48];
        // 22050 samples a second, at the place where a WAV says so.
        bytes[24] = 0x22;
        bytes[25] = 0x56;
        Files.write(wav, bytes);
        return program("engine", """
                echo "$@" >> %1$s/commands
                text=$(cat)
                printf '%%s\n' "$text" >> %1$s/texts
                cat %2$s
                """.formatted(folder, wav));
    }

    /** Takes the sound to its end. */
    public Path player() throws IOException {
        return program("player", "cat >> %1$s/sound; echo \"$@\" >> %1$s/players\n".formatted(folder));
    }

    /** Takes the sound and goes on until it is ended from outside. */
    public Path endlessPlayer() throws IOException {
        return program("endless", "echo $$ >> %1$s/pids; cat > /dev/null; exec sleep 600\n".formatted(folder));
    }

    /** Ends with an error. */
    public Path broken() throws IOException {
        return program("broken", "exit 3\n");
    }

    /** A pipe with a name, which stands for the input device of a jack. */
    public Path jack() throws IOException, InterruptedException {
        Path pipe = folder.resolve("jack");
        if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
            throw new IOException("no pipe could be made");
        }
        return pipe;
    }

    /** {@code struct input_event}. */
    public static byte[] event(int type, int code, int value) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .putLong(1_795_541_400L)
                .putLong(250_000L)
                .putShort((short) type)
                .putShort((short) code)
                .putInt(value)
                .array();
    }

    /** Headphones in, or out. */
    public static byte[] headphones(boolean in) {
        return event(5, 2, in ? 1 : 0);
    }

    /** What one of the programs wrote down; empty when nothing. */
    public String written(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
