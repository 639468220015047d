package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.circulation.NoEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a 64 says of a patron beyond the standard, as in {@code PB=birth-date PC=patron-class}. Vendors use the same
 * two letters for different things (PA has four meanings, sip2.md section 7.3), so the meaning is named.
 *
 * @param fields in the order in which they are sent
 */
record PatronFields(List<Entry> fields) {
    /** Nothing. */
    static final PatronFields NONE = new PatronFields(List.of());

    /** The fields in which backends tell it to the gateway; they leave it only where a profile says so, or to a door. */
    static final Set<String> FROM_BACKENDS = Set.of("PA", "PB", "PC", "PX", "AQ", NoEntry.FIELD);

    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{2}");

    /** What may be told. */
    enum Meaning {
        /** {@code YYYYMMDD}, as Koha, Evergreen and Envisionware have it in PB. */
        BIRTH_DATE,
        /** {@code YYYYMMDD}, as Envisionware and Evergreen have it in PA. */
        CARD_EXPIRES,
        /** 18 characters, as Polaris has it in PX. */
        CARD_EXPIRES_TIME,
        /** {@code 1} or {@code 0}, as the Koha of Finnish consortia has it in PA. */
        SELF_SERVICE,
        /** Code of the branch, as Evergreen has it in AQ. */
        HOME_LIBRARY,
        /** Code of the class, as Koha has it in PC. */
        PATRON_CLASS;

        private String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One field and its meaning. */
    record Entry(String code, Meaning meaning) {}

    PatronFields {
        fields = List.copyOf(fields);
    }

    /** Reads entries apart by blanks or commas; empty if one is no entry. */
    static Optional<PatronFields> read(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String word : FieldSet.words(text)) {
            int equals = word.indexOf('=');
            String code = word.substring(0, Math.max(0, equals));
            Optional<Meaning> meaning = Arrays.stream(Meaning.values())
                    .filter(known -> known.text().equals(word.substring(equals + 1)))
                    .findFirst();
            if (!CODE.matcher(code).matches() || meaning.isEmpty()) {
                return Optional.empty();
            }
            entries.add(new Entry(code, meaning.get()));
        }
        return Optional.of(new PatronFields(entries));
    }

    String text() {
        return fields.stream()
                .map(entry -> entry.code() + "=" + entry.meaning().text())
                .collect(Collectors.joining(" "));
    }
}
