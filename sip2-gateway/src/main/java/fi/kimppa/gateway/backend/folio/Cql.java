package fi.kimppa.gateway.backend.folio;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The queries of FOLIO's storage (CQL). What a terminal sends gets into a query only as a quoted string in which
 * nothing has a meaning: a star or a quotation mark in a card number must not find somebody else.
 */
final class Cql {
    /** Everything. */
    static final String ALL = "cql.allRecords=1";

    private Cql() {}

    /** The field has exactly this value; FOLIO compares without regard to case. */
    static String exact(String field, String value) {
        return field + "==" + quoted(value);
    }

    /** The field has one of these values. */
    static String oneOf(String field, String... values) {
        return Arrays.stream(values).map(Cql::quoted).collect(Collectors.joining(" or ", field + "==(", ")"));
    }

    /** All of these hold. */
    static String and(String... conditions) {
        return String.join(" and ", conditions);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '"' || c == '*' || c == '?' || c == '^') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
