package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.TracedFrame;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.rfid.FeigFrame.Format;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Replay;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader in buffered read mode says, with stand-ins: as in host mode, the same for the same tag, and of the same form. */
class FeigMaskTest {
    private static final Uid UID = Uid.parse("E00401500A1B2C3D");
    private static final String ITEM = "853N06240600";
    private static final String CARD_UID = "04A1B2C3D4E5F6";

    @ParameterizedTest
    @ValueSource(strings = {"auto", "buffer"})
    void letsATraceOfBufferModeBeReplayed(String mode) {
        List<VirtualTag> pile = new ArrayList<>();
        for (TagModel model : TagModel.values()) {
            // More tags than one answer holds.
            for (int i = 0; i < 3; i++) {
                ItemTag item = ItemTag.single("853N06240%04d".formatted(pile.size()), "FI-Turku", model);
                pile.add(DemoTags.tag(item, TagSecurity.SECURED));
            }
        }
        List<TracedFrame> trace;
        Map<Uid, PadTag> said;
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = RfidPad.open(with(desk.pad().address(), mode))) {
            desk.pad().setScanning(true);
            pile.forEach(desk.pad()::lay);
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            said = pad.identify(pad.inventory());
            assertThat(said).hasSameSizeAs(pile);
            trace = pad.trace();
        }
        String all = trace.stream()
                .map(frame -> new String(frame.bytes(), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
        for (VirtualTag tag : pile) {
            assertThat(all)
                    .doesNotContain(new String(tag.uid().bytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(new String(tag.memory(), 1, 12, StandardCharsets.ISO_8859_1));
        }
        try (TcpListener replay = TcpListener.listen("feig", 0, new Replay(trace)::serve);
                RfidPad pad = RfidPad.open(with(DeviceAddress.parse("feig:tcp:127.0.0.1:" + replay.port()), mode))) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            List<Uid> others = pad.inventory();
            assertThat(others)
                    .containsExactlyElementsOf(
                            pile.stream().map(tag -> TagStandIns.uid(tag.uid())).toList());
            Map<Uid, PadTag> played = pad.identify(others);
            assertThat(played).hasSameSizeAs(pile);
            for (VirtualTag tag : pile) {
                ItemTag original = item(said, tag.uid());
                ItemTag other = item(played, TagStandIns.uid(tag.uid()));
                assertThat(other.model()).isEqualTo(original.model());
                assertThat(other.owner()).isEqualTo(original.owner());
                assertThat(other.identifier()).matches("[1-9]\\d\\d[A-Z]\\d{9}").doesNotStartWith("853N06240");
            }
        }
    }

    private static ItemTag item(Map<Uid, PadTag> tags, Uid uid) {
        return Optional.ofNullable(tags.get(uid)).flatMap(PadTag::item).orElseThrow();
    }

    private static DeviceAddress with(DeviceAddress address, String mode) {
        return new DeviceAddress("feig", address.link(), Map.of("mode", mode, "timeout", "2000"));
    }

    /** A reader may give each block last byte first; the stand-in is then given so, too. */
    @Test
    void givesTheSameStandInInEitherOrderOfBytes() {
        byte[] memory = Arrays.copyOf(TagCodec.encode(ItemTag.single(ITEM, "FI-Turku", TagModel.FINNISH_2005)), 32);
        FeigBuffer straight = masked("0B0001" + record(memory));
        FeigBuffer reversed = masked("030001" + record(Blocks.reversed(memory, 4)));
        FeigBuffer.Entry entry = straight.records().getFirst();
        assertThat(entry.uid()).contains(TagStandIns.uid(UID));
        assertThat(entry.memory().orElseThrow().bytes())
                .isEqualTo(reversed.records().getFirst().memory().orElseThrow().bytes())
                .isNotEqualTo(memory);
    }

    /** Of a transponder that is no tag for books, and of what stands behind the blocks, nothing is kept. */
    @Test
    void hidesWhatItDoesNotKnow() {
        byte[] bytes = mask("010002" + "000C040007" + CARD_UID + "0015030008" + UID + "2853000123456789");
        String hex = HexFormat.of().withUpperCase().formatHex(bytes);
        assertThat(hex)
                .contains("000C040007", "0015030008")
                .doesNotContain(CARD_UID, "2853000123456789", UID.toString());
        byte[] cut = mask("010009000C040007" + CARD_UID);
        assertThat(HexFormat.of().withUpperCase().formatHex(cut)).doesNotContain(CARD_UID);
        assertThat(cut).as("envelope, status, data").hasSize(7 + 1 + 15);
    }

    /** A reader that answers late answers what was asked before, and nobody but its length and form tells. */
    @ParameterizedTest
    @ValueSource(ints = {FeigCommand.SYSTEM_INFORMATION, FeigCommand.INVENTORY, FeigCommand.WRITE_BLOCKS})
    void hidesALateAnswerToAnEarlierRequest(int asked) {
        byte[] memory = TagCodec.encode(ItemTag.single(ITEM, "FI-Turku", TagModel.ISO_28560_2));
        byte[] first = Arrays.copyOf(memory, 8);
        var mask = new FeigMask();
        mask.masked(true, host(HexFormat.of().parseHex("%02X01%s0002".formatted(asked, UID))));
        byte[] late = host(HexFormat.of().parseHex("00020400" + hex(first, 0, 4) + "00" + hex(first, 4, 8)));
        assertThat(hex(mask.masked(false, late)))
                .doesNotContain(hex(first, 0, 4))
                .doesNotContain(hex(first, 4, 8));
        byte[] refusal = host(new byte[] {(byte) FeigCommand.TAG_ERROR, 0x12});
        assertThat(mask.masked(false, refusal)).isEqualTo(refusal);
    }

    /** What stands in the middle may be a number that is stored as an integer. */
    @Test
    void keepsOfBlocksFromTheMiddleOnlyBlankOnes() {
        var mask = new FeigMask();
        mask.masked(true, host(HexFormat.of().parseHex("%02X01%s0802".formatted(FeigCommand.READ_BLOCKS, UID))));
        byte[] number = host(HexFormat.of().parseHex("00020400" + "14C8E0F4" + "00" + "54400000"));
        assertThat(hex(mask.masked(false, number))).doesNotContain("14C8E0F4").doesNotContain("5440");
        byte[] blank = host(HexFormat.of().parseHex("00020400" + "00000000" + "00" + "00000000"));
        assertThat(mask.masked(false, blank)).isEqualTo(blank);
    }

    private static byte[] host(byte[] rest) {
        return new FeigFrame(Format.ADVANCED, 0, FeigCommand.HOST, rest).bytes();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().withUpperCase().formatHex(bytes, from, to);
    }

    /** Status only, as from an empty buffer. */
    @Test
    void leavesAnEmptyBufferAsItIs() {
        byte[] empty = new FeigFrame(Format.ADVANCED, 0, FeigCommand.READ_BUFFER, new byte[] {(byte) 0x92}).bytes();
        assertThat(new FeigMask().masked(false, empty)).isEqualTo(empty);
    }

    /** Length, type 03, information 00, length 8, UID, 8 blocks of 4. */
    private static String record(byte[] memory) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("0030" + "030008" + UID + "0008" + "04"));
        out.writeBytes(memory);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static byte[] mask(String data) {
        byte[] rest = HexFormat.of().parseHex("00" + data);
        return new FeigMask().masked(false, new FeigFrame(Format.ADVANCED, 0, FeigCommand.READ_BUFFER, rest).bytes());
    }

    private static FeigBuffer masked(String data) {
        byte[] bytes = mask(data);
        byte[] rest = new FeigFrameParser().feed(bytes, bytes.length).getFirst().rest();
        return FeigBuffer.parse(Arrays.copyOfRange(rest, 1, rest.length));
    }
}
