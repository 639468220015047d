package fi.kimppa.gateway.sip;

import fi.kimppa.sip2.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Other names for coded fields, as in {@code 10:CR=CS PB=BC}: CR of 10 is sent as CS, PB of every message as BC.
 *
 * @param renamed in the order in which they were written; the first that fits is taken
 */
record FieldNames(List<Renamed> renamed) {
    /** Every field has the name that the standard gives it. */
    static final FieldNames STANDARD = new FieldNames(List.of());

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{2}");

    /** A field and the two characters that stand for it on the wire. */
    record Renamed(FieldSet field, String code) {}

    FieldNames {
        renamed = List.copyOf(renamed);
    }

    /** Reads entries apart by blanks or commas; empty if one is no entry. */
    static Optional<FieldNames> read(String text) {
        List<Renamed> entries = new ArrayList<>();
        for (String word : FieldSet.words(text)) {
            int equals = word.indexOf('=');
            Optional<FieldSet> field = equals < 0 ? Optional.empty() : FieldSet.read(word.substring(0, equals));
            String code = word.substring(equals + 1);
            if (field.filter(one -> one.entries().size() == 1).isEmpty()
                    || !CODE.matcher(code).matches()) {
                return Optional.empty();
            }
            entries.add(new Renamed(field.get(), code));
        }
        return Optional.of(new FieldNames(entries));
    }

    String text() {
        return renamed.stream()
                .map(entry -> entry.field().text() + "=" + entry.code())
                .collect(Collectors.joining(" "));
    }

    /** What the field of this message is called on the wire. */
    String of(MessageType type, String code) {
        return renamed.stream()
                .filter(entry -> entry.field().has(type, code))
                .map(Renamed::code)
                .findFirst()
                .orElse(code);
    }
}
