package fi.kimppa.device.printer;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import fi.kimppa.device.printer.Receipt.Style;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Paper that grows as it is printed on, in dots: letters in cells of 12 by 24, pictures and QR codes. Receipts are drawn on it
 * without a printer, and the virtual printer draws on it what it was told. For one thread.
 */
public final class PaperCanvas {
    /** Dots of one letter across (Epson font A). */
    public static final int CELL_WIDTH = 12;
    /** Dots of one letter down (Epson font A). */
    public static final int CELL_HEIGHT = 24;

    private static final int MARGIN = 12;
    /** Letters of this size in a monospaced font are 12 dots wide. */
    private static final int FONT_SIZE = 20;

    private static final int BASE_LINE = 18;

    private final int columns;
    private BufferedImage paper;
    private int used = MARGIN;

    /** Empty paper of that many letters across. */
    public PaperCanvas(int columns) {
        this.columns = columns;
        this.paper = new BufferedImage(columns * CELL_WIDTH + 2 * MARGIN, 512, BufferedImage.TYPE_BYTE_GRAY);
        clear(paper);
    }

    /** Prints one line of letters. */
    public void letters(String text, Style style) {
        var line = new Letters(this);
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
        private boolean tall;

        private Letters(PaperCanvas canvas) {
            this.canvas = canvas;
        }

        /** Adds letters after those that are there; what does not fit on the paper is cut off. */
        public void add(String text, Style style) {
            tall |= style.doubled();
            canvas.need(2 * CELL_HEIGHT);
            Graphics2D ink = canvas.ink();
            ink.setFont(new Font(Font.MONOSPACED, style.bold() ? Font.BOLD : Font.PLAIN, FONT_SIZE));
            int scale = style.doubled() ? 2 : 1;
            for (int c : text.codePoints().toArray()) {
                if (column + scale <= canvas.columns) {
                    Graphics2D cell = (Graphics2D) ink.create();
                    cell.translate(MARGIN + column * CELL_WIDTH, canvas.used);
                    cell.scale(scale, scale);
                    cell.drawString(Character.toString(c), 0, BASE_LINE);
                    cell.dispose();
                    column += scale;
                }
            }
            ink.dispose();
        }

        /** Feeds the paper to the next line. */
        public void end() {
            canvas.used += tall ? 2 * CELL_HEIGHT : CELL_HEIGHT;
            canvas.need(0);
        }
    }

    /** Prints a QR code in the middle, with error correction M. */
    public void qr(String content) {
        BitMatrix code = qrCode(content);
        int module = Math.max(1, Math.min(6, columns * CELL_WIDTH / code.getWidth()));
        var picture =
                new BufferedImage(code.getWidth() * module, code.getHeight() * module, BufferedImage.TYPE_BYTE_GRAY);
        clear(picture);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (code.get(x / module, y / module)) {
                    picture.setRGB(x, y, Color.BLACK.getRGB());
                }
            }
        }
        picture(picture, (columns * CELL_WIDTH - picture.getWidth()) / 2);
    }

    private static BitMatrix qrCode(String content) {
        try {
            // Width and height of 0: one dot a module.
            return new QRCodeWriter()
                    .encode(
                            content,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8"));
        } catch (WriterException e) {
            throw new IllegalArgumentException("A QR code cannot hold " + content.length() + " characters", e);
        }
    }

    /** Prints a picture as it is. */
    public void picture(BufferedImage picture, int fromLeft) {
        need(picture.getHeight());
        Graphics2D ink = ink();
        ink.drawImage(picture, MARGIN + Math.max(0, fromLeft), used, null);
        ink.dispose();
        used += picture.getHeight();
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

    /** What is on the paper so far, down to where it stands. */
    public BufferedImage image() {
        need(MARGIN);
        var image = new BufferedImage(paper.getWidth(), used + MARGIN, BufferedImage.TYPE_BYTE_GRAY);
        image.createGraphics().drawImage(paper, 0, 0, null);
        return image;
    }

    private Graphics2D ink() {
        Graphics2D ink = paper.createGraphics();
        ink.setColor(Color.BLACK);
        ink.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return ink;
    }

    private void need(int dots) {
        if (used + dots <= paper.getHeight()) {
            return;
        }
        var longer = new BufferedImage(paper.getWidth(), (used + dots) * 2, BufferedImage.TYPE_BYTE_GRAY);
        clear(longer);
        longer.createGraphics().drawImage(paper, 0, 0, null);
        paper = longer;
    }

    private static void clear(BufferedImage image) {
        Graphics2D ink = image.createGraphics();
        ink.setColor(Color.WHITE);
        ink.fillRect(0, 0, image.getWidth(), image.getHeight());
        ink.dispose();
    }

    /** One line of letters as a picture without margins, for a printer whose code pages lack some of them. */
    static BufferedImage lineImage(String text, Style style, int columns) {
        var canvas = new PaperCanvas(columns);
        canvas.letters(text, style);
        return canvas.paper.getSubimage(MARGIN, MARGIN, columns * CELL_WIDTH, canvas.used - MARGIN);
    }
}
