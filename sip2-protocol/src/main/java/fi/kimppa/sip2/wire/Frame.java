package fi.kimppa.sip2.wire;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One SIP2 message as the wire has it: type, fixed values, coded fields in wire order with unknown and repeated
 * ones kept, and the sequence digit. {@link #toString()} labels the fields and masks secrets and persons.
 *
 * @param type the row of the message table
 * @param fixed every fixed field of the type, exactly as wide as the table says
 * @param fields coded fields in wire order
 * @param sequence AY, 0 to 9; empty when the message carries no error detection
 */
public record Frame(MessageType type, Map<FixedField, String> fixed, List<CodedField> fields, OptionalInt sequence) {
    /** Checks that the fixed part is what the table says. */
    public Frame {
        fixed = FixedPart.of(type, fixed);
        fields = List.copyOf(fields);
    }

    /** A frame under construction for a message of this type. */
    public static Builder of(MessageType type) {
        return new Builder(type);
    }

    /** The value of a fixed field of this frame's type. */
    public String fixed(FixedField field) {
        String value = fixed.get(field);
        if (value == null) {
            throw new IllegalArgumentException(type.title() + " has no " + field.label());
        }
        return value;
    }

    /** The same message with this sequence digit. */
    public Frame withSequence(OptionalInt digit) {
        return new Frame(type, fixed, fields, digit);
    }

    /** The same message with these coded fields. */
    public Frame withFields(List<CodedField> others) {
        return new Frame(type, fixed, others, sequence);
    }

    /** The same message with another value in a fixed field of its type. */
    public Frame with(FixedField field, String value) {
        Map<FixedField, String> others = new EnumMap<>(fixed);
        others.put(field, value);
        return new Frame(type, others, fields, sequence);
    }

    /** Erases the passwords that this frame carries. */
    public void erase() {
        for (CodedField field : fields) {
            if (field instanceof CodedField.Hidden hidden) {
                hidden.value().erase();
            }
        }
    }

    /** Labelled and masked: safe for logs, traces and people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.code()).append(' ').append(type.title());
        for (FixedField field : type.fixedFields()) {
            text.append(" | ").append(field.label()).append('=').append(fixed(field));
        }
        for (CodedField field : fields) {
            String label = Field.of(field.code()).map(Field::label).orElse("?");
            text.append(" | ").append(label).append(' ').append(field);
        }
        sequence.ifPresent(digit -> text.append(" | AY").append(digit));
        return text.toString();
    }

    /** Collects the parts of a frame in wire order. Not for use by several threads. */
    public static final class Builder {
        private final MessageType type;
        private final Map<FixedField, String> fixed = new EnumMap<>(FixedField.class);
        private final List<CodedField> fields = new ArrayList<>();

        private Builder(MessageType type) {
            this.type = type;
        }

        /** Sets a fixed field; the value must have the exact width. */
        public Builder fixed(FixedField field, String value) {
            fixed.put(field, value);
            return this;
        }

        /** Appends a coded field. */
        public Builder add(CodedField field) {
            fields.add(field);
            return this;
        }

        /** The frame, without error detection. */
        public Frame build() {
            return new Frame(type, fixed, fields, OptionalInt.empty());
        }
    }
}
