package fi.kimppa.device.printer;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.printer.PrintOutcome.NotPrinted;
import fi.kimppa.device.printer.PrintOutcome.Printed;
import fi.kimppa.device.printer.PrintOutcome.Unconfirmed;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualPrinter;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The printer driver against the virtual printer, over TCP and in memory. */
class ReceiptPrinterTest {
    private static final Receipt SLIP = Receipt.builder()
            .leftRight("VARATTU", "[5]", Style.BOLD)
            .text("KOIVU 4711", Align.LEFT, Style.DOUBLE)
            .text("Juoksuhaudantie / Hotakainen, Kari")
            .text("Anarâškielâ ŋ đ €")
            .qr("3000000097")
            .build();

    private static final DeviceAddress MEMORY =
            new DeviceAddress("escpos", new DeviceAddress.Link.Memory("test"), Map.of());

    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualPrinter virtual = desk.printer();
    private final ReceiptPrinter printer = ReceiptPrinter.open(virtual.address());

    @AfterEach
    void close() {
        printer.close();
        desk.close();
    }

    @Test
    void printsAndKnowsIt() {
        assertThat(printer.print(SLIP)).isEqualTo(new Printed());
        assertThat(virtual.slips()).singleElement().satisfies(slip -> {
            assertThat(slip.text()).isEqualTo("""
                VARATTU                                      [5]
                KOIVU 4711
                Juoksuhaudantie / Hotakainen, Kari
                [image 576 x 24]
                [QR 3000000097]
                """);
            assertThat(qrCode(slip)).isEqualTo("3000000097");
        });
    }

    @Test
    void printsTheSameOverALinkThatDeliversByteByByte() {
        try (var other = new ReceiptPrinter(DeviceId.of(DeviceKind.PRINTER), MEMORY, () -> {
            MemoryLink.Pair pair = MemoryLink.pair(MEMORY);
            Thread.ofVirtual()
                    .start(() -> virtual.serve(FaultPlan.NONE.withChunk(1).on(pair.device())));
            return FaultPlan.NONE.withChunk(1).on(pair.host());
        })) {
            eventually("ready", () -> other.status() instanceof DeviceStatus.Ready);
            assertThat(other.print(SLIP)).isEqualTo(new Printed());
        }
        assertThat(virtual.tear())
                .singleElement()
                .satisfies(
                        slip -> assertThat(slip.text()).contains("KOIVU 4711").contains("[QR 3000000097]"));
        assertThat(virtual.slips()).isEmpty();
    }

    @Test
    void tellsPaperAndCover() {
        eventually("ready", () -> printer.status() instanceof DeviceStatus.Ready);
        virtual.setPaper(Paper.LOW);
        eventually("low", () -> degraded(StatusReason.PAPER_LOW));
        assertThat(printer.status().usable()).isTrue();
        assertThat(printer.print(SLIP)).isEqualTo(new Printed());
        virtual.setPaper(Paper.OUT);
        eventually("out", () -> degraded(StatusReason.PAPER_OUT));
        assertThat(printer.status().usable()).isFalse();
        assertThat(printer.print(SLIP)).isEqualTo(new NotPrinted(StatusReason.PAPER_OUT));
        virtual.setCoverOpen(true);
        eventually("open", () -> degraded(StatusReason.COVER_OPEN));
        virtual.setPaper(Paper.ENOUGH);
        virtual.setCoverOpen(false);
        eventually("ready again", () -> printer.status() instanceof DeviceStatus.Ready);
        assertThat(virtual.slips()).hasSize(1);
    }

    /** The paper ends between the answer about the status and the receipt. */
    @Test
    void takesBackAReceiptThatIsNotPrinted() {
        try (var other = new ReceiptPrinter(DeviceId.of(DeviceKind.PRINTER), MEMORY, () -> {
            MemoryLink.Pair pair = MemoryLink.pair(MEMORY);
            Thread.ofVirtual().start(() -> virtual.serve(pair.device()));
            return new PaperEnds(pair.host());
        })) {
            eventually("ready", () -> other.status() instanceof DeviceStatus.Ready);
            assertThat(other.print(SLIP)).isEqualTo(new Unconfirmed(StatusReason.PAPER_OUT));
        }
        virtual.setPaper(Paper.ENOUGH);
        eventually("ready again", () -> printer.check() instanceof DeviceStatus.Ready);
        assertThat(printer.print(Receipt.builder().text("next patron").build())).isEqualTo(new Printed());
        assertThat(virtual.slips())
                .singleElement()
                .satisfies(
                        slip -> assertThat(slip.text()).contains("next patron").doesNotContain("KOIVU"));
    }

    /** Takes the paper away when a receipt is about to be sent; questions about the status are shorter. */
    private final class PaperEnds implements ByteLink {
        private final ByteLink link;

        PaperEnds(ByteLink link) {
            this.link = link;
        }

        @Override
        public DeviceAddress address() {
            return link.address();
        }

        @Override
        public int read(byte[] buffer, Duration timeout) {
            return link.read(buffer, timeout);
        }

        @Override
        public void write(byte[] bytes) {
            if (bytes.length > 12) {
                virtual.setPaper(Paper.OUT);
            }
            link.write(bytes);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    @Test
    void saysThatNothingWasPrintedWhileItIsAway() {
        virtual.unplug();
        eventually("absent", () -> printer.status() instanceof DeviceStatus.Absent);
        assertThat(printer.print(SLIP)).isInstanceOf(NotPrinted.class);
        virtual.replug();
        eventually("back", () -> printer.status() instanceof DeviceStatus.Ready);
        assertThat(printer.print(SLIP)).isEqualTo(new Printed());
    }

    private boolean degraded(StatusReason reason) {
        return printer.status() instanceof DeviceStatus.Degraded(StatusReason now, Instant _) && now == reason;
    }

    private static String qrCode(PrintedSlip slip) {
        BufferedImage picture = slip.picture();
        int[] dots = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        LuminanceSource source = new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), dots);
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText();
        } catch (ReaderException e) {
            throw new AssertionError("no QR code on the paper", e);
        }
    }
}
