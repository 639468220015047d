package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.backend.http.HttpStub;
import fi.kimppa.gateway.backend.http.HttpStub.Asked;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/**
 * A Koha with a memory behind its REST interface, as backends.md section 2 and the named sources say: it books a loan at
 * the branch of its user, matches by "contains" unless told otherwise, gives 20 rows unless told otherwise, hides people of
 * other branches where it is told to, and counts wrong PINs.
 */
@NullUnmarked // JSON has nulls.
final class KohaStub extends KohaRows implements AutoCloseable {
    final HttpStub http = new HttpStub(this::answer);

    /** Branch of each API user, by client id; the secret is the id and "-secret". */
    final Map<String, String> users = new HashMap<>(Map.of("kimppa-tku", "TKU", "kimppa-all", "ALL"));

    final Map<Integer, String> pins = new HashMap<>();

    /** What speaks against lending this item, beside what follows from the rows: blockers and questions. */
    final Map<Integer, List<String>> blockers = new HashMap<>();

    final Map<Integer, List<String>> questions = new HashMap<>();

    /** Why this loan is not renewed. */
    final Map<Integer, String> renewalErrors = new HashMap<>();

    /** What follows from its rows, where it is told to look. */
    volatile Optional<KohaRules> rules = Optional.empty();

    /** What the self-service extension says. */
    volatile Reply selfService = Reply.json(200, "{\"permission\":true}");

    volatile String holdRefusal = "";
    volatile boolean maintenance;
    volatile boolean othersHidden;
    volatile boolean listsPayments = true;
    volatile boolean listsBiblios = true;
    volatile boolean seesAccounts = true;
    volatile int tokenLife = 3_600;
    private final Map<String, String> tokens = new HashMap<>();
    private int last = 1_000;
    final KohaCash cash = new KohaCash(this, () -> ++last);

    KohaStub() throws IOException {
        patron(5, "2000012345", "TKU");
        patron(15, "52000012345", "TKU");
        item(7, 70, "3000000011", "Sinuhe");
        item(8, 80, "53000000011", "Tuntematon");
        pins.put(5, "1234");
        pins.put(15, "9999");
    }

    /** Forgets its tokens, as after a restart. */
    synchronized void forgetTokens() {
        tokens.clear();
    }

    private synchronized Reply answer(Asked asked) {
        String path = asked.path().substring("/api/v1/".length());
        if (maintenance) {
            return Reply.json(503, error("System is under maintenance."));
        }
        if (path.equals("oauth/token")) {
            return token(asked);
        }
        String user =
                tokens.get(asked.headers().getOrDefault("authorization", "").replace("Bearer ", ""));
        if (user == null) {
            return Reply.json(401, error("Authentication required."));
        }
        return route(asked, List.of(path.split("/")), user);
    }

    private Reply token(Asked asked) {
        String id = asked.form().getOrDefault("client_id", "");
        if (!users.containsKey(id)
                || !(id + "-secret").equals(asked.form().get("client_secret"))
                || !"client_credentials".equals(asked.form().get("grant_type"))) {
            return Reply.json(403, error("Authentication failed"));
        }
        String token = "token-" + ++last;
        tokens.put(token, id);
        return said(200, row("access_token", token, "token_type", "Bearer", "expires_in", tokenLife));
    }

    private Reply route(Asked asked, List<String> path, String user) {
        String first = asked.method() + " " + path.getFirst();
        int size = path.size();
        if (first.equals("POST auth")) {
            return pin(body(asked));
        }
        if (asked.path().endsWith("/availability")) {
            return availability(asked, user);
        }
        if (asked.path().endsWith("/ssstatus")) {
            return selfService;
        }
        if (asked.path().endsWith("/account") && asked.method().equals("GET")) {
            return seesAccounts ? cash.account(Integer.parseInt(path.get(1))) : forbidden();
        }
        if (asked.path().endsWith("/account/credits")) {
            return asked.method().equals("GET")
                    ? listsPayments ? cash.payments(path.get(1)) : Reply.json(404, error("Not Found."))
                    : cash.pay(body(asked), Integer.parseInt(path.get(1)));
        }
        if (asked.path().endsWith("/renewals")) {
            return renew(Integer.parseInt(path.get(1)));
        }
        if (asked.path().endsWith("/pickup_location")) {
            return move(Integer.parseInt(path.get(1)), body(asked));
        }
        return switch (first) {
            case "GET patrons", "GET items", "GET checkouts", "GET holds", "GET libraries" ->
                list(path.getFirst(), asked, row -> path.getFirst().equals("patrons") && hidden(row, user));
            case "GET biblios" -> biblios(asked);
            case "POST checkouts" -> lend(asked, user);
            case "POST holds" -> place(body(asked));
            case "DELETE holds" -> delete(Integer.parseInt(path.get(1)));
            case "POST checkins" -> size > 1 ? said(201, row("checkin_id", 1)) : checkin(body(asked));
            default -> Reply.json(404, error("Not Found."));
        };
    }

    private boolean hidden(Map<String, Object> patron, String user) {
        return othersHidden && !users.getOrDefault(user, "").equals(patron.get("library_id"));
    }

    // ---- PINs ----------------------------------------------------------------------------------------------

    private Reply pin(JsonNode body) {
        String card = body.path("identifier").asString("");
        Optional<Map<String, Object>> patron = all("patrons").stream()
                .filter(row -> card.equals(row.get("userid")))
                .findFirst()
                .or(() -> all("patrons").stream()
                        .filter(row -> card.equals(row.get("cardnumber")))
                        .findFirst());
        if (patron.isEmpty()) {
            return Reply.json(400, error("Validation failed"));
        }
        Integer id = (Integer) patron.get().get("patron_id");
        if (!body.path("password").asString("").equals(pins.get(id))) {
            patron.get().put("login_attempts", (Integer) patron.get().get("login_attempts") + 1);
            return Reply.json(400, error("Validation failed"));
        }
        return said(201, row("cardnumber", patron.get().get("cardnumber"), "patron_id", id, "userid", card));
    }

    // ---- loans ---------------------------------------------------------------------------------------------

    private record Against(TreeSet<String> blockers, TreeSet<String> questions) {}

    private Against against(int patron, int item) {
        Against against = new Against(
                new TreeSet<>(blockers.getOrDefault(item, List.of())),
                new TreeSet<>(questions.getOrDefault(item, List.of())));
        one("checkouts", row -> row.get("item_id").equals(item)).ifPresent(loan -> {
            if (!loan.get("patron_id").equals(patron)) {
                against.questions.addAll(List.of("ISSUED_TO_ANOTHER", "issued_surname"));
            } else if (renewalErrors.containsKey((Integer) loan.get("checkout_id"))) {
                against.blockers.add("NO_MORE_RENEWALS");
            } else {
                against.questions.add("RENEW_ISSUE");
            }
        });
        one(
                        "holds",
                        row -> Integer.valueOf(item).equals(row.get("item_id"))
                                && !row.get("patron_id").equals(patron))
                .ifPresent(_ -> against.questions.addAll(List.of("RESERVE_WAITING", "ressurname", "rescardnumber")));
        rules.ifPresent(looked -> {
            against.blockers.addAll(looked.blockers(patron, item));
            against.questions.addAll(looked.questions(patron, item));
        });
        return against;
    }

    private Reply availability(Asked asked, String user) {
        int item = Integer.parseInt(asked.query().getOrDefault("item_id", "0"));
        Against against = against(Integer.parseInt(asked.query().getOrDefault("patron_id", "0")), item);
        return said(
                200,
                row(
                        "blockers",
                        keyed(against.blockers),
                        "confirms",
                        keyed(against.questions),
                        "warnings",
                        row(),
                        "confirmation_token",
                        jwt(user, item, against)));
    }

    private static Map<String, Object> keyed(Set<String> keys) {
        Map<String, Object> object = new LinkedHashMap<>();
        keys.forEach(key -> object.put(key, 1));
        return object;
    }

    private static String jwt(String user, int item, Against against) {
        return user + ":" + item + ":" + String.join(":", against.questions);
    }

    private Reply lend(Asked asked, String user) {
        JsonNode body = body(asked);
        int patron = body.path("patron_id").asInt(0);
        int item = body.path("item_id").asInt(0);
        Against against = against(patron, item);
        if (!against.blockers.isEmpty()) {
            return Reply.json(403, error("Checkout not authorized (" + String.join(" ", against.blockers) + ")"));
        }
        if (!against.questions.isEmpty()
                && !jwt(user, item, against).equals(asked.query().get("confirmation"))) {
            return Reply.json(412, error("Confirmation error"));
        }
        Map<String, Object> loan = loan(++last, patron, item, "2026-12-22T23:59:00+02:00");
        loan.put("library_id", users.get(user));
        issued(loan, MovableClock.EVENING.atOffset(ZoneOffset.UTC), user);
        fulfil(patron, item);
        return said(201, loan);
    }

    /** The patron's own hold on the title is over with the loan (C4/Reserves.pm, MoveReserve). */
    final void fulfil(int patron, int item) {
        one("items", row -> row.get("item_id").equals(item))
                .ifPresent(copy -> all("holds")
                        .removeIf(row -> row.get("patron_id").equals(patron)
                                && row.get("biblio_id").equals(copy.get("biblio_id"))));
    }

    private Reply renew(int id) {
        Map<String, Object> loan =
                one("checkouts", row -> row.get("checkout_id").equals(id)).orElse(null);
        if (loan == null) {
            return Reply.json(404, error("Checkout not found"));
        }
        Optional<String> no =
                Optional.ofNullable(renewalErrors.get(id)).or(() -> rules.flatMap(looked -> looked.renewal(loan)));
        if (no.isPresent()) {
            return Reply.json(403, error("Renewal not authorized (" + no.get() + ")"));
        }
        rules.map(looked -> looked.rentalCharges.get((Integer) loan.get("item_id")))
                .ifPresent(
                        amount -> debt(++last, (Integer) loan.get("patron_id"), amount, (Integer) loan.get("item_id")));
        loan.put("due_date", "2027-01-19T23:59:00+02:00");
        loan.put("last_renewed_date", "2026-11-24T12:00:00+02:00");
        return said(201, loan);
    }

    private Reply checkin(JsonNode body) {
        boolean lent = all("checkouts")
                .removeIf(row -> row.get("item_id").equals(body.path("item_id").asInt(0)));
        return said(
                200, row("checkin_id", ++last, "checkout_id", lent ? 1 : null, "hold_id", null, "transfer_id", null));
    }

    // ---- holds ---------------------------------------------------------------------------------------------

    private Reply place(JsonNode body) {
        if (!holdRefusal.isEmpty()) {
            return Reply.json(403, error("Hold cannot be placed. Reason: " + holdRefusal));
        }
        if (!Arrays.asList("TKU", "LIE").contains(body.path("pickup_library_id").asString(""))) {
            return Reply.json(400, error("The supplied pickup location is not valid"));
        }
        int patron = body.path("patron_id").asInt(0);
        int biblio = body.path("biblio_id").asInt(0);
        if (one("items", row -> row.get("biblio_id").equals(biblio)).isEmpty()) {
            return Reply.json(400, error("Biblio not found."));
        }
        Optional<String> unable = rules.flatMap(looked -> looked.holdByThePatron(patron));
        if (unable.isPresent()) {
            return said(
                    409, row("error", "Hold cannot be placed. Reason: " + unable.get(), "error_code", unable.get()));
        }
        Optional<String> no = rules.flatMap(looked -> looked.holdByTheCopies(patron, biblio));
        if (no.isPresent()) {
            return Reply.json(403, error("Hold cannot be placed. Reason: " + no.get()));
        }
        Map<String, Object> hold = hold(
                ++last,
                patron,
                biblio,
                body.has("item_id") ? body.path("item_id").asInt(0) : null,
                null);
        hold.put("pickup_library_id", body.path("pickup_library_id").asString(""));
        return said(201, hold);
    }

    private Reply delete(int id) {
        return all("holds").removeIf(row -> row.get("hold_id").equals(id))
                ? new Reply.Said(204, Map.of(), "")
                : Reply.json(404, error("Hold not found"));
    }

    private Reply move(int id, JsonNode body) {
        return one("holds", row -> row.get("hold_id").equals(id))
                .map(hold -> {
                    hold.put("pickup_library_id", body.path("pickup_library_id").asString(""));
                    return said(200, row("pickup_library_id", hold.get("pickup_library_id")));
                })
                .orElse(Reply.json(404, error("Hold not found")));
    }

    private Reply biblios(Asked asked) {
        return listsBiblios
                ? said(
                        200,
                        all("items").stream()
                                .filter(row ->
                                        matches(row, JSON.readTree(asked.query().get("q"))))
                                .map(row -> row.get("biblio"))
                                .distinct()
                                .toList())
                : Reply.json(406, "[]");
    }

    static Reply forbidden() {
        return Reply.json(
                403,
                "{\"error\":\"Authorization failure. Missing required permission(s).\",\"required_permissions\":{}}");
    }

    @Override
    public void close() {
        http.close();
    }
}
