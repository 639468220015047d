package fi.kimppa.device.printer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The shapes of letters on paper, 12 by 24 dots like Epson's font A, the same on every machine. They are the bold ones of Terminus Font
 * 4.48, whose strokes are two dots wide like those of printers; its licence is in the resources beside this class. Latin, Greek and
 * Cyrillic letters are there, Northern Sámi's among them. The small Cyrillic и, й and ѝ are ours: Terminus draws them in the Bulgarian
 * way, like a Latin u, which readers of Russian take for one.
 */
final class Typeface {
    private static final int DIGITS_OF_A_ROW = 3;
    private static final Map<Integer, short[]> SHAPES = read();

    private Typeface() {}

    private static Map<Integer, short[]> read() {
        try (InputStream file = Objects.requireNonNull(Typeface.class.getResourceAsStream("letters.hex"));
                var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            Map<Integer, short[]> found = new HashMap<>();
            lines.lines()
                    .forEach(line -> found.put(Integer.parseInt(line.substring(0, 4), 16), rows(line.substring(5))));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static short[] rows(String hex) {
        short[] rows = new short[PaperCanvas.CELL_HEIGHT];
        for (int y = 0; y < rows.length; y++) {
            int at = y * DIGITS_OF_A_ROW;
            rows[y] = Short.parseShort(hex.substring(at, at + DIGITS_OF_A_ROW), 16);
        }
        return rows;
    }

    static boolean has(int letter) {
        return SHAPES.containsKey(letter);
    }

    /** The dots of a letter that it {@linkplain #has has}; bold ones are printed twice, a dot apart, as printers do. */
    static Dots shape(int letter, boolean bold) {
        short[] rows = Objects.requireNonNull(SHAPES.get(letter));
        byte[] bytes = new byte[2 * PaperCanvas.CELL_HEIGHT];
        for (int y = 0; y < PaperCanvas.CELL_HEIGHT; y++) {
            int row = bold ? rows[y] | rows[y] >> 1 : rows[y];
            bytes[2 * y] = (byte) (row >> 4);
            bytes[2 * y + 1] = (byte) (row << 4);
        }
        return new Dots(PaperCanvas.CELL_WIDTH, PaperCanvas.CELL_HEIGHT, bytes);
    }
}
