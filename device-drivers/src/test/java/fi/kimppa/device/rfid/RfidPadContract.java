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
import fi.kimppa.device.simulator.VirtualTag.Guard;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TagSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every pad driver does on every link; the subclasses bring the make and the link. */
abstract class RfidPadContract {
    private static final ItemTag ITEM = ItemTag.single("853N06240600", "FI-Turku", TagModel.ISO_28560_2);

    private final PadMake make;
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualPad virtual = desk.pad();
    private final List<DeviceStatus> statuses = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RfidPad pad;

    RfidPadContract(PadMake make) {
        this.make = make;
    }

    final PadMake make() {
        return make;
    }

    /** A driver that reaches this pad. */
    abstract RfidPad driver(VirtualPad virtualPad, Map<String, String> settings);

    static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return more;
    }

    /** Whether the reader takes more than one tag at a time, and knows every command to them. A storage-card reader does neither. */
    boolean takesMany() {
        return true;
    }

    private void needsSeveralTags() {
        assumeTrue(takesMany(), "a reader for one tag at a time, with few commands");
    }

    @BeforeEach
    void open() {
        open(Map.of());
    }

    private void open(Map<String, String> settings) {
        pad = driver(virtual, settings);
        pad.onStatus(statuses::add);
        eventually("the pad is ready", () -> pad.status() instanceof DeviceStatus.Ready);
    }

    private void reopen(String setting, String value) {
        pad.close();
        open(Map.of(setting, value));
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
    void triesAgainAfterAWriteErrorAndGivesUpInTheEnd() {
        VirtualTag tag = demo("3000000011").tags().getFirst();
        virtual.lay(tag);
        virtual.failSecurityWrites(tag.uid(), 2);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(true));
        virtual.failSecurityWrites(tag.uid(), Integer.MAX_VALUE);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Failed(make == PadMake.FEIG ? Reason.WRITE_ERROR : Reason.REJECTED));
        assertThat(afi(tag.uid())).isEqualTo(0xC2);
        virtual.failSecurityWrites(tag.uid(), 0);
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
        // Where a reader's errors have no published meaning, a locked AFI is a refused one.
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Failed(make == PadMake.FEIG ? Reason.LOCKED : Reason.REJECTED));
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Verified(false));
    }

    /** Whatever was read before: a tag that was away, or was written here, may say something else by now. */
    @Test
    void securesNoItemThatATagDoesNotSayAnyMore() {
        needsSeveralTags();
        VirtualTag tag = demo("3000000011").tags().getFirst();
        virtual.lay(tag);
        pad.identify(pad.inventory());
        virtual.lift(tag.uid());
        assertThat(pad.inventory()).isEmpty();
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new TagGone());
        virtual.lay(tag.withMemory(0, TagCodec.encode(ITEM)).withDsfid(6));
        pad.inventory();
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Failed(Reason.OTHER_ITEM));
        assertThat(afi(tag.uid())).isEqualTo(0x07);
        pad.identify(pad.inventory());
        ItemTag next = ItemTag.single("853N06240617", "FI-Turku", TagModel.ISO_28560_2);
        assertThat(pad.write(tag.uid(), 6, TagCodec.encode(next))).isInstanceOf(TagWrite.Written.class);
        assertThat(pad.setSecurity(tag.uid(), ITEM.identifier(), TagSecurity.UNSECURED))
                .isEqualTo(new Failed(Reason.OTHER_ITEM));
        assertThat(pad.setSecurity(tag.uid(), next.identifier(), TagSecurity.UNSECURED))
                .isEqualTo(new Verified(true));
    }

    @Test
    void securesByTheAlarmBitAlone() {
        needsSeveralTags();
        reopen("security", "eas");
        VirtualTag tag = demo("3000000011").tags().getFirst().withEas(true);
        VirtualTag other = demo("3000000028").tags().getFirst().withEas(true);
        virtual.lay(tag);
        virtual.lay(other);
        assertThat(pad.read(tag.uid()).orElseThrow().security()).contains(TagSecurity.SECURED);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(true));
        assertThat(lying()).containsExactly(tag.withEas(false), other);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(false));
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Verified(true));
        assertThat(lying()).containsExactly(tag, other);
        virtual.lay(other.with(Guard.PASSWORD));
        assertThat(pad.setSecurity(other.uid(), "3000000028", TagSecurity.UNSECURED))
                .isEqualTo(new Failed(Reason.REJECTED));
    }

    @Test
    void securesByAfiAndAlarmBitTogether() {
        needsSeveralTags();
        reopen("security", "afi+eas");
        VirtualTag tag = demo("3000000011").tags().getFirst();
        virtual.lay(tag);
        // The two contradict each other: neither secured nor not.
        assertThat(pad.read(tag.uid()).orElseThrow().security()).isEmpty();
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.SECURED))
                .isEqualTo(new Verified(true));
        assertThat(lying()).containsExactly(tag.withEas(true));
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(true));
        assertThat(lying()).containsExactly(tag.withAfi(0xC2));
    }

    @Test
    void writesNothingWhereGatesLookAtNothing() {
        reopen("security", "none");
        VirtualTag tag = demo("3000000011").tags().getFirst();
        virtual.lay(tag);
        assertThat(pad.read(tag.uid()).orElseThrow().security()).isEmpty();
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Verified(false));
        assertThat(lying()).containsExactly(tag);
    }

    @Test
    void saysThatATagWithAPasswordRejectsItsAfi() {
        VirtualTag tag = demo("3000000011").tags().getFirst().with(Guard.PASSWORD);
        virtual.lay(tag);
        assertThat(pad.setSecurity(tag.uid(), "3000000011", TagSecurity.UNSECURED))
                .isEqualTo(new Failed(Reason.REJECTED));
        assertThat(lying()).containsExactly(tag);
    }

    /** Whatever was read before the tag was lifted, what is called verified is on it. */
    @ParameterizedTest
    @ValueSource(strings = {"afi", "eas", "afi+eas"})
    void verifiesNothingOfATagThatWasLiftedMeanwhile(String mode) {
        needsSeveralTags();
        reopen("security", mode);
        VirtualTag tag = demo("3000000011").tags().getFirst();
        for (TagSecurity from : TagSecurity.values()) {
            boolean secured = from == TagSecurity.SECURED;
            for (TagSecurity target : TagSecurity.values()) {
                for (int commands = 0; commands < 12; commands++) {
                    List<VirtualTag> taken = new CopyOnWriteArrayList<>();
                    virtual.lay(tag.withAfi(AfiPair.STANDARD.of(from)).withEas(secured));
                    virtual.liftAfter(tag.uid(), commands, taken::add);
                    SecurityWrite result = pad.setSecurity(tag.uid(), "3000000011", target);
                    virtual.lift(tag.uid()).ifPresent(taken::add);
                    boolean wanted = target == TagSecurity.SECURED;
                    if (result instanceof Verified) {
                        assertThat(taken)
                                .as("%s to %s, lifted after %d commands", from, target, commands)
                                .allMatch(now -> mode.equals("eas") || now.afi() == AfiPair.STANDARD.of(target))
                                .allMatch(now -> mode.equals("afi") || now.eas() == wanted);
                    }
                }
            }
        }
    }

    @Test
    void writesAnItemIntoABlankTagAndLeavesItsSecurityAlone() {
        needsSeveralTags();
        byte[] memory = TagCodec.encode(ITEM);
        VirtualTag blank =
                new VirtualTag(DemoTags.tag(ITEM, TagSecurity.SECURED).uid(), 0, 0x55, new byte[112]);
        VirtualTag other = demo("3000000028").tags().getFirst();
        virtual.lay(blank);
        virtual.lay(other);
        pad.inventory();
        int blocks = changed(blank, memory);
        assertThat(pad.write(blank.uid(), 6, memory)).isEqualTo(new TagWrite.Written(blocks));
        assertThat(lying()).containsExactly(blank.withMemory(0, memory).withDsfid(6), other);
        assertThat(pad.write(blank.uid(), 6, memory)).isEqualTo(new TagWrite.Written(0));
        assertThat(pad.read(blank.uid()).orElseThrow().item()).contains(ITEM);
    }

    /** How many of its blocks are not as they shall be. */
    private static int changed(VirtualTag tag, byte[] memory) {
        byte[] before = tag.memory();
        return (int) IntStream.range(0, memory.length / 4)
                .filter(block -> !Arrays.equals(
                        Arrays.copyOfRange(before, block * 4, block * 4 + 4),
                        Arrays.copyOfRange(memory, block * 4, block * 4 + 4)))
                .count();
    }

    @Test
    void writesBlocksOfEightBytes() {
        needsSeveralTags();
        byte[] memory = TagCodec.encode(ITEM);
        VirtualTag blank =
                new VirtualTag(DemoTags.tag(ITEM, TagSecurity.SECURED).uid(), 0, 0x07, new byte[64]).withBlockSize(8);
        virtual.lay(blank);
        assertThat(pad.write(blank.uid(), 6, memory)).isInstanceOf(TagWrite.Written.class);
        assertThat(lying()).containsExactly(blank.withMemory(0, memory).withDsfid(6));
        assertThat(pad.read(blank.uid()).orElseThrow().item()).contains(ITEM);
        TagDump dump = pad.dump(blank.uid()).orElseThrow();
        assertThat(dump.blockSize()).isEqualTo(8);
        assertThat(dump.memory()).isEqualTo(Arrays.copyOf(memory, 64));
    }

    @Test
    void stopsAtALockedBlockAndAtATagThatIsTooSmall() {
        needsSeveralTags();
        byte[] memory = TagCodec.encode(ITEM);
        VirtualTag blank = new VirtualTag(
                        DemoTags.tag(ITEM, TagSecurity.SECURED).uid(), 0, 0x07, new byte[112])
                .withLockedBlock(2);
        virtual.lay(blank);
        // Where a reader's errors have no published meaning, a locked block is a refused one.
        TagWrite.Reason reason = make == PadMake.FEIG ? TagWrite.Reason.LOCKED : TagWrite.Reason.REJECTED;
        assertThat(pad.write(blank.uid(), 6, memory)).isEqualTo(new TagWrite.Failed(reason, 2));
        assertThat(lying()).containsExactly(blank.withMemory(0, Arrays.copyOf(memory, 8)));
        // What is locked may say the right thing already.
        VirtualTag ready = blank.withMemory(0, Arrays.copyOf(memory, 12));
        virtual.lay(ready);
        assertThat(pad.write(ready.uid(), 6, memory)).isInstanceOf(TagWrite.Written.class);
        VirtualTag locked = blank.withMemory(0, memory).with(Guard.DSFID_LOCK);
        virtual.lay(locked);
        assertThat(pad.write(locked.uid(), 6, memory)).isEqualTo(new TagWrite.Failed(TagWrite.Reason.REJECTED, 0));
    }

    @Test
    void writesNothingIntoATagThatIsTooSmall() {
        VirtualTag small =
                new VirtualTag(DemoTags.tag(ITEM, TagSecurity.SECURED).uid(), 0, 0x07, new byte[16]);
        virtual.lay(small);
        assertThat(pad.write(small.uid(), 6, TagCodec.encode(ITEM)))
                .isEqualTo(new TagWrite.Failed(TagWrite.Reason.TOO_SMALL, 0));
        assertThat(lying()).containsExactly(small);
    }

    /** The DSFID comes last: what was half written does not pass for a library tag. */
    @Test
    void leavesATagThatWasLiftedHalfWayRecognisablyUnfinished() {
        needsSeveralTags();
        byte[] memory = TagCodec.encode(ITEM);
        VirtualTag blank =
                new VirtualTag(DemoTags.tag(ITEM, TagSecurity.SECURED).uid(), 0, 0x07, new byte[112]);
        assertThat(pad.write(blank.uid(), 6, memory)).isEqualTo(new TagWrite.TagGone());
        for (int commands = 1; commands < 15; commands++) {
            List<VirtualTag> taken = new CopyOnWriteArrayList<>();
            virtual.lay(blank);
            virtual.liftAfter(blank.uid(), commands, taken::add);
            assertThat(pad.write(blank.uid(), 6, memory)).isEqualTo(new TagWrite.TagGone());
            assertThat(taken).singleElement().satisfies(half -> {
                assertThat(half.dsfid()).isZero();
                virtual.lay(half);
                assertThat(pad.write(blank.uid(), 6, memory)).isInstanceOf(TagWrite.Written.class);
            });
            assertThat(lying()).containsExactly(blank.withMemory(0, memory).withDsfid(6));
        }
    }

    @Test
    void writesAsTheReaderTurnsBlocksRound() {
        needsSeveralTags();
        byte[] memory = TagCodec.encode(ITEM);
        VirtualTag blank =
                new VirtualTag(DemoTags.tag(ITEM, TagSecurity.SECURED).uid(), 0, 0x07, new byte[112]);
        VirtualTag book = demo("3000000011").tags().getFirst();
        virtual.setReversedBlocks(true);
        virtual.lay(book);
        virtual.lay(blank);
        // By itself it finds out from another tag.
        assertThat(pad.read(book.uid()).orElseThrow().item()).isPresent();
        assertThat(pad.write(blank.uid(), 6, memory)).isInstanceOf(TagWrite.Written.class);
        assertThat(lying()).containsExactly(book, blank.withMemory(0, memory).withDsfid(6));
        // When it is told, it needs no other.
        reopen("blocks", "reversed");
        virtual.lay(blank);
        assertThat(pad.write(blank.uid(), 6, memory)).isInstanceOf(TagWrite.Written.class);
        assertThat(lying()).containsExactly(book, blank.withMemory(0, memory).withDsfid(6));
        assertThat(pad.read(blank.uid()).orElseThrow().content()).isEqualTo(new TagContent.Decoded(ITEM, false));
        assertThat(pad.dump(book.uid()).orElseThrow().memory()).isEqualTo(book.memory());
    }

    @Test
    void dumpsEverythingThatATagTells() {
        VirtualTag tag = demo("853N06240600").tags().getFirst();
        assertThat(pad.dump(tag.uid())).isEmpty();
        virtual.lay(tag);
        TagDump dump = pad.dump(tag.uid()).orElseThrow();
        assertThat(dump.uid()).isEqualTo(tag.uid());
        assertThat(dump.dsfid()).isEqualTo(tag.dsfid());
        assertThat(dump.afi()).contains(tag.afi());
        assertThat(dump.security()).contains(TagSecurity.SECURED);
        assertThat(dump.blockSize()).isEqualTo(4);
        assertThat(dump.memory()).isEqualTo(tag.memory());
    }

    @Test
    void identifiesAPileOfTwenty() {
        needsSeveralTags();
        List<TagModel> models = List.of(TagModel.values());
        Map<Uid, ItemTag> pile = new LinkedHashMap<>();
        for (int number = 0; number < 20; number++) {
            TagModel model = models.get(number % models.size());
            ItemTag item = ItemTag.single("853N0700%04d".formatted(number), "FI-Turku", model);
            VirtualTag tag = DemoTags.tag(item, TagSecurity.SECURED);
            pile.put(tag.uid(), item);
            virtual.lay(tag);
        }
        List<Uid> seen = pad.inventory();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(pile.keySet());
        Map<Uid, PadTag> identified = pad.identify(seen);
        assertThat(identified).hasSize(20);
        identified.forEach((uid, tag) -> {
            assertThat(tag.uid()).isEqualTo(uid);
            assertThat(tag.item()).contains(pile.get(uid));
            assertThat(tag.security()).isEmpty();
        });
        Uid lifted = seen.get(7);
        virtual.lift(lifted);
        assertThat(pad.identify(seen)).hasSize(19).doesNotContainKey(lifted);
    }

    @Test
    void isAbsentWhileUnpluggedAndComesBackByItself() {
        VirtualTag tag = demo("3000000011").tags().getFirst();
        virtual.lay(tag);
        virtual.unplug();
        assertThatThrownBy(pad::inventory).isInstanceOf(DeviceException.LinkException.class);
        assertThat(pad.status()).isInstanceOf(DeviceStatus.Absent.class);
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
        Consumer<PadEvent> settled = event -> {
            if (!(event instanceof PadEvent.Arrived)) {
                events.add(event);
            }
        };
        try (PadWatch _ = PadWatch.start(pad, TagTracking.Settings.STANDARD, Duration.ofMillis(5), settled)) {
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
                        PadEvent.Stable.class,
                        stable -> assertThat(stable.tag().item().orElseThrow().identifier())
                                .isEqualTo("3000000011"));
        assertThat(events.get(1)).isInstanceOf(PadEvent.Stable.class);
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

    private List<VirtualTag> lying() {
        return desk.snapshot().pad().tags();
    }

    private int afi(Uid uid) {
        return lying().stream()
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
