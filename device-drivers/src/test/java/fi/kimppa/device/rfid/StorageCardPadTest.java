package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.simulator.CardPlace;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.simulator.VirtualPad;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageCardPadTest {
    /** The simulators' way to pass a command through to the tag. */
    private static final Map<String, String> AFI =
            Map.of("afi-command", "FFFB00000B2227UUAA", "afi-read-command", "fffb00000a222buu");

    private static final VirtualTag BOOK =
            DemoTags.tag(ItemTag.single("853N06240600", "FI-Turku", TagModel.ISO_28560_3), TagSecurity.SECURED);

    private static DeviceAddress address(Map<String, String> settings) {
        return new DeviceAddress("pcsc", new DeviceAddress.Link.Memory("test"), settings);
    }

    private static RfidPad pad(CardPlace place, Map<String, String> settings, LinkTap... taps) {
        DeviceAddress address = address(settings);
        RfidPad pad = StorageCardProtocol.open(DeviceId.of(DeviceKind.PAD), address, () -> {
            MemoryLink.Pair pair = MemoryLink.pair(address);
            Thread.ofVirtual().start(() -> place.serve(pair.device()));
            ByteLink host = pair.host();
            for (LinkTap tap : taps) {
                host = tap.on(host);
            }
            return host;
        });
        eventually("the pad is ready", () -> pad.status() instanceof DeviceStatus.Ready);
        return pad;
    }

    /** What every pad does, as far as one tag goes. */
    @Nested
    class OneTagAtATime extends RfidPadContract {
        OneTagAtATime() {
            // Its far side shows the field of the virtual pad's FEIG reader.
            super(PadMake.FEIG);
        }

        @Override
        boolean takesMany() {
            return false;
        }

        @Override
        RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
            var all = new LinkedHashMap<>(AFI);
            all.putAll(settings);
            all.keySet().removeAll(Set.of("timeout"));
            DeviceAddress address = address(all);
            return StorageCardProtocol.open(DeviceId.of(DeviceKind.PAD), address, () -> {
                if (!virtualPad.plugged()) {
                    throw new LinkException(address, Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, "unplugged");
                }
                return OneTagReader.on(virtualPad, address);
            });
        }
    }

    @Test
    void readsSecuresAndWritesATag() {
        var place = new CardPlace();
        place.lay(VirtualCard.tag(BOOK));
        try (RfidPad pad = pad(place, AFI)) {
            assertThat(pad.inventory()).containsExactly(BOOK.uid());
            PadTag read = pad.read(BOOK.uid()).orElseThrow();
            assertThat(read.item().orElseThrow().identifier()).isEqualTo("853N06240600");
            assertThat(read.security()).contains(TagSecurity.SECURED);
            assertThat(pad.setSecurity(BOOK.uid(), "853N06240600", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(true));
            assertThat(pad.dump(BOOK.uid()).orElseThrow().afi()).contains(0xC2);
            assertThat(pad.dump(BOOK.uid()).orElseThrow().memory()).isEqualTo(BOOK.memory());
            ItemTag other = ItemTag.single("611N00576578", "FI-Turku", TagModel.ISO_28560_3);
            assertThat(pad.write(BOOK.uid(), BOOK.dsfid(), TagCodec.encode(other)))
                    .isInstanceOf(TagWrite.Written.class);
            assertThat(pad.read(BOOK.uid()).orElseThrow().item()).contains(other);
        }
    }

    @Test
    void refusesToSecureWithoutTheMakersCommand() {
        var place = new CardPlace();
        place.lay(VirtualCard.tag(BOOK));
        try (RfidPad pad = pad(place, Map.of())) {
            assertThat(pad.read(BOOK.uid()).orElseThrow().security()).isEmpty();
            assertThat(pad.setSecurity(BOOK.uid(), "853N06240600", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Failed(SecurityWrite.Reason.REJECTED));
            assertThat(pad.dump(BOOK.uid()).orElseThrow().afi()).isEmpty();
        }
        try (RfidPad pad = pad(place, Map.of("security", "none"))) {
            assertThat(pad.setSecurity(BOOK.uid(), "853N06240600", TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Verified(false));
        }
    }

    @Test
    void neverTakesASwappedTagForTheOneThatIsMeant() {
        ItemTag other = ItemTag.single("611N00576578", "FI-Turku", TagModel.ISO_28560_3);
        VirtualTag otherTag = DemoTags.tag(other, TagSecurity.SECURED);
        int swapAt = 0;
        boolean swapped;
        do {
            var place = new CardPlace();
            VirtualCard card = VirtualCard.tag(BOOK);
            VirtualCard otherCard = VirtualCard.tag(otherTag);
            place.lay(card);
            var swap = new Swap(place, otherCard, ++swapAt);
            try (RfidPad pad = pad(place, AFI, swap)) {
                swap.armed = true;
                assertThat(pad.read(BOOK.uid()).flatMap(PadTag::item).map(ItemTag::identifier))
                        .as("swapped after answer %d", swapAt)
                        .isIn(Optional.empty(), Optional.of("853N06240600"));
                SecurityWrite result = pad.setSecurity(BOOK.uid(), "853N06240600", TagSecurity.UNSECURED);
                swapped = swap.done;
                assertThat(result)
                        .as("swapped after answer %d", swapAt)
                        .isIn(new SecurityWrite.TagGone(), new SecurityWrite.Verified(true));
                if (result instanceof SecurityWrite.Verified) {
                    assertThat(afi(card, BOOK.uid())).isEqualTo(0xC2);
                }
            }
            assertThat(afi(otherCard, otherTag.uid())).isEqualTo(0x07);
        } while (swapped);
        assertThat(swapAt).as("answers of one reading and one writing").isGreaterThan(20);
    }

    private static int afi(VirtualCard card, Uid uid) {
        String air = HexFormat.of().formatHex(Blocks.reversed(uid.bytes(), 8));
        byte[] answer = card.answer(HexFormat.of().parseHex("FFFB00000A222B" + air));
        return answer[11] & 0xFF;
    }

    /** Swaps the tag when so many commands have been given. */
    private static final class Swap implements LinkTap {
        private final CardPlace place;
        private final VirtualCard next;
        private int left;
        private volatile boolean armed;
        private volatile boolean done;

        Swap(CardPlace place, VirtualCard next, int left) {
            this.place = place;
            this.next = next;
            this.left = left;
        }

        @Override
        public void sent(byte[] bytes) {}

        @Override
        public void received(byte[] bytes) {
            if (armed && --left == 0) {
                place.lay(next);
                done = true;
            }
        }
    }

    @Test
    void takesAUidInEitherOrderAndNoOtherCardForATag() {
        byte[] mostSignificantFirst = BOOK.uid().bytes();
        byte[] leastSignificantFirst = Blocks.reversed(mostSignificantFirst, 8);
        for (byte[] told : List.of(mostSignificantFirst, leastSignificantFirst)) {
            try (RfidPad pad = told(told, Map.of())) {
                assertThat(pad.inventory()).containsExactly(BOOK.uid());
            }
        }
        try (RfidPad pad = told(mostSignificantFirst, Map.of("uid", "lsb"))) {
            assertThat(pad.inventory()).containsExactly(Uid.of(leastSignificantFirst));
        }
        try (RfidPad pad = told(new byte[] {4, 1, 2, 3, 4, 5, 6}, Map.of())) {
            assertThat(pad.inventory()).isEmpty();
        }
    }

    private static RfidPad told(byte[] uid, Map<String, String> settings) {
        DeviceAddress address = address(settings);
        return StorageCardProtocol.open(DeviceId.of(DeviceKind.PAD), address, () -> {
            MemoryLink.Pair pair = MemoryLink.pair(address);
            Thread.ofVirtual().start(() -> {
                byte[] buffer = new byte[300];
                while (true) {
                    if (pair.device().read(buffer, Duration.ofSeconds(5)) > 0) {
                        byte[] answer = Arrays.copyOf(uid, uid.length + 2);
                        answer[uid.length] = (byte) 0x90;
                        pair.device().write(answer);
                    }
                }
            });
            return pair.host();
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        6300, Hesitant
        6400, Hesitant
        6281, Hesitant
        6581, WriteError
        6282, Refused[error=16]
        6A82, Refused[error=16]
        6981, Refused[error=1]
        6982, Refused[error=15]
        """)
    void knowsWhatAStatusMeans(String status, String meaning) {
        var pair = MemoryLink.pair(address(Map.of()));
        int code = Integer.parseInt(status, 16);
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[300];
            while (true) {
                if (pair.device().read(buffer, Duration.ofSeconds(5)) > 0) {
                    pair.device()
                            .write(
                                    (buffer[1] & 0xFF) == 0xCA
                                            ? HexFormat.of().parseHex(BOOK.uid() + "9000")
                                            : new byte[] {(byte) (code >> 8), (byte) code});
                }
            }
        });
        var protocol = new StorageCardProtocol(address(Map.of()));
        assertThat(protocol.read(pair.host(), BOOK.uid(), 0, 1).toString()).startsWith(meaning);
        assertThat(protocol.write(pair.host(), BOOK.uid(), 0, 4, new byte[4]).toString())
                .startsWith(meaning);
        pair.host().close();
    }

    @Test
    void saysTheCommandsOfPartThree() {
        // PC/SC part 3, section 3.2.2.1: get data, read binary and update binary of block 5.
        var place = new CardPlace();
        place.lay(VirtualCard.tag(BOOK));
        List<String> sent = new ArrayList<>();
        var tap = new LinkTap() {
            @Override
            public void sent(byte[] bytes) {
                sent.add(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes));
            }

            @Override
            public void received(byte[] bytes) {}
        };
        var pair = MemoryLink.pair(address(Map.of()));
        Thread.ofVirtual().start(() -> place.serve(pair.device()));
        var protocol = new StorageCardProtocol(address(AFI));
        ByteLink link = tap.on(pair.host());
        assertThat(protocol.read(link, BOOK.uid(), 5, 1)).isInstanceOf(TagAnswer.Given.class);
        assertThat(protocol.write(link, BOOK.uid(), 5, 4, new byte[] {1, 2, 3, 4}))
                .isInstanceOf(TagAnswer.Given.class);
        assertThat(protocol.writeAfi(link, Uid.parse(BOOK.uid().toString()), 0xC2))
                .isInstanceOf(TagAnswer.Given.class);
        String air = HexFormat.ofDelimiter(" ")
                .withUpperCase()
                .formatHex(Blocks.reversed(BOOK.uid().bytes(), 8));
        assertThat(sent)
                .containsExactly(
                        "FF B0 00 05 04",
                        "FF CA 00 00 00",
                        "FF CA 00 00 00",
                        "FF D6 00 05 04 01 02 03 04",
                        "FF CA 00 00 00",
                        "FF FB 00 00 0B 22 27 " + air + " C2");
        pair.host().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFB00000A2227UU", "FFFB0000032227AA", "FFFB00000B2227UUA", "xyz", "UUAA"})
    void refusesACommandThatNamesNoTagOrNoValue(String command) {
        assertThatThrownBy(() -> new StorageCardProtocol(address(Map.of("afi-command", command))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("afi-command");
    }

    @Test
    void givesAllCommandsOfASequenceAndFindsTheInformationInWhateverIsAroundIt() {
        var command = TransparentCommand.of(
                        address(Map.of("afi-read-command", "FFC2000000,FFC2000100UU,FFC2000001")),
                        "afi-read-command",
                        "UU")
                .orElseThrow();
        var pair = MemoryLink.pair(address(Map.of()));
        List<Integer> heard = new ArrayList<>();
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[300];
            while (true) {
                int count = pair.device().read(buffer, Duration.ofSeconds(5));
                if (count > 0) {
                    heard.add(count);
                    // Data objects as in amendment 1 of PC/SC part 3: status, then the tag's own answer in object 97.
                    byte[] air = Blocks.reversed(BOOK.uid().bytes(), 8);
                    String hex = count == 5
                            ? "C0030090009000"
                            : "C003009000970F000F" + HexFormat.of().formatHex(air) + "3E071B03019000";
                    pair.device().write(HexFormat.of().parseHex(hex));
                }
            }
        });
        Optional<TagInformation> information =
                command.exchange(pair.host(), BOOK.uid(), 0).flatMap(data -> command.information(BOOK.uid(), data));
        assertThat(information)
                .contains(new TagInformation(Optional.of(0x3E), Optional.of(0x07), Optional.of(28), Optional.of(4)));
        assertThat(heard).containsExactly(5, 13, 5);
        pair.host().close();
    }
}
