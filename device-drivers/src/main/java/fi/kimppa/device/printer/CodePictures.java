package fi.kimppa.device.printer;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.MultiFormatWriter;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** Bar codes and QR codes as dots, by ZXing. Pure. */
final class CodePictures {
    /** Dots down, about a centimetre at 203 dots an inch. */
    static final int BAR_HEIGHT = 80;

    /** White above the bars, as much as the letters below them have, so that the line before does not touch them. */
    static final int BAR_GAP = 12;

    private static final int LARGEST_QR_MODULE = 6;
    private static final int LARGEST_MODULE = 3;
    private static final int SMALLEST_MODULE = 2;
    /** The white that a scanner wants at each side, in modules (ISO/IEC 15417, 16388: ten). */
    private static final int QUIET = 10;

    private CodePictures() {}

    /**
     * A QR code with error correction M and four modules of white around it.
     *
     * @throws IllegalArgumentException when it cannot hold so much
     */
    static Dots qr(String content, int module) {
        BitMatrix code = encode(
                content,
                BarcodeFormat.QR_CODE,
                Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.CHARACTER_SET, "UTF-8"));
        return enlarged(code, module, code.getHeight() * module, module);
    }

    /** Dots of a module of a QR code: six, or fewer where the paper is too narrow for that. */
    static int qrModule(String content, int paper) {
        return Math.clamp(paper / qr(content, 1).width(), 1, LARGEST_QR_MODULE);
    }

    /** The bars alone, without white at the sides. */
    static Dots bars(Symbology symbology, String content, int module, int height) {
        return enlarged(modules(symbology, content), module, height, height);
    }

    /** Dots of the narrowest bar that suits a paper; 0 when the code is too long for it. */
    static int module(Symbology symbology, String content, int paper) {
        int width = modules(symbology, content).getWidth();
        for (int module = LARGEST_MODULE; module >= SMALLEST_MODULE; module--) {
            // On the smallest size the white edges of the paper help.
            int quiet = module == SMALLEST_MODULE ? 0 : 2 * QUIET;
            if ((width + quiet) * module <= paper) {
                return module;
            }
        }
        return 0;
    }

    private static BitMatrix modules(Symbology symbology, String content) {
        Map<EncodeHintType, Object> hints = symbology == Symbology.CODE128
                ? Map.of(EncodeHintType.MARGIN, 0, EncodeHintType.FORCE_CODE_SET, pairs(content) ? "C" : "B")
                : Map.of(EncodeHintType.MARGIN, 0);
        return encode(symbology.whole(content), symbology.format(), hints);
    }

    /**
     * Whether CODE128's set C, two digits in one sign, shows all of it. On their way to a printer the pairs are bytes, and it would obey
     * those that spell DLE EOT, DLE ENQ or DLE DC4.
     */
    static boolean pairs(String content) {
        return content.matches("(\\d\\d){2,}") && !content.matches("(\\d\\d)*?16(04|05|20).*");
    }

    private static BitMatrix encode(String content, BarcodeFormat format, Map<EncodeHintType, ?> hints) {
        try {
            // Width and height of 0: one dot a module.
            return new MultiFormatWriter().encode(content, format, 0, 0, hints);
        } catch (WriterException e) {
            throw new IllegalArgumentException("A " + format + " cannot hold " + content.length() + " characters", e);
        }
    }

    /** One row of modules makes {@code rowHeight} rows of dots. */
    private static Dots enlarged(BitMatrix code, int module, int height, int rowHeight) {
        int width = code.getWidth() * module;
        byte[] rows = new byte[Dots.stride(width) * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (code.get(x / module, Math.min(y / rowHeight, code.getHeight() - 1))) {
                    rows[y * Dots.stride(width) + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return new Dots(width, height, rows);
    }
}
