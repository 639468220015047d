package fi.kimppa.kiosk.paper;

import fi.kimppa.device.printer.Dots;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The library's logo as black dots. One that is light on nothing, made for a dark ground, is printed by its outline. */
final class LogoDots {
    private static final int MOST_HIGH = 96;
    private static final int MOST_WIDE = 384;

    /** Less ink than this part of what is not transparent is hardly seen on white paper. */
    private static final double FAINT = 0.25;

    private LogoDots() {}

    /** The picture of a file, in a size for paper; empty where it has gone since it was checked. */
    static Optional<Dots> of(Path file) {
        try {
            return Optional.ofNullable(ImageIO.read(file.toFile())).map(picture -> Dots.of(visible(small(picture))));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static BufferedImage small(BufferedImage picture) {
        double scale = Math.min(
                1.0, Math.min((double) MOST_HIGH / picture.getHeight(), (double) MOST_WIDE / picture.getWidth()));
        var small = new BufferedImage(
                Math.max(1, (int) Math.round(picture.getWidth() * scale)),
                Math.max(1, (int) Math.round(picture.getHeight() * scale)),
                BufferedImage.TYPE_INT_ARGB);
        Graphics2D ink = small.createGraphics();
        ink.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        ink.drawImage(picture, 0, 0, small.getWidth(), small.getHeight(), null);
        ink.dispose();
        return small;
    }

    private static BufferedImage visible(BufferedImage picture) {
        long there = 0;
        long ink = 0;
        boolean seeThrough = false;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int pixel = picture.getRGB(x, y);
                int alpha = pixel >>> 24;
                int light = (299 * (pixel >> 16 & 0xff) + 587 * (pixel >> 8 & 0xff) + 114 * (pixel & 0xff)) / 1000;
                there += alpha;
                ink += (long) alpha * (255 - light) / 255;
                seeThrough |= alpha < 128;
            }
        }
        return seeThrough && ink < FAINT * there ? outline(picture) : picture;
    }

    private static BufferedImage outline(BufferedImage picture) {
        var black = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                black.setRGB(x, y, picture.getRGB(x, y) & 0xff000000);
            }
        }
        return black;
    }
}
