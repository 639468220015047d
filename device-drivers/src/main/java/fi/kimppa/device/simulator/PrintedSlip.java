package fi.kimppa.device.simulator;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * A piece of paper that the virtual printer cut off, made from the bytes that it received.
 *
 * @param number counts from 1 since the printer was started
 * @param text its letters, line by line; a raster image appears as a line of {@code [image w x h]}
 * @param picture how it looks; callers must not draw on it
 */
public record PrintedSlip(int number, String text, BufferedImage picture) {
    /** The picture as the bytes of a PNG file. */
    public byte[] png() {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
