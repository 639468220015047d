package fi.kimppa.device;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.card.ContactlessReader;
import fi.kimppa.device.card.TouchedCard;
import fi.kimppa.device.card.TouchedCard.Known;
import fi.kimppa.device.card.TouchedCard.Reason;
import fi.kimppa.device.card.TouchedCard.Refused;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.link.CardResponse;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.DeskSetup;
import fi.kimppa.device.simulator.LineFaults;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.simulator.VpcdCard;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Cards and tags through the system's own PC/SC service: nothing is ours but the two ends. */
@EnabledOnOs(OS.LINUX)
class ThroughPcscdTest {
    private static final SerialLine NO_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final String KEY = "A0A1A2A3A4A5";
    private static final byte[] PATRON =
            Arrays.copyOf(HexFormat.of().parseHex("18010132323835333030303132333435360000BA1C46495475726B75"), 48);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // started before the first test
    private static Pcscd service;

    private final List<TouchedCard> touched = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        service = Pcscd.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (service != null) {
            service.close();
        }
    }

    private static DeviceAddress address(String driver, String reader, String settings) {
        return DeviceAddress.parse(driver + ":pcsc:" + reader + settings);
    }

    private ContactlessReader reader(String settings) {
        ContactlessReader reader = ContactlessReader.open(address("card", service.reader(), settings), touched::add);
        eventually("ready", () -> reader.status() instanceof DeviceStatus.Ready);
        return reader;
    }

    private void told(TouchedCard... cards) {
        eventually("told " + cards.length, () -> touched.size() >= cards.length);
        assertThat(touched).containsExactly(cards);
    }

    private static VirtualCard patronCard() {
        return VirtualCard.classic("04A1B2C3", PATRON, KEY, "FFFFFFFFFFFF");
    }

    private static String keys() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "FFFFFFFFFFFF\n" + KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return "?content=sector1&keys=" + file;
    }

    /** The whole desk's cards, laid by a hand that trembles: each is told once, however often it slips out of the field. */
    @Test
    void tellsTheCardsOfTheDeskOnceEachAlthoughTheyTremble() {
        try (VirtualDesk desk = VirtualDesk.start(DeskSetup.at(DeskPorts.any()).withVpcd(service.port()));
                ContactlessReader _ = reader("?repeat=5000")) {
            desk.card().endanger(new LineFaults(11, 250, Duration.ofMillis(200)));
            desk.card().lay(VirtualCard.withUid("04112233445566"));
            told(new TouchedCard.Known("04112233445566", Optional.empty()));
            desk.card().lift();
            assertThat(desk.snapshot().card().uid()).isEmpty();
            desk.card().lay(VirtualCard.withUid("04112233445577"));
            told(
                    new TouchedCard.Known("04112233445566", Optional.empty()),
                    new TouchedCard.Known("04112233445577", Optional.empty()));
        }
    }

    @Test
    void readsAPatronCardThatIsLaidDownSwappedAndLaidDownAgain() throws IOException {
        var patron = new Known("04A1B2C3", Optional.of("22853000123456"));
        try (ContactlessReader _ = reader(keys() + "&repeat=0")) {
            try (VpcdCard _ = VpcdCard.lay(service.port(), patronCard())) {
                told(patron);
            }
            try (VpcdCard _ = VpcdCard.lay(service.port(), VirtualCard.telephone(3))) {
                told(patron, new Refused(Reason.RANDOM_UID));
            }
            try (VpcdCard _ = VpcdCard.lay(service.port(), patronCard())) {
                told(patron, new Refused(Reason.RANDOM_UID), patron);
            }
        }
    }

    @Test
    void saysThatACardWasLiftedInTheMiddleOfACommandAndStaysReady() throws IOException {
        try (ContactlessReader reader = reader(keys())) {
            // The UID, a wrong key, the right one, a block; gone with the next.
            try (VpcdCard _ = VpcdCard.lay(service.port(), patronCard(), 6)) {
                told(new Refused(Reason.LIFTED));
            }
            assertThat(reader.status()).isInstanceOf(DeviceStatus.Ready.class);
            try (VpcdCard _ = VpcdCard.lay(service.port(), patronCard())) {
                told(new Refused(Reason.LIFTED), new Known("04A1B2C3", Optional.of("22853000123456")));
            }
            assertThat(reader.statistics().connections()).isEqualTo(1);
        }
    }

    @Test
    void survivesTheEndOfTheServiceWithACardOnTheReader() throws IOException {
        try (ContactlessReader reader = reader("?repeat=0")) {
            try (VpcdCard _ = VpcdCard.lay(service.port(), VirtualCard.withUid("04112233445566"))) {
                told(new Known("04112233445566", Optional.empty()));
                service.kill();
                eventually("absent", () -> reader.status() instanceof DeviceStatus.Absent);
                assertThat(reader.status().why()).contains(StatusReason.UNREACHABLE);
            }
            service.restart();
            eventually("back", () -> reader.status() instanceof DeviceStatus.Ready);
            try (VpcdCard _ = VpcdCard.lay(service.port(), VirtualCard.withUid("04112233445567"))) {
                told(new Known("04112233445566", Optional.empty()), new Known("04112233445567", Optional.empty()));
            }
            assertThat(reader.statistics().connections()).isEqualTo(2);
        }
    }

    @Test
    @Tag("long") // Some seconds: each command takes 40 ms.
    void readsAndSecuresATagAsAPad() {
        VirtualTag book =
                DemoTags.tag(ItemTag.single("853N06240600", "FI-Turku", TagModel.ISO_28560_3), TagSecurity.SECURED);
        var address = address(
                "pcsc", service.secondReader(), "?afi-command=FFFB00000B2227UUAA&afi-read-command=FFFB00000A222BUU");
        try (RfidPad pad = RfidPad.open(address);
                VpcdCard _ = VpcdCard.lay(service.secondPort(), VirtualCard.tag(book))) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            eventually("the tag is seen", () -> pad.inventory().equals(List.of(book.uid())));
            assertThat(pad.setSecurity(book.uid(), "853N06240600", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
        }
    }

    @Test
    void choosesTheReaderThatIsMeantAndSaysWhichThereAre() {
        for (String name : List.of(service.secondReader(), "00 01")) {
            ByteLink.open(address("card", name, ""), NO_LINE).close();
        }
        for (String name : List.of(service.readers(), "*", "ACS")) {
            assertThatThrownBy(() -> ByteLink.open(address("card", name, ""), NO_LINE))
                    .isInstanceOfSatisfying(LinkException.class, failure -> {
                        assertThat(failure.phase()).isEqualTo(Phase.OPEN);
                        assertThat(failure.reason()).isEqualTo(StatusReason.UNREACHABLE);
                    })
                    .hasMessageContaining("expected one reader, found " + (name.equals("ACS") ? 0 : 2))
                    .hasMessageContaining(service.reader());
        }
    }

    @Test
    void isSilentWithoutACardAndClosedForGood() {
        ByteLink link = ByteLink.open(address("card", service.secondReader(), ""), NO_LINE);
        assertThat(CardResponse.to(link, CardCommand.uid(), Duration.ofMillis(30)))
                .isEmpty();
        link.close();
        assertThatThrownBy(() -> link.read(new byte[1], Duration.ofMillis(30)))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(StatusReason.CLOSED));
    }
}
