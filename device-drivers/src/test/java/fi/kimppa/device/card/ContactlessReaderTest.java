package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.card.TouchedCard.Known;
import fi.kimppa.device.card.TouchedCard.Reason;
import fi.kimppa.device.card.TouchedCard.Refused;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.CardPlace;
import fi.kimppa.device.simulator.VirtualCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactlessReaderTest {
    private static final String KEY_A = "A0A1A2A3A4A5";
    private static final String KEY_B = "B0B1B2B3B4B5";
    /** A patron card in the fixed layout, and one in variable fields (ISO 28560-3 and -2, type of usage 8); computed. */
    private static final String FIXED = "18010132323835333030303132333435360000BA1C46495475726B75000000000000";

    private static final String VARIABLE =
            "11 06 14 C8 E0 F4 54 40 02 01 A0 03 06 32 41 4E 56 4B AF 05 01 80".replace(" ", "");
    private static final String BOOK = "1101013835334E3036323430363030000000009A7546495475726B7500000000";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    Path folder;

    private final CardPlace place = new CardPlace();
    private final List<TouchedCard> touched = new CopyOnWriteArrayList<>();
    private final List<byte[]> sent = new CopyOnWriteArrayList<>();

    private ContactlessReader reader(Map<String, String> settings) {
        var address = new DeviceAddress("card", new DeviceAddress.Link.Memory("test"), settings);
        var reader = new ContactlessReader(DeviceId.of(DeviceKind.CARD), address, () -> opened(address), touched::add);
        eventually("ready", () -> reader.status() instanceof DeviceStatus.Ready);
        return reader;
    }

    private ByteLink opened(DeviceAddress address) {
        MemoryLink.Pair pair = MemoryLink.pair(address);
        Thread.ofVirtual().start(() -> place.serve(pair.device()));
        return new LinkTap() {
            @Override
            public void sent(byte[] bytes) {
                sent.add(bytes);
            }

            @Override
            public void received(byte[] bytes) {}
        }.on(pair.host());
    }

    private Map<String, String> sectorOne(String... keys) throws IOException {
        return Map.of("content", "sector1", "keys", keyFile("rw-r-----", keys).toString());
    }

    private Path keyFile(String permissions, String... lines) throws IOException {
        Path file = Files.write(folder.resolve("card-keys"), List.of(lines));
        if (!OS.WINDOWS.isCurrentOs()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
        return file;
    }

    private static byte[] sector(String hex) {
        return Arrays.copyOf(HexFormat.of().parseHex(hex), 48);
    }

    private void told(TouchedCard... cards) {
        eventually("told " + cards.length, () -> touched.size() >= cards.length);
        assertThat(touched).containsExactly(cards);
    }

    /**
     * Until the driver has looked again and found nothing. A command is counted after it went, so one that was still answered may be
     * counted late: the second from here is asked in vain, and the third shows that it was waited for.
     */
    private void gone() {
        place.lift();
        int asked = sent.size();
        eventually("asked in vain", () -> sent.size() >= asked + 3);
    }

    @Test
    void tellsEachCardOnceHoweverLongItStays() {
        try (ContactlessReader _ = reader(Map.of())) {
            place.lay(VirtualCard.withUid("04A1B2C3"));
            told(new Known("04A1B2C3", Optional.empty()));
            int asked = sent.size();
            eventually("asked again", () -> sent.size() >= asked + 3);
            place.lay(VirtualCard.withUid("04112233445566"));
            told(new Known("04A1B2C3", Optional.empty()), new Known("04112233445566", Optional.empty()));
            place.lay(VirtualCard.withUid("0102030405060708090A"));
            told(
                    new Known("04A1B2C3", Optional.empty()),
                    new Known("04112233445566", Optional.empty()),
                    new Known("0102030405060708090A", Optional.empty()));
        }
    }

    @Test
    void takesACardThatComesBackAtOnceForOneThatNeverWent() {
        try (ContactlessReader _ = reader(Map.of("repeat", "60000"))) {
            place.lay(VirtualCard.withUid("04A1B2C3"));
            told(new Known("04A1B2C3", Optional.empty()));
            gone();
            place.lay(VirtualCard.withUid("04A1B2C3"));
            int asked = sent.size();
            eventually("seen again", () -> sent.size() >= asked + 3);
            told(new Known("04A1B2C3", Optional.empty()));
        }
        touched.clear();
        try (ContactlessReader _ = reader(Map.of("repeat", "0"))) {
            told(new Known("04A1B2C3", Optional.empty()));
            gone();
            place.lay(VirtualCard.withUid("04A1B2C3"));
            told(new Known("04A1B2C3", Optional.empty()), new Known("04A1B2C3", Optional.empty()));
        }
    }

    /** A card that was held badly is held again at once, as people do; who was refused rightly is not told so twice. */
    @Test
    void readsACardAnewThatWasRefusedAndComesBackAtOnce() throws IOException {
        var settings = new HashMap<>(sectorOne(KEY_A));
        settings.put("repeat", "60000");
        VirtualCard strange = VirtualCard.classic("04A1B2C3", sector(FIXED), "FFFFFFFFFFFF", KEY_B);
        try (ContactlessReader _ = reader(settings)) {
            place.lay(strange);
            told(new Refused(Reason.NO_KEY_FITS));
            gone();
            long asked = authentications();
            place.lay(strange);
            eventually("read again", () -> authentications() > asked);
            // Whether it is still there is asked once more, then it is looked at anew: the reading is over.
            int opened = sent.size();
            eventually("looked at anew", () -> sent.size() >= opened + 2);
            gone();
            place.lay(VirtualCard.classic("04A1B2C3", sector(FIXED), KEY_A, KEY_B));
            told(new Refused(Reason.NO_KEY_FITS), new Known("04A1B2C3", Optional.of("22853000123456")));
        }
    }

    @Test
    void refusesATelephone() {
        try (ContactlessReader _ = reader(Map.of())) {
            place.lay(VirtualCard.telephone(7));
            told(new Refused(Reason.RANDOM_UID));
            place.lay(VirtualCard.withUid("08112233445566"));
            // Seven bytes that begin so were given by a maker.
            told(new Refused(Reason.RANDOM_UID), new Known("08112233445566", Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FIXED, "110614C8E0F4544002 01A0030632414E564BAF050180"})
    void readsTheNumberFromTheLibrarysSector(String content) throws IOException {
        place.lay(VirtualCard.classic("04A1B2C3", sector(content.replace(" ", "")), KEY_A, KEY_B));
        try (ContactlessReader _ = reader(sectorOne("# read key", "", KEY_A))) {
            told(new Known("04A1B2C3", Optional.of("22853000123456")));
        }
        // Devices.md D and PC/SC part 3: UID, load key, authenticate block 4 with key A, read blocks 4 to 6.
        assertThat(sent.stream().map(HexFormat.of().withUpperCase()::formatHex).limit(6))
                .containsExactly(
                        "FFCA000000",
                        "FF82000006" + KEY_A,
                        "FF860000050100046000",
                        "FFB0000410",
                        "FFB0000510",
                        "FFB0000610");
    }

    @Test
    void triesTheKeysInOrderAndTheOneThatFittedFirstNextTime() throws IOException {
        place.lay(VirtualCard.classic("04A1B2C3", sector(VARIABLE), KEY_A, KEY_B));
        try (ContactlessReader _ = reader(sectorOne("FFFFFFFFFFFF", "000000000000", KEY_A))) {
            told(new Known("04A1B2C3", Optional.of("22853000123456")));
            assertThat(authentications()).isEqualTo(3);
            place.lay(VirtualCard.classic("04A1B2C4", sector(FIXED), KEY_A, KEY_B));
            eventually("the second card", () -> touched.size() == 2);
            assertThat(authentications()).isEqualTo(4);
        }
    }

    private long authentications() {
        return sent.stream().filter(command -> (command[1] & 0xFF) == 0x86).count();
    }

    @ParameterizedTest
    @CsvSource({"a, NO_KEY_FITS", "b, ''", "both, ''"})
    void opensWithTheSecondKeyWhereItIsToldTo(String type, String refused) throws IOException {
        place.lay(VirtualCard.classic("04A1B2C3", sector(FIXED), KEY_A, KEY_B));
        var settings = new HashMap<>(sectorOne(KEY_B));
        settings.put("key-type", type);
        try (ContactlessReader _ = reader(settings)) {
            told(
                    refused.isEmpty()
                            ? new Known("04A1B2C3", Optional.of("22853000123456"))
                            : new Refused(Reason.valueOf(refused)));
        }
    }

    @Test
    void refusesWhatIsNoPatronCardOfTheLibrary() throws IOException {
        try (ContactlessReader _ = reader(sectorOne(KEY_A))) {
            List<TouchedCard> expected = new ArrayList<>();
            for (VirtualCard card : List.of(
                    VirtualCard.classic("01020304", new byte[48], KEY_A, KEY_B),
                    VirtualCard.classic("01020305", sector(BOOK), KEY_A, KEY_B),
                    VirtualCard.classic("01020306", sector(FIXED.replace("3232", "3233")), KEY_A, KEY_B))) {
                place.lay(card);
                expected.add(new Refused(Reason.NOT_A_LIBRARY_CARD));
                told(expected.toArray(TouchedCard[]::new));
            }
            place.lay(VirtualCard.classic("01020307", sector(FIXED), "FFFFFFFFFFFF", KEY_B));
            expected.add(new Refused(Reason.NO_KEY_FITS));
            told(expected.toArray(TouchedCard[]::new));
            place.lay(VirtualCard.withUid("04112233445566"));
            expected.add(new Refused(Reason.NO_KEY_FITS));
            told(expected.toArray(TouchedCard[]::new));
        }
    }

    @Test
    void saysThatACardWasLiftedTooEarlyWhereverItWas() throws IOException {
        try (ContactlessReader _ = reader(sectorOne(KEY_A))) {
            // After the UID, after the authentication, after two blocks.
            for (int answers = 1; answers < 6; answers += 2) {
                touched.clear();
                String uid = "04A1B2C" + answers;
                place.lay(VirtualCard.classic(uid, sector(FIXED), KEY_A, KEY_B), answers);
                told(new Refused(Reason.LIFTED));
                place.lay(VirtualCard.classic(uid, sector(FIXED), KEY_A, KEY_B));
                told(new Refused(Reason.LIFTED), new Known(uid, Optional.of("22853000123456")));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"90, NONSENSE", "0102039000, NONSENSE", "9000, NONSENSE", "6A81, ''"})
    void tellsNonsenseFromACardWithoutUid(String answer, String reason) {
        var address = new DeviceAddress("card", new DeviceAddress.Link.Memory("test"), Map.of());
        List<DeviceStatus> statuses = new CopyOnWriteArrayList<>();
        try (var reader = new ContactlessReader(
                DeviceId.of(DeviceKind.CARD), address, () -> always(address, answer), touched::add)) {
            reader.onStatus(statuses::add);
            if (reason.isEmpty()) {
                told(new Refused(Reason.NO_UID));
            } else {
                eventually("absent", () -> reader.status().why().equals(Optional.of(StatusReason.valueOf(reason))));
                assertThat(touched).isEmpty();
            }
        }
    }

    private static ByteLink always(DeviceAddress address, String answer) {
        MemoryLink.Pair pair = MemoryLink.pair(address);
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[300];
            while (true) {
                if (pair.device().read(buffer, Duration.ofSeconds(5)) > 0) {
                    pair.device().write(HexFormat.of().parseHex(answer));
                }
            }
        });
        return pair.host();
    }

    @Test
    void showsNeitherUidNorNumberNorKey() throws IOException {
        assertThat(new Known("04A1B2C3", Optional.of("22853000123456")))
                .asString()
                .doesNotContain("04A1B2C3", "22853000123456");
        try (ContactlessReader reader = reader(sectorOne(KEY_A))) {
            assertThat(reader.address().toString()).contains("card-keys").doesNotContain(KEY_A);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void refusesAKeyFileThatOthersCanReadOrChange() throws IOException {
        for (String open : List.of("rw-r--r--", "rw-rw----", "rw----r--", "rw----r-x", "rw-----w-")) {
            Path file = keyFile(open, KEY_A);
            assertThatThrownBy(() -> CardKeys.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("mode 640")
                    .hasMessageNotContaining(KEY_A);
        }
        for (String closed : List.of("rw-r-----", "r--------", "rw-------")) {
            assertThat(CardKeys.read(keyFile(closed, KEY_A)).count()).isEqualTo(1);
            Files.delete(folder.resolve("card-keys"));
        }
    }

    @Test
    void saysWhichLineIsNoKeyWithoutShowingIt() throws IOException {
        Path file = keyFile("rw-------", KEY_A, "A0A1A2A3A4");
        assertThatThrownBy(() -> CardKeys.read(file))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("A0A1A2A3A4");
        assertThatThrownBy(() -> CardKeys.read(keyFile("rw-------", "# none")))
                .hasMessageContaining("expected 1 to 16 keys, found 0");
        assertThatThrownBy(() -> CardKeys.read(folder.resolve("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        card:pcsc:*?content=sector1                   | content sector1 with keys in a file
        card:pcsc:*?keys=/etc/kimppa/card-keys        | content uid without keys
        card:pcsc:*?content=sector2&keys=/etc/x       | content uid without keys
        card:pcsc:*?key=A0A1A2A3A4A5                  | unknown setting 'key'
        card:tcp:127.0.0.1:1                          | expected the link pcsc
        scanner:pcsc:*                                | expected the driver card
        """)
    void refusesSettingsThatCannotBe(String address, String message) {
        assertThatThrownBy(() -> ContactlessReader.open(DeviceAddress.parse(address), touched::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
