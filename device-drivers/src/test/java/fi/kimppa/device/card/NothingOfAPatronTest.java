package fi.kimppa.device.card;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceHistory;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.RecordedLogs;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.TracedFrame;
import fi.kimppa.device.door.DoorLock;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.PadWatch;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.simulator.CardPlace;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualKeypad;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done with cards and PINs at whatever device, and whatever goes wrong meanwhile: no log down to TRACE, no trace, no failure's
 * text and no history holds a part of a card's number or UID, or of a PIN, that could tell whose it is. In this package because a
 * card reader is opened here without the PC/SC service.
 */
class NothingOfAPatronTest {
    private static final String CARD = "22853000123456";
    private static final String PIN = "739184";
    private static final String CARD_UID = "04A1B2C3D4E5F6";
    private static final String KEY = "A0A1A2A3A4A5";
    /** A patron card in the fixed layout (ISO 28560-3, type of usage 8), as {@link ContactlessReaderTest} has it. */
    private static final String SECTOR = "18010132323835333030303132333435360000BA1C46495475726B75000000000000";

    private static final String ITEM = "853N06240600";
    private static final VirtualTag BOOK =
            DemoTags.tag(ItemTag.single(ITEM, "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED);

    /** So much of a number may be seen: it is not somebody's yet. */
    private static final int FEW_DIGITS = 7;

    private static final int FEW_BYTES = 3;

    @TempDir
    Path folder;

    /** What could be read by somebody: texts as they are, and bytes in hexadecimal. */
    private final List<String> said = new CopyOnWriteArrayList<>();

    private final Set<String> secrets = new HashSet<>();

    private void secretText(String secret, int few) {
        for (int i = 0; i + few < secret.length(); i++) {
            String part = secret.substring(i, i + few + 1);
            secrets.add(part);
            secrets.add(hex(part.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** Its parts, as they are and with the blocks of a tag turned round; of digits it takes as many as of a number. */
    private void secretBytes(byte[] secret) {
        for (int i = 0; i + FEW_BYTES < secret.length; i++) {
            byte[] part = Arrays.copyOfRange(secret, i, i + FEW_BYTES + 1);
            if (digits(part)) {
                part = Arrays.copyOfRange(secret, i, Math.min(i + FEW_DIGITS + 1, secret.length));
            }
            if (part.length > FEW_DIGITS || !digits(part)) {
                secrets.add(hex(part));
                secrets.add(hex(blocksTurned(part)));
            }
        }
    }

    /** Four digits come about by chance among stand-ins. */
    private static boolean digits(byte[] part) {
        return new String(part, StandardCharsets.US_ASCII).matches("\\d+");
    }

    private static byte[] blocksTurned(byte[] part) {
        byte[] turned = new byte[part.length];
        for (int i = 0; i < part.length; i++) {
            int block = i - i % (FEW_BYTES + 1);
            turned[i] = part[Math.min(block + FEW_BYTES, part.length - 1) - (i - block)];
        }
        return turned;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static VirtualTag card(TagModel model) {
        return DemoTags.tag(
                new ItemTag(CARD, Optional.of("FI-Turku"), 1, 1, Optional.of(TypeOfUsage.PATRON), model),
                TagSecurity.SECURED);
    }

    private static FaultScript faults(long seed) {
        return new FaultScript(seed, 80, Duration.ofMillis(40), () -> {});
    }

    /** A device of the desk behind a line on which things go wrong. */
    private static TcpListener faulty(String driver, long seed, Consumer<ByteLink> device) {
        FaultScript script = faults(seed);
        return TcpListener.listen(driver, 0, link -> device.accept(script.on(link)));
    }

    private static DeviceAddress address(String driver, TcpListener server, Map<String, String> settings) {
        return new DeviceAddress(driver, new DeviceAddress.Link.Tcp("127.0.0.1", server.port()), settings);
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (DeviceException e) {
            var text = new StringWriter();
            e.printStackTrace(new PrintWriter(text, true));
            said.add(text.toString());
        }
    }

    /** Everything that can be asked of a device, as staff see it and as it goes to files. */
    private void ask(Device device, SelfTestLevel level) {
        said.add(device.check().toString());
        device.lastFailure().ifPresent(said::add);
        said.add(device.selfTest(level).toString());
        said.add(device.identity().toString());
        said.add(device.statistics().toString());
    }

    private void keep(Device device) {
        ask(device, SelfTestLevel.HEALTHY);
        // All in one: what was cut in two on its way would not be seen in single frames.
        said.add(trace(device));
    }

    private static String trace(Device device) {
        var bytes = new java.io.ByteArrayOutputStream();
        device.trace().stream().map(TracedFrame::bytes).forEach(bytes::writeBytes);
        return hex(bytes.toByteArray());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isInLogsTracesFailuresAndHistories() throws IOException {
        afterAnEvening(1);
    }

    @Tag("long")
    @Test
    @EnabledOnOs(OS.LINUX)
    void isInLogsTracesFailuresAndHistoriesOfALongEvening() throws IOException {
        afterAnEvening(60);
    }

    private void afterAnEvening(int rounds) throws IOException {
        secretText(CARD, FEW_DIGITS);
        secretText(PIN, PIN.length() - 1);
        secretBytes(HexFormat.of().parseHex(CARD_UID));
        RecordedLogs.begin();
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                DeviceHistory history = DeviceHistory.open(folder.resolve("devices.history"))) {
            int seed = 0;
            for (TagModel model : TagModel.values()) {
                VirtualTag card = card(model);
                secretBytes(card.uid().bytes());
                secretBytes(Arrays.copyOfRange(card.memory(), 1, 9));
                byte[] wholeBlocks = Arrays.copyOfRange(card.memory(), 4, 12);
                if (digits(wholeBlocks)) {
                    secretBytes(wholeBlocks);
                }
                desk.pad().clear();
                desk.pad().lay(card);
                desk.pad().lay(BOOK);
                pad("feig", ++seed, history, desk.pad()::serve, card.uid(), rounds);
                pad("bibliotheca", ++seed, history, desk.pad()::serve, card.uid(), rounds);
                var place = new CardPlace();
                place.lay(VirtualCard.tag(card));
                pad("pcsc", ++seed, history, place::serve, card.uid(), rounds);
            }
            scanner(desk, history, rounds);
            keypad(history, rounds);
            contactless(Map.of(), 92, history, rounds);
            contactless(Map.of("content", "sector1", "keys", keys().toString()), 93, history, rounds);
            printer(desk, history, rounds);
            door(desk, history, rounds);
        }
        List<String> logs = RecordedLogs.end();
        assertThat(logs).as("the recorder hears").anyMatch(line -> line.contains("DeviceLine"));
        said.addAll(logs);
        said.addAll(Files.readAllLines(folder.resolve("devices.history")));
        assertThat(said).hasSizeGreaterThan(100);
        for (String line : said) {
            String plain = line.toUpperCase(Locale.ROOT).replace(" ", "");
            assertThat(secrets.stream().filter(plain::contains)).as(line).isEmpty();
        }
    }

    private void pad(String driver, long seed, DeviceHistory history, Consumer<ByteLink> device, Uid card, int rounds) {
        Map<String, String> settings = driver.equals("pcsc") ? Map.of() : Map.of("timeout", "60");
        try (TcpListener server = faulty(driver, seed, device);
                RfidPad pad = RfidPad.open(address(driver, server, settings))) {
            history.follow(pad);
            try (PadWatch _ = PadWatch.start(pad, _ -> {})) {
                for (int i = 0; i < rounds; i++) {
                    attempt(() -> pad.read(card));
                    attempt(() -> pad.identify(pad.inventory()));
                    attempt(() -> pad.setSecurity(card, CARD, TagSecurity.SECURED));
                    attempt(() -> pad.setSecurity(card, "22853000654321", TagSecurity.UNSECURED));
                }
            }
            keep(pad);
        }
    }

    private void scanner(VirtualDesk desk, DeviceHistory history, int rounds) {
        List<Scan> scans = new CopyOnWriteArrayList<>();
        try (TcpListener server = faulty("scanner", 91, desk.scanner()::serve);
                CardReader reader = CardReader.open(address("scanner", server, Map.of("repeat", "0")), scans::add)) {
            history.follow(reader);
            for (int i = 0; i < 5 * rounds; i++) {
                eventually("connected", () -> desk.scanner().scan(CARD) > 0);
                attempt(reader::check);
            }
            eventually("some codes came through", () -> !scans.isEmpty());
            keep(reader);
        }
    }

    private void keypad(DeviceHistory history, int rounds) {
        List<KeypadKey> keys = new CopyOnWriteArrayList<>();
        try (VirtualKeypad virtual = VirtualKeypad.start(0);
                Keypad keypad = Keypad.open(virtual.address(), keys::add)) {
            history.follow(keypad);
            for (int i = 0; i < 4 * rounds; i++) {
                for (char key : (PIN + "#").toCharArray()) {
                    eventually("connected", () -> virtual.press(String.valueOf(key)) > 0);
                }
                eventually("pressed", () -> !keys.isEmpty());
                if (i % 4 == 3) {
                    virtual.unplug();
                    virtual.replug();
                }
            }
            eventually("back", () -> keypad.check() instanceof DeviceStatus.Ready);
            keep(keypad);
        }
    }

    private Path keys() throws IOException {
        Path file = Files.writeString(folder.resolve("card-keys"), KEY);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void contactless(Map<String, String> settings, long seed, DeviceHistory history, int rounds) {
        secretText(KEY, FEW_DIGITS);
        var place = new CardPlace();
        FaultScript script = faults(seed);
        var address = new DeviceAddress("card", new DeviceAddress.Link.Memory("test"), settings);
        List<TouchedCard> touched = new CopyOnWriteArrayList<>();
        byte[] sector = Arrays.copyOf(HexFormat.of().parseHex(SECTOR), 48);
        try (var reader = new ContactlessReader(
                DeviceId.of(DeviceKind.CARD),
                address,
                () -> {
                    MemoryLink.Pair pair = MemoryLink.pair(address);
                    Thread.ofVirtual().start(() -> {
                        try (ByteLink device = pair.device()) {
                            place.serve(script.on(device));
                        } catch (DeviceException _) {
                            // The line was reset.
                        }
                    });
                    return pair.host();
                },
                touched::add)) {
            history.follow(reader);
            for (int i = 0; i < rounds; i++) {
                place.lay(VirtualCard.classic(CARD_UID, sector, KEY, "B0B1B2B3B4B5"));
                attempt(reader::check);
                place.lift();
                attempt(reader::check);
            }
            script.end();
            // A card is another one only where the driver saw that the place was empty.
            eventually("ready", () -> reader.check() instanceof DeviceStatus.Ready);
            reader.check();
            place.lay(VirtualCard.classic(CARD_UID, sector, KEY, "B0B1B2B3B4B5"));
            eventually("the card is known", () -> touched.stream().anyMatch(TouchedCard.Known.class::isInstance));
            keep(reader);
        }
    }

    private void printer(VirtualDesk desk, DeviceHistory history, int rounds) {
        Receipt receipt =
                Receipt.builder().text("Kortti " + CARD).text(ITEM).cut().build();
        try (TcpListener server = faulty("escpos", 94, desk.printer()::serve);
                ReceiptPrinter printer =
                        ReceiptPrinter.open(address("escpos", server, Map.of("timeout", "100", "confirm", "300")))) {
            history.follow(printer);
            for (int i = 0; i < rounds; i++) {
                said.add(printer.print(receipt).toString());
            }
            keep(printer);
            assertThat(trace(printer)).doesNotContain(hex(ITEM.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private void door(VirtualDesk desk, DeviceHistory history, int rounds) {
        List<String> states = new ArrayList<>();
        try (TcpListener server = faulty("modbus", 95, desk.door()::serve);
                DoorLock lock = DoorLock.connect(address("modbus", server, Map.of("timeout", "60")))) {
            history.follow(lock);
            for (int i = 0; i < 2 * rounds; i++) {
                attempt(() -> lock.open(Duration.ofMillis(200)));
                states.add(lock.state().toString());
            }
            keep(lock);
        }
        said.addAll(states);
    }
}
