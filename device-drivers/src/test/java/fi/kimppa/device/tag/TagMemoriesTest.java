package fi.kimppa.device.tag;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.tag.TagContent.Decoded;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any bytes are decoded into a value, and an item that was read is one that can be written and read again. */
class TagMemoriesTest {
    private static final List<Integer> DSFIDS = List.of(0x00, 0x06, 0x3E, 0xFF);
    private static final List<TagModel> MODELS = List.of(TagModel.values());

    @Test
    void decodesTwentyThousandMemories() {
        decodes(20_000, 15693);
    }

    @Test
    @Tag("long")
    void decodesAMillionMemories() {
        decodes(1_000_000, 28560);
    }

    private static void decodes(int count, long seed) {
        List<byte[]> tags = IntStream.range(0, 1_000)
                .mapToObj(i -> TagCodec.encode(new RandomItems(new Random(seed + i)).next(MODELS.get(i % 3))))
                .toList();
        int read = 0;
        var random = new Random();
        for (int i = 0; i < count; i++) {
            random.setSeed(seed + i);
            byte[] memory = random.nextBoolean() ? noise(random) : mutated(tags, random);
            int dsfid = DSFIDS.get(random.nextInt(DSFIDS.size()));
            try {
                TagCodec.suffices(dsfid, memory);
                if (TagCodec.decode(dsfid, memory) instanceof Decoded(ItemTag item, boolean _)) {
                    read++;
                    again(item);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed " + (seed + i), e);
            }
        }
        // Half of the memories are mutated tags, and some mutations spare what matters.
        assertThat(read).isGreaterThan(count / 20);
    }

    /** What was read whole can be written, unless its owner is no ISIL, and reads the same. */
    static void again(ItemTag item) {
        if (!item.extras().whole()) {
            return;
        }
        byte[] memory;
        try {
            memory = TagCodec.encode(item);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching(".*(ISIL|country|bytes of an).*");
            return;
        }
        TagContent content = TagCodec.decode(item.model().dsfid(), memory);
        if (!content.equals(new Decoded(item, false))) {
            assertThat(content).isEqualTo(new Decoded(item, false));
        }
    }

    private static byte[] noise(Random random) {
        byte[] memory = new byte[random.nextInt(120)];
        random.nextBytes(memory);
        return memory;
    }

    private static byte[] mutated(List<byte[]> tags, Random random) {
        byte[] memory = tags.get(random.nextInt(tags.size()));
        memory = Arrays.copyOf(memory, random.nextBoolean() ? memory.length : random.nextInt(memory.length + 8));
        for (int flips = random.nextInt(4); flips > 0 && memory.length > 0; flips--) {
            memory[random.nextInt(Math.min(memory.length, 60))] = (byte) random.nextInt(256);
        }
        return memory;
    }
}
