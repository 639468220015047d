package fi.kimppa.gateway.transit;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.oned.Code128Writer;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/** Codes that scanners read, as drawings for paper. Pure. */
final class Codes {
    /** Quiet zone of a QR code in modules (ISO/IEC 18004, 5.3.8). */
    private static final int QUIET = 4;
    /** Quiet zone of Code 128 at both sides together, in modules (ISO/IEC 15417, 4.2 d). */
    private static final int QUIET_BARS = 20;

    private Codes() {}

    /**
     * A drawing in black on white.
     *
     * @param width in modules
     * @param height in modules
     * @param path of an SVG, what is black
     */
    record Drawing(int width, int height, String path) {}

    /** A QR code of this text. */
    static Drawing qr(String text) {
        try {
            return drawing(
                    new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, QUIET)));
        } catch (WriterException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A Code 128 of this text, one module high: the page stretches it. */
    static Drawing bars(String text) {
        return drawing(new Code128Writer()
                .encode(text, BarcodeFormat.CODE_128, 0, 1, Map.of(EncodeHintType.MARGIN, QUIET_BARS)));
    }

    private static Drawing drawing(BitMatrix black) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < black.getHeight(); y++) {
            int begin = 0;
            for (int x = 0; x <= black.getWidth(); x++) {
                boolean dark = x < black.getWidth() && black.get(x, y);
                if (!dark) {
                    if (x > begin) {
                        path.append('M').append(begin).append(' ').append(y);
                        path.append('h')
                                .append(x - begin)
                                .append("v1h-")
                                .append(x - begin)
                                .append('z');
                    }
                    begin = x + 1;
                }
            }
        }
        return new Drawing(black.getWidth(), black.getHeight(), path.toString());
    }
}
