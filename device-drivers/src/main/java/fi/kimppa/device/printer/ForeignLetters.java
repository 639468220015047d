package fi.kimppa.device.printer;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws letters that {@link Typeface} lacks, such as Arabic and Chinese, with what fonts the machine has. Letters that it has not
 * either become empty boxes: nobody takes those for another letter.
 */
final class ForeignLetters {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignLetters.class);
    private static final int SIZE = 20;
    private static final int BASE_LINE = 19;
    private static final int BOX_MARGIN = 4;

    private ForeignLetters() {}

    static Dots draw(String text, boolean bold) {
        int width = Math.max(1, Cells.of(text)) * PaperCanvas.CELL_WIDTH;
        var image = new BufferedImage(width, PaperCanvas.CELL_HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D ink = image.createGraphics();
        ink.setColor(Color.WHITE);
        ink.fillRect(0, 0, width, PaperCanvas.CELL_HEIGHT);
        ink.setColor(Color.BLACK);
        ink.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
        try {
            letters(ink, text, bold, width);
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A machine without any font: Java's fonts then fail in one of these ways.
            LOG.warn("This machine has no fonts for letters such as U+{}", hex(text), e);
            boxes(ink, Cells.of(text));
        } finally {
            ink.dispose();
        }
        return Dots.of(image);
    }

    private static String hex(String text) {
        return String.format("%04X", text.codePointAt(0));
    }

    /** As one piece, so that letters join and run as their script wants; narrowed where they need more room than there is. */
    private static void letters(Graphics2D ink, String text, boolean bold, int width) {
        var font = new Font(Font.DIALOG, bold ? Font.BOLD : Font.PLAIN, SIZE);
        var layout = new TextLayout(text, font, ink.getFontRenderContext());
        double scale = Math.min(1, width / Math.max(1.0, layout.getAdvance()));
        ink.transform(AffineTransform.getScaleInstance(scale, 1));
        layout.draw(ink, 0, BASE_LINE);
    }

    private static void boxes(Graphics2D ink, int cells) {
        for (int cell = 0; cell < cells; cell++) {
            ink.drawRect(
                    cell * PaperCanvas.CELL_WIDTH + 1,
                    BOX_MARGIN,
                    PaperCanvas.CELL_WIDTH - 3,
                    PaperCanvas.CELL_HEIGHT - 2 * BOX_MARGIN);
        }
    }
}
