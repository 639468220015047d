package fi.kimppa.gateway.transit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.Reader;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;
import fi.kimppa.gateway.transit.Codes.Drawing;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is drawn is painted and read again. */
class CodesTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");
    private static final int MODULE = 4;

    @Test
    void drawsWhatScannersRead() throws Exception {
        assertThat(read(Codes.qr("KC0000042"), MODULE, new QRCodeReader())).isEqualTo("KC0000042");
        assertThat(read(Codes.bars("KC0000042"), 100, new Code128Reader())).isEqualTo("KC0000042");
    }

    private static String read(Drawing drawing, int height, Reader reader) throws ReaderException, NotFoundException {
        int width = drawing.width() * MODULE;
        byte[] paper = new byte[width * drawing.height() * height];
        Arrays.fill(paper, (byte) 255);
        Matcher run = RUN.matcher(drawing.path());
        while (run.find()) {
            int begin = Integer.parseInt(run.group(1)) * MODULE;
            int length = Integer.parseInt(run.group(3)) * MODULE;
            int top = Integer.parseInt(run.group(2)) * height;
            for (int y = top; y < top + height; y++) {
                Arrays.fill(paper, y * width + begin, y * width + begin + length, (byte) 0);
            }
        }
        return reader.decode(new BinaryBitmap(new HybridBinarizer(new Paper(width, drawing.height() * height, paper))))
                .getText();
    }

    private static final class Paper extends LuminanceSource {
        private final byte[] light;

        Paper(int width, int height, byte[] light) {
            super(width, height);
            this.light = light;
        }

        @Override
        public byte[] getRow(int y, byte[] row) {
            byte[] target = row == null || row.length < getWidth() ? new byte[getWidth()] : row;
            System.arraycopy(light, y * getWidth(), target, 0, getWidth());
            return target;
        }

        @Override
        public byte[] getMatrix() {
            return light;
        }
    }
}
