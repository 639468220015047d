package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader's answer comes twice and a later one is lost, wherever both are, on a line that is always a little late: from the one to the
 * other each answer passes for the next question's, and nothing is left over at the end. Nothing wrong may be believed of any tag.
 */
class LeftoverAnswersTest {
    private static final List<TagModel> MODELS = List.of(TagModel.values());
    private static final int BLANK_BYTES = 112;
    private static final int MOST_ANSWERS = 80;

    /** A line on which one answer comes twice and one does not come. */
    private static final class Line implements ByteLink {
        private final ByteLink link;
        private int twice = -1;
        private int lost = -1;
        private int answers;
        private Optional<byte[]> held = Optional.empty();
        private boolean asked;

        Line(ByteLink link) {
            this.link = link;
        }

        void spoil(int twiceAt, int lostAt) {
            twice = twiceAt;
            lost = lostAt;
            answers = 0;
        }

        @Override
        public DeviceAddress address() {
            return link.address();
        }

        @Override
        public int read(byte[] buffer, Duration timeout) {
            if (held.isPresent() && asked) {
                byte[] again = held.get();
                held = Optional.empty();
                System.arraycopy(again, 0, buffer, 0, again.length);
                return again.length;
            }
            if (timeout.isZero()) {
                return 0;
            }
            int count = link.read(buffer, timeout);
            if (count > 0) {
                if (answers == twice) {
                    held = Optional.of(Arrays.copyOf(buffer, count));
                    asked = false;
                }
                if (answers++ == lost) {
                    return read(buffer, timeout);
                }
            }
            return count;
        }

        @Override
        public void write(byte[] bytes) {
            asked = true;
            link.write(bytes);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysNothingWrongOfAnyTag(PadMake make) {
        play(make, 16);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void saysNothingWrongOfAnyTagWhereverItIs(PadMake make) {
        play(make, 1);
    }

    private static void play(PadMake make, int step) {
        List<VirtualTag> pile = pile();
        int said = 0;
        for (int twice = 0; twice < MOST_ANSWERS; twice += step) {
            for (int lost = twice + 1; lost < Math.min(twice + 25, MOST_ANSWERS); lost++) {
                said += identified(make, pile, twice, lost);
            }
        }
        assertThat(said).as("tags of which something was said").isPositive();
    }

    /** Tags of every model, one that says more than one reading holds, and blank ones, whose end is looked for. */
    private static List<VirtualTag> pile() {
        List<VirtualTag> pile = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TagModel model = MODELS.get(i % MODELS.size());
            String number = "853N0624060" + i;
            ItemTag item = ItemTag.single(
                    model == TagModel.ISO_28560_2 ? number + "0123456789abcdefghij" : number, "FI-Turku", model);
            VirtualTag tag = DemoTags.tag(item, TagSecurity.SECURED);
            VirtualTag laid = i % 3 == 2 ? new VirtualTag(tag.uid(), 0, 0x07, new byte[BLANK_BYTES]) : tag;
            pile.add(laid);
        }
        return pile;
    }

    private static int identified(PadMake make, List<VirtualTag> pile, int twice, int lost) {
        Line[] line = new Line[1];
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                RfidPad pad = make.inMemory(desk.pad(), Map.of("timeout", "60"), link -> line[0] = new Line(link))) {
            pile.forEach(desk.pad()::lay);
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            line[0].spoil(twice, lost);
            // Ends with an answer that is nobody else's, unless that is the one that comes twice.
            pad.read(pile.getFirst().uid());
            Map<Uid, PadTag> found =
                    pad.identify(pile.stream().map(VirtualTag::uid).toList());
            for (VirtualTag tag : pile) {
                Optional.ofNullable(found.get(tag.uid()))
                        .ifPresent(said -> assertThat(FaultScripts.essence(said.content()))
                                .as("answer %s twice, %s lost, tag %s", twice, lost, tag.uid())
                                .isEqualTo(FaultScripts.truth(said.dsfid(), tag)));
            }
            return found.size();
        } catch (DeviceException _) {
            // It says that it does not know.
            return 0;
        }
    }
}
