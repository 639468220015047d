package fi.kimppa.device.printer;

import fi.kimppa.device.printer.Receipt.Style;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a receipt into ESC/POS (Epson's specification as in public manuals). Letters are printed on the first code page of the printer
 * that has them, switching within a line; a line with a letter that no page has is printed as a picture. Nothing ever becomes a
 * question mark.
 */
final class EscPosEncoder {
    private static final int DLE = 0x10;
    private static final int ESC = 0x1B;
    private static final int GS = 0x1D;
    private static final int FEED_BEFORE_CUT = 3;
    private static final int MODEL_2 = '2';
    private static final int CORRECTION_M = '1';
    private static final int CAPTION_BELOW = 2;

    private final int columns;
    private final PrinterProfile profile;
    private final List<byte[]> lines = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CodePage page;
    private Style style = Style.PLAIN;

    private EscPosEncoder(int columns, PrinterProfile profile) {
        this.columns = columns;
        this.profile = profile;
        this.page = profile.pages().keySet().iterator().next();
    }

    /** The bytes of a whole receipt, ending with a cut. */
    static byte[] encode(Receipt receipt, int columns, PrinterProfile profile) {
        var bytes = new ByteArrayOutputStream();
        lines(receipt, columns, profile).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** The same line by line, of a tall picture band by band: between them other commands may stand. */
    static List<byte[]> lines(Receipt receipt, int columns, PrinterProfile profile) {
        var encoder = new EscPosEncoder(columns, profile);
        encoder.begin();
        boolean cut = false;
        for (ReceiptLayout.Line line : ReceiptLayout.lay(receipt, columns)) {
            cut = line instanceof ReceiptLayout.Line.Cut;
            switch (line) {
                case ReceiptLayout.Line.Letters(String text, Style style) -> encoder.letters(text, style);
                case ReceiptLayout.Line.Qr(String content) -> encoder.qr(content);
                case ReceiptLayout.Line.Bars(Symbology symbology, String content) -> encoder.bars(symbology, content);
                case ReceiptLayout.Line.Picture(Dots dots) -> encoder.picture(dots);
                case ReceiptLayout.Line.Cut() -> encoder.cut();
            }
            encoder.endLine();
        }
        if (!cut) {
            encoder.cut();
            encoder.endLine();
        }
        return encoder.lines;
    }

    private void endLine() {
        lines.add(out.toByteArray());
        out.reset();
    }

    /** What parts half a receipt, which a printer has left, from all that follows. */
    static byte[] partRemains(PrinterProfile profile) {
        var encoder = new EscPosEncoder(1, profile);
        encoder.write(ESC, '@');
        encoder.cut();
        return encoder.out.toByteArray();
    }

    /** How often a receipt is cut when it is printed. */
    static int cuts(Receipt receipt) {
        int cuts = (int) receipt.elements().stream()
                .filter(Receipt.Element.Cut.class::isInstance)
                .count();
        boolean cutAtEnd = !receipt.elements().isEmpty() && receipt.elements().getLast() instanceof Receipt.Element.Cut;
        return cutAtEnd ? cuts : cuts + 1;
    }

    /** Initialise; international set 0, because set 5 replaces brackets and braces; code page. */
    private void begin() {
        write(ESC, '@', ESC, 'R', 0);
        select(page);
    }

    private void select(CodePage next) {
        page = next;
        write(ESC, 't', profile.pages().getOrDefault(next, next.number()));
    }

    private void letters(String text, Style next) {
        if (text.codePoints().anyMatch(letter -> pageOf(letter).isEmpty())) {
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
        for (int letter : text.codePoints().toArray()) {
            if (!page.has(letter)) {
                select(pageOf(letter).orElseThrow());
            }
            out.write(page.encode(letter));
        }
        write('\n');
    }

    private Optional<CodePage> pageOf(int letter) {
        return profile.pages().keySet().stream()
                .filter(candidate -> candidate.has(letter))
                .findFirst();
    }

    private void picture(Dots dots) {
        Dots fitting = dots.within(columns * PaperCanvas.CELL_WIDTH);
        centred(() -> raster(fitting));
    }

    /** {@code GS v 0}: width in bytes, height in dots, most significant bit at the left, 1 is black; in bands a printer can hold. */
    private void raster(Dots dots) {
        int width = Dots.stride(dots.width());
        for (int y = 0; y < dots.height(); y += profile.rasterRows()) {
            if (y > 0) {
                endLine();
            }
            int rows = Math.min(profile.rasterRows(), dots.height() - y);
            write(GS, 'v', '0', 0, width & 0xFF, width >> 8, rows & 0xFF, rows >> 8);
            out.writeBytes(harmless(dots.rows(y, rows)));
        }
    }

    /** A printer obeys DLE commands within a picture too; one more dot makes them something else. */
    private static byte[] harmless(byte[] data) {
        for (int i = 1; i < data.length; i++) {
            boolean command = data[i] == 0x04 || data[i] == 0x05 || data[i] == 0x14;
            if (data[i - 1] == DLE && command) {
                data[i] |= 0x02;
            }
        }
        return data;
    }

    /** {@code GS ( k}: model, size of a module, error correction M, contents, print. */
    private void qr(String content) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        int length = data.length + 3;
        int module = CodePictures.qrModule(content, columns * PaperCanvas.CELL_WIDTH);
        centred(() -> {
            write(GS, '(', 'k', 4, 0, '1', 'A', MODEL_2, 0);
            write(GS, '(', 'k', 3, 0, '1', 'C', module);
            write(GS, '(', 'k', 3, 0, '1', 'E', CORRECTION_M);
            write(GS, '(', 'k', length & 0xFF, length >> 8, '1', 'P', '0');
            out.writeBytes(data);
            write(GS, '(', 'k', 3, 0, '1', 'Q', '0');
        });
    }

    /** White above, height, width, caption below, and {@code GS k} in form B. */
    private void bars(Symbology symbology, String content) {
        int module = CodePictures.module(symbology, content, columns * PaperCanvas.CELL_WIDTH);
        byte[] data = barData(symbology, content);
        write(ESC, 'J', CodePictures.BAR_GAP);
        centred(() -> {
            write(GS, 'h', CodePictures.BAR_HEIGHT, GS, 'w', module, GS, 'H', CAPTION_BELOW);
            write(GS, 'k', symbology.number(), data.length);
            out.writeBytes(data);
        });
    }

    /** CODE128 names its set first: C takes digits by pairs, in B a brace is doubled. */
    private static byte[] barData(Symbology symbology, String content) {
        if (symbology != Symbology.CODE128) {
            return symbology.whole(content).getBytes(StandardCharsets.US_ASCII);
        }
        if (!CodePictures.pairs(content)) {
            return ("{B" + content.replace("{", "{{")).getBytes(StandardCharsets.US_ASCII);
        }
        var data = new ByteArrayOutputStream();
        data.writeBytes(new byte[] {'{', 'C'});
        for (int i = 0; i < content.length(); i += 2) {
            data.write(Integer.parseInt(content.substring(i, i + 2)));
        }
        return data.toByteArray();
    }

    private void centred(Runnable what) {
        write(ESC, 'a', 1);
        what.run();
        write(ESC, 'a', 0);
    }

    private void cut() {
        write(ESC, 'd', FEED_BEFORE_CUT);
        out.writeBytes(profile.cut().command());
    }

    private void write(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
    }
}
