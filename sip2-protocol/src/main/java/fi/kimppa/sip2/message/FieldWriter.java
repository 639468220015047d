package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes the fields of a message in the order of the calls. Not for use by several threads. */
final class FieldWriter {
    private final Frame.Builder frame;

    FieldWriter(MessageType type) {
        this.frame = Frame.of(type);
    }

    // ---- fixed fields ------------------------------------------------------------------------------------

    FieldWriter fixed(FixedField field, String value) {
        frame.fixed(field, value);
        return this;
    }

    FieldWriter yes(FixedField field, boolean value) {
        return fixed(field, value ? "Y" : "N");
    }

    FieldWriter ok(FixedField field, boolean value) {
        return fixed(field, value ? "1" : "0");
    }

    FieldWriter time(FixedField field, Timestamp value) {
        return fixed(field, value.text());
    }

    /** Four digits, or four blanks when unknown or over 9999, as Koha and Evergreen do. */
    FieldWriter count(FixedField field, OptionalInt value) {
        return fixed(
                field,
                value.isPresent() && value.getAsInt() >= 0 && value.getAsInt() <= 9999
                        ? fourDigits(value.getAsInt())
                        : "    ");
    }

    // ---- coded fields ------------------------------------------------------------------------------------

    FieldWriter text(Field field, String value) {
        frame.add(CodedField.of(field, value));
        return this;
    }

    FieldWriter text(Field field, Optional<String> value) {
        value.ifPresent(present -> text(field, present));
        return this;
    }

    FieldWriter secret(Field field, Secret value) {
        frame.add(CodedField.of(field, value));
        return this;
    }

    FieldWriter secret(Field field, Optional<Secret> value) {
        value.ifPresent(present -> secret(field, present));
        return this;
    }

    FieldWriter yes(Field field, Optional<Boolean> value) {
        return text(field, value.map(yes -> yes ? "Y" : "N"));
    }

    FieldWriter amount(Field field, Optional<BigDecimal> value) {
        return text(field, value.map(BigDecimal::toPlainString));
    }

    /** Four digits, as the limits BZ, CA and CB have. */
    FieldWriter number(Field field, OptionalInt value) {
        if (value.isPresent()) {
            text(field, fourDigits(Math.clamp(value.getAsInt(), 0, 9999)));
        }
        return this;
    }

    FieldWriter all(Field field, List<String> values) {
        values.forEach(value -> text(field, value));
        return this;
    }

    private static String fourDigits(int value) {
        return Integer.toString(10_000 + value).substring(1);
    }

    /** The frame, with the extras after the known fields. */
    Frame build(List<CodedField> extras) {
        extras.forEach(frame::add);
        return frame.build();
    }
}
