package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.rfid.BibliothecaFrame.Start;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Bibliotheca driver puts on the wire, and what it makes of readers that differ from the published description. */
class BibliothecaPadOnTheWireTest {
    private static final Uid UID = Uid.parse("E00401500A1B2C3D");
    private static final ItemTag ITEM = ItemTag.single("853N06240600", "FI-Turku", TagModel.FINNISH_2005);
    private static final VirtualTag TAG = new VirtualTag(UID, 0x00, 0x07, Arrays.copyOf(TagCodec.encode(ITEM), 112));

    @Test
    void sendsTheGoldenBytesAndNeverAWriteWithoutAddress() {
        List<String> sent = new CopyOnWriteArrayList<>();
        var tap = new LinkTap() {
            @Override
            public void sent(byte[] bytes) {
                sent.add(HexFormat.of().withUpperCase().formatHex(bytes));
            }

            @Override
            public void received(byte[] bytes) {
                assertThat(bytes).isNotEmpty();
            }
        };
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = onDesk(desk, Map.of("information", "single"), tap::on)) {
            desk.pad().lay(TAG);
            assertThat(pad.inventory()).containsExactly(UID);
            assertThat(pad.setSecurity(UID, "853N06240600", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
            assertThat(pad.setSecurity(UID, "853N06240600", TagSecurity.SECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
        }
        assertThat(sent.stream().distinct().toList())
                .containsExactly(
                        "D500050400118C66",
                        "D60010130601000200030004000B000A00FDBF",
                        "D60003116420",
                        "D60005FE0007DA02",
                        "D6000E02E00401500A1B2C3D0008055BAD",
                        // Get DSFID: from the layout; the others are published or computed.
                        new BibliothecaFrame(Start.COMMAND, 0x0F, UID.bytes())
                                .toString()
                                .replace(" ", ""),
                        "D6000B0AE00401500A1B2C3DA1CD",
                        "D6000C09E00401500A1B2C3DC217B8",
                        "D6000C09E00401500A1B2C3D079E51");
    }

    @Test
    void tellsWhatTheReaderSaidAboutItself() {
        BibliothecaProtocol protocol = new BibliothecaProtocol(PadMake.BIBLIOTHECA.memory(Map.of()));
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            MemoryLink.Pair pair = MemoryLink.pair(PadMake.BIBLIOTHECA.memory(Map.of()));
            Thread.ofVirtual().start(() -> desk.pad().serve(pair.device()));
            assertThat(protocol.greet(pair.host())).isEmpty();
            assertThat(protocol.identity().model()).isEqualTo("Bibliotheca / 3M model 210");
            assertThat(protocol.identity().firmware()).isEqualTo("5.1.25");
            assertThat(protocol.signal(pair.host(), Duration.ofSeconds(1))).isFalse();
        }
    }

    /** By itself the driver goes by the byte E0; a UID that has it at both ends follows the reader's other tags. */
    @ParameterizedTest
    @CsvSource({"auto, false", "auto, true", "msb, false", "lsb, true"})
    void showsUidsAsTheyAreHoweverTheReaderGivesThem(String order, boolean reversed) {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = onDesk(desk, Map.of("uid", order), UnaryOperator.identity())) {
            desk.pad().setReversedUids(reversed);
            VirtualTag doubtful = DemoTags.items().getFirst().tags().getFirst();
            doubtful =
                    new VirtualTag(Uid.parse("E00401500A1B2CE0"), doubtful.dsfid(), doubtful.afi(), doubtful.memory());
            desk.pad().lay(doubtful);
            desk.pad().lay(TAG);
            assertThat(pad.inventory()).containsExactly(doubtful.uid(), UID);
            assertThat(pad.identify(List.of(doubtful.uid(), UID))).hasSize(2);
            assertThat(pad.setSecurity(UID, "853N06240600", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
            assertThat(desk.snapshot().pad().tags()).containsExactly(doubtful, TAG.withAfi(0xC2));
        }
    }

    @Test
    void findsNoTagWhenItIsToldTheWrongOrder() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = onDesk(desk, Map.of("uid", "msb"), UnaryOperator.identity())) {
            desk.pad().setReversedUids(true);
            desk.pad().lay(TAG);
            assertThat(pad.inventory()).containsExactly(Uid.parse("3D2C1B0A500104E0"));
            assertThat(pad.read(UID)).isEmpty();
        }
    }

    /** Tag information is in the specification and in no published program: a reader may refuse it. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "single"})
    void asksForSingleValuesOfAReaderThatTellsNotEverythingAtOnce(String information) {
        var asked = new AtomicInteger();
        try (RfidPad pad = scripted(Map.of("information", information), request -> switch (request.command()) {
            case BibliothecaCommand.TAG_INFORMATION -> {
                asked.incrementAndGet();
                yield hex("04");
            }
            case BibliothecaCommand.GET_DSFID -> hex("00" + UID + "06");
            case BibliothecaCommand.GET_AFI -> hex("00" + UID + "C2");
            case BibliothecaCommand.READ_BLOCKS -> {
                byte[] which = Arrays.copyOfRange(request.rest(), 8, 10);
                yield hex("00" + UID + HexFormat.of().formatHex(which) + "0000000000".repeat(which[1]));
            }
            default -> usual(request);
        })) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            PadTag tag = pad.read(UID).orElseThrow();
            assertThat(tag.dsfid()).isEqualTo(6);
            assertThat(tag.security()).contains(TagSecurity.UNSECURED);
            assertThat(asked.get() > 0).isEqualTo(information.equals("auto"));
        }
    }

    /** What an error means is not published: the next inventory says whether the tag is there at all. */
    @ParameterizedTest
    @CsvSource({
        // the error with the UID behind it, and bare; the tag is there, and is not
        "01E00401500A1B2C3D, true",
        "01,                 true",
        "FFE00401500A1B2C3D, false",
        "FF,                 false"
    })
    void asksTheFieldWhatAnErrorMeans(String answer, boolean there) {
        BibliothecaProtocol protocol = new BibliothecaProtocol(PadMake.BIBLIOTHECA.memory(Map.of()));
        ByteLink link = script(request -> request.command() == BibliothecaCommand.INVENTORY
                ? hex(there ? "0000070106" + UID : "00000700")
                : hex(answer));
        assertThat(protocol.writeAfi(link, UID, 0xC2))
                .isEqualTo(there ? new TagAnswer.Refused<>(TagError.UNNAMED) : new TagAnswer.Gone<>());
        assertThat(protocol.read(link, UID, 0, 8))
                .isEqualTo(there ? new TagAnswer.Refused<>(TagError.UNNAMED) : new TagAnswer.Gone<>());
    }

    @Test
    void passesOverAnswersAboutAnotherTagAndOtherBlocks() {
        BibliothecaProtocol protocol = new BibliothecaProtocol(PadMake.BIBLIOTHECA.memory(Map.of()));
        ByteLink link = frames(request -> List.of(
                new BibliothecaFrame(Start.COMMAND, 0x09, hex("00" + UID)),
                new BibliothecaFrame(Start.COMMAND, 0x02, hex("00" + "E00401500A1B2C3E" + "0001" + "00DEADBEEF")),
                new BibliothecaFrame(Start.COMMAND, 0x02, hex("00" + UID + "0401" + "00DEADBEEF")),
                new BibliothecaFrame(Start.COMMAND, 0x02, hex("00" + UID + "0001" + "0111010138"))));
        assertThat(protocol.read(link, UID, 0, 1))
                .isInstanceOfSatisfying(
                        TagAnswer.Given.class,
                        given -> assertThat(((Blocks) given.value()).bytes()).isEqualTo(hex("11010138")));
    }

    @ParameterizedTest
    @CsvSource({
        // no count; fewer bytes than blocks; blocks that are not alike; no value at all
        "02, 00E00401500A1B2C3D00",
        "02, 00E00401500A1B2C3D00020011010138",
        "02, 00E00401500A1B2C3D000200110101380035334E",
        "0D, 00E00401500A1B2C3D07",
        "03, 00E00401500A1B2C3D",
        // a poll without UIDs; one that ends too early
        "FE, 0000020106",
        "FE, 0000070206E00401500A1B2C3D"
    })
    void callsNonsenseWhatDoesNotFit(String command, String answer) {
        BibliothecaProtocol protocol = new BibliothecaProtocol(PadMake.BIBLIOTHECA.memory(Map.of()));
        ByteLink link = script(_ -> hex(answer));
        assertThatThrownBy(() -> {
                    switch (command) {
                        case "02" -> protocol.read(link, UID, 0, 8);
                        case "0D" -> protocol.information(link, UID);
                        case "03" -> protocol.eas(link, UID);
                        default -> protocol.inventory(link);
                    }
                })
                .isInstanceOf(DeviceException.FormatException.class);
    }

    @Test
    void takesNoBlocksForTheEndOfTheMemory() {
        BibliothecaProtocol protocol = new BibliothecaProtocol(PadMake.BIBLIOTHECA.memory(Map.of()));
        ByteLink link = script(_ -> hex("00" + UID + "1C00"));
        assertThat(protocol.read(link, UID, 0x1C, 8)).isEqualTo(new TagAnswer.Refused<>(TagError.NO_SUCH_BLOCK));
    }

    @Test
    void isDegradedWhileTheReaderCannotAskForTags() {
        var failures = new AtomicInteger(2);
        try (RfidPad pad = scripted(
                Map.of(),
                request -> request.command() == BibliothecaCommand.INVENTORY && failures.getAndDecrement() > 0
                        ? hex("05")
                        : usual(request))) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            assertThat(pad.inventory()).isEmpty();
            assertThat(pad.status().why()).contains(StatusReason.DEVICE_ERROR);
            assertThat(pad.inventory()).isEmpty();
            assertThat(pad.inventory()).containsExactly(UID);
            assertThat(pad.status()).isInstanceOf(DeviceStatus.Ready.class);
        }
    }

    /** A reader that is awake already need not answer the first two questions. */
    @Test
    void greetsAReaderThatIsAwakeAlready() {
        try (RfidPad pad = scripted(
                Map.of("timeout", "50"),
                request -> request.start() == Start.WAKE || request.command() == BibliothecaCommand.SETTINGS
                        ? new byte[0]
                        : usual(request))) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            assertThat(pad.inventory()).containsExactly(UID);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # a reader that never answers, one that talks something else, one that stops in mid-frame
        '',                         NO_ANSWER
        48656C6C6F2C20776F726C64,   NONSENSE
        D6000811000A05,             NONSENSE
        """)
    void isAbsentForAReaderThatMakesNoSense(String answer, StatusReason reason) {
        try (RfidPad pad = PadMake.BIBLIOTHECA.open(
                Map.of("timeout", "50"), () -> bytes(_ -> HexFormat.of().parseHex(answer)))) {
            eventually(
                    "absent for that",
                    () -> pad.status() instanceof DeviceStatus.Absent absent && absent.reason() == reason);
            assertThatThrownBy(pad::inventory).isInstanceOf(DeviceException.LinkException.class);
        }
    }

    @Test
    void refusesSettingsThatItDoesNotKnow() {
        assertThatThrownBy(() -> RfidPad.open(DeviceAddress.parse("bibliotheca:tcp:127.0.0.1:1?frames=standard")))
                .hasMessageContaining("unknown setting 'frames'");
        assertThatThrownBy(() -> RfidPad.open(DeviceAddress.parse("bibliotheca:tcp:127.0.0.1:1?uid=big")))
                .hasMessageContaining("expected uid to be one of [auto, msb, lsb], found 'big'");
        assertThatThrownBy(() -> RfidPad.open(DeviceAddress.parse("bibliotheca:tcp:127.0.0.1:1?information=all")))
                .hasMessageContaining("expected information to be one of [auto, single]");
    }

    private static RfidPad onDesk(VirtualDesk desk, Map<String, String> settings, UnaryOperator<ByteLink> fault) {
        return PadMake.BIBLIOTHECA.inMemory(desk.pad(), settings, fault);
    }

    /** A reader made of one function from request to what follows the command in its answer; nothing keeps it silent. */
    private interface Script {
        byte[] answer(BibliothecaFrame request);
    }

    private static byte[] usual(BibliothecaFrame request) {
        return switch (request.command()) {
            case BibliothecaCommand.VERSION -> hex("000A050119");
            case BibliothecaCommand.INVENTORY -> hex("0000070106" + UID);
            default -> hex("00");
        };
    }

    private static RfidPad scripted(Map<String, String> settings, Script script) {
        return PadMake.BIBLIOTHECA.open(settings, () -> script(script));
    }

    private static ByteLink script(Script script) {
        return frames(request -> {
            byte[] rest = script.answer(request);
            return rest.length == 0
                    ? List.of()
                    : List.of(new BibliothecaFrame(request.start(), request.command(), rest));
        });
    }

    private interface Frames {
        List<BibliothecaFrame> answers(BibliothecaFrame request);
    }

    private static ByteLink frames(Frames reader) {
        return bytes(request -> {
            byte[] all = new byte[0];
            for (BibliothecaFrame answer : reader.answers(request)) {
                byte[] more = answer.bytes();
                all = Arrays.copyOf(all, all.length + more.length);
                System.arraycopy(more, 0, all, all.length - more.length, more.length);
            }
            return all;
        });
    }

    private static ByteLink bytes(Script reader) {
        MemoryLink.Pair pair = MemoryLink.pair(PadMake.BIBLIOTHECA.memory(Map.of()));
        Thread.ofPlatform().daemon().start(() -> {
            var parser = new BibliothecaFrameParser();
            byte[] buffer = new byte[256];
            try (ByteLink link = pair.device()) {
                while (true) {
                    int count = link.read(buffer, Duration.ofSeconds(1));
                    parser.feed(buffer, count).forEach(request -> link.write(reader.answer(request)));
                }
            } catch (DeviceException _) {
                // The host hung up: the script is over.
            }
        });
        return pair.host();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
