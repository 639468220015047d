package fi.kimppa.device.simulator;

import fi.kimppa.device.printer.CodePage;
import fi.kimppa.device.printer.PaperCanvas;
import fi.kimppa.device.printer.Receipt.Style;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts ESC/POS commands on paper, as letters and as a picture. For one thread at a time. */
final class PaperRoll {
    private static final int ESC = 0x1B;
    private static final int GS = 0x1D;
    private static final int CENTRE = 1;
    private static final int RIGHT = 2;
    /** Longer pieces are cut off by themselves, so that no host fills the memory with paper. */
    private static final int LONGEST_SLIP = 12_000;

    private static final int TALLEST_IMAGE = 4_000;

    private final int columns;
    private PaperCanvas canvas;
    private final StringBuilder text = new StringBuilder();
    private final List<Run> line = new ArrayList<>();
    private int slips;
    private boolean touched;

    private Charset charset = charset(0);
    private Style style = Style.PLAIN;
    private int align;
    private byte[] symbol = new byte[0];

    private record Run(String letters, Style style) {
        int width() {
            return letters.codePointCount(0, letters.length()) * (style.doubled() ? 2 : 1);
        }
    }

    PaperRoll(int columns) {
        this.columns = columns;
        this.canvas = new PaperCanvas(columns);
    }

    /** Executes one command; a cut hands over what was printed. */
    Optional<PrintedSlip> execute(byte[] command) {
        int first = command[0] & 0xFF;
        if (command.length == 1) {
            letter(first);
        } else if (first == ESC) {
            escape(command[1] & 0xFF, command);
        } else if (first == GS && command[1] == 'V') {
            endPartialLine();
            return cut();
        } else if (first == GS) {
            group(command[1] & 0xFF, command);
        }
        return canvas.used() > LONGEST_SLIP ? cut() : Optional.empty();
    }

    private void letter(int code) {
        if (code == '\n') {
            endLine();
        } else if (code >= 0x20) {
            Run letter = new Run(new String(new byte[] {(byte) code}, charset), style);
            if (lineWidth() + letter.width() > columns) {
                endLine();
            }
            line.add(letter);
        }
    }

    private void escape(int second, byte[] command) {
        int operand = command[command.length - 1] & 0xFF;
        switch (second) {
            case '@' -> {
                line.clear();
                style = Style.PLAIN;
                align = 0;
                charset = charset(0);
            }
            case 't' -> charset = charset(operand);
            case 'E' -> style = new Style((operand & 1) != 0, style.doubled());
            case 'a' -> align = operand % 48;
            case 'd' -> {
                endPartialLine();
                feed(operand);
            }
            default -> {
                // Everything else changes nothing that can be seen here.
            }
        }
    }

    private void group(int second, byte[] command) {
        switch (second) {
            case '!' -> style = new Style(style.bold(), (command[2] & 0x11) == 0x11);
            case 'v' -> {
                endPartialLine();
                raster(command);
            }
            case 'k' -> {
                endPartialLine();
                barCode(command);
            }
            case '(' -> symbol(command);
            default -> {
                // Everything else changes nothing that can be seen here.
            }
        }
    }

    private int lineWidth() {
        return line.stream().mapToInt(Run::width).sum();
    }

    private void endPartialLine() {
        if (!line.isEmpty()) {
            endLine();
        }
    }

    private void endLine() {
        int room = columns - lineWidth();
        int indent = align == CENTRE ? room / 2 : align == RIGHT ? room : 0;
        PaperCanvas.Letters letters = canvas.line();
        letters.add(" ".repeat(indent), Style.PLAIN);
        var line = new StringBuilder(" ".repeat(indent));
        for (Run run : this.line) {
            letters.add(run.letters(), run.style());
            line.append(run.letters());
        }
        letters.end();
        write(line.toString().stripTrailing());
        this.line.clear();
    }

    private void feed(int lines) {
        canvas.feed(lines * PaperCanvas.CELL_HEIGHT);
        text.append("\n".repeat(lines));
    }

    private void write(String line) {
        touched = true;
        text.append(line).append('\n');
    }

    private void raster(byte[] command) {
        int width = (command[4] & 0xFF) + 256 * (command[5] & 0xFF);
        int height = (command[6] & 0xFF) + 256 * (command[7] & 0xFF);
        if (width == 0 || height == 0 || height > TALLEST_IMAGE) {
            return;
        }
        var image = new BufferedImage(width * 8, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width * 8; x++) {
                boolean black = (command[8 + y * width + x / 8] & 0x80 >> x % 8) != 0;
                image.setRGB(x, y, (black ? Color.BLACK : Color.WHITE).getRGB());
            }
        }
        canvas.picture(image, 0);
        write("[image " + image.getWidth() + " x " + height + "]");
    }

    private void barCode(byte[] command) {
        int from = (command[2] & 0xFF) < 'A' ? 3 : 4;
        int to = from == 3 ? command.length - 1 : command.length;
        String code = new String(command, from, to - from, StandardCharsets.ISO_8859_1);
        canvas.letters("|| " + code + " ||", Style.BOLD);
        write("[bar code " + code + "]");
    }

    /** {@code GS ( k}: function P stores the data of a QR code, function Q prints it. */
    private void symbol(byte[] command) {
        if (command[2] != 'k' || command.length < 7 || command[5] != '1') {
            return;
        }
        if (command[6] == 'P' && command.length > 8) {
            symbol = Arrays.copyOfRange(command, 8, command.length);
        } else if (command[6] == 'Q' && symbol.length > 0) {
            endPartialLine();
            String content = new String(symbol, StandardCharsets.UTF_8);
            try {
                canvas.qr(content);
                write("[QR " + content + "]");
            } catch (IllegalArgumentException _) {
                // More than a QR code holds: a printer leaves it out.
                write("[QR too long]");
            }
        }
    }

    /** What was printed since the last cut; empty when that is only blank paper. */
    private Optional<PrintedSlip> cut() {
        Optional<PrintedSlip> slip = Optional.empty();
        if (touched) {
            slips++;
            slip = Optional.of(new PrintedSlip(slips, text.toString().stripTrailing() + "\n", canvas.image()));
        }
        text.setLength(0);
        canvas = new PaperCanvas(columns);
        touched = false;
        return slip;
    }

    /** Forgets a line that was begun. */
    void forget() {
        line.clear();
    }

    /** The letters behind {@code ESC t}, by Epson's numbers; an unknown number leaves the printer at its first page. */
    private static Charset charset(int number) {
        return CodePage.of(number).map(CodePage::charset).orElseGet(() -> switch (number) {
            case 2 -> Charset.forName("IBM850");
            case 5 -> Charset.forName("IBM865");
            case 39 -> Charset.forName("ISO-8859-2");
            case 40 -> Charset.forName("ISO-8859-15");
            default -> Charset.forName("IBM437");
        });
    }
}
