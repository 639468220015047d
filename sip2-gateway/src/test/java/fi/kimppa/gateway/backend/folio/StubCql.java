package fi.kimppa.gateway.backend.folio;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The part of CQL that FOLIO's storage understands and this backend uses, with its dangers: a star or question mark that
 * is not escaped is a wildcard, and what stands after a closing quotation mark is read on as CQL.
 */
final class StubCql {
    private final String text;
    private int at;

    private StubCql(String text) {
        this.text = text;
    }

    /** What the query is true of. */
    static Predicate<JsonNode> parse(String query) {
        StubCql cql = new StubCql(query);
        Predicate<JsonNode> whole = cql.expression();
        cql.blanks();
        if (cql.at < query.length()) {
            throw new IllegalArgumentException("CQL ends at " + cql.at);
        }
        return whole;
    }

    private Predicate<JsonNode> expression() {
        Predicate<JsonNode> left = term();
        while (true) {
            if (word("and")) {
                left = left.and(term());
            } else if (word("or")) {
                left = left.or(term());
            } else {
                return left;
            }
        }
    }

    private Predicate<JsonNode> term() {
        blanks();
        if (symbol("(")) {
            Predicate<JsonNode> inner = expression();
            expect(")");
            return inner;
        }
        String index = name();
        if (symbol("==")) {
            return symbol("(") ? list(index) : equal(index, value());
        }
        expect("=");
        String value = value();
        return index.equals("cql.allRecords") && value.equals("1") ? _ -> true : equal(index, value);
    }

    private Predicate<JsonNode> list(String index) {
        Predicate<JsonNode> any = equal(index, value());
        while (word("or")) {
            any = any.or(equal(index, value()));
        }
        expect(")");
        return any;
    }

    private static Predicate<JsonNode> equal(String index, String raw) {
        Pattern pattern = Pattern.compile(pattern(raw), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        return record -> {
            JsonNode found = record;
            for (String part : index.split("\\.", -1)) {
                found = found.path(part);
            }
            return pattern.matcher(found.asString("")).matches() && !found.isMissingNode();
        };
    }

    private static String pattern(String raw) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length()) {
                pattern.append(Pattern.quote(String.valueOf(raw.charAt(++i))));
            } else if (c == '*') {
                pattern.append(".*");
            } else if (c == '?') {
                pattern.append('.');
            } else {
                pattern.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return pattern.toString();
    }

    /** Raw, with its backslashes. */
    private String value() {
        blanks();
        if (!symbol("\"")) {
            return name();
        }
        StringBuilder value = new StringBuilder();
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                value.append(text.charAt(at++));
            }
            value.append(text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    private String name() {
        blanks();
        int begin = at;
        while (at < text.length() && " ()=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == begin) {
            throw new IllegalArgumentException("CQL has no word at " + at);
        }
        return text.substring(begin, at);
    }

    private boolean word(String word) {
        blanks();
        String rest = text.substring(at).toLowerCase(Locale.ROOT);
        boolean here = rest.startsWith(word + " ") || rest.startsWith(word + "(");
        at += here ? word.length() : 0;
        return here;
    }

    private boolean symbol(String symbol) {
        blanks();
        boolean here = text.startsWith(symbol, at);
        at += here ? symbol.length() : 0;
        return here;
    }

    private void expect(String symbol) {
        if (!symbol(symbol)) {
            throw new IllegalArgumentException("CQL lacks " + symbol + " at " + at);
        }
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
