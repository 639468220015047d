package fi.kimppa.device.printer;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import fi.kimppa.device.Counter;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrintOutcome.NotPrinted;
import fi.kimppa.device.printer.PrintOutcome.Printed;
import fi.kimppa.device.printer.PrintOutcome.Unconfirmed;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.PrinterModel;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualPrinter;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the printer driver does on every link; the subclasses bring the link. */
abstract class ReceiptPrinterContract {
    static final Receipt SLIP = Receipt.builder()
            .leftRight("VARATTU", "[5]", Style.BOLD)
            .text("KOIVU 4711", Align.LEFT, Style.DOUBLE)
            .text("Juoksuhaudantie / Hotakainen, Kari")
            .text("Anarâškielâ ŋ đ €")
            .barCode(Symbology.CODE128, "853N06240600")
            .qr("3000000097")
            .build();

    private static final Receipt NEXT = Receipt.builder().text("next patron").build();

    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualPrinter virtual = desk.printer();
    private final List<DeviceStatus> statuses = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private ReceiptPrinter printer;

    /** A driver that reaches this printer, with these settings. */
    abstract ReceiptPrinter driver(VirtualPrinter virtualPrinter, Map<String, String> settings);

    @BeforeEach
    void open() {
        reopen(Map.of("recover", "100"));
    }

    private void reopen(Map<String, String> settings) {
        if (printer != null) {
            printer.close();
        }
        Map<String, String> soon = new HashMap<>(settings);
        soon.put("poll", "50");
        printer = driver(virtual, soon);
        printer.onStatus(statuses::add);
        eventually("the printer is ready", () -> printer.status() instanceof DeviceStatus.Ready);
    }

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
                [image 576 x 30]
                [CODE128 853N06240600]
                [QR 3000000097]
                """);
            assertThat(qrCode(slip)).isEqualTo("3000000097");
            assertThat(barCode(slip)).isEqualTo("853N06240600");
        });
    }

    /** Letter by letter the paper looks as the picture that is drawn without a printer. */
    @ParameterizedTest
    @CsvSource({"32", "42", "48"})
    void printsWhatThePictureShows(int columns) {
        virtual.install(PrinterModel.EPSON_TM, columns);
        reopen(Map.of("columns", Integer.toString(columns)));
        Receipt receipt = Receipt.builder()
                .text("KULJETUS", Align.CENTRE, Style.DOUBLE)
                .text("Lihavoitu åäö", Align.RIGHT, Style.BOLD)
                .text("Northern Sámi: áčđŋšŧž ÁČĐŊŠŦŽ")
                .barCode(Symbology.EAN13, "978951011369")
                .qr("https://kirjasto.example/1")
                .picture(Dots.of(ForeignLetters.draw("漢", true).image()))
                .cut()
                .build();
        assertThat(printer.print(receipt)).isEqualTo(new Printed());
        BufferedImage expected = ReceiptPicture.draw(receipt, columns);
        BufferedImage found = virtual.slips().getFirst().picture();
        // The printer feeds three lines before it cuts, the picture one.
        assertThat(found.getHeight()).isEqualTo(expected.getHeight() + 2 * PaperCanvas.LINE_HEIGHT);
        int different = 0;
        for (int y = 0; y < expected.getHeight(); y++) {
            for (int x = 0; x < expected.getWidth(); x++) {
                different += found.getRGB(x, y) == expected.getRGB(x, y) ? 0 : 1;
            }
        }
        // A picture gets one more dot where it would spell a real-time command.
        assertThat(different).isLessThanOrEqualTo(2);
    }

    @Test
    void knowsWhatItIs() {
        assertThat(printer.identity()).isEqualTo(new DeviceIdentity("EPSON TM-T88V", "", Optional.of("VIRTUAL001")));
        virtual.install(PrinterModel.UNKNOWN, 48);
        reopen(Map.of());
        assertThat(printer.identity()).isEqualTo(DeviceIdentity.UNKNOWN);
        assertThat(printer.print(SLIP)).isEqualTo(new Printed());
    }

    @Test
    void countsReceiptsAndCuts() {
        Receipt two = Receipt.builder().text("1").cut().text("2").cut().build();
        printer.print(SLIP);
        printer.print(two);
        virtual.setPaper(Paper.OUT);
        eventually("out", () -> degraded(StatusReason.PAPER_OUT));
        printer.print(SLIP);
        assertThat(counts(printer)).containsExactly(2L, 1L, 0L, 3L);
    }

    enum Trouble {
        NO_PAPER(StatusReason.PAPER_OUT),
        OPEN(StatusReason.COVER_OPEN),
        JAM(StatusReason.CUTTER),
        HOT(StatusReason.OVERHEATED),
        BUTTON(StatusReason.OFF_LINE),
        BROKEN(StatusReason.UNRECOVERABLE);

        private final StatusReason reason;

        Trouble(StatusReason reason) {
            this.reason = reason;
        }

        void set(VirtualPrinter printer, boolean begins) {
            switch (this) {
                case NO_PAPER -> printer.setPaper(begins ? Paper.OUT : Paper.ENOUGH);
                case OPEN -> printer.setCoverOpen(begins);
                case JAM -> printer.setCutterJam(begins);
                case HOT -> printer.setHot(begins);
                case BUTTON -> printer.setOffLine(begins);
                case BROKEN -> printer.setBroken(begins);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void tellsEachTroubleAndThatItIsOver(Trouble trouble) {
        trouble.set(virtual, true);
        eventually("trouble", () -> degraded(trouble.reason));
        assertThat(printer.status().usable()).isFalse();
        assertThat(printer.print(SLIP)).isEqualTo(new NotPrinted(trouble.reason));
        trouble.set(virtual, false);
        eventually("ready again", () -> printer.status() instanceof DeviceStatus.Ready);
        assertThat(virtual.slips()).isEmpty();
        assertThat(printer.print(NEXT)).isEqualTo(new Printed());
        assertThat(virtual.slips())
                .singleElement()
                .satisfies(slip -> assertThat(slip.text()).isEqualTo("next patron\n"));
    }

    @Test
    void printsWhilePaperIsLow() {
        virtual.setPaper(Paper.LOW);
        eventually("low", () -> degraded(StatusReason.PAPER_LOW));
        assertThat(printer.status().usable()).isTrue();
        assertThat(printer.print(SLIP)).isEqualTo(new Printed());
    }

    /** The paper ends in the middle: what came out is parted, the rest is forgotten, the next receipt begins on paper of its own. */
    @Test
    void leavesNothingOfHalfAReceiptToTheNextPatron() {
        Receipt loans = Receipt.builder()
                .text("secret 1")
                .text("secret 2")
                .text("secret 3")
                .build();
        virtual.endPaperAt(2 * PaperCanvas.LINE_HEIGHT);
        assertThat(printer.print(loans)).isEqualTo(new Unconfirmed(StatusReason.PAPER_OUT));
        assertThat(printer.print(NEXT)).isEqualTo(new NotPrinted(StatusReason.PAPER_OUT));
        virtual.setPaper(Paper.ENOUGH);
        eventually("the half is cut off", () -> virtual.slips().size() == 1);
        assertThat(virtual.tear())
                .singleElement()
                .satisfies(slip -> assertThat(slip.text()).isEqualTo("secret 1\nsecret 2\n"));
        assertThat(printer.print(NEXT)).isEqualTo(new Printed());
        assertThat(virtual.slips())
                .singleElement()
                .satisfies(slip -> assertThat(slip.text()).isEqualTo("next patron\n"));
        assertThat(counts(printer)).containsExactly(1L, 1L, 1L, 2L);
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

    @Test
    void retractsThePaperThatNobodyTook() {
        virtual.install(PrinterModel.CUSTOM_VKP80, 48);
        reopen(Map.of("ticket", "retract", "ticketwait", "0"));
        assertThat(printer.identity().model()).startsWith("CUSTOM ");
        assertThat(printer.print(NEXT)).isEqualTo(new Printed());
        assertThat(printer.paperLeft()).isEqualTo(OptionalInt.of(510));
        eventually("retracted", () -> virtual.retracted() == 1);
        assertThat(virtual.slips()).isEmpty();
    }

    @Test
    void warnsOfThePaperThatNobodyTook() {
        virtual.install(PrinterModel.CUSTOM_VKP80, 48);
        reopen(Map.of("profile", "custom", "ticketwait", "0"));
        assertThat(printer.print(NEXT)).isEqualTo(new Printed());
        eventually("left", () -> degraded(StatusReason.TICKET_LEFT));
        assertThat(printer.status().usable()).isTrue();
        virtual.tear();
        eventually("taken", () -> printer.status() instanceof DeviceStatus.Ready);
        assertThat(virtual.retracted()).isZero();
    }

    @ParameterizedTest
    @EnumSource(PrinterModel.class)
    void tellsTroubleOfEachModel(PrinterModel model) {
        virtual.install(model, 42);
        reopen(Map.of("columns", "42"));
        virtual.setCoverOpen(true);
        eventually("open", () -> degraded(StatusReason.COVER_OPEN));
        virtual.setCoverOpen(false);
        eventually("ready again", () -> printer.status() instanceof DeviceStatus.Ready);
        assertThat(printer.print(SLIP)).isEqualTo(new Printed());
    }

    @Test
    void tellsEachChangeOnce() {
        virtual.setPaper(Paper.LOW);
        eventually("low", () -> degraded(StatusReason.PAPER_LOW));
        virtual.setPaper(Paper.ENOUGH);
        // A status is told a moment after it can be asked for.
        eventually("ready", () -> statuses.getLast() instanceof DeviceStatus.Ready);
        assertThat(statuses.stream().map(status -> status.getClass().getSimpleName()))
                .endsWith("Degraded", "Ready")
                .doesNotContainSequence("Ready", "Ready");
    }

    @Test
    void isAbsentWhenClosed() {
        printer.close();
        assertThat(printer.status()).isInstanceOf(DeviceStatus.Absent.class);
        assertThat(printer.print(SLIP)).isEqualTo(new NotPrinted(StatusReason.CLOSED));
    }

    static DeviceException unplugged(VirtualPrinter virtualPrinter) {
        return new DeviceException.LinkException(
                virtualPrinter.address(),
                DeviceException.Phase.OPEN,
                Duration.ZERO,
                StatusReason.UNREACHABLE,
                "unplugged");
    }

    private boolean degraded(StatusReason reason) {
        return printer.status() instanceof DeviceStatus.Degraded(StatusReason now, Instant _) && now == reason;
    }

    private static String qrCode(PrintedSlip slip) {
        try {
            return new QRCodeReader().decode(bitmap(slip)).getText();
        } catch (ReaderException e) {
            throw new AssertionError("no QR code on the paper", e);
        }
    }

    private static String barCode(PrintedSlip slip) {
        try {
            var reader = new MultiFormatReader();
            reader.setHints(Map.of(
                    DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.CODE_128), DecodeHintType.TRY_HARDER, true));
            return reader.decodeWithState(bitmap(slip)).getText();
        } catch (ReaderException e) {
            throw new AssertionError("no bar code on the paper", e);
        }
    }

    private static BinaryBitmap bitmap(PrintedSlip slip) {
        BufferedImage picture = slip.picture();
        int[] dots = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        LuminanceSource source = new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), dots);
        return new BinaryBitmap(new HybridBinarizer(source));
    }

    /** Printed, refused, unconfirmed, cuts. */
    static List<Long> counts(ReceiptPrinter printer) {
        return Stream.of(Counter.PRINTS, Counter.PRINTS_REFUSED, Counter.PRINTS_UNCONFIRMED, Counter.CUTS)
                .map(printer.statistics()::count)
                .toList();
    }
}
