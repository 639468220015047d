package fi.kimppa.device.printer;

import fi.kimppa.device.printer.Receipt.Style;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Paper that grows as it is printed on, in dots: letters in cells of 12 by 24 on lines of 30, pictures, bar codes and QR codes.
 * Receipts are drawn on it without a printer, and the virtual printer draws on it what it was told. For one thread.
 */
public final class PaperCanvas {
    /** Dots of one letter across (Epson font A). */
    public static final int CELL_WIDTH = 12;
    /** Dots of one letter down (Epson font A). */
    public static final int CELL_HEIGHT = 24;
    /** Dots from line to line: a sixth of an inch at 180 dots an inch, what a printer does unless told otherwise. */
    public static final int LINE_HEIGHT = 30;

    /** White around what is printed, as the edges of the paper. */
    static final int MARGIN = 12;

    private final int columns;
    private final int stride;
    private byte[] rows = new byte[0];
    private int used;

    /** Empty paper of that many letters across. */
    public PaperCanvas(int columns) {
        this.columns = columns;
        this.stride = Dots.stride(width());
    }

    /** Dots that can be printed across. */
    public int width() {
        return columns * CELL_WIDTH;
    }

    /** Prints one line of letters. */
    public void letters(String text, Style style) {
        Letters line = line();
        line.add(text, style);
        line.end();
    }

    /** Begins a line whose letters may differ in style. */
    public Letters line() {
        return new Letters(this);
    }

    /** A line in the making. */
    public static final class Letters {
        private final PaperCanvas canvas;
        private int column;
        private int height = LINE_HEIGHT;

        private Letters(PaperCanvas canvas) {
            this.canvas = canvas;
        }

        /** Adds letters after those that are there; what does not fit on the paper is cut off. */
        public void add(String text, Style style) {
            int scale = style.doubled() ? 2 : 1;
            height = Math.max(height, scale * CELL_HEIGHT);
            canvas.need(height);
            int at = 0;
            while (at < text.length()) {
                boolean own = own(text, at);
                int end = own ? at + 1 : foreignEnd(text, at);
                String piece = text.substring(at, end);
                Dots shape = own
                        ? Typeface.shape(text.codePointAt(at), style.bold())
                        : ForeignLetters.draw(piece, style.bold());
                if (column + scale * Cells.of(piece) <= canvas.columns) {
                    canvas.stamp(shape, column * CELL_WIDTH, canvas.used + (scale == 1 ? 3 : 0), scale);
                    column += scale * Cells.of(piece);
                }
                at = end;
            }
        }

        /** Whether the typeface has a letter and no mark follows that would have to be put on it. */
        private static boolean own(String text, int at) {
            boolean last = at + 1 >= text.length();
            return Typeface.has(text.codePointAt(at)) && (last || Cells.of(text.codePointAt(at + 1)) > 0);
        }

        /** Where letters end that the typeface lacks; blanks between them belong to them. */
        private static int foreignEnd(String text, int from) {
            int end = from;
            int at = from;
            while (at < text.length()) {
                boolean own = own(text, at);
                int letter = text.codePointAt(at);
                at += Character.charCount(letter);
                if (!own) {
                    end = at;
                } else if (letter != ' ') {
                    break;
                }
            }
            return end;
        }

        /** Feeds the paper to the next line. */
        public void end() {
            canvas.feed(height);
        }
    }

    /** Prints a QR code in the middle, with error correction M, its modules of six dots where there is room. */
    void qr(String content) {
        centred(CodePictures.qr(content, CodePictures.qrModule(content, width())));
    }

    /**
     * Prints a QR code as a printer does that is told its size.
     *
     * @param module dots of a module
     * @param share of the free room that is at its left: 0, 1/2 or 1
     * @return false when it does not fit on the paper or holds too much; then nothing is printed, as printers do
     */
    public boolean qr(String content, int module, double share) {
        try {
            Dots code = CodePictures.qr(content, module);
            if (code.width() <= width()) {
                picture(code, (int) ((width() - code.width()) * share));
                return true;
            }
        } catch (IllegalArgumentException _) {
            // More than a QR code holds.
        }
        return false;
    }

    /** Prints a bar code in the middle with its content in letters below. */
    void barCode(Symbology symbology, String content) {
        int module = CodePictures.module(symbology, content, width());
        feed(CodePictures.BAR_GAP);
        barCode(symbology, content, module, CodePictures.BAR_HEIGHT, true, 0.5);
    }

    /**
     * Prints a bar code as a printer does that is told its size.
     *
     * @param module dots of its narrowest bar
     * @param height dots down
     * @param caption whether its content stands below
     * @param share of the free room that is at its left: 0, 1/2 or 1
     * @return false when it does not fit; then nothing is printed, as printers do
     */
    public boolean barCode(Symbology symbology, String content, int module, int height, boolean caption, double share) {
        Dots bars = CodePictures.bars(symbology, content, module, height);
        if (bars.width() > width()) {
            return false;
        }
        int left = (int) ((width() - bars.width()) * share);
        picture(bars, left);
        if (caption) {
            String letters = symbology.caption(content);
            Letters line = line();
            line.column = Math.max(0, (left + bars.width() / 2) / CELL_WIDTH - Cells.of(letters) / 2);
            line.add(letters, Style.PLAIN);
            line.end();
        }
        return true;
    }

    /** Prints a picture as it is; what is wider than the paper is cut off. */
    public void picture(Dots picture, int fromLeft) {
        need(picture.height());
        stamp(picture, Math.max(0, fromLeft), used, 1);
        used += picture.height();
    }

    /** Prints a picture in the middle, made smaller where it is wider than the paper. */
    void centred(Dots picture) {
        Dots fitting = picture.within(width());
        picture(fitting, (width() - fitting.width()) / 2);
    }

    private void stamp(Dots shape, int left, int top, int scale) {
        int across = Math.min(shape.width() * scale, width() - left);
        for (int y = 0; y < shape.height() * scale; y++) {
            for (int x = 0; x < across; x++) {
                int at = left + x;
                if (shape.black(x / scale, y / scale)) {
                    rows[(top + y) * stride + at / 8] |= (byte) (0x80 >> at % 8);
                }
            }
        }
    }

    /** Feeds that many dots. */
    public void feed(int dots) {
        used += dots;
        need(0);
    }

    /** How many dots have been used from the top. */
    public int used() {
        return used;
    }

    private void need(int dots) {
        int bytes = (used + dots) * stride;
        if (bytes > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(bytes, 2 * rows.length));
        }
    }

    /** What is on the paper so far, without margins. */
    Dots dots() {
        int height = Math.max(1, used);
        return new Dots(width(), height, Arrays.copyOf(rows, height * stride));
    }

    /** What is on the paper so far, with white edges. */
    public BufferedImage image() {
        return dots().framed(MARGIN).image();
    }

    /** One line of letters as a picture, for a printer whose code pages lack some of them. */
    static Dots lineImage(String text, Style style, int columns) {
        var canvas = new PaperCanvas(columns);
        canvas.letters(text, style);
        return canvas.dots();
    }
}
