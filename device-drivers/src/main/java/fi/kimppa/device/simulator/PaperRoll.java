package fi.kimppa.device.simulator;

import fi.kimppa.device.printer.CodePage;
import fi.kimppa.device.printer.Dots;
import fi.kimppa.device.printer.PaperCanvas;
import fi.kimppa.device.printer.Receipt.Style;
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
    private int symbolModule = 3;
    private int barHeight = 162;
    private int barModule = 3;
    private int barCaption;

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
        } else if (isCut(command)) {
            endPartialLine();
            return cut();
        } else if (first == ESC) {
            escape(command[1] & 0xFF, command);
        } else if (first == GS) {
            group(command[1] & 0xFF, command);
        }
        return canvas.used() > LONGEST_SLIP ? cut() : Optional.empty();
    }

    /** {@code GS V}, {@code ESC i} and {@code ESC m}. */
    static boolean isCut(byte[] command) {
        return command.length >= 2
                && ((command[0] == GS && command[1] == 'V')
                        || (command[0] == ESC && (command[1] == 'i' || command[1] == 'm')));
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
                symbolModule = 3;
                barHeight = 162;
                barModule = 3;
                barCaption = 0;
            }
            case 't' -> charset = charset(operand);
            case 'E' -> style = new Style((operand & 1) != 0, style.doubled());
            case '!' -> style = new Style((operand & 0x08) != 0, (operand & 0x30) == 0x30);
            case 'a' -> align = operand % 48;
            case 'J' -> {
                endPartialLine();
                canvas.feed(operand);
            }
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
            case 'h' -> barHeight = command[2] & 0xFF;
            case 'w' -> barModule = Math.clamp(command[2] & 0xFF, 1, 6);
            case 'H' -> barCaption = command[2] % 48;
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
        canvas.feed(lines * PaperCanvas.LINE_HEIGHT);
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
        Dots dots = Dots.packed(width * 8, height, Arrays.copyOfRange(command, 8, command.length));
        canvas.picture(dots, (int) ((canvas.width() - dots.width()) * share()));
        write("[image " + dots.width() + " x " + height + "]");
    }

    /** How much of the free room is at the left. */
    private double share() {
        return align == CENTRE ? 0.5 : align == RIGHT ? 1 : 0;
    }

    /** A printer leaves out what it cannot show and what is wider than its paper. */
    private void barCode(byte[] command) {
        BarCodeBytes code = BarCodeBytes.of(command);
        boolean drawn = code.symbology()
                .map(symbology -> canvas.barCode(
                        symbology, code.content(), barModule, Math.max(1, barHeight), barCaption > 0, share()))
                .orElse(false);
        if (drawn) {
            write("[" + code.symbology().orElseThrow() + " " + code.content() + "]");
        } else {
            write("[bar code not printed]");
        }
    }

    /** {@code GS ( k}: function C sets the size of a QR code, P stores its data, Q prints it. */
    private void symbol(byte[] command) {
        if (command[2] != 'k' || command.length < 7 || command[5] != '1') {
            return;
        }
        if (command[6] == 'C' && command.length > 7) {
            symbolModule = Math.clamp(command[7] & 0xFF, 1, 16);
        } else if (command[6] == 'P' && command.length > 8) {
            symbol = Arrays.copyOfRange(command, 8, command.length);
        } else if (command[6] == 'Q' && symbol.length > 0) {
            endPartialLine();
            String content = new String(symbol, StandardCharsets.UTF_8);
            boolean drawn = canvas.qr(content, symbolModule, share());
            write(drawn ? "[QR " + content + "]" : "[QR not printed]");
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

    /** How long the piece is that is being printed, in dots. */
    int used() {
        return canvas.used();
    }

    /** The letters behind {@code ESC t}, by Epson's numbers; an unknown number leaves the printer at its first page. */
    private static Charset charset(int number) {
        return CodePage.of(number).orElse(CodePage.CP437).charset();
    }
}
