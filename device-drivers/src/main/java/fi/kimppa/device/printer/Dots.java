package fi.kimppa.device.printer;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** A picture of black dots on white paper. Immutable; equal when all dots are. */
public final class Dots {
    private static final int WHITE = 255;

    private final int width;
    private final int height;
    private final byte[] rows;

    /** Keeps {@code rows}: bytes of eight dots, the leftmost in the highest bit, each row beginning with a byte of its own. */
    Dots(int width, int height, byte[] rows) {
        if (width < 1 || height < 1 || rows.length != stride(width) * height) {
            throw new IllegalArgumentException("Expected a picture, found " + width + " by " + height + " dots");
        }
        this.width = width;
        this.height = height;
        this.rows = rows;
    }

    /**
     * A picture as {@code GS v 0} carries it.
     *
     * @param width dots across, a multiple of 8
     * @param data bytes of eight dots, the leftmost in the highest bit, a one is black
     */
    public static Dots packed(int width, int height, byte[] data) {
        return new Dots(width, height, data.clone());
    }

    static int stride(int width) {
        return (width + 7) / 8;
    }

    /** A picture in black and white. What is neither becomes a pattern of dots (Floyd and Steinberg's); what is transparent, white. */
    public static Dots of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] rows = new byte[stride(width) * height];
        int[] error = new int[width + 2];
        for (int y = 0; y < height; y++) {
            int[] next = new int[width + 2];
            int ahead = 0;
            for (int x = 0; x < width; x++) {
                int wanted = grey(image.getRGB(x, y)) + (error[x + 1] + ahead) / 16;
                boolean black = wanted <= WHITE / 2;
                if (black) {
                    rows[y * stride(width) + x / 8] |= (byte) (0x80 >> x % 8);
                }
                int off = wanted - (black ? 0 : WHITE);
                ahead = 7 * off;
                next[x] += 3 * off;
                next[x + 1] += 5 * off;
                next[x + 2] += off;
            }
            error = next;
        }
        return new Dots(width, height, rows);
    }

    private static int grey(int argb) {
        int alpha = argb >>> 24;
        int light = (299 * (argb >> 16 & 0xFF) + 587 * (argb >> 8 & 0xFF) + 114 * (argb & 0xFF)) / 1000;
        return (light * alpha + WHITE * (255 - alpha)) / 255;
    }

    /** Dots across. */
    public int width() {
        return width;
    }

    /** Dots down. */
    public int height() {
        return height;
    }

    /** Whether a dot is black; outside of the picture all is white. */
    public boolean black(int x, int y) {
        return x >= 0 && x < width && y >= 0 && y < height && (rows[y * stride(width) + x / 8] & 0x80 >> x % 8) != 0;
    }

    /** The rows from {@code from} on, as {@code GS v 0} wants them. */
    byte[] rows(int from, int count) {
        return Arrays.copyOfRange(rows, from * stride(width), (from + count) * stride(width));
    }

    /** The same picture, made smaller where it is wider than {@code most} dots. */
    Dots within(int most) {
        if (width <= most) {
            return this;
        }
        var small = new BufferedImage(most, Math.max(1, height * most / width), BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D ink = small.createGraphics();
        ink.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        ink.drawImage(image(), 0, 0, small.getWidth(), small.getHeight(), null);
        ink.dispose();
        return of(small);
    }

    /** The same picture with so many white dots around it. */
    Dots framed(int margin) {
        int wide = width + 2 * margin;
        byte[] framed = new byte[stride(wide) * (height + 2 * margin)];
        int shift = margin % 8;
        for (int i = 0; i < rows.length; i++) {
            int from = (i / stride(width) + margin) * stride(wide) + margin / 8 + i % stride(width);
            int eight = rows[i] & 0xFF;
            framed[from] |= (byte) (eight >> shift);
            // Behind the last dot of a row there is nothing to carry over.
            if ((byte) (eight << (8 - shift)) != 0) {
                framed[from + 1] |= (byte) (eight << (8 - shift));
            }
        }
        return new Dots(wide, height + 2 * margin, framed);
    }

    /** The picture for a screen or a file. */
    public BufferedImage image() {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < rows.length; i++) {
            // In pictures of this type a one is white.
            pixels[i] = (byte) ~rows[i];
        }
        return image;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dots that && width == that.width && Arrays.equals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
        return width + " x " + height + " dots";
    }
}
