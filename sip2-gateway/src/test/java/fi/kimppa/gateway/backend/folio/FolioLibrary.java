package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.Adapter;
import fi.kimppa.gateway.backend.Library;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.consortium.Terminal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A FOLIO tenant with a memory; what its modules reckon by themselves (automated blocks) is arranged with what causes it. */
final class FolioLibrary implements Library {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HERE = "tku";
    private static final String ELSEWHERE = "lie";
    private static final String OVERDUE = "584fbd4f-6a34-4730-a6ca-73a6a6a9d845";
    private static final String OWES = "cf7a0d5f-a327-4ca1-aa9e-dc55ec006b8a";
    private static final BigDecimal MOST_OWED = new BigDecimal("20.00");

    private final FolioHouse house = new FolioHouse();
    private final FolioState state = house.stub.state;
    private final FolioBackend backend = house.backend();
    private int last;

    @Override
    public Adapter adapter() {
        return Adapter.FOLIO;
    }

    @Override
    public CirculationBackend backend() {
        return backend;
    }

    @Override
    public Clock clock() {
        return house.clock;
    }

    @Override
    public Terminal here() {
        return BackHalf.TURKU;
    }

    @Override
    public String elsewhere() {
        return "LIETO";
    }

    private <T> T within(Supplier<T> work) {
        synchronized (state) {
            return work.get();
        }
    }

    private void change(Runnable work) {
        synchronized (state) {
            work.run();
        }
    }

    private Instant now() {
        return house.clock.instant();
    }

    private static String user(String card) {
        return FolioState.id("user " + card);
    }

    private ObjectNode record(String list, String id) {
        return state.one(list, one -> one.path("id").asString().equals(id)).orElseThrow();
    }

    private ObjectNode loan(String number) {
        return state.openLoan(number).orElseThrow();
    }

    private String instance(String number) {
        return FolioState.id(
                "instance " + state.item(number).orElseThrow().path("title").asString());
    }

    // ---- patrons -----------------------------------------------------------------------------------------

    @Override
    public void patron(String card, String pin) {
        change(() -> state.user(card, "Kim", FAMILY_NAME, pin));
    }

    @Override
    public void block(String card) {
        change(() -> state.add("manualblocks", UUID.randomUUID().toString())
                .put("type", "Manual")
                .put("desc", "By the staff")
                .put("borrowing", true)
                .put("renewals", true)
                .put("requests", true)
                .put("userId", user(card)));
    }

    @Override
    public void expire(String card) {
        change(() -> record("users", user(card))
                .put("expirationDate", now().minus(Duration.ofDays(1)).toString()));
    }

    /** FOLIO has no word for a lost card: the user is not active any more. */
    @Override
    public void lose(String card) {
        change(() -> record("users", user(card)).put("active", false));
    }

    @Override
    public void makeAChild(String card) {
        change(() -> record("users", user(card))
                .putObject("personal")
                .put("lastName", FAMILY_NAME)
                .put("dateOfBirth", LocalDate.now(house.clock).minusYears(7).toString()));
    }

    @Override
    public void fillWithLoans(String card, String number) {
        lend(number, card);
        change(() -> state.itemLimits.put(user(card), 1));
    }

    /** FOLIO has no largest number of requests. */
    @Override
    public void fillWithHolds(String card, String number) {
        want(number, card, true);
    }

    @Override
    public void overdueTooMuch(String card, String number) {
        lendLongAgo(number, card);
        change(() -> automatedBlock(card, OVERDUE));
    }

    private void automatedBlock(String card, String condition) {
        ObjectNode blocks = JSON.createObjectNode();
        blocks.putArray("automatedPatronBlocks")
                .addObject()
                .put("patronBlockConditionId", condition)
                .put("blockBorrowing", true)
                .put("blockRenewals", true)
                .put("blockRequests", true)
                .put("message", "Limit reached");
        state.automatedBlocks.put(user(card), blocks);
    }

    @Override
    public String owe(String card, String amount) {
        return within(() -> {
            String id =
                    state.account(card, "contract " + ++last, amount).path("id").asString();
            if (owed(card).compareTo(MOST_OWED) > 0) {
                automatedBlock(card, OWES);
            }
            return id;
        });
    }

    @Override
    public BigDecimal debt(String card) {
        return within(() -> owed(card));
    }

    private BigDecimal owed(String card) {
        return state.all("accounts").stream()
                .filter(account -> account.path("userId").asString().equals(user(card)))
                .map(account -> account.path("remaining").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    // ---- things ------------------------------------------------------------------------------------------

    @Override
    public void item(String number, String title) {
        change(() -> add(number, title, HERE));
    }

    @Override
    public void itemOfElsewhere(String number, String title) {
        change(() -> add(number, title, ELSEWHERE));
    }

    private void add(String number, String title, String home) {
        state.item(number, title, home);
        ObjectNode allowed = JSON.createObjectNode();
        ArrayNode places = allowed.putArray("Hold");
        List.of(HERE, ELSEWHERE)
                .forEach(code ->
                        places.addObject().put("id", FolioState.id(code)).put("name", code));
        state.allowed.put(instance(number), allowed);
    }

    @Override
    public void forTheHouseOnly(String number) {
        change(() -> {
            state.item(number).orElseThrow().put("notLoanable", true);
            state.allowed.remove(instance(number));
        });
    }

    /** FOLIO knows no ages of things. */
    @Override
    public void forGrownUpsOnly(String number) {}

    @Override
    public String record(String number) {
        return within(() -> record("instances", instance(number)).path("hrid").asString());
    }

    // ---- loans and holds ---------------------------------------------------------------------------------

    @Override
    public void lend(String number, String card) {
        lend(number, card, 14);
    }

    @Override
    public void lendLongAgo(String number, String card) {
        lend(number, card, -7);
    }

    private void lend(String number, String card, int days) {
        ObjectNode wish = JSON.createObjectNode()
                .put("itemBarcode", number)
                .put("userBarcode", card)
                .put("servicePointId", FolioState.id(HERE))
                .put("loanDate", now().minus(Duration.ofDays(14)).toString());
        change(() -> {
            FolioState.Result lent = state.carryOut("POST /circulation/check-out-by-barcode", Map.of(), wish);
            if (lent.status() != 201) {
                throw new IllegalStateException(String.valueOf(lent.json()));
            }
            loan(number).put("dueDate", now().plus(Duration.ofDays(days)).toString());
        });
    }

    @Override
    public void renewedEnough(String number) {
        change(() -> loan(number).put("renewalCount", 2));
    }

    /** FOLIO knows no fee for that. */
    @Override
    public void dearToRenew(String number) {}

    @Override
    public void want(String number, String card, boolean here) {
        change(() -> state.request(card, number, "Hold", "Title", here ? HERE : ELSEWHERE));
    }

    @Override
    public void ready(String number, String card) {
        change(() -> {
            state.request(card, number, "Hold", "Title", HERE).put("status", "Open - Awaiting pickup");
            state.status(state.item(number).orElseThrow(), "Awaiting pickup");
        });
    }

    @Override
    public Optional<String> borrower(String number) {
        return within(() -> state.openLoan(number)
                .map(loan -> record("users", loan.path("userId").asString())
                        .path("barcode")
                        .asString()));
    }

    @Override
    public Optional<String> lentAt(String number) {
        Map<String, String> ours = Map.of(FolioState.id(HERE), "TURKU", FolioState.id(ELSEWHERE), "LIETO");
        return within(() -> state.openLoan(number)
                .map(loan ->
                        ours.getOrDefault(loan.path("checkoutServicePointId").asString(), "")));
    }

    @Override
    public int holds(String card) {
        return within(() -> (int) state.all("requests").stream()
                .filter(request -> request.path("requesterId").asString().equals(user(card))
                        && request.path("status").asString().startsWith("Open"))
                .count());
    }

    @Override
    public void close() {
        house.close();
    }
}
