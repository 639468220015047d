package fi.kimppa.device.printer;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.printer.PrintOutcome.NotPrinted;
import fi.kimppa.device.printer.PrintOutcome.Unconfirmed;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver against printers that behave badly. */
class ReceiptPrinterTest {
    private static final Receipt RECEIPT =
            Receipt.builder().text("Tuntematon sotilas").build();
    private static final DeviceAddress ADDRESS = new DeviceAddress(
            "escpos",
            new DeviceAddress.Link.Memory("bad"),
            Map.of("timeout", "2000", "confirm", "300", "profile", "epson"));

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final List<DeviceStatus> statuses = new CopyOnWriteArrayList<>();
    private volatile Optional<ByteLink> device = Optional.empty();
    private volatile boolean stands;
    private final ReceiptPrinter printer =
            new ReceiptPrinter(DeviceId.of(DeviceKind.PRINTER), ADDRESS, () -> new Standing(plugged()));

    @AfterEach
    void close() {
        printer.close();
    }

    /** A printer that says that all is well, has no name, forgets what it is told to, and never says that it has printed. */
    private ByteLink plugged() {
        MemoryLink.Pair pair = MemoryLink.pair(ADDRESS);
        device = Optional.of(pair.device());
        Thread.ofVirtual().start(() -> answer(pair.device()));
        return pair.host();
    }

    private void answer(ByteLink link) {
        byte[] buffer = new byte[4_096];
        try (link) {
            while (true) {
                int count = link.read(buffer, Duration.ofSeconds(5));
                synchronized (heard) {
                    heard.write(buffer, 0, count);
                }
                for (int i = 0; i + 1 < count; i++) {
                    switch ((buffer[i] & 0xFF) << 8 | (buffer[i + 1] & 0xFF)) {
                        case 0x1004 -> link.write(new byte[] {0x12});
                        case 0x1014 -> link.write(new byte[] {0x37, 0x25, 0});
                        case 0x1D49 -> link.write(new byte[] {0x5F, 0});
                        default -> {
                            // Everything else it takes and is silent.
                        }
                    }
                }
            }
        } catch (DeviceException _) {
            // The driver has hung up.
        }
    }

    /** A link whose other end takes nothing long while it stands still. */
    private final class Standing implements ByteLink {
        private final ByteLink link;
        private final CountDownLatch closed = new CountDownLatch(1);

        Standing(ByteLink link) {
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
            if (stands && bytes.length > 12) {
                awaitClosing();
                throw new LinkException(ADDRESS, Phase.WRITE, Duration.ZERO, StatusReason.UNPLUGGED, "closed");
            }
            link.write(bytes);
        }

        private void awaitClosing() {
            try {
                closed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed.countDown();
            link.close();
        }
    }

    private void ready() {
        eventually("ready", () -> printer.status() instanceof DeviceStatus.Ready);
    }

    private String heard() {
        synchronized (heard) {
            return HexFormat.of().formatHex(heard.toByteArray());
        }
    }

    @Test
    void givesUpAPrinterThatTakesNothing() {
        ready();
        stands = true;
        assertThat(printer.print(RECEIPT)).isEqualTo(new Unconfirmed(StatusReason.NO_ANSWER));
        stands = false;
        // It is opened anew, and what may have come out is parted from the next paper.
        eventually("cut", () -> heard().contains("1b40" + "1b6403" + "1d5601"));
        assertThat(heard()).doesNotContain("54756e74");
    }

    @Test
    void doesNotWaitForEverForTheEndOfAReceipt() {
        ready();
        assertThat(printer.print(RECEIPT)).isEqualTo(new Unconfirmed(StatusReason.NO_ANSWER));
        // The receipt with its cut; tell changes; is the end reached? And when no answer comes: forget what waits.
        assertThat(heard())
                .containsSubsequence(
                        "54756e74656d61746f6e",
                        "1b6403" + "1d5601" + "1d610e" + "1d7201",
                        "100502" + "10140801031401060208");
        assertThat(ReceiptPrinterContract.counts(printer)).containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void clearsWhatAnEarlierProgramHasLeft() {
        ready();
        assertThat(heard()).startsWith("100401100402100403100404" + "100502" + "10140801031401060208");
    }

    @Test
    void seesATroubleThatThePrinterTellsByItself() {
        ready();
        printer.onStatus(statuses::add);
        device.orElseThrow().write(HexFormat.of().parseHex("3800000F"));
        // Asked, this printer says that all is well: only its own telling can have shown the cover.
        eventually(
                "open",
                () -> statuses.stream()
                        .anyMatch(status -> status.why()
                                .filter(StatusReason.COVER_OPEN::equals)
                                .isPresent()));
    }

    @Test
    void saysAtOnceThatAPrinterIsAway() {
        try (var away = ReceiptPrinter.open(DeviceAddress.parse("escpos:file:/dev/usb/no-such-printer"))) {
            assertThat(away.print(RECEIPT)).isInstanceOf(NotPrinted.class);
            eventually(
                    "unreachable",
                    () -> away.status()
                            .why()
                            .filter(StatusReason.UNREACHABLE::equals)
                            .isPresent());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        profile=zebra          | expected profile to be one of [core, epson, custom, star, auto], found 'zebra'
        cut=tear               | expected cut to be one of [partial, full, custom, none], found 'tear'
        ticket=eat             | expected ticket to be one of [warn, retract], found 'eat'
        pages=cp999:1          | expected pages such as cp858:19,wpc1252:16
        pages=cp858:300        | expected pages such as cp858:19,wpc1252:16
        pages=cp858            | expected pages such as cp858:19,wpc1252:16
        colums=42              | unknown setting 'colums'
        """)
    void refusesSettingsThatItDoesNotKnow(String setting, String message) {
        DeviceAddress address = DeviceAddress.parse("escpos:tcp:127.0.0.1:9100?" + setting);
        assertThatThrownBy(() -> PrinterSettings.of(address)).hasMessageContaining(message);
    }

    @Test
    void takesCodePagesAndCutFromTheAddress() {
        var settings = PrinterSettings.of(
                DeviceAddress.parse("escpos:tcp:127.0.0.1:9100?pages=wpc1252:32,cp858:4&cut=none&profile=auto"));
        assertThat(settings.profile()).isEmpty();
        PrinterProfile adapted = settings.adapted(PrinterProfile.STAR);
        assertThat(adapted.pages()).isEqualTo(Map.of(CodePage.CP858, 4, CodePage.WPC1252, 32));
        assertThat(HexFormat.of().formatHex(EscPosEncoder.encode(RECEIPT, 48, adapted)))
                .startsWith("1b40" + "1b5200" + "1b7404")
                .endsWith("0a" + "1b6403");
    }

    @ParameterizedTest
    @CsvSource({
        "EPSON, TM-T20II, epson",
        "'', TM-T88V, epson",
        "CUSTOM, VKP80II, custom",
        "'', KPM216H, custom",
        "Star, TSP143, star",
        "ACME, 80, core"
    })
    void knowsTheFamilyByWhatThePrinterSays(String maker, String model, String profile) {
        assertThat(PrinterProfile.of(new PrinterIdentity(maker, model, "")).name())
                .isEqualTo(profile);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 42, 48})
    void drawsEveryElement(int columns) {
        Receipt receipt = Receipt.builder()
                .text("x")
                .barCode(Symbology.ITF, "12345678")
                .barCode(Symbology.CODABAR, "A40156B")
                .barCode(Symbology.CODE39, "KIMPPA")
                .qr("https://example.fi")
                .picture(CodePictures.qr("wide", 40))
                .build();
        assertThat(ReceiptPicture.draw(receipt, columns).getWidth()).isEqualTo(columns * 12 + 24);
        assertThat(ReceiptPicture.png(receipt, columns)).startsWith(0x89, 'P', 'N', 'G');
    }
}
