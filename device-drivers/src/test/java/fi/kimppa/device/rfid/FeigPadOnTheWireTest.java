package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.PadSignal;
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
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the FEIG driver puts on the wire, and what it makes of readers that behave badly. */
class FeigPadOnTheWireTest {
    private static final DeviceAddress MEMORY =
            new DeviceAddress("feig", new DeviceAddress.Link.Memory("test"), Map.of("timeout", "200"));
    private static final Uid UID = Uid.parse("E00401500A1B2C3D");

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
                RfidPad pad = onDesk(desk, tap::on)) {
            ItemTag item = ItemTag.single("853N06240600", "FI-Turku", TagModel.FINNISH_2005);
            desk.pad().lay(new VirtualTag(UID, 0x00, 0x07, Arrays.copyOf(TagCodec.encode(item), 32)));
            assertThat(pad.inventory()).containsExactly(UID);
            assertThat(pad.setSecurity(UID, "853N06240600", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
            assertThat(pad.setSecurity(UID, "853N06240600", TagSecurity.SECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
        }
        assertThat(sent.stream().distinct().toList())
                .containsExactlyInAnyOrder(
                        "020007FF656E61",
                        "020008FF66808096",
                        "020009FFB001001843",
                        "020011FFB02B01E00401500A1B2C3D8FA8",
                        "020013FFB02301E00401500A1B2C3D0008B630",
                        "020012FFB02701E00401500A1B2C3DC288F8",
                        "020012FFB02701E00401500A1B2C3D072969");
    }

    /** On a serial line the memory takes longer than all the rest. */
    @Test
    void asksATagThatLiesThereSinceItWasReadOnlyForWhatMayHaveChanged() {
        List<Integer> sent = new CopyOnWriteArrayList<>();
        var tap = new LinkTap() {
            @Override
            public void sent(byte[] bytes) {
                sent.add((bytes[4] & 0xFF) == FeigCommand.HOST ? bytes[5] & 0xFF : -1);
            }

            @Override
            public void received(byte[] bytes) {
                assertThat(bytes).isNotEmpty();
            }
        };
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = onDesk(desk, tap::on)) {
            VirtualTag tag = demoTag("3000000011");
            desk.pad().lay(tag);
            pad.identify(pad.inventory());
            sent.clear();
            assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
            assertThat(sent.stream().filter(command -> command >= 0))
                    .containsExactly(
                            FeigCommand.SYSTEM_INFORMATION, FeigCommand.WRITE_AFI, FeigCommand.SYSTEM_INFORMATION);
            desk.pad().lift(tag.uid());
            pad.inventory();
            desk.pad().lay(tag);
            pad.inventory();
            pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED);
            assertThat(sent).as("once it was away, its memory too").contains(FeigCommand.READ_BLOCKS);
        }
    }

    /** The link is cut after every number of bytes in turn; whatever happens, one tag changes and ends as wanted. */
    @Test
    void endsWithTheWantedSecurityWhereverTheLinkIsCut() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            VirtualTag first = demoTag("3000000011");
            VirtualTag other = demoTag("3000000028");
            for (int cut = 16; cut < 400; cut += 13) {
                desk.pad().lay(first);
                desk.pad().lay(other);
                int cutAfter = cut;
                var opened = new AtomicInteger();
                try (RfidPad pad = onDesk(
                        desk,
                        link -> opened.getAndIncrement() == 0
                                ? FaultPlan.NONE.withCutAfter(cutAfter).on(link)
                                : link)) {
                    eventually("verified", () -> verified(pad, first.uid()));
                }
                assertThat(desk.snapshot().pad().tags()).containsExactlyInAnyOrder(first.withAfi(0xC2), other);
                desk.pad().clear();
            }
        }
    }

    private static boolean verified(RfidPad pad, Uid uid) {
        try {
            return pad.setSecurity(uid, "3000000011", TagSecurity.UNSECURED) instanceof SecurityWrite.Verified;
        } catch (DeviceException _) {
            return false;
        }
    }

    @Test
    void waitsForASlowReader() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = onDesk(desk, FaultPlan.NONE.withChunk(5).withDelay(Duration.ofMillis(4))::on)) {
            VirtualTag tag = demoTag("853N06240600");
            desk.pad().lay(tag);
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            assertThat(pad.read(tag.uid()).orElseThrow().item().orElseThrow().identifier())
                    .isEqualTo("853N06240600");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # a reader that never answers, one that talks something else, one that stops in mid-frame
        '',                     NO_ANSWER
        48656C6C6F2C20776F726C64, NONSENSE
        02000F0065000303,       NONSENSE
        """)
    void isAbsentForAReaderThatMakesNoSense(String answer, StatusReason reason) {
        try (RfidPad pad = scripted(_ -> HexFormat.of().parseHex(answer))) {
            eventually(
                    "absent for that",
                    () -> pad.status() instanceof DeviceStatus.Absent absent && absent.reason() == reason);
            assertThatThrownBy(pad::inventory).isInstanceOf(DeviceException.LinkException.class);
        }
    }

    @Test
    void isDegradedWhileTheReaderScansByItself() {
        var refusals = new AtomicInteger(3);
        try (RfidPad pad = scripted(request -> {
            byte[] rest = request.command() == FeigCommand.VERSION
                    ? HexFormat.of().parseHex("0003030044530D30")
                    : new byte[] {(byte) (refusals.getAndDecrement() > 0 ? 0x82 : 0x01)};
            return new FeigFrame(FeigFrame.Format.ADVANCED, 0, request.command(), rest).bytes();
        })) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            assertThat(pad.inventory()).isEmpty();
            assertThat(pad.status())
                    .isInstanceOfSatisfying(
                            DeviceStatus.Degraded.class,
                            degraded -> assertThat(degraded.reason()).isEqualTo(StatusReason.WRONG_MODE));
            eventually("ready again by itself", () -> pad.status() instanceof DeviceStatus.Ready);
        }
    }

    @Test
    void readsTheBufferOfAReaderThatScansByItself() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = onDesk(desk, UnaryOperator.identity())) {
            DemoTags.items().forEach(item -> item.tags().forEach(desk.pad()::lay));
            desk.pad().setScanning(true);
            VirtualTag tag = demoTag("3000000011");
            List<Uid> seen = pad.inventory();
            assertThat(seen).hasSize(12);
            assertThat(pad.identify(seen).values())
                    .hasSize(12)
                    .allMatch(read -> read.item().isPresent());
            assertThat(pad.status().why()).contains(StatusReason.WRONG_MODE);
            // It takes no commands for tags: nothing can be secured.
            assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Failed(SecurityWrite.Reason.REJECTED));
            assertThat(desk.snapshot().pad().tags()).contains(tag);
            desk.pad().setScanning(false);
            assertThat(pad.inventory()).hasSize(12);
            assertThat(pad.status()).isInstanceOf(DeviceStatus.Ready.class);
        }
    }

    @Test
    void isKnownByItsIdentifierAndShowsASign() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            desk.pad().setDeviceId(0x0BADCAFE);
            try (RfidPad pad = RfidPad.open(withDevice(desk, "0badcafe"))) {
                eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
                assertThat(pad.signal(Duration.ofMillis(1_500))).isTrue();
                assertThat(desk.pad().lit()).contains(new PadSignal(0x0015, Duration.ofMillis(1_500)));
            }
            try (RfidPad pad = RfidPad.open(withDevice(desk, "0BADCAFF"))) {
                eventually("another", () -> pad.status().why().equals(Optional.of(StatusReason.OTHER_DEVICE)));
            }
        }
    }

    private static DeviceAddress withDevice(VirtualDesk desk, String device) {
        return new DeviceAddress("feig", desk.pad().address().link(), Map.of("device", device));
    }

    @Test
    void findsAReaderThatKnowsStandardFramesOnly() {
        try (RfidPad pad = scripted(request -> request.format() == FeigFrame.Format.ADVANCED
                ? new byte[0]
                : new FeigFrame(
                                FeigFrame.Format.STANDARD,
                                0,
                                request.command(),
                                request.command() == FeigCommand.VERSION
                                        ? HexFormat.of().parseHex("0003030044530D30")
                                        : HexFormat.of().parseHex("00010306E00401500A1B2C3D"))
                        .bytes())) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            assertThat(pad.inventory()).containsExactly(UID);
        }
    }

    @Test
    void refusesSettingsThatItDoesNotKnow() {
        assertThatThrownBy(() -> RfidPad.open(DeviceAddress.parse("feig:tcp:127.0.0.1:1?speed=9600")))
                .hasMessageContaining("unknown setting 'speed'");
        assertThatThrownBy(() -> RfidPad.open(DeviceAddress.parse("feig:tcp:127.0.0.1:1?secured=7")))
                .hasMessageContaining("two hexadecimal digits");
        assertThatThrownBy(() -> RfidPad.open(DeviceAddress.parse("nedap:tcp:127.0.0.1:1")))
                .hasMessageContaining("expected the driver feig, bibliotheca or pcsc, found 'nedap'");
    }

    private static VirtualTag demoTag(String identifier) {
        return DemoTags.items().stream()
                .filter(item -> item.identifier().equals(identifier))
                .findFirst()
                .orElseThrow()
                .tags()
                .getFirst();
    }

    private static RfidPad onDesk(VirtualDesk desk, UnaryOperator<ByteLink> fault) {
        return FeigProtocol.open(DeviceId.of(DeviceKind.PAD), MEMORY, () -> {
            MemoryLink.Pair pair = MemoryLink.pair(MEMORY);
            Thread.ofPlatform().daemon().start(() -> desk.pad().serve(pair.device()));
            return fault.apply(pair.host());
        });
    }

    /** A reader made of one function from request to bytes. */
    private interface Script {
        byte[] answer(FeigFrame request);
    }

    private static RfidPad scripted(Script script) {
        return FeigProtocol.open(DeviceId.of(DeviceKind.PAD), MEMORY, () -> {
            MemoryLink.Pair pair = MemoryLink.pair(MEMORY);
            Thread.ofPlatform().daemon().start(() -> {
                var parser = new FeigFrameParser();
                byte[] buffer = new byte[256];
                try (ByteLink link = pair.device()) {
                    while (true) {
                        int count = link.read(buffer, Duration.ofSeconds(1));
                        parser.feed(buffer, count).forEach(request -> link.write(script.answer(request)));
                    }
                } catch (DeviceException _) {
                    // The host hung up: the script is over.
                }
            });
            return pair.host();
        });
    }
}
