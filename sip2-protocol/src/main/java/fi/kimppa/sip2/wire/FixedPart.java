package fi.kimppa.sip2.wire;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fixed fields of one message with values exactly as wide as the table says. An immutable map of at most a dozen
 * entries that a gateway makes for each message: an {@link EnumMap}, which has room for the fixed fields of all
 * messages, took a third of the codec's memory.
 */
final class FixedPart extends AbstractMap<FixedField, String> {
    private final List<FixedField> fields;
    private final String[] values;

    /**
     * @param fields of the message's type, in wire order
     * @param values one for each of them, of its width; not copied
     */
    FixedPart(List<FixedField> fields, String[] values) {
        this.fields = fields;
        this.values = values;
    }

    /**
     * The fixed part of a message of this type.
     *
     * @throws IllegalArgumentException if a value is missing or not as wide as the table says
     */
    static FixedPart of(MessageType type, Map<FixedField, String> values) {
        List<FixedField> fields = type.fixedFields();
        if (values instanceof FixedPart part && part.fields.equals(fields)) {
            return part;
        }
        String[] inOrder = new String[fields.size()];
        for (int i = 0; i < inOrder.length; i++) {
            FixedField field = fields.get(i);
            String value = values.get(field);
            if (value == null || value.length() != field.width()) {
                throw new IllegalArgumentException(
                        type.title() + ": " + field.label() + " must be " + field.width() + " characters wide");
            }
            inOrder[i] = value;
        }
        return new FixedPart(fields, inOrder);
    }

    @Override
    public @Nullable String get(@Nullable Object field) {
        for (int i = 0; i < values.length; i++) {
            if (fields.get(i) == field) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object field) {
        return get(field) != null;
    }

    @Override
    public Set<Entry<FixedField, String>> entrySet() {
        Map<FixedField, String> all = new EnumMap<>(FixedField.class);
        for (int i = 0; i < values.length; i++) {
            all.put(fields.get(i), values[i]);
        }
        return Collections.unmodifiableMap(all).entrySet();
    }
}
