package fi.kimppa.kiosk.screen;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Many pictures on one, so that a person sees at a glance what changed. */
final class ContactSheet {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 220;
    private static final int GAP = 12;
    private static final int HEAD = 24;

    private ContactSheet() {}

    /**
     * Writes a sheet.
     *
     * @param folders one column each, named by their last parts
     * @param names one row each, as the pictures are called
     */
    static void write(Path png, List<Path> folders, List<String> names) throws IOException {
        var sheet = new BufferedImage(
                GAP + folders.size() * (WIDTH + GAP),
                HEAD + GAP + names.size() * (HEIGHT + HEAD + GAP),
                BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = sheet.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(new Color(0x30, 0x38, 0x38));
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        pen.setColor(Color.WHITE);
        for (int column = 0; column < folders.size(); column++) {
            Path folder = folders.get(column);
            int x = GAP + column * (WIDTH + GAP);
            Path display = folder.getName(folder.getNameCount() - 3);
            pen.drawString(display + "  " + folder.getFileName(), x, HEAD);
            for (int row = 0; row < names.size(); row++) {
                int y = HEAD + GAP + row * (HEIGHT + HEAD + GAP);
                pen.drawString(names.get(row), x, y + HEAD - GAP / 2);
                Path picture = folder.resolve(names.get(row) + ".png");
                if (Files.exists(picture)) {
                    draw(pen, ImageIO.read(picture.toFile()), x, y + HEAD);
                }
            }
        }
        pen.dispose();
        ImageIO.write(sheet, "png", png.toFile());
    }

    /** Halved until it is nearly small enough, or thin strokes would get lost. */
    private static void draw(Graphics2D pen, BufferedImage picture, int x, int y) {
        BufferedImage smaller = picture;
        double scale = Math.min((double) WIDTH / picture.getWidth(), (double) HEIGHT / picture.getHeight());
        int width = (int) (picture.getWidth() * scale);
        int height = (int) (picture.getHeight() * scale);
        while (smaller.getWidth() > 2 * width) {
            smaller = half(smaller);
        }
        pen.drawImage(smaller, x, y, width, height, null);
    }

    private static BufferedImage half(BufferedImage picture) {
        var half = new BufferedImage(picture.getWidth() / 2, picture.getHeight() / 2, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = half.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(picture, 0, 0, half.getWidth(), half.getHeight(), null);
        pen.dispose();
        return half;
    }
}
