package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.FolioState.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The part of the stub that is mod-circulation: loans, returns, renewals and requests. */
final class FolioCirculation {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LOAN = Duration.ofDays(28);

    private final FolioState state;
    private final FolioRules rules;
    private final Clock clock;

    FolioCirculation(FolioState state, Clock clock) {
        this.state = state;
        this.rules = new FolioRules(state, clock);
        this.clock = clock;
    }

    Result checkOut(JsonNode body) {
        String barcode = body.path("itemBarcode").asString();
        String card = body.path("userBarcode").asString();
        Optional<ObjectNode> item = state.item(barcode);
        Optional<ObjectNode> user =
                state.one("users", record -> record.path("barcode").asString().equals(card));
        List<ObjectNode> errors = new ArrayList<>(state.refusals);
        if (user.isEmpty()) {
            errors.add(FolioState.error(
                    "Could not find user with matching barcode", "USER_BARCODE_NOT_FOUND", "userBarcode", card));
        } else if (rules.inactive(user.get())) {
            errors.add(FolioState.error("Cannot check out to inactive user", "", "userBarcode", card));
        } else {
            errors.addAll(rules.againstPatron(user.get(), FolioRules.BORROWING));
            errors.addAll(rules.againstLoan(user.get(), barcode));
        }
        if (item.isEmpty()) {
            errors.add(FolioState.error(
                    "No item with barcode " + barcode + " could be found", "", "itemBarcode", barcode));
        } else if (item.get().path("status").path("name").asString().equals("Checked out")) {
            errors.add(FolioState.error("Item is already checked out", "", "itemBarcode", barcode));
        } else if (state.openLoan(barcode).isPresent()) {
            errors.add(FolioState.error(
                    "Cannot check out item that already has an open loan",
                    "ITEM_HAS_OPEN_LOAN",
                    "itemBarcode",
                    barcode));
        }
        if (!errors.isEmpty()) {
            return Result.refused(errors);
        }
        ObjectNode lent = item.orElseThrow();
        Instant from =
                body.has("loanDate") ? Instant.parse(body.path("loanDate").asString()) : clock.instant();
        ObjectNode loan = state.add("loans", UUID.randomUUID().toString())
                .put("userId", user.orElseThrow().path("id").asString())
                .put("itemId", lent.path("id").asString())
                .put("loanDate", from.toString())
                .put("dueDate", from.plus(LOAN).toString().replace("Z", "+0000"))
                .put("action", "checkedout")
                .put("renewalCount", 0)
                .put("checkoutServicePointId", body.path("servicePointId").asString());
        loan.putObject("status").put("name", "Open");
        state.status(lent, "Checked out");
        loan.set("item", lent.deepCopy());
        rules.waiting(lent)
                .filter(request -> request.path("requesterId").equals(loan.path("userId")))
                .ifPresent(request -> request.put("status", "Closed - Filled"));
        return new Result(201, loan, "");
    }

    Result checkIn(JsonNode body) {
        String barcode = body.path("itemBarcode").asString();
        String here = body.path("servicePointId").asString();
        Optional<ObjectNode> found = state.item(barcode);
        if (found.isEmpty()) {
            return Result.refused(
                    "No item with barcode " + barcode + " exists", "ITEM_BARCODE_NOT_FOUND", "itemBarcode", barcode);
        }
        ObjectNode item = found.get();
        boolean claimed = item.path("status").path("name").asString().equals("Claimed returned");
        if (claimed != body.has("claimedReturnedResolution")) {
            return Result.refused(
                    claimed
                            ? "Item is claimed returned, a resolution is required to check in"
                            : "Item is not claimed returned",
                    "",
                    "claimedReturnedResolution",
                    "");
        }
        ObjectNode answer = JSON.createObjectNode();
        state.openLoan(barcode).ifPresent(loan -> {
            loan.putObject("status").put("name", "Closed");
            loan.put("returnDate", body.path("checkInDate").asString());
            answer.set("loan", loan.deepCopy());
        });
        Optional<ObjectNode> request = rules.waiting(item);
        String to = request.map(record -> record.path("pickupServicePointId").asString())
                .orElseGet(() -> item.path("home").asString());
        boolean travels = !to.equals(here);
        state.status(item, travels ? "In transit" : request.isPresent() ? "Awaiting pickup" : "Available");
        ObjectNode shown = item.deepCopy();
        if (travels) {
            shown.put("inTransitDestinationServicePointId", to);
            state.one("servicepoints", record -> record.path("id").asString().equals(to))
                    .ifPresent(point -> shown.putObject("inTransitDestinationServicePoint")
                            .put("name", point.path("name").asString()));
        }
        answer.set("item", shown);
        ObjectNode slip = answer.putObject("staffSlipContext");
        request.ifPresent(record -> {
            record.put("status", travels ? "Open - In transit" : "Open - Awaiting pickup");
            record.put("itemId", item.path("id").asString());
            record.putObject("item").put("barcode", barcode);
            slip.putObject("request").put("requestID", record.path("id").asString());
        });
        answer.put("inHouseUse", !answer.has("loan"));
        return new Result(200, answer, "");
    }

    Result renew(JsonNode body) {
        String barcode = body.path("itemBarcode").asString();
        Optional<ObjectNode> loan = state.openLoan(barcode);
        String card = body.path("userBarcode").asString();
        if (loan.isEmpty() || !loan.get().path("userId").asString().equals(FolioState.id("user " + card))) {
            return Result.refused(
                    "Cannot renew item checked out to different user",
                    "ITEM_CHECKED_OUT_TO_DIFFERENT_USER",
                    "userBarcode",
                    card);
        }
        List<ObjectNode> errors = rules.againstRenewal(loan.get());
        if (!errors.isEmpty()) {
            return Result.refused(errors);
        }
        if (loan.get().path("renewalCount").asInt() >= 2) {
            return Result.refused(
                    "loan at maximum renewal number",
                    "LOAN_RENEWAL_LIMIT_REACHED",
                    "loanPolicyId",
                    FolioState.id("policy"));
        }
        loan.get().put("renewalCount", loan.get().path("renewalCount").asInt() + 1);
        loan.get().put("dueDate", clock.instant().plus(LOAN).toString());
        return new Result(200, loan.get(), "");
    }

    Result place(JsonNode body) {
        boolean twice = state.one(
                        "requests",
                        record -> record.path("requesterId").equals(body.path("requesterId"))
                                && record.path("instanceId").equals(body.path("instanceId"))
                                && record.path("status").asString().startsWith("Open"))
                .isPresent();
        if (twice) {
            return Result.refused(
                    "This requester already has an open request for this instance",
                    "INSTANCE_ALREADY_REQUESTED",
                    "instanceId",
                    body.path("instanceId").asString());
        }
        List<ObjectNode> errors = rules.againstRequest(body);
        if (!errors.isEmpty()) {
            return Result.refused(errors);
        }
        ObjectNode request = state.add("requests", UUID.randomUUID().toString());
        request.setAll((ObjectNode) body);
        request.put("status", "Open - Not yet filled").put("position", 3);
        request.putObject("instance")
                .put(
                        "title",
                        state.one("instances", record -> record.path("id").equals(body.path("instanceId")))
                                .orElseThrow()
                                .path("title")
                                .asString());
        return new Result(201, request, "");
    }
}
