package fi.kimppa.gateway.backend.folio;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The records of the stub and what its modules do with them. Guarded by the stub. */
final class FolioState {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Collections by their path, each under the name that FOLIO gives the list in its answers. */
    private static final Map<String, String> LISTS = Map.of(
            "/users", "users",
            "/inventory/items", "items",
            "/inventory/instances", "instances",
            "/circulation/loans", "loans",
            "/circulation/requests", "requests",
            "/accounts", "accounts",
            "/feefineactions", "feefineactions",
            "/manualblocks", "manualblocks",
            "/service-points", "servicepoints");

    /**
     * What is answered.
     *
     * @param json the body, or null
     * @param text the body, if it is plain text
     */
    record Result(int status, @Nullable JsonNode json, String text) {
        static Result text(int status, String text) {
            return new Result(status, null, text);
        }

        /** A 422 with one error; without a code where that is empty. */
        static Result refused(String message, String code, String key, String value) {
            return refused(List.of(error(message, code, key, value)));
        }

        static Result refused(List<ObjectNode> errors) {
            ObjectNode body = JSON.createObjectNode();
            errors.forEach(body.putArray("errors")::add);
            return new Result(422, body, "");
        }

        byte[] bytes() {
            return json == null ? text.getBytes(StandardCharsets.UTF_8) : JSON.writeValueAsBytes(json);
        }
    }

    static ObjectNode error(String message, String code, String key, String value) {
        ObjectNode error = JSON.createObjectNode().put("message", message).put("type", "1");
        if (!code.isEmpty()) {
            error.put("code", code);
        }
        error.putArray("parameters").addObject().put("key", key).put("value", value);
        return error;
    }

    private final Map<String, List<ObjectNode>> records = new TreeMap<>();
    final Map<String, String> pins = new HashMap<>();
    final Map<String, String> passwords = new HashMap<>();
    final Map<String, ObjectNode> automatedBlocks = new HashMap<>();
    final Map<String, ObjectNode> allowed = new HashMap<>();
    final List<ObjectNode> refusals = new ArrayList<>();
    /** How many loans of one material type a user may have, where it is fewer than anybody meets. */
    final Map<String, Integer> itemLimits = new HashMap<>();

    boolean refusesPayments;
    private final Clock clock;

    FolioState(Clock clock) {
        this.clock = clock;
    }

    // ---- records -----------------------------------------------------------------------------------------

    static String id(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The records of a collection, oldest first; may be changed. */
    List<ObjectNode> all(String list) {
        return records.computeIfAbsent(list, _ -> new ArrayList<>());
    }

    ObjectNode add(String list, String id) {
        ObjectNode record = JSON.createObjectNode().put("id", id);
        all(list).add(record);
        return record;
    }

    void servicePoint(String code, String name) {
        add("servicepoints", id(code)).put("code", code).put("name", name).put("pickupLocation", true);
    }

    ObjectNode user(String card, String first, String last, String pin) {
        ObjectNode user = add("users", id("user " + card))
                .put("barcode", card)
                .put("username", "user" + card)
                .put("active", true);
        user.putObject("personal")
                .put("firstName", first)
                .put("lastName", last)
                .put("dateOfBirth", "1990-05-17")
                .put("email", last.toLowerCase(Locale.ROOT) + "@example.fi");
        pins.put(id("user " + card), pin);
        passwords.put("user" + card, pin);
        return user;
    }

    ObjectNode item(String barcode, String title, String home) {
        String instance = id("instance " + title);
        if (one("instances", r -> r.path("id").asString().equals(instance)).isEmpty()) {
            add("instances", instance)
                    .put("title", title)
                    .put("hrid", "in" + all("instances").size());
        }
        add("holdings", id("holdings " + title)).put("instanceId", instance);
        ObjectNode item = add("items", id("item " + barcode))
                .put("barcode", barcode)
                .put("title", title)
                .put("holdingsRecordId", id("holdings " + title))
                .put("home", id(home));
        item.putObject("status").put("name", "Available");
        item.putObject("materialType").put("name", "book");
        item.putObject("effectiveLocation").put("id", id("location")).put("name", "Adults");
        return item;
    }

    ObjectNode request(String card, String barcode, String type, String level, String pickup) {
        ObjectNode item = item(barcode).orElseThrow();
        ObjectNode request = add("requests", id("request " + card + barcode))
                .put("requesterId", id("user " + card))
                .put("itemId", item.path("id").asString())
                .put("instanceId", id("instance " + item.path("title").asString()))
                .put("requestType", type)
                .put("requestLevel", level)
                .put("status", "Open - Not yet filled")
                .put("position", 1)
                .put("pickupServicePointId", id(pickup));
        request.putObject("item").put("barcode", barcode);
        request.putObject("instance").put("title", item.path("title").asString());
        return request;
    }

    ObjectNode account(String card, String number, String amount) {
        ObjectNode account = add("accounts", id("account " + number))
                .put("userId", id("user " + card))
                .put("feeFineType", "Overdue fine")
                .put("amount", new BigDecimal(amount))
                .put("remaining", new BigDecimal(amount));
        account.putObject("status").put("name", "Open");
        return account;
    }

    Optional<ObjectNode> one(String list, Predicate<JsonNode> wanted) {
        return all(list).stream().filter(wanted).findFirst();
    }

    Optional<ObjectNode> item(String barcode) {
        return one("items", record -> record.path("barcode").asString().equals(barcode));
    }

    Optional<ObjectNode> openLoan(String barcode) {
        return one(
                "loans",
                loan -> loan.path("status").path("name").asString().equals("Open")
                        && loan.path("item").path("barcode").asString().equals(barcode));
    }

    void status(ObjectNode item, String status) {
        item.putObject("status").put("name", status);
    }

    // ---- calls -------------------------------------------------------------------------------------------

    Result carryOut(String call, Map<String, String> query, JsonNode body) {
        String path = call.substring(call.indexOf(' ') + 1);
        String last = path.substring(path.lastIndexOf('/') + 1);
        return switch (call) {
            case "POST /circulation/check-out-by-barcode" -> new FolioCirculation(this, clock).checkOut(body);
            case "POST /circulation/check-in-by-barcode" -> new FolioCirculation(this, clock).checkIn(body);
            case "POST /circulation/renew-by-barcode" -> new FolioCirculation(this, clock).renew(body);
            case "POST /circulation/requests" -> new FolioCirculation(this, clock).place(body);
            case "POST /circulation/end-patron-action-session" -> new Result(204, null, "");
            case "POST /accounts-bulk/pay" -> FolioCash.pay(this, body, clock.instant());
            case "POST /patron-pin/verify" ->
                new Result(
                        body.path("pin")
                                        .asString()
                                        .equals(pins.get(body.path("id").asString()))
                                ? 200
                                : 422,
                        null,
                        "");
            case "POST /manualblocks" -> {
                ObjectNode block = add("manualblocks", UUID.randomUUID().toString());
                block.setAll((ObjectNode) body);
                yield new Result(201, block, "");
            }
            case "GET /circulation/requests/allowed-service-points" ->
                new Result(
                        200,
                        allowed.getOrDefault(
                                query.getOrDefault("itemId", query.getOrDefault("instanceId", "")),
                                JSON.createObjectNode()),
                        "");
            default -> call.startsWith("GET ") ? get(path, last, query) : other(call, last, body);
        };
    }

    private Result get(String path, String last, Map<String, String> query) {
        if (LISTS.containsKey(path)) {
            return list(LISTS.get(path), query);
        }
        if (path.startsWith("/automated-patron-blocks/")) {
            ObjectNode none = JSON.createObjectNode();
            none.putArray("automatedPatronBlocks");
            return new Result(200, automatedBlocks.getOrDefault(last, none), "");
        }
        String list = path.startsWith("/holdings-storage/") ? "holdings" : "instances";
        return one(list, record -> record.path("id").asString().equals(last))
                .map(record -> new Result(200, record, ""))
                .orElseGet(() -> Result.text(404, "Not found"));
    }

    private Result list(String name, Map<String, String> query) {
        List<ObjectNode> found = all(name).stream()
                .filter(StubCql.parse(query.getOrDefault("query", "cql.allRecords=1")))
                .toList();
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray(name);
        found.stream()
                .limit(Integer.parseInt(query.getOrDefault("limit", "10")))
                .forEach(list::add);
        body.put("totalRecords", found.size());
        return new Result(200, body, "");
    }

    private Result other(String call, String last, JsonNode body) {
        Predicate<JsonNode> meant = record -> record.path("id").asString().equals(last);
        if (call.startsWith("PUT /circulation/requests/")) {
            ObjectNode request = one("requests", meant).orElseThrow();
            if (request.path("status").asString().startsWith("Closed")) {
                return Result.refused("The Request has already been closed", "REQUEST_ALREADY_CLOSED", "id", last);
            }
            request.removeAll();
            request.setAll((ObjectNode) body);
            return new Result(204, null, "");
        }
        if (call.startsWith("DELETE /manualblocks/")) {
            return all("manualblocks").removeIf(meant) ? new Result(204, null, "") : Result.text(404, "Not found");
        }
        return Result.text(404, "No suitable module found");
    }
}
