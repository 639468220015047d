package fi.kimppa.device.tag;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Items and memories of all kinds that the models can hold, from a seed. */
final class RandomItems {
    private static final List<String> ALPHABETS = List.of(
            "0123456789",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_",
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/ .",
            "0123456789abcdefghijklmnopqrstuvwxyz-/ .~",
            "äöåÄÖÅé€Ł0Aa");
    private static final String ISIL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-:/";

    private static final List<DataElement> FURTHER =
            EnumSet.range(DataElement.SHELF_LOCATION, DataElement.LOCAL_DATA_C).stream()
                    .toList();

    private final Random random;

    RandomItems(Random random) {
        this.random = random;
    }

    ItemTag next(TagModel model) {
        boolean variable = model == TagModel.ISO_28560_2;
        int total = random.nextBoolean() ? 1 : 1 + random.nextInt(255);
        // One of one is a single item; a part beyond the total is a matter for the sets.
        int ordinal = total == 1 ? 1 : 1 + random.nextInt(255);
        Optional<TypeOfUsage> usage =
                Optional.of(new TypeOfUsage(variable ? random.nextInt(256) : random.nextInt(16) << 4));
        Extras extras = variable ? objects() : extensions();
        int owner = !variable && model == TagModel.FINNISH_2005 && extras.equals(Extras.NONE) ? 9 : 11;
        return new ItemTag(
                variable ? text(40, 400) : text(16, 16),
                random.nextInt(5) == 0 ? Optional.empty() : Optional.of("FI-" + pick(ISIL, 1 + random.nextInt(owner))),
                total,
                ordinal,
                variable && random.nextInt(5) == 0 ? Optional.empty() : usage,
                model,
                extras);
    }

    TagMemory memory() {
        int blockSize = 1 << random.nextInt(6);
        return new TagMemory(blockSize, 8_192 / blockSize, blockSize >= 4 && random.nextBoolean());
    }

    /** Never blank; at most so many characters and bytes. */
    private String text(int most, int mostBytes) {
        while (true) {
            String text = pick(ALPHABETS.get(random.nextInt(ALPHABETS.size())), 1 + random.nextInt(most));
            if (!text.isBlank() && text.getBytes(StandardCharsets.UTF_8).length <= mostBytes) {
                return text;
            }
        }
    }

    private String pick(String alphabet, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private Extras objects() {
        List<DataObject> objects = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextBoolean()) {
                DataElement element = FURTHER.get(random.nextInt(FURTHER.size()));
                objects.add(DataObject.of(element, text(60, 400)));
            } else {
                objects.add(new DataObject(
                        6 + random.nextInt(265), Compaction.of(random.nextInt(8)), bytes(1 + random.nextInt(300))));
            }
        }
        return new Extras(objects, List.of(), true);
    }

    private Extras extensions() {
        List<Extension> blocks = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            blocks.add(
                    switch (random.nextInt(3)) {
                        case 0 ->
                            new Extension.Library(
                                    random.nextInt(256), random.nextBoolean() ? List.of() : List.of("", text(20, 60)));
                        case 1 -> new Extension.Acquisition(List.of(text(20, 60), "", text(20, 60)));
                        default -> new Extension.Other(3 + random.nextInt(0xFFFC), bytes(random.nextInt(252)));
                    });
        }
        return new Extras(List.of(), blocks, true);
    }

    private Octets bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }
}
