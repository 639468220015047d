package fi.kimppa.kiosk.screen;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Optional;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.SVGPath;

/** A QR code, dark on white in every look: cameras do not know our colours. FX thread. */
final class QrCode {
    /** The white that a camera wants around it, in modules (ISO/IEC 18004). */
    private static final int QUIET = 4;

    private QrCode() {}

    /**
     * A square of white with the code in it, its modules of whole pixels; empty where it cannot hold so much.
     *
     * @param side pixels
     */
    static Optional<Region> of(String content, double side) {
        ByteMatrix modules;
        try {
            modules = Encoder.encode(content, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            return Optional.empty();
        }
        double pixels = Math.floor(side / (modules.getWidth() + 2 * QUIET));
        if (pixels < 1) {
            return Optional.empty();
        }
        var dark = new SVGPath();
        dark.setContent(path(modules, pixels));
        dark.getStyleClass().add("code");
        double margin = Math.floor((side - modules.getWidth() * pixels) / 2);
        dark.setManaged(false);
        dark.relocate(margin, margin);
        var ground = new Pane(dark);
        ground.getStyleClass().add("code-ground");
        ground.setMinSize(side, side);
        ground.setMaxSize(side, side);
        return Optional.of(ground);
    }

    /** A rectangle for each run of dark modules. */
    private static String path(ByteMatrix modules, double pixels) {
        var path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            int x = 0;
            while (x < modules.getWidth()) {
                int from = x;
                while (x < modules.getWidth() && modules.get(x, y) == 1) {
                    x++;
                }
                if (x > from) {
                    path.append('M')
                            .append(from * pixels)
                            .append(' ')
                            .append(y * pixels)
                            .append('h')
                            .append((x - from) * pixels)
                            .append('v')
                            .append(pixels)
                            .append('h')
                            .append((from - x) * pixels)
                            .append('z');
                }
                x++;
            }
        }
        return path.toString();
    }
}
