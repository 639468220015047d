package fi.kimppa.device.printer;

import fi.kimppa.device.printer.Receipt.Style;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws a receipt as it would look on paper, without a printer. Pure; any thread. */
public final class ReceiptPicture {
    private ReceiptPicture() {}

    /**
     * Draws black on white, dot by dot the same on every machine.
     *
     * @param columns characters per line, 12 dots each
     */
    public static BufferedImage draw(Receipt receipt, int columns) {
        var canvas = new PaperCanvas(columns);
        for (ReceiptLayout.Line line : ReceiptLayout.lay(receipt, columns)) {
            switch (line) {
                case ReceiptLayout.Line.Letters(String text, Style style) -> canvas.letters(text, style);
                case ReceiptLayout.Line.Qr(String content) -> canvas.qr(content);
                case ReceiptLayout.Line.Bars(Symbology symbology, String content) -> canvas.barCode(symbology, content);
                case ReceiptLayout.Line.Picture(Dots dots) -> canvas.centred(dots);
                case ReceiptLayout.Line.Cut() -> canvas.feed(PaperCanvas.LINE_HEIGHT);
            }
        }
        return canvas.image();
    }

    /** The same as the bytes of a PNG file. */
    public static byte[] png(Receipt receipt, int columns) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(draw(receipt, columns), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
