package fi.kimppa.gateway.backend.folio;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What mod-circulation has against a loan, a renewal or a request, as far as it follows from the stub's records; codes and
 * messages are those of its ErrorCode and its validators (v24.6).
 */
final class FolioRules {
    /** Names of what a manual block denies; those of an automated one follow from them. */
    static final String BORROWING = "borrowing";

    private static final String RENEWALS = "renewals";
    private static final String REQUESTS = "requests";

    private final FolioState state;
    private final Clock clock;

    FolioRules(FolioState state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** Whether a user's time is over, or somebody ended it (User.isInactive). */
    boolean inactive(JsonNode user) {
        return !user.path("active").asBoolean(false)
                || (user.has("expirationDate")
                        && !clock.instant()
                                .isBefore(Instant.parse(
                                        user.path("expirationDate").asString())));
    }

    /** The first open request that this item could fulfil: for itself, or for any item of its title. */
    Optional<ObjectNode> waiting(JsonNode item) {
        String instance = FolioState.id("instance " + item.path("title").asString());
        return state.one(
                "requests",
                request -> request.path("status").asString().startsWith("Open")
                        && (request.path("itemId").equals(item.path("id"))
                                || (!request.has("itemId")
                                        && request.path("instanceId").asString().equals(instance))));
    }

    private Optional<ObjectNode> user(JsonNode id) {
        return state.one("users", user -> user.path("id").equals(id));
    }

    /** Blocks of a user, manual and automated. */
    List<ObjectNode> againstPatron(JsonNode user, String what) {
        List<ObjectNode> errors = new ArrayList<>();
        String id = user.path("id").asString();
        if (state.one(
                        "manualblocks",
                        block -> block.path("userId").asString().equals(id)
                                && block.path(what).asBoolean(false))
                .isPresent()) {
            errors.add(FolioState.error("Patron blocked manually", "USER_IS_BLOCKED_MANUALLY", "userId", id));
        }
        String name = "block" + Character.toUpperCase(what.charAt(0)) + what.substring(1);
        JsonNode automated = Optional.ofNullable(state.automatedBlocks.get(id))
                .map(own -> own.path("automatedPatronBlocks"))
                .orElseGet(() -> user.path("none"));
        for (JsonNode block : automated) {
            if (block.path(name).asBoolean(false)) {
                errors.add(FolioState.error(
                        block.path("message").asString(), "USER_IS_BLOCKED_AUTOMATICALLY", "userId", id));
            }
        }
        return errors;
    }

    /** What speaks against a loan of an item to a user, beside the blocks. */
    List<ObjectNode> againstLoan(JsonNode user, String barcode) {
        List<ObjectNode> errors = new ArrayList<>();
        String id = user.path("id").asString();
        Optional<ObjectNode> item = state.item(barcode);
        if (item.isEmpty()) {
            return errors;
        }
        String title = item.get().path("title").asString();
        if (item.get().has("notLoanable")) {
            errors.add(FolioState.error(
                    "Item is not loanable", "ITEM_NOT_LOANABLE", "loanPolicyId", FolioState.id("policy")));
        }
        if (waiting(item.get())
                .filter(request -> !request.path("requesterId").asString().equals(id))
                .isPresent()) {
            errors.add(FolioState.error(
                    title + " (Barcode: " + barcode
                            + ") cannot be checked out to this user because it has been requested by another patron",
                    "",
                    "itemBarcode",
                    barcode));
        }
        long loans = state.all("loans").stream()
                .filter(loan -> loan.path("userId").asString().equals(id)
                        && loan.path("status").path("name").asString().equals("Open"))
                .count();
        if (loans >= state.itemLimits.getOrDefault(id, 1000)) {
            errors.add(FolioState.error(
                    "Patron has reached maximum limit of items for material type",
                    "ITEM_LIMIT_MATERIAL_TYPE",
                    "itemBarcode",
                    barcode));
        }
        return errors;
    }

    /** What speaks against a renewal of a loan, beside its number. */
    List<ObjectNode> againstRenewal(JsonNode loan) {
        ObjectNode user = user(loan.path("userId")).orElseThrow();
        String id = user.path("id").asString();
        List<ObjectNode> errors = new ArrayList<>();
        if (inactive(user)) {
            errors.add(FolioState.error(
                    "Cannot renew items for inactive or expired user", "USER_IS_INACTIVE_OR_EXPIRED", "userId", id));
        }
        errors.addAll(againstPatron(user, RENEWALS));
        if (waiting(loan.path("item"))
                .filter(request -> !request.path("requesterId").asString().equals(id))
                .isPresent()) {
            errors.add(FolioState.error(
                    "Items cannot be renewed when there is an active, pending hold request",
                    "RENEWAL_BLOCKED_BY_HOLD_REQUEST",
                    "loanId",
                    loan.path("id").asString()));
        }
        return errors;
    }

    /** What speaks against a new request. */
    List<ObjectNode> againstRequest(JsonNode request) {
        ObjectNode user = user(request.path("requesterId")).orElseThrow();
        String id = user.path("id").asString();
        List<ObjectNode> errors = new ArrayList<>();
        if (inactive(user)) {
            errors.add(FolioState.error("Inactive users cannot make requests", "", "requesterId", id));
        }
        errors.addAll(againstPatron(user, REQUESTS));
        boolean theirs = state.all("loans").stream()
                .filter(loan -> loan.path("userId").asString().equals(id)
                        && loan.path("status").path("name").asString().equals("Open"))
                .anyMatch(loan -> FolioState.id(
                                "instance " + loan.path("item").path("title").asString())
                        .equals(request.path("instanceId").asString()));
        if (theirs) {
            errors.add(FolioState.error(
                    "This requester already has a loan for one of the instance's items",
                    "REQUESTER_ALREADY_HAS_LOAN_FOR_ONE_OF_INSTANCES_ITEMS",
                    "requesterId",
                    id));
        }
        return errors;
    }
}
