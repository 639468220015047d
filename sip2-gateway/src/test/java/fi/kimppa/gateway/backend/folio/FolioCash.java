package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.FolioState.Result;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The part of the stub that is mod-feesfines' bulk payment: exactly the amount, or nothing. */
final class FolioCash {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FolioCash() {}

    static Result pay(FolioState state, JsonNode body, Instant now) {
        if (!body.path("amount").isString()) {
            return Result.text(400, "amount must be text");
        }
        if (state.refusesPayments) {
            ObjectNode no =
                    JSON.createObjectNode().put("amount", body.path("amount").asString());
            return new Result(422, no.put("errorMessage", "Fee/fine is already closed"), "");
        }
        BigDecimal amount = new BigDecimal(body.path("amount").asString());
        List<ObjectNode> accounts = new ArrayList<>();
        for (JsonNode id : body.path("accountIds")) {
            Optional<ObjectNode> account =
                    state.one("accounts", record -> record.path("id").equals(id));
            if (account.isEmpty()) {
                return Result.text(404, "Fee/fine ID " + id.asString() + " not found");
            }
            accounts.add(account.get());
        }
        BigDecimal owed = accounts.stream()
                .map(account -> account.path("remaining").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (amount.compareTo(owed) > 0) {
            ObjectNode no = JSON.createObjectNode().put("amount", amount.toPlainString());
            return new Result(422, no.put("errorMessage", "Requested amount exceeds remaining amount"), "");
        }
        ObjectNode answer = JSON.createObjectNode().put("amount", amount.toPlainString());
        answer.set("accountIds", body.path("accountIds"));
        var actions = answer.putArray("feefineactions");
        BigDecimal left = amount;
        for (ObjectNode account : accounts) {
            BigDecimal part = left.min(account.path("remaining").decimalValue());
            if (part.signum() > 0) {
                left = left.subtract(part);
                actions.add(book(state, account, part, body, now));
            }
        }
        return new Result(201, answer, "");
    }

    private static ObjectNode book(FolioState state, ObjectNode account, BigDecimal part, JsonNode body, Instant now) {
        BigDecimal rest = account.path("remaining").decimalValue().subtract(part);
        account.put("remaining", rest);
        if (rest.signum() == 0) {
            account.putObject("status").put("name", "Closed");
        }
        return state.add("feefineactions", UUID.randomUUID().toString())
                .put("accountId", account.path("id").asString())
                .put("userId", account.path("userId").asString())
                .put("amountAction", part)
                .put("dateAction", now.toString())
                .put("transactionInformation", body.path("transactionInfo").asString());
    }
}
