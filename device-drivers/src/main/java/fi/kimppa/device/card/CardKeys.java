package fi.kimppa.device.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The keys that open the library's sector, read from a file: one key of 12 hexadecimal digits a line, the likeliest first; empty
 * lines and lines that begin with {@code #} are passed over. Prints none.
 */
final class CardKeys {
    private static final int DIGITS = 12;
    /** Each key costs a moment in which the card must be held still. */
    private static final int MOST = 16;

    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final List<byte[]> keys;

    private CardKeys(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException naming the file and, for a wrong line, its number but not its text
     */
    static CardKeys read(Path file) {
        try {
            checkPermissions(file);
            List<byte[]> keys = new ArrayList<>();
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    keys.add(key(file, i + 1, line));
                }
            }
            if (keys.isEmpty() || keys.size() > MOST) {
                throw new IllegalArgumentException(
                        "Card keys " + file + ": expected 1 to " + MOST + " keys, found " + keys.size());
            }
            return new CardKeys(List.copyOf(keys));
        } catch (IOException e) {
            throw new IllegalArgumentException("Card keys " + file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void checkPermissions(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(TOO_OPEN);
        open.retainAll(Files.getPosixFilePermissions(file));
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("Card keys " + file
                    + ": expected a file for its owner and a reading group alone (mode 640), found " + open);
        }
    }

    private static byte[] key(Path file, int line, String text) {
        if (!text.matches("[0-9A-Fa-f]{" + DIGITS + "}")) {
            throw new IllegalArgumentException(
                    "Card keys " + file + ": expected " + DIGITS + " hexadecimal digits in line " + line);
        }
        return HexFormat.of().parseHex(text);
    }

    int count() {
        return keys.size();
    }

    /** The key at that place of the file, from 0; a copy, to be wiped by whoever asked. */
    byte[] key(int index) {
        return keys.get(index).clone();
    }
}
