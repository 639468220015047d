package fi.kimppa.device.tag;

import fi.kimppa.device.tag.ObjectRow.End;
import fi.kimppa.device.tag.TagContent.Decoded;
import fi.kimppa.device.tag.TagContent.Reason;
import fi.kimppa.device.tag.TagContent.Unreadable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The variable fields of ISO 28560-2: what the objects of a row say about an item, and the row for an item. */
final class VariableFields {
    private static final Pattern SET_INFORMATION = Pattern.compile("\\d{2}|\\d{4}|\\d{6}");

    private final ObjectRow row;

    private VariableFields(ObjectRow row) {
        this.row = row;
    }

    static VariableFields read(byte[] memory) {
        return new VariableFields(ObjectRow.read(memory));
    }

    /** Whether the row could be read to its end. */
    boolean whole() {
        return row.whole();
    }

    /**
     * Whether an identifier comes first and a content parameter names the objects that follow: exactly those, or more where the
     * row could not be read to its end.
     */
    boolean announced() {
        if (!beginsWithIdentifier()) {
            return false;
        }
        BitSet following = following(row.objects());
        return find(DataElement.CONTENT_PARAMETER)
                .map(object -> bits(object.data().bytes()))
                .map(named -> row.whole() ? named.equals(following) : containsAll(named, following))
                .orElse(false);
    }

    /** Whether nothing speaks against it: whole, as announced, and each object one that an encoder could have written. */
    boolean wellFormed() {
        return row.whole() && announced() && row.plausible();
    }

    /** Whether it is well formed and its mark was seen. */
    boolean ended() {
        return row.end() == End.MARKED && wellFormed();
    }

    /** Whether nothing speaks against it but that it goes on beyond what was read. */
    boolean cut() {
        return row.end() == End.CUT && beginsWithIdentifier() && row.plausible();
    }

    private boolean beginsWithIdentifier() {
        return !row.objects().isEmpty()
                && row.objects().getFirst().is(DataElement.PRIMARY_ITEM_IDENTIFIER)
                && printable(row.objects().getFirst()).isPresent();
    }

    private static boolean containsAll(BitSet all, BitSet some) {
        var missing = (BitSet) some.clone();
        missing.andNot(all);
        return missing.isEmpty();
    }

    /** The content parameter: its first bit stands for object 3, the second for 4 and so on. */
    private static BitSet following(List<DataObject> objects) {
        var following = new BitSet();
        objects.stream()
                .mapToInt(object -> object.oid() - DataElement.OWNER_INSTITUTION.oid())
                .filter(bit -> bit >= 0)
                .forEach(following::set);
        return following;
    }

    private static BitSet bits(byte[] bytes) {
        var bits = new BitSet();
        var reader = new Bits(bytes);
        for (int bit = 0; reader.left() > 0; bit++) {
            bits.set(bit, reader.take(1) == 1);
        }
        return bits;
    }

    private static byte[] bytes(BitSet bits) {
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        bits.stream().forEach(bit -> bytes[bit / 8] |= (byte) (0x80 >> bit % 8));
        return bytes;
    }

    private Optional<DataObject> find(DataElement element) {
        return row.objects().stream().filter(object -> object.is(element)).findFirst();
    }

    TagContent content(boolean reversedBlocks) {
        Optional<DataObject> primary = find(DataElement.PRIMARY_ITEM_IDENTIFIER);
        Optional<String> identifier = primary.flatMap(VariableFields::printable);
        if (identifier.isEmpty()) {
            return new Unreadable(
                    primary.isPresent()
                            ? Reason.BAD_OBJECT
                            : switch (row.end()) {
                                case CUT -> Reason.TOO_SHORT;
                                case BROKEN -> Reason.BAD_OBJECT;
                                case MARKED, FULL -> Reason.NO_IDENTIFIER;
                            });
        }
        Optional<DataObject> set = find(DataElement.SET_INFORMATION);
        Optional<int[]> parts = set.isEmpty()
                ? Optional.of(new int[] {1, 1})
                : set.flatMap(DataObject::text).flatMap(VariableFields::parts);
        if (parts.isEmpty()) {
            return new Unreadable(Reason.NO_IDENTIFIER);
        }
        Optional<DataObject> usage =
                find(DataElement.TYPE_OF_USAGE).filter(object -> object.data().length() == 1);
        Optional<DataObject> owner = find(DataElement.OWNER_INSTITUTION)
                .filter(object -> printable(object).isPresent());
        List<DataObject> rest = new ArrayList<>(row.objects());
        rest.removeIf(object -> object.is(DataElement.CONTENT_PARAMETER));
        for (Optional<DataObject> known : List.of(primary, owner, set, usage)) {
            known.ifPresent(rest::remove);
        }
        return new Decoded(
                new ItemTag(
                        identifier.get(),
                        owner.flatMap(VariableFields::printable),
                        parts.get()[0],
                        parts.get()[1],
                        usage.map(object -> new TypeOfUsage(object.data().bytes()[0] & 0xFF)),
                        TagModel.ISO_28560_2,
                        new Extras(rest, List.of(), row.whole())),
                reversedBlocks);
    }

    private static Optional<String> printable(DataObject object) {
        return object.text().flatMap(Text::printable);
    }

    /** Set information: the first half of the digits is the total, the second half the ordinal. */
    private static Optional<int[]> parts(String digits) {
        if (!SET_INFORMATION.matcher(digits).matches()) {
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

    /**
     * The row for an item, without end mark.
     *
     * @param blockSize the identifier ends on a block boundary, so that its blocks can be locked
     * @throws IllegalArgumentException when there is something that this model cannot hold
     */
    static byte[] encode(ItemTag item, int blockSize) {
        if (!item.extras().extensions().isEmpty()) {
            throw new IllegalArgumentException("Variable fields cannot hold extension blocks of the fixed layout");
        }
        List<DataObject> objects = new ArrayList<>();
        item.owner().ifPresent(isil -> objects.add(DataObject.of(DataElement.OWNER_INSTITUTION, Isil.encode(isil))));
        if (!item.isPatronCard() || item.totalParts() > 1 || item.ordinal() > 1) {
            objects.add(DataObject.of(DataElement.SET_INFORMATION, setInformation(item)));
        }
        item.usage().ifPresent(usage -> objects.add(DataObject.of(DataElement.TYPE_OF_USAGE, (byte) usage.code())));
        objects.addAll(item.extras().objects());
        var out = new ByteArrayOutputStream();
        ObjectRow.writeAligned(out, DataObject.of(DataElement.PRIMARY_ITEM_IDENTIFIER, item.identifier()), blockSize);
        byte[] announcement = bytes(following(objects));
        if (announcement.length > 0) {
            ObjectRow.write(out, DataObject.of(DataElement.CONTENT_PARAMETER, announcement));
        }
        objects.forEach(object -> ObjectRow.write(out, object));
        return out.toByteArray();
    }

    private static String setInformation(ItemTag item) {
        int largest = Math.max(item.totalParts(), item.ordinal());
        int width = Integer.toString(largest).length();
        return digits(item.totalParts(), width) + digits(item.ordinal(), width);
    }

    private static String digits(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }
}
