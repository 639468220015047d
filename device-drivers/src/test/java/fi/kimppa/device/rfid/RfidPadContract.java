package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.rfid.SecurityWrite.Failed;
import fi.kimppa.device.rfid.SecurityWrite.Reason;
import fi.kimppa.device.rfid.SecurityWrite.TagGone;
import fi.kimppa.device.rfid.SecurityWrite.Verified;
import fi.kimppa.device.simulator.DemoItem;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualPad;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TagSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every pad driver does on every link; the subclasses bring the link. */
abstract class RfidPadContract {
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualPad virtual = desk.pad();
    private final List<DeviceStatus> statuses = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RfidPad pad;

    /** A driver that reaches this pad. */
    abstract RfidPad driver(VirtualPad virtualPad);

    /** Whether the reader takes more than one tag at a time. */
    boolean takesMany() {
        return true;
    }

    private void needsSeveralTags() {
        assumeTrue(takesMany(), "a reader for one tag at a time");
    }

    @BeforeEach
    void open() {
        pad = driver(virtual);
        pad.onStatus(statuses::add);
        eventually("the pad is ready", () -> pad.status() instanceof DeviceStatus.Ready);
    }

    @AfterEach
    void close() {
        pad.close();
        desk.close();
    }

    @Test
    void seesEveryTagOfAPile() {
        needsSeveralTags();
        DemoTags.items().forEach(this::lay);
        assertThat(pad.inventory()).hasSize(12).doesNotHaveDuplicates();
        virtual.clear();
        assertThat(pad.inventory()).isEmpty();
    }

    @Test
    void readsEveryDemoTag() {
        needsSeveralTags();
        for (DemoItem item : DemoTags.items()) {
            lay(item);
            for (VirtualTag tag : item.tags()) {
                PadTag read = pad.read(tag.uid()).orElseThrow();
                assertThat(read.item().orElseThrow().identifier()).isEqualTo(item.identifier());
                assertThat(read.item().orElseThrow().owner()).contains(item.owner());
                assertThat(read.security())
                        .contains(AfiPair.STANDARD.meaning(tag.afi()).orElseThrow());
                assertThat(read.dsfid()).isEqualTo(tag.dsfid());
            }
        }
    }

    @Test
    void groupsTheAudioBook() {
        needsSeveralTags();
        DemoItem book = demo("3000000066");
        lay(book);
        List<ItemTag> items = pad.inventory().stream()
                .flatMap(uid -> pad.read(uid).stream())
                .flatMap(tag -> tag.item().stream())
                .toList();
        assertThat(TagSet.group(items, item -> item)).singleElement().satisfies(set -> {
            assertThat(set.complete()).isTrue();
            assertThat(set.totalParts()).isEqualTo(3);
        });
    }

    @Test
    void readsReversedBlocksOfEveryModel() {
        needsSeveralTags();
        virtual.setReversedBlocks(true);
        for (TagModel model : TagModel.values()) {
            ItemTag item = ItemTag.single("853N06240600", "FI-Turku", model);
            VirtualTag tag = DemoTags.tag(item, TagSecurity.SECURED);
            virtual.lay(tag);
            assertThat(pad.read(tag.uid()).orElseThrow().content()).isEqualTo(new TagContent.Decoded(item, true));
        }
    }

    @Test
    void readsSmallEmptyAndForeignTags() {
        VirtualTag book = demo("853N06240600").tags().getFirst();
        var small = new VirtualTag(book.uid(), 0, 7, Arrays.copyOf(book.memory(), 32));
        virtual.lay(small);
        assertThat(pad.read(small.uid()).orElseThrow().item().orElseThrow().model())
                .isEqualTo(TagModel.FINNISH_2005);
        virtual.lay(new VirtualTag(book.uid(), 0, 0, new byte[16]));
        assertThat(pad.read(book.uid()).orElseThrow())
                .isEqualTo(new PadTag(book.uid(), 0, new TagContent.Blank(), Optional.empty()));
        byte[] foreign = new byte[112];
        Arrays.fill(foreign, (byte) 0x5A);
        virtual.lay(new VirtualTag(book.uid(), 0x77, 0x07, foreign));
        assertThat(pad.read(book.uid()).orElseThrow().content()).isInstanceOf(TagContent.Unreadable.class);
    }

    @Test
    void findsNothingUnderAUidThatIsNotThere() {
        assertThat(pad.read(Uid.parse("E004015000000001"))).isEmpty();
    }

    @Test
    void unsecuresOneTagAloneAndVerifies() {
        needsSeveralTags();
        DemoTags.items().forEach(this::lay);
        VirtualTag tag = demo("3000000011").tags().getFirst();
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(true));
        assertThat(afi(tag.uid())).isEqualTo(0xC2);
        assertThat(afi(demo("3000000028").tags().getFirst().uid())).isEqualTo(0x07);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(false));
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Verified(true));
        assertThat(afi(tag.uid())).isEqualTo(0x07);
    }

    @Test
    void triesAgainAfterAWriteErrorAndGivesUpAfterThree() {
        VirtualTag tag = demo("3000000011").tags().getFirst();
        virtual.lay(tag);
        virtual.failSecurityWrites(tag.uid(), 2);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(true));
        virtual.failSecurityWrites(tag.uid(), 3);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Failed(Reason.WRITE_ERROR));
        assertThat(afi(tag.uid())).isEqualTo(0xC2);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Verified(true));
    }

    @Test
    void saysWhenAnAfiIsLockedTheTagGoneOrTheItemAnother() {
        VirtualTag tag = demo("3000000011").tags().getFirst();
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new TagGone());
        virtual.lay(tag);
        assertThat(pad.setSecurity(tag.uid(), "3000000028", TagSecurity.UNSECURED))
                .isEqualTo(new Failed(Reason.OTHER_ITEM));
        assertThat(afi(tag.uid())).isEqualTo(0x07);
        virtual.lockAfi(tag.uid());
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Failed(Reason.LOCKED));
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Verified(false));
    }

    @Test
    void isAbsentWhileUnpluggedAndComesBackByItself() {
        VirtualTag tag = demo("3000000011").tags().getFirst();
        virtual.lay(tag);
        virtual.unplug();
        eventually("the pad is absent", () -> pad.status() instanceof DeviceStatus.Absent);
        assertThatThrownBy(pad::inventory).isInstanceOf(DeviceException.LinkException.class);
        virtual.replug();
        eventually("the pad is back", () -> pad.status() instanceof DeviceStatus.Ready);
        assertThat(pad.inventory()).containsExactly(tag.uid());
        assertThat(statuses)
                .extracting(status -> (Object) status.getClass())
                .endsWith(DeviceStatus.Absent.class, DeviceStatus.Ready.class);
        assertThat(pad.statistics().connections()).isEqualTo(2);
        assertThat(pad.statistics().failures()).isPositive();
    }

    @Test
    void watchesWhatComesAndGoes() {
        needsSeveralTags();
        List<PadEvent> events = new CopyOnWriteArrayList<>();
        VirtualTag first = demo("3000000011").tags().getFirst();
        VirtualTag second = demo("853N06240600").tags().getFirst();
        virtual.lay(first);
        try (PadWatch _ = PadWatch.start(pad, TagTracking.Settings.STANDARD, Duration.ofMillis(5), events::add)) {
            eventually("the tag that lay there arrives", () -> events.size() == 1);
            virtual.lay(second);
            eventually("the second arrives", () -> events.size() == 2);
            virtual.unplug();
            eventually("the pad is absent", () -> pad.status() instanceof DeviceStatus.Absent);
            virtual.lift(first.uid());
            virtual.replug();
            eventually("the lifted one leaves", () -> events.size() == 3);
        }
        assertThat(events.get(0))
                .isInstanceOfSatisfying(
                        PadEvent.Arrived.class,
                        arrived -> assertThat(arrived.tag().item().orElseThrow().identifier())
                                .isEqualTo("3000000011"));
        assertThat(events.get(1)).isInstanceOf(PadEvent.Arrived.class);
        assertThat(events.get(2)).isEqualTo(new PadEvent.Left(first.uid()));
        assertThat(pad.status()).isInstanceOf(DeviceStatus.Ready.class);
    }

    @Test
    void isAbsentForGoodOnceClosed() {
        pad.close();
        pad.close();
        assertThat(pad.check())
                .isEqualTo(pad.status())
                .isInstanceOfSatisfying(
                        DeviceStatus.Absent.class,
                        absent -> assertThat(absent.reason()).isEqualTo(StatusReason.CLOSED));
        assertThatThrownBy(pad::inventory).isInstanceOf(DeviceException.class);
    }

    private void lay(DemoItem item) {
        item.tags().forEach(virtual::lay);
    }

    private int afi(Uid uid) {
        return desk.snapshot().pad().tags().stream()
                .filter(tag -> tag.uid().equals(uid))
                .findFirst()
                .orElseThrow()
                .afi();
    }

    private static DemoItem demo(String identifier) {
        return DemoTags.items().stream()
                .filter(item -> item.identifier().equals(identifier))
                .findFirst()
                .orElseThrow();
    }
}
