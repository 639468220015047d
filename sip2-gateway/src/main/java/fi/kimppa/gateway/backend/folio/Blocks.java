package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a patron is denied, by automated and manual blocks together.
 *
 * @param status positions of a 24 and 64
 * @param sentence key of what is said of it, if borrowing is denied
 */
record Blocks(PatronStatus status, Optional<String> sentence) {
    /** An expired or inactive card. */
    static final Blocks CARD_EXPIRED = new Blocks(PatronStatus.UNKNOWN_CARD, Optional.of("card.expired"));

    /** The conditions of mod-patron-blocks ({@code src/main/java/org/folio/domain/Condition.java}). */
    private static final Map<String, Flag> CONDITIONS = Map.of(
            "3d7c52dc-c732-4223-8bf8-e5917801386f", Flag.TOO_MANY_ITEMS_CHARGED,
            "72b67965-5b73-4840-bc0b-be8f3f6e047e", Flag.TOO_MANY_ITEMS_LOST,
            "584fbd4f-6a34-4730-a6ca-73a6a6a9d845", Flag.TOO_MANY_ITEMS_OVERDUE,
            "e5b45031-a202-4abb-917b-e1df9346fe2c", Flag.RECALL_OVERDUE,
            "08530ac4-07f2-48e6-9dda-a97bc2bf7053", Flag.RECALL_OVERDUE,
            "cf7a0d5f-a327-4ca1-aa9e-dc55ec006b8a", Flag.EXCESSIVE_OUTSTANDING_FEES);

    /** The questions whose answers {@link #of} reads. */
    static List<Call> questions(String userId) {
        return List.of(
                Call.get("automated-patron-blocks", userId),
                Call.get("manualblocks")
                        .query("query", Cql.exact("userId", userId))
                        .query("limit", "1000"));
    }

    /**
     * The blocks that hold now.
     *
     * @param automated answer of mod-patron-blocks
     * @param manual entries of mod-feesfines
     */
    static Blocks of(JsonNode automated, List<JsonNode> manual, Instant now) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        boolean limit = false;
        for (JsonNode block : Json.list(automated, "automatedPatronBlocks")) {
            deny(flags, block, "blockBorrowing", "blockRenewals", "blockRequests");
            limit |= Json.yes(block, "blockBorrowing");
            Json.text(block, "patronBlockConditionId")
                    .flatMap(condition -> Optional.ofNullable(CONDITIONS.get(condition)))
                    .ifPresent(flags::add);
        }
        boolean blocked = false;
        for (JsonNode block : manual) {
            if (Json.moment(block, "expirationDate")
                    .filter(end -> !now.isBefore(end))
                    .isEmpty()) {
                deny(flags, block, "borrowing", "renewals", "requests");
                blocked |= Json.yes(block, "borrowing");
            }
        }
        Optional<String> sentence = blocked ? Optional.of("card.blocked") : Optional.empty();
        return new Blocks(new PatronStatus(flags), limit ? sentence.or(() -> Optional.of("card.limit")) : sentence);
    }

    private static void deny(Set<Flag> flags, JsonNode block, String borrowing, String renewals, String requests) {
        if (Json.yes(block, borrowing)) {
            flags.add(Flag.CHARGE_PRIVILEGES_DENIED);
        }
        if (Json.yes(block, renewals)) {
            flags.add(Flag.RENEWAL_PRIVILEGES_DENIED);
        }
        if (Json.yes(block, requests)) {
            flags.addAll(Set.of(Flag.HOLD_PRIVILEGES_DENIED, Flag.RECALL_PRIVILEGES_DENIED));
        }
    }
}
