package fi.kimppa.device.printer;

import fi.kimppa.device.printer.Receipt.Style;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns a receipt into ESC/POS (Epson's specification as in public manuals). Each run of letters gets the first code page that has
 * them; a line with a letter that no page has is printed as a picture. Nothing ever becomes a question mark.
 */
final class EscPosEncoder {
    private static final int ESC = 0x1B;
    private static final int GS = 0x1D;
    private static final int FEED_BEFORE_CUT = 3;
    private static final int QR_MODULE = 6;

    private final int columns;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CodePage page = CodePage.CP858;
    private Style style = Style.PLAIN;

    private EscPosEncoder(int columns) {
        this.columns = columns;
    }

    /** The bytes of a whole receipt, ending with a cut. */
    static byte[] encode(Receipt receipt, int columns) {
        var encoder = new EscPosEncoder(columns);
        encoder.begin();
        boolean cut = false;
        for (ReceiptLayout.Line line : ReceiptLayout.lay(receipt, columns)) {
            cut = line instanceof ReceiptLayout.Line.Cut;
            switch (line) {
                case ReceiptLayout.Line.Letters(String text, Style style) -> encoder.letters(text, style);
                case ReceiptLayout.Line.Code(String content) -> encoder.qr(content);
                case ReceiptLayout.Line.Cut() -> encoder.cut();
            }
        }
        if (!cut) {
            encoder.cut();
        }
        return encoder.out.toByteArray();
    }

    /** Initialise; international set 0, because set 5 replaces brackets and braces; code page. */
    private void begin() {
        write(ESC, '@', ESC, 'R', 0, ESC, 't', page.number());
    }

    private void letters(String text, Style next) {
        boolean printable = text.codePoints()
                .mapToObj(Character::toString)
                .allMatch(letter -> Arrays.stream(CodePage.values()).anyMatch(candidate -> candidate.has(letter)));
        if (!printable) {
            raster(PaperCanvas.lineImage(text, next, columns));
            return;
        }
        if (next.bold() != style.bold()) {
            write(ESC, 'E', next.bold() ? 1 : 0);
        }
        if (next.doubled() != style.doubled()) {
            write(GS, '!', next.doubled() ? 0x11 : 0);
        }
        style = next;
        for (int c : text.codePoints().toArray()) {
            letter(Character.toString(c));
        }
        write('\n');
    }

    private void letter(String letter) {
        if (!page.has(letter)) {
            Optional<CodePage> other = Arrays.stream(CodePage.values())
                    .filter(candidate -> candidate.has(letter))
                    .findFirst();
            page = other.orElseThrow();
            write(ESC, 't', page.number());
        }
        out.writeBytes(letter.getBytes(page.charset()));
    }

    /** {@code GS v 0}: width in bytes, height in dots, most significant bit at the left, 1 is black. */
    private void raster(BufferedImage image) {
        int width = (image.getWidth() + 7) / 8;
        write(GS, 'v', '0', 0, width & 0xFF, width >> 8, image.getHeight() & 0xFF, image.getHeight() >> 8);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < width * 8; x += 8) {
                int bits = 0;
                for (int i = 0; i < 8; i++) {
                    boolean black = x + i < image.getWidth() && (image.getRGB(x + i, y) & 0xFF) < 0x80;
                    bits = (bits << 1) | (black ? 1 : 0);
                }
                out.write(bits);
            }
        }
    }

    private void qr(String content) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        int length = data.length + 3;
        write(ESC, 'a', 1);
        write(GS, '(', 'k', 4, 0, '1', 'A', '2', 0);
        write(GS, '(', 'k', 3, 0, '1', 'C', QR_MODULE);
        write(GS, '(', 'k', 3, 0, '1', 'E', '1');
        write(GS, '(', 'k', length & 0xFF, length >> 8, '1', 'P', '0');
        out.writeBytes(data);
        write(GS, '(', 'k', 3, 0, '1', 'Q', '0');
        write(ESC, 'a', 0);
    }

    private void cut() {
        write(ESC, 'd', FEED_BEFORE_CUT, GS, 'V', 1);
    }

    private void write(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
    }
}
