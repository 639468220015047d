package fi.kimppa.device.tag;

import fi.kimppa.device.tag.TagContent.Decoded;
import fi.kimppa.device.tag.TagContent.Reason;
import fi.kimppa.device.tag.TagContent.Unreadable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The variable fields of ISO 28560-2 as ISO/IEC 15962 writes them: a row of objects, each a precursor (bit 7: a pad count
 * follows; bits 6 to 4: compaction; bits 3 to 0: relative object identifier, F: 15 plus the next byte), the pad count if announced,
 * the length, the data and the pad bytes. A precursor of 00 ends the row.
 *
 * @param objects in the order they are stored
 * @param wellFormed whether every object could be read to its end and decoded
 * @param terminated whether the end mark was seen
 */
record VariableFields(List<DataObject> objects, boolean wellFormed, boolean terminated) {
    static final int IDENTIFIER = 1;
    static final int CONTENT = 2;
    static final int OWNER = 3;
    static final int SET = 4;
    static final int USAGE = 5;

    private static final int LAST_IDENTIFIER = 31;
    /** Fills an object up to a whole block, as real tags of the Mikkeli and Vaski areas have it. */
    private static final int PAD = 0x80;

    /** One object. {@code data} without pad bytes. */
    record DataObject(int oid, Compaction compaction, List<Byte> data) {
        byte[] bytes() {
            byte[] bytes = new byte[data.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = data.get(i);
            }
            return bytes;
        }

        /** The data as text; empty when it breaks the rules of its compaction. */
        Optional<String> text() {
            return compaction == Compaction.APPLICATION && (oid == OWNER || oid == 11)
                    ? Isil.decode(bytes())
                    : compaction.decode(bytes());
        }
    }

    /** Reads the objects; empty when not even the first is whole. An object cut short at the end is left out. */
    static Optional<VariableFields> parse(byte[] memory) {
        List<DataObject> objects = new ArrayList<>();
        var at = new Cursor(memory);
        boolean wellFormed = true;
        boolean terminated = false;
        while (at.left() > 0 && wellFormed && !terminated) {
            int precursor = at.next();
            if (precursor == 0) {
                terminated = true;
            } else {
                Optional<DataObject> object = object(precursor, at);
                object.ifPresent(objects::add);
                wellFormed = object.isPresent();
            }
        }
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(new VariableFields(
                        objects, wellFormed && objects.stream().allMatch(VariableFields::plausible), terminated));
    }

    private static boolean plausible(DataObject object) {
        boolean opaque = object.compaction() == Compaction.APPLICATION && object.oid() != OWNER && object.oid() != 11;
        return object.oid() <= LAST_IDENTIFIER && (opaque || object.text().isPresent());
    }

    private static Optional<DataObject> object(int precursor, Cursor at) {
        int oid = precursor & 0x0F;
        if (oid == 0x0F) {
            if (at.left() < 1) {
                return Optional.empty();
            }
            oid = 15 + at.next();
        }
        boolean padded = (precursor & 0x80) != 0;
        if (at.left() < (padded ? 2 : 1)) {
            return Optional.empty();
        }
        int pads = padded ? at.next() : 0;
        int length = at.next();
        if ((length & 0x80) != 0) {
            // Lengths from 128 on carry seven bits a byte: 81 00 is 128.
            if (at.left() < 1) {
                return Optional.empty();
            }
            length = ((length & 0x7F) << 7) | (at.next() & 0x7F);
        }
        if (oid == 0 || length == 0 || at.left() < length) {
            return Optional.empty();
        }
        List<Byte> data = at.take(length);
        at.take(Math.min(pads, at.left()));
        return Optional.of(new DataObject(oid, Compaction.of(precursor >> 4 & 0x07), data));
    }

    Optional<DataObject> find(int oid) {
        return objects.stream().filter(object -> object.oid() == oid).findFirst();
    }

    boolean beginsWithIdentifier() {
        return objects.getFirst().oid() == IDENTIFIER;
    }

    /** Whether the content parameter is there and names exactly the objects that follow. */
    boolean asAnnounced() {
        Optional<DataObject> content = find(CONTENT);
        if (content.isEmpty()) {
            return false;
        }
        var announced = new TreeSet<Integer>();
        var bits = new Bits(content.get().bytes());
        for (int oid = CONTENT + 1; bits.left() > 0; oid++) {
            if (bits.take(1) == 1) {
                announced.add(oid);
            }
        }
        return objects.stream()
                .map(DataObject::oid)
                .filter(oid -> oid > CONTENT)
                .collect(Collectors.toCollection(TreeSet::new))
                .equals(announced);
    }

    TagContent content(boolean reversedBlocks) {
        Optional<String> identifier = find(IDENTIFIER)
                .filter(object -> object.compaction() != Compaction.APPLICATION)
                .flatMap(DataObject::text)
                .flatMap(Text::printable);
        if (identifier.isEmpty()) {
            return new Unreadable(find(IDENTIFIER).isPresent() ? Reason.BAD_OBJECT : Reason.NO_IDENTIFIER);
        }
        Optional<DataObject> set = find(SET);
        Optional<int[]> parts = set.isEmpty()
                ? Optional.of(new int[] {1, 1})
                : set.flatMap(DataObject::text).flatMap(VariableFields::parts);
        if (parts.isEmpty()) {
            return new Unreadable(Reason.NO_IDENTIFIER);
        }
        Optional<TypeOfUsage> usage = find(USAGE)
                .filter(object -> object.data().size() == 1)
                .map(object -> new TypeOfUsage(object.data().getFirst() & 0xFF));
        Optional<String> owner = find(OWNER).flatMap(DataObject::text).flatMap(Text::printable);
        return new Decoded(
                new ItemTag(identifier.get(), owner, parts.get()[0], parts.get()[1], usage, TagModel.ISO_28560_2),
                reversedBlocks);
    }

    /** Set information: the first half of the digits is the total, the second half the ordinal. */
    private static Optional<int[]> parts(String digits) {
        if (!digits.matches("\\d{2}|\\d{4}|\\d{6}")) {
            return Optional.empty();
        }
        int total = Integer.parseInt(digits.substring(0, digits.length() / 2));
        int ordinal = Integer.parseInt(digits.substring(digits.length() / 2));
        if (total <= 1 && ordinal <= 1) {
            return Optional.of(new int[] {1, 1});
        }
        return total < 1 || ordinal < 1 || total > 255 || ordinal > 255
                ? Optional.empty()
                : Optional.of(new int[] {total, ordinal});
    }

    static byte[] encode(ItemTag item) {
        boolean set = !item.isPatronCard();
        var out = new ByteArrayOutputStream();
        Compaction scheme = Compaction.choose(item.identifier());
        putAligned(out, IDENTIFIER, scheme, scheme.encode(item.identifier()));
        // The content parameter announces what follows: its first bit stands for object 3, the second for 4 and so on.
        int content = (item.owner().isPresent() ? 0x80 : 0)
                | (set ? 0x40 : 0)
                | (item.usage().isPresent() ? 0x20 : 0);
        if (content != 0) {
            put(out, CONTENT, Compaction.APPLICATION, new byte[] {(byte) content});
        }
        item.owner().ifPresent(isil -> put(out, OWNER, Compaction.APPLICATION, Isil.encode(isil)));
        if (set) {
            int width = item.totalParts() > 99 || item.ordinal() > 99
                    ? 3
                    : item.totalParts() > 9 || item.ordinal() > 9 ? 2 : 1;
            String digits = digits(item.totalParts(), width) + digits(item.ordinal(), width);
            Compaction digitScheme = Compaction.choose(digits);
            put(out, SET, digitScheme, digitScheme.encode(digits));
        }
        item.usage().ifPresent(usage -> put(out, USAGE, Compaction.APPLICATION, new byte[] {(byte) usage.code()}));
        byte[] bytes = out.toByteArray();
        return Arrays.copyOf(bytes, (bytes.length + 1 + 3) / 4 * 4);
    }

    private static String digits(int number, int width) {
        return "0".repeat(width - Integer.toString(number).length()) + number;
    }

    private static void put(ByteArrayOutputStream out, int oid, Compaction compaction, byte[] data) {
        out.write(compaction.code() << 4 | oid);
        putLength(out, data.length);
        out.writeBytes(data);
    }

    /** The identifier ends on a block boundary, so that its blocks can be locked. */
    private static void putAligned(ByteArrayOutputStream out, int oid, Compaction compaction, byte[] data) {
        int plain = 1 + (data.length < 128 ? 1 : 2) + data.length;
        if (plain % 4 == 0) {
            put(out, oid, compaction, data);
            return;
        }
        int pads = (4 - (plain + 1) % 4) % 4;
        out.write(0x80 | compaction.code() << 4 | oid);
        out.write(pads);
        putLength(out, data.length);
        out.writeBytes(data);
        for (int i = 0; i < pads; i++) {
            out.write(PAD);
        }
    }

    private static void putLength(ByteArrayOutputStream out, int length) {
        if (length >= 128) {
            out.write(0x80 | length >> 7);
            out.write(length & 0x7F);
        } else {
            out.write(length);
        }
    }

    /** A place in the memory. */
    private static final class Cursor {
        private final byte[] memory;
        private int at;

        Cursor(byte[] memory) {
            this.memory = memory;
        }

        int left() {
            return memory.length - at;
        }

        int next() {
            return memory[at++] & 0xFF;
        }

        List<Byte> take(int count) {
            List<Byte> taken = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                taken.add(memory[at++]);
            }
            return List.copyOf(taken);
        }
    }
}
