package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Call;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Looks items up by their numbers, and what is open about them. */
final class Items {
    /** The states of a request that somebody waits for (mod-circulation : ramls/request.json). */
    static final String WAITING = "Open - Not yet filled";

    static final String READY = "Open - Awaiting pickup";
    static final String MOVING = "Open - In transit";
    static final String DELIVERY = "Open - Awaiting delivery";

    private static final Logger LOG = LoggerFactory.getLogger(Items.class);
    /** More than one item or patron has. */
    private static final String MOST = "1000";

    private Items() {}

    /** What a look-up comes to. */
    sealed interface Found {
        /** The one with this number. */
        record One(Item one) implements Found {}

        /** There is none. */
        record None() implements Found {}

        /** There are several, and nobody can tell which is meant. */
        record Several() implements Found {}

        /** The item, if there is one. */
        default Optional<Item> item() {
            return this instanceof One(Item one) ? Optional.of(one) : Optional.empty();
        }

        /** The key of what is said where there is not one. */
        default String sentence() {
            return this instanceof Several ? "item.ambiguous" : "item.unknown";
        }
    }

    /**
     * An item of mod-inventory.
     *
     * @param id UUID
     * @param title never empty
     * @param holdings UUID of its holdings record
     * @param record as it came
     */
    record Item(String id, String title, ItemStatus status, String holdings, JsonNode record) {}

    static Found find(Conversation folio, String number) {
        JsonNode answer = folio.read(Call.get("inventory", "items")
                .query("query", Cql.exact("barcode", number))
                .query("limit", "2"));
        List<JsonNode> items = Json.list(answer, "items").stream()
                .filter(item -> Json.text(item, "barcode")
                        .filter(number::equalsIgnoreCase)
                        .isPresent())
                .toList();
        if (items.size() > 1) {
            LOG.warn("An item number belongs to several items and is not served");
            return new Found.Several();
        }
        return items.isEmpty() ? new Found.None() : new Found.One(item(items.getFirst(), number));
    }

    private static Item item(JsonNode record, String number) {
        return new Item(
                Json.text(record, "id").orElseThrow(),
                Json.text(record, "title").orElse(number),
                ItemStatus.of(Json.text(record, "status", "name").orElse("")),
                Json.text(record, "holdingsRecordId").orElse(""),
                record);
    }

    /** UUID of an item's title. */
    static Optional<String> instance(Conversation folio, Item item) {
        return folio.find(Call.get("holdings-storage", "holdings", item.holdings))
                .flatMap(holdings -> Json.text(holdings, "instanceId"));
    }

    /** The open loans of an item, at most one unless something is wrong. */
    static List<JsonNode> openLoans(Conversation folio, Item item) {
        return Json.list(folio.read(loans("itemId", item.id)), "loans");
    }

    /** The open loans by {@code itemId} or {@code userId}. */
    static Call loans(String field, String id) {
        return Call.get("circulation", "loans")
                .query("query", Cql.and(Cql.exact(field, id), Cql.exact("status.name", "Open")))
                .query("limit", MOST);
    }

    /** The open requests by {@code itemId} or {@code requesterId}. */
    static Call requests(String field, String id) {
        return Call.get("circulation", "requests")
                .query("query", Cql.and(Cql.exact(field, id), Cql.oneOf("status", WAITING, READY, MOVING, DELIVERY)))
                .query("limit", MOST);
    }

    /** The open accounts of a user: what is owed. */
    static Call accounts(String userId) {
        return Call.get("accounts")
                .query("query", Cql.and(Cql.exact("userId", userId), Cql.exact("status.name", "Open")))
                .query("limit", MOST);
    }
}
