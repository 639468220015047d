package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Branding.Logo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelReader;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javax.imageio.ImageIO;

/** The library's logo: a PNG, which JavaFX draws without help. */
public final class LogoPicture {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int MOST_BYTES = 512 * 1024;
    private static final int LEAST_PIXELS = 32;
    private static final int MOST_PIXELS = 2000;
    private static final int MOST_TIMES_AS_WIDE = 6;

    private LogoPicture() {}

    /** What is wrong with a file and what to do; empty for a good one. */
    public static Optional<String> fault(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.of("expected at most " + MOST_BYTES / 1024 + " kB, found " + Files.size(file) / 1024
                        + " kB; save it smaller");
            }
            byte[] bytes = Files.readAllBytes(file);
            if (!Arrays.equals(bytes, 0, Math.min(bytes.length, PNG.length), PNG, 0, PNG.length)) {
                return Optional.of("expected a PNG picture; save it as PNG");
            }
            return decoded(bytes)
                    .map(picture -> size(picture.getWidth(), picture.getHeight()))
                    .orElse(Optional.of("the PNG picture is damaged; save it again"));
        } catch (IOException _) {
            return Optional.of("the picture " + file + " cannot be read: put it there, readable for the kiosk");
        }
    }

    private static Optional<BufferedImage> decoded(byte[] bytes) {
        try {
            return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(bytes)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> size(int width, int height) {
        boolean good = Math.min(width, height) >= LEAST_PIXELS
                && Math.max(width, height) <= MOST_PIXELS
                && width <= MOST_TIMES_AS_WIDE * height;
        return good
                ? Optional.empty()
                : Optional.of("expected " + LEAST_PIXELS + " to " + MOST_PIXELS + " pixels each way and at most "
                        + MOST_TIMES_AS_WIDE + " times as wide as high, found " + width + " x " + height
                        + "; save it in another size");
    }

    private static Node onPlate(ImageView view) {
        var plate = new StackPane(view);
        plate.getStyleClass().addAll("logo-plate", light(view.getImage()) ? "under-light" : "under-dark");
        return plate;
    }

    /** Whether what is seen of a picture is light rather than dark. */
    private static boolean light(Image image) {
        PixelReader pixels = image.getPixelReader();
        double there = 0;
        double light = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color pixel = pixels.getColor(x, y);
                there += pixel.getOpacity();
                light += pixel.getOpacity() * pixel.grayscale().getRed();
            }
        }
        return light > there / 2;
    }

    /**
     * The picture, so many pixels high; empty where the file has gone since it was checked. FX thread.
     *
     * @param plate whether it stands on a ground of its own, dark or light, from which it stands out whatever is behind
     */
    static Optional<Node> of(Logo logo, double height, boolean plate) {
        try {
            var image = new Image(new ByteArrayInputStream(Files.readAllBytes(logo.file())));
            var view = new ImageView(image);
            view.setPreserveRatio(true);
            view.setSmooth(true);
            view.setFitHeight(height);
            view.setId("logo");
            if (image.isError()) {
                return Optional.empty();
            }
            return Optional.of(plate ? onPlate(view) : view);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
