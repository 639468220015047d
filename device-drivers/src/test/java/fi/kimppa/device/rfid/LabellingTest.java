package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.Labelling.Obstacle;
import fi.kimppa.device.rfid.Labelling.Verdict;
import fi.kimppa.device.tag.DataElement;
import fi.kimppa.device.tag.DataObject;
import fi.kimppa.device.tag.Extras;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LabellingTest {
    private static final Uid UID = Uid.parse("E004015000000001");
    private static final ItemTag WANTED = ItemTag.single("3000000011", "FI-Turku", TagModel.ISO_28560_2);
    private static final byte[] MEMORY = TagCodec.encode(WANTED);

    private static TagDump dump(int dsfid, int bytes, byte[] memory, Integer... locked) {
        return new TagDump(
                UID,
                dsfid,
                Optional.empty(),
                Optional.empty(),
                new Blocks(4, Arrays.copyOf(memory, bytes), Set.of(locked)));
    }

    private static TagDump holding(ItemTag item, Integer... locked) {
        return dump(item.model().dsfid(), 112, TagCodec.encode(item), locked);
    }

    private static TagDump blank(Integer... locked) {
        return dump(0, 112, new byte[0], locked);
    }

    private static byte[] begun(int blocks) {
        return Arrays.copyOf(MEMORY, blocks * 4);
    }

    private static byte[] changed(byte[] memory, int at) {
        byte[] other = memory.clone();
        other[at] ^= 0x5A;
        return other;
    }

    private static ItemTag of(String number, TagModel model) {
        return ItemTag.single(number, "FI-Turku", model);
    }

    static Stream<Arguments> tags() {
        ItemTag card = new ItemTag(
                "3000000011", Optional.empty(), 1, 1, Optional.of(TypeOfUsage.PATRON), TagModel.ISO_28560_2);
        byte[] elsewhere = Arrays.copyOf(begun(2), 112);
        elsewhere[80] = 1;
        return Stream.of(
                may("a blank tag", blank()),
                may("a blank tag with a data format", dump(0x06, 112, new byte[0])),
                may("the same item", holding(WANTED)),
                may(
                        "the same item with another owner",
                        holding(ItemTag.single("3000000011", "FI-Lieto", WANTED.model()))),
                may("another part of the same item", holding(WANTED.part(2, 3))),
                may("the same item in another model", holding(of("3000000011", TagModel.FINNISH_2005))),
                may("just as long as it must be", dump(0, MEMORY.length, new byte[0])),
                may("locked where nothing changes", holding(WANTED, 0, 1, 2)),
                may("locked behind the item", blank(27)),
                mayNot("another item", holding(of("3000000028", WANTED.model())), Obstacle.OTHER_ITEM),
                mayNot(
                        "another item in another model",
                        holding(of("3000000028", TagModel.FINNISH_2005)),
                        Obstacle.OTHER_ITEM),
                mayNot("a patron's card with the same number", holding(card), Obstacle.OTHER_ITEM),
                mayNot(
                        "letters",
                        dump(0, 112, "not a library's tag".getBytes(StandardCharsets.US_ASCII)),
                        Obstacle.UNKNOWN_CONTENT),
                mayNot("a damaged tag", dump(0x3E, 112, damaged()), Obstacle.UNKNOWN_CONTENT),
                mayNot("begun, and one byte otherwise", dump(0, 112, changed(begun(2), 5)), Obstacle.UNKNOWN_CONTENT),
                mayNot("begun, and something behind it", dump(0, 112, elsewhere), Obstacle.UNKNOWN_CONTENT),
                mayNot("too small", dump(0, MEMORY.length - 4, new byte[0]), Obstacle.TOO_SMALL),
                mayNot("blank and locked", blank(3), Obstacle.LOCKED),
                mayNot(
                        "the same item, locked, with another owner",
                        holding(
                                ItemTag.single("3000000011", "FI-Lieto", WANTED.model()),
                                IntStream.range(0, 28).boxed().toArray(Integer[]::new)),
                        Obstacle.LOCKED));
    }

    private static byte[] damaged() {
        return changed(TagCodec.encode(of("3000000011", TagModel.ISO_28560_3)), 6);
    }

    private static Arguments may(String what, TagDump tag) {
        return Arguments.of(what, tag, Optional.empty());
    }

    private static Arguments mayNot(String what, TagDump tag, Obstacle why) {
        return Arguments.of(what, tag, Optional.of(why));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tags")
    void writesOnlyWhereNothingIsLost(String what, TagDump tag, Optional<Obstacle> why) {
        Verdict expected = why.<Verdict>map(Verdict.Leave::new).orElseGet(() -> new Verdict.Write(UID, WANTED));
        assertThat(Labelling.judge(1, Optional.of(tag), WANTED)).as(what).isEqualTo(expected);
    }

    @Test
    void goesOnAfterEachBlockAtWhichItWasCutOff() {
        assertThat(IntStream.rangeClosed(0, MEMORY.length / 4)).allSatisfy(blocks -> {
            assertThat(Labelling.judge(1, Optional.of(dump(0, 112, begun(blocks))), WANTED))
                    .as("%d blocks", blocks)
                    .isEqualTo(new Verdict.Write(UID, WANTED));
            byte[] reversed = Blocks.reversed(begun(blocks), 4);
            assertThat(Labelling.judge(1, Optional.of(dump(0, 112, reversed)), WANTED))
                    .as("%d blocks, last byte first", blocks)
                    .isEqualTo(new Verdict.Write(UID, WANTED));
        });
    }

    @Test
    void wantsOneTag() {
        assertThat(Labelling.judge(0, Optional.empty(), WANTED)).isEqualTo(new Verdict.Leave(Obstacle.NO_TAG));
        assertThat(Labelling.judge(1, Optional.empty(), WANTED)).isEqualTo(new Verdict.Leave(Obstacle.NO_TAG));
        assertThat(Labelling.judge(2, Optional.empty(), WANTED)).isEqualTo(new Verdict.Leave(Obstacle.SEVERAL_TAGS));
        assertThat(Labelling.judge(2, Optional.of(blank()), WANTED))
                .isEqualTo(new Verdict.Leave(Obstacle.SEVERAL_TAGS));
    }

    @Test
    void keepsWhatElseTheSameItemsTagStores() {
        Extras extras = Extras.of(DataObject.of(DataElement.SHELF_LOCATION, "84.2"));
        TagDump tag =
                holding(ItemTag.single("3000000011", "FI-Lieto", WANTED.model()).with(extras));
        assertThat(Labelling.judge(1, Optional.of(tag), WANTED)).isEqualTo(new Verdict.Write(UID, WANTED.with(extras)));
    }

    @ParameterizedTest
    @EnumSource(
            value = TagModel.class,
            names = {"ISO_28560_3", "FINNISH_2005"})
    void refusesANumberThatTheModelCannotStore(TagModel model) {
        ItemTag tooLong = of("3000000011-3000000011", model);
        assertThat(Labelling.judge(1, Optional.of(blank()), tooLong))
                .isEqualTo(new Verdict.Leave(Obstacle.NOT_ENCODABLE));
    }
}
