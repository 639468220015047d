package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.HttpStub.Asked;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a Koha remembers, in its own words, and how it finds it. */
@NullUnmarked // JSON has nulls.
class KohaRows {
    static final JsonMapper JSON = new JsonMapper();

    /** The rows, by Koha's name of the collection. */
    final Map<String, List<Map<String, Object>>> rows = new HashMap<>();

    final Map<String, Object> patron(int id, String card, String library) {
        return add(
                "patrons",
                row(
                        "patron_id",
                        id,
                        "cardnumber",
                        card,
                        "surname",
                        "Virtanen",
                        "firstname",
                        "Aino",
                        "library_id",
                        library,
                        "category_id",
                        "PT",
                        "expiry_date",
                        "2030-12-31",
                        "date_of_birth",
                        "1980-02-29",
                        "patron_card_lost",
                        false,
                        "restricted",
                        false,
                        "incorrect_address",
                        false,
                        "login_attempts",
                        0));
    }

    final Map<String, Object> item(int id, int biblio, String barcode, String title) {
        return add(
                "items",
                row(
                        "item_id",
                        id,
                        "biblio_id",
                        biblio,
                        "external_id",
                        barcode,
                        "home_library_id",
                        "TKU",
                        "holding_library_id",
                        "LIE",
                        "lost_status",
                        0,
                        "withdrawn",
                        0,
                        "not_for_loan_status",
                        0,
                        "effective_not_for_loan_status",
                        0,
                        "checked_out_date",
                        null,
                        "biblio",
                        row("biblio_id", biblio, "title", title, "author", "Waltari, Mika")));
    }

    final synchronized Map<String, Object> loan(int id, int patron, int item, String due) {
        all("items").stream()
                .filter(row -> row.get("item_id").equals(item))
                .forEach(row -> row.put("checked_out_date", "2026-11-20"));
        return add(
                "checkouts",
                row(
                        "checkout_id",
                        id,
                        "patron_id",
                        patron,
                        "item_id",
                        item,
                        "checkout_date",
                        null,
                        "issuer",
                        null,
                        "due_date",
                        due,
                        "library_id",
                        "TKU",
                        "external_id",
                        null,
                        "last_renewed_date",
                        null));
    }

    /** Says of a loan when and under which user it was made. */
    static void issued(Map<String, Object> loan, OffsetDateTime when, String user) {
        loan.put("checkout_date", when.toString());
        loan.put("issuer", row("userid", user));
    }

    final Map<String, Object> hold(int id, int patron, int biblio, Integer item, String status) {
        return add(
                "holds",
                row(
                        "hold_id",
                        id,
                        "patron_id",
                        patron,
                        "biblio_id",
                        biblio,
                        "item_id",
                        item,
                        "status",
                        status,
                        "priority",
                        1,
                        "pickup_library_id",
                        "TKU"));
    }

    final Map<String, Object> debt(int id, int patron, String amount, Integer item) {
        return add(
                "debits",
                row(
                        "account_line_id",
                        id,
                        "patron_id",
                        patron,
                        "amount_outstanding",
                        new BigDecimal(amount),
                        "item_id",
                        item,
                        "debit_type",
                        "OVERDUE"));
    }

    final List<Map<String, Object>> all(String collection) {
        return rows.computeIfAbsent(collection, _ -> new ArrayList<>());
    }

    final synchronized Map<String, Object> add(String collection, Map<String, Object> row) {
        all(collection).add(row);
        return row;
    }

    /** Names and values by turns. */
    static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1]);
        }
        return row;
    }

    /** The rows that a list is asked for, of which these are hidden. */
    final Reply list(String collection, Asked asked, Predicate<Map<String, Object>> hidden) {
        List<Map<String, Object>> found = all(collection).stream()
                .filter(row -> asked.query().entrySet().stream()
                        .filter(entry -> !entry.getKey().startsWith("_"))
                        .allMatch(entry -> entry.getKey().equals("q")
                                ? matches(row, JSON.readTree(entry.getValue()))
                                : matches(row.get(entry.getKey()), entry.getValue(), asked.query())))
                .map(row -> hidden.test(row) ? redacted(row) : row)
                .map(row -> embedded(row, asked))
                .toList();
        int perPage = Integer.parseInt(asked.query().getOrDefault("_per_page", "20"));
        int from = (Integer.parseInt(asked.query().getOrDefault("_page", "1")) - 1) * perPage;
        return said(200, found.subList(Math.min(from, found.size()), Math.min(from + perPage, found.size())));
    }

    private static Map<String, Object> redacted(Map<String, Object> row) {
        Map<String, Object> bare = new LinkedHashMap<>();
        row.keySet().forEach(key -> bare.put(key, null));
        bare.put("library_id", row.get("library_id"));
        return bare;
    }

    private static Map<String, Object> embedded(Map<String, Object> row, Asked asked) {
        String wanted = asked.headers().getOrDefault("x-koha-embed", "");
        Map<String, Object> bare = new LinkedHashMap<>(row);
        Stream.of("biblio", "issuer").filter(part -> !wanted.contains(part)).forEach(bare::remove);
        return bare;
    }

    private static boolean matches(Object value, String wanted, Map<String, String> query) {
        String text = String.valueOf(value);
        return query.getOrDefault("_match", "contains").equals("exact")
                ? text.equalsIgnoreCase(wanted)
                : text.matches("(?is).*\\Q" + wanted.replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q") + "\\E.*");
    }

    static boolean matches(Map<String, Object> row, JsonNode q) {
        return q.propertyNames().stream().allMatch(name -> {
            JsonNode wanted = q.path(name);
            String value = String.valueOf(row.get(name));
            return wanted.isObject()
                    ? StreamSupport.stream(wanted.path("-in").spliterator(), false)
                            .anyMatch(one -> one.asString("").equals(value))
                    : wanted.asString("").equals(value);
        });
    }

    final Optional<Map<String, Object>> one(String collection, Predicate<Map<String, Object>> which) {
        return all(collection).stream().filter(which).findFirst();
    }

    static JsonNode body(Asked asked) {
        return JSON.readTree(asked.body());
    }

    static Reply.Said said(int status, Object body) {
        return Reply.json(status, JSON.writeValueAsString(body));
    }

    static String error(String text) {
        return JSON.writeValueAsString(Map.of("error", text));
    }
}
