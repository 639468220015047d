package fi.kimppa.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A FOLIO tenant as far as loans, returns, holds and payments need it, as a process of its own: log-in, users, items, open loans,
 * check-out and check-in by bar code, requests (mod-circulation : ramls/circulation.raml, ramls/request-storage.raml) and an account with
 * what each card owes (mod-feesfines). It knows every item and card that begins as its own do, and each item is the only one of its title;
 * a loan that is asked for twice is refused by the code of mod-circulation, a return that comes twice is taken, and a payment is booked as
 * often as it is told.
 */
public final class ChaosFolio {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What a CQL query of the gateway asks for: {@code barcode=="…"}, {@code itemId=="…"}, {@code requesterId=="…"} or {@code userId=="…"}. */
    private static final Pattern ASKED = Pattern.compile("(barcode|itemId|requesterId|userId)==\"([^\"]*)\"");

    private final String items;
    private final String cards;
    private final ChaosBooks books;

    private ChaosFolio(String items, String cards, ChaosBooks books) {
        this.items = items;
        this.cards = cards;
        this.books = books;
    }

    private record Said(int status, JsonNode body) {}

    /**
     * Serves until it is killed.
     *
     * @param args port, what the numbers of its items and of its cards begin with, and the file of its books
     */
    public static void main(String[] args) throws IOException {
        ChaosFolio folio = new ChaosFolio(args[1], args[2], ChaosBooks.open(Path.of(args[3])));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 50);
        server.createContext("/", folio::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode asked = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                    .map(raw -> URLDecoder.decode(raw, StandardCharsets.UTF_8))
                    .orElse("");
            Said said = answer(
                    exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath(), query, asked);
            if (said.status == 201 && said.body.has("accessTokenExpiration")) {
                exchange.getResponseHeaders().add("Set-Cookie", "folioAccessToken=chaos; Max-Age=600; Path=/");
            }
            byte[] bytes = JSON.writeValueAsBytes(said.body);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(said.status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Said answer(String call, String query, JsonNode asked) {
        try {
            return switch (call) {
                case "POST /authn/login-with-expiry" -> loggedIn();
                case "GET /service-points" -> list("servicepoints", Stream.of(servicePoint()));
                case "GET /users" -> list("users", barcode(query, cards).map(ChaosFolio::user));
                case "GET /inventory/items" ->
                    list("items", barcode(query, items).map(this::item));
                case "GET /circulation/loans" -> list("loans", loans(query).map(this::loan));
                case "GET /circulation/requests" ->
                    list("requests", asked(query, "requesterId").flatMap(this::requests));
                case "GET /circulation/requests/allowed-service-points" -> allowed();
                case "GET /accounts" -> list("accounts", asked(query, "userId").map(this::account));
                case "GET /feefineactions" -> list("feefineactions", Stream.of());
                case "GET /manualblocks" -> list("manualblocks", Stream.of());
                case "POST /circulation/check-out-by-barcode" -> lend(asked);
                case "POST /circulation/renew-by-barcode" -> renew(asked);
                case "POST /circulation/check-in-by-barcode" -> takeBack(asked);
                case "POST /circulation/requests" -> hold(asked, true);
                case "POST /accounts-bulk/pay" -> pay(asked);
                default -> {
                    if (call.startsWith("GET /automated-patron-blocks/")) {
                        yield list("automatedPatronBlocks", Stream.of());
                    }
                    if (call.startsWith("GET /holdings-storage/holdings/")) {
                        String title = call.substring(call.lastIndexOf('/') + 1);
                        yield new Said(
                                200, JSON.createObjectNode().put("id", title).put("instanceId", title));
                    }
                    yield call.startsWith("PUT /circulation/requests/")
                            ? hold(asked, false)
                            : new Said(404, JSON.createObjectNode());
                }
            };
        } catch (IOException e) {
            return new Said(500, JSON.createObjectNode().put("message", "the disk is full"));
        }
    }

    private static Said loggedIn() {
        return new Said(
                201,
                JSON.createObjectNode()
                        .put(
                                "accessTokenExpiration",
                                Instant.now().plusSeconds(600).toString()));
    }

    private static Said list(String name, Stream<ObjectNode> records) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray(name);
        records.forEach(list::add);
        return new Said(200, body.put("totalRecords", list.size()));
    }

    private static Stream<String> barcode(String query, String ours) {
        return asked(query, "barcode").filter(number -> number.startsWith(ours));
    }

    private Stream<ChaosBooks.Loan> loans(String query) {
        return Stream.concat(
                asked(query, "itemId").flatMap(item -> books.loan(item).stream()),
                asked(query, "userId").flatMap(card -> books.of(card).stream()));
    }

    private static Stream<String> asked(String query, String field) {
        Matcher matcher = ASKED.matcher(query);
        return matcher.find() && matcher.group(1).equals(field) ? Stream.of(matcher.group(2)) : Stream.of();
    }

    // ---- records: their numbers are their identifiers ----------------------------------------------------

    private static ObjectNode servicePoint() {
        return JSON.createObjectNode().put("id", "desk").put("code", "CHAOS").put("name", "Chaos");
    }

    private static ObjectNode user(String card) {
        ObjectNode user =
                JSON.createObjectNode().put("id", card).put("barcode", card).put("active", true);
        user.putObject("personal").put("lastName", "Chaos");
        return user;
    }

    private ObjectNode item(String number) {
        ObjectNode item = JSON.createObjectNode()
                .put("id", number)
                .put("barcode", number)
                .put("title", "Title " + number)
                .put("holdingsRecordId", number);
        item.putObject("status").put("name", books.loan(number).isPresent() ? "Checked out" : "Available");
        return item;
    }

    private ObjectNode loan(ChaosBooks.Loan loan) {
        ObjectNode record = JSON.createObjectNode()
                .put("id", "loan " + loan.item())
                .put("userId", loan.card())
                .put("itemId", loan.item())
                .put("loanDate", loan.at().toString())
                .put("dueDate", books.due(loan.item()) + "T21:59:00Z");
        record.putObject("status").put("name", "Open");
        record.putObject("item").put("barcode", loan.item()).put("title", "Title " + loan.item());
        return record;
    }

    private Stream<ObjectNode> requests(String card) {
        return books.heldBy(card).stream().map(item -> request(card, item));
    }

    private static ObjectNode request(String card, String item) {
        ObjectNode record = JSON.createObjectNode()
                .put("id", "request " + card + ' ' + item)
                .put("requesterId", card)
                .put("requestLevel", "Title")
                .put("instanceId", item)
                .put("status", "Open - Not yet filled")
                .put("position", 1);
        record.putObject("instance").put("title", "Title " + item);
        return record;
    }

    private ObjectNode account(String card) {
        ObjectNode account =
                JSON.createObjectNode().put("id", card).put("userId", card).put("remaining", books.owed(card));
        account.putObject("status").put("name", "Open");
        return account;
    }

    private static Said allowed() {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("Hold").add(servicePoint());
        return new Said(200, body);
    }

    // ---- changes -----------------------------------------------------------------------------------------

    private Said lend(JsonNode asked) throws IOException {
        String item = asked.path("itemBarcode").asString();
        String card = asked.path("userBarcode").asString();
        if (!item.startsWith(items)) {
            return refused("No item with barcode " + item + " could be found", "ITEM_BARCODE_NOT_FOUND");
        }
        ChaosBooks.Loan loan = new ChaosBooks.Loan(item, card, Instant.now());
        return books.lend(loan)
                ? new Said(201, loan(loan))
                : refused("Cannot check out item that already has an open loan", "ITEM_HAS_OPEN_LOAN");
    }

    private Said renew(JsonNode asked) throws IOException {
        String item = asked.path("itemBarcode").asString();
        return books.renew(item, asked.path("userBarcode").asString())
                ? new Said(200, loan(books.loan(item).orElseThrow()))
                : refused("Cannot renew item", "ITEM_NOT_LOANED_TO_USER");
    }

    private Said takeBack(JsonNode asked) throws IOException {
        String item = asked.path("itemBarcode").asString();
        if (!item.startsWith(items)) {
            return refused("No item with barcode " + item + " exists", "ITEM_BARCODE_NOT_FOUND");
        }
        books.takeBack(item);
        ObjectNode body = JSON.createObjectNode();
        body.set("item", item(item));
        return new Said(200, body);
    }

    private Said hold(JsonNode asked, boolean wanted) throws IOException {
        String card = asked.path("requesterId").asString();
        String item = asked.path("instanceId").asString();
        return books.hold(card, item, wanted)
                ? new Said(wanted ? 201 : 200, request(card, item))
                : refused(
                        "This requester already has an open request for this instance",
                        "REQUESTER_ALREADY_HAS_REQUEST");
    }

    private Said pay(JsonNode asked) throws IOException {
        books.pay(asked.path("accountIds").path(0).asString());
        return new Said(
                201, JSON.createObjectNode().put("amount", asked.path("amount").asString()));
    }

    private static Said refused(String message, String code) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("errors").addObject().put("message", message).put("code", code);
        return new Said(422, body);
    }
}
