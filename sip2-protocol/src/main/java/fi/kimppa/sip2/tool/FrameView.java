package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message for people and for programs. Passwords are never shown; cards and names only if asked for.
 *
 * @param codec how lines are read
 * @param persons whether values that say who somebody is are shown
 */
record FrameView(FrameCodec codec, boolean persons) {
    private static final String STARS = "***";

    /** Labelled, one field a line. */
    String text(byte[] line) {
        return switch (codec.decode(line)) {
            case Decoded.Complete(Frame frame, boolean detected) -> text(frame, detected);
            case Decoded.BadChecksum _ -> "a line of " + line.length + " bytes with a wrong checksum\n";
            case Decoded.Malformed malformed ->
                "%s %s, which has %s instead of %s%n"
                        .formatted(
                                malformed.type().code(),
                                malformed.type().title(),
                                malformed.found(),
                                malformed.expected());
            case Decoded.UnknownCommand unknown ->
                "a line of " + line.length + " bytes that begins with " + unknown.printable() + ", no SIP2 message\n";
        };
    }

    private String text(Frame frame, boolean detected) {
        StringBuilder out = new StringBuilder();
        out.append(frame.type().code()).append(' ').append(frame.type().title()).append('\n');
        for (FixedField field : frame.type().fixedFields()) {
            row(out, "", field.label(), frame.fixed(field));
        }
        for (CodedField field : frame.fields()) {
            row(out, field.code(), label(field), value(field));
        }
        frame.sequence().ifPresent(digit -> row(out, "AY", "sequence number", Integer.toString(digit)));
        if (detected) {
            row(out, "AZ", "checksum", "right");
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String code, String label, String value) {
        out.append("    %-2s %-24s %s".formatted(code, label, value).stripTrailing())
                .append('\n');
    }

    /** The same as a map. */
    Map<String, Object> map(byte[] line) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (codec.decode(line)) {
            case Decoded.Complete(Frame frame, boolean detected) -> {
                map.put("command", frame.type().code());
                map.put("name", frame.type().title());
                Map<String, Object> fixed = new LinkedHashMap<>();
                frame.type().fixedFields().forEach(field -> fixed.put(field.label(), frame.fixed(field)));
                map.put("fixed", fixed);
                List<Object> fields = new ArrayList<>();
                for (CodedField field : frame.fields()) {
                    fields.add(Map.of("code", field.code(), "label", label(field), "value", value(field)));
                }
                map.put("fields", fields);
                frame.sequence().ifPresent(digit -> map.put("sequence", digit));
                map.put("checksum", detected ? "right" : "none");
            }
            case Decoded.BadChecksum _ -> {
                map.put("problem", "wrong checksum");
                map.put("bytes", line.length);
            }
            case Decoded.Malformed malformed -> {
                map.put("command", malformed.type().code());
                map.put("name", malformed.type().title());
                map.put("problem", "cut short");
                map.put("expected", malformed.expected());
                map.put("found", malformed.found());
            }
            case Decoded.UnknownCommand unknown -> {
                map.put("command", unknown.printable());
                map.put("problem", "no SIP2 message");
                map.put("bytes", line.length);
            }
        }
        return map;
    }

    private static String label(CodedField field) {
        return Field.of(field.code()).map(Field::label).orElse("");
    }

    private String value(CodedField field) {
        return switch (field) {
            case CodedField.Hidden hidden -> hidden.value().isEmpty() ? "" : STARS;
            case CodedField.Text plain -> {
                boolean masked = !persons
                        && !plain.value().isEmpty()
                        && Field.of(plain.code())
                                .filter(known -> known.privacy() == Field.Privacy.PERSONAL)
                                .isPresent();
                yield masked ? STARS : plain.value();
            }
        };
    }
}
