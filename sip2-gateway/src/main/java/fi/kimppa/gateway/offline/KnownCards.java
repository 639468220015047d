package fi.kimppa.gateway.offline;

import fi.kimppa.gateway.circulation.CardClosed;
import fi.kimppa.gateway.circulation.CardSeen;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.offline.OffLineKeys.Lending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Which cards were in order lately, by branch: only where a branch lends to known cards while the gateway is away, and by digest. A card
 * that is found not in order anywhere, or is closed at a desk, is known nowhere any more. What was seen is written some seconds later: an answer to a machine does
 * not wait for it, and what a crash loses is seen again. Threads: any.
 */
@Component
class KnownCards {
    /** More than that in some seconds is no library; further cards are seen at their next visit. */
    private static final int MOST_UNWRITTEN = 10_000;

    /** The newest of a branch that go into a permit. */
    private static final int MOST_LISTED = 20_000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final CardDigests digests;
    private final Settings settings;
    private final Consortium consortium;
    private final Clock clock;
    private final Map<Where, CardSeen> unwritten = new ConcurrentHashMap<>();
    private final Set<String> closed = ConcurrentHashMap.newKeySet();

    private record Where(String card, String branch) {
        @Override
        public String toString() {
            return "Where[***, " + branch + "]";
        }
    }

    KnownCards(
            JdbcClient jdbc,
            TransactionOperations transactions,
            CardDigests digests,
            Settings settings,
            Consortium consortium,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.digests = digests;
        this.settings = settings;
        this.consortium = consortium;
        this.clock = clock;
    }

    // ---- what is seen ------------------------------------------------------------------------------------

    @EventListener
    void seen(CardSeen card) {
        boolean matters = !card.inOrder() || lends(card.terminal().branchCode());
        if (matters && unwritten.size() < MOST_UNWRITTEN) {
            unwritten.put(new Where(card.card(), card.terminal().branchCode()), card);
        }
    }

    @EventListener
    void closed(CardClosed card) {
        closed.add(card.card());
    }

    @Scheduled(fixedDelayString = "PT2S")
    void write() {
        Map<Where, CardSeen> batch = Map.copyOf(unwritten);
        Set<String> ended = Set.copyOf(closed);
        if (batch.isEmpty() && ended.isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(_ -> {
            batch.values().stream()
                    .sorted((one, other) -> one.at().compareTo(other.at()))
                    .forEach(this::write);
            ended.forEach(this::forget);
        });
        batch.forEach(unwritten::remove);
        closed.removeAll(ended);
    }

    private void write(CardSeen card) {
        String branch = card.terminal().branchCode();
        if (!card.inOrder()) {
            forget(card.card());
        } else if (lends(branch)) {
            jdbc.sql("""
                            insert into known_cards (branch, digest, seen_at) values (:branch, :digest, :at)
                            on conflict (branch, digest) do update
                            set seen_at = greatest(known_cards.seen_at, excluded.seen_at)""")
                    .param("branch", branch)
                    .param("digest", digests.of(branch, card.card()))
                    .param("at", time(card.at()))
                    .update();
        }
    }

    private boolean lends(String branch) {
        return settings.value(OffLineKeys.LOANS, Scope.branch(branch)) == Lending.KNOWN_CARDS;
    }

    private OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, clock.getZone());
    }

    // ---- what is known -----------------------------------------------------------------------------------

    /** The digests of a branch's known cards, the newest first. */
    List<String> of(String branch) {
        return jdbc.sql("""
                        select digest from known_cards where branch = :branch and seen_at >= :from
                        order by seen_at desc, digest limit :most""")
                .param("branch", branch)
                .param("from", time(from(branch)))
                .param("most", MOST_LISTED)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Where and when a card was in order. */
    List<Sighting> of(List<String> branches, String card) {
        List<Sighting> found = new ArrayList<>();
        for (String branch : branches) {
            jdbc.sql("select seen_at from known_cards where branch = :branch and digest = :digest")
                    .param("branch", branch)
                    .param("digest", digests.of(branch, card))
                    .query((row, _) -> new Sighting(
                            branch,
                            row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                    .list()
                    .forEach(found::add);
        }
        return found;
    }

    /** A card was in order there and then. */
    record Sighting(String branch, Instant at) {}

    /** The card is known nowhere any more. Says at how many branches it was. */
    int forget(String card) {
        Set<String> all = branches().stream()
                .map(branch -> digests.of(branch, card))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return jdbc.sql("delete from known_cards where digest = any(string_to_array(:digests, ','))")
                .param("digests", String.join(",", all))
                .update();
    }

    /** As {@link #forget}, and what was seen a moment ago is not written either. */
    int erase(String card) {
        unwritten.keySet().removeIf(where -> where.card().equals(card));
        return forget(card);
    }

    /** All branches, the ones included that stand in the table alone. */
    List<String> branches() {
        Set<String> codes =
                consortium.branches().stream().map(Branch::code).collect(Collectors.toCollection(LinkedHashSet::new));
        codes.addAll(jdbc.sql("select distinct branch from known_cards")
                .query((row, _) -> row.getString(1))
                .list());
        return List.copyOf(codes);
    }

    /** What is not listed any more is not kept either. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1M")
    void tidy() {
        for (String branch : branches()) {
            jdbc.sql("delete from known_cards where branch = :branch and seen_at < :from")
                    .param("branch", branch)
                    .param("from", time(lends(branch) ? from(branch) : clock.instant()))
                    .update();
        }
    }

    private Instant from(String branch) {
        return clock.instant().minus(Duration.ofDays(settings.value(OffLineKeys.KNOWN_DAYS, Scope.branch(branch))));
    }
}
