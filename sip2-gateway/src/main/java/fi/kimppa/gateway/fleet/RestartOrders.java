package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.consortium.Terminal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Orders of staff to kiosks to start their program anew. They are rows, so that any gateway takes one and any gives it in the answer to
 * the kiosk's report, again and again until another process of the kiosk reports: so it is started anew once for an order, whatever is
 * lost.
 *
 * <p>Threads: may be shared.
 */
@Component
class RestartOrders {
    /** A kiosk that was off for longer has been started since. */
    private static final Duration LIFE = Duration.ofHours(1);

    private static final Period KEPT = Period.ofDays(30);

    private static final String ORDERED = "RESTART_ORDERED";
    private static final String RESTARTED = "RESTARTED";

    /**
     * The last order for a kiosk.
     *
     * @param outcome empty while it waits
     */
    record Order(String terminal, String who, Instant at, Optional<String> outcome) {}

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Fleet fleet;
    private final Clock clock;

    RestartOrders(JdbcClient jdbc, TransactionOperations transactions, Fleet fleet, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.fleet = fleet;
        this.clock = clock;
    }

    /**
     * Orders; where one waits already, nothing more.
     *
     * @param who name of the member of staff
     */
    void place(String terminal, String who) {
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            expire(now);
            int placed = jdbc.sql("""
                            insert into restart_orders (id, terminal, who, ordered_at)
                            values (:id, :terminal, :who, :now) on conflict do nothing
                            """)
                    .param("id", UUID.randomUUID())
                    .param("terminal", terminal)
                    .param("who", who)
                    .param("now", Timestamp.from(now))
                    .update();
            if (placed > 0) {
                fleet.noticed(List.of(new Noticed(terminal, now, ORDERED, "")));
            }
        });
    }

    /** The last order for each kiosk that has one. */
    Map<String, Order> latest() {
        return jdbc
                .sql("""
                        select distinct on (terminal) terminal, who, ordered_at, outcome from restart_orders
                         order by terminal, ordered_at desc
                        """)
                .query((row, _) -> new Order(
                        row.getString("terminal"),
                        row.getString("who"),
                        row.getTimestamp("ordered_at").toInstant(),
                        Optional.ofNullable(row.getString("outcome"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Order::terminal, Function.identity()));
    }

    /**
     * Whether this process of a terminal shall end, to be started anew.
     *
     * @param run the process that reports
     */
    boolean wanted(Terminal terminal, UUID run) {
        if (terminal.kind() != Terminal.Kind.KIOSK) {
            return false;
        }
        Instant now = clock.instant();
        return Objects.requireNonNull(transactions.execute(_ -> {
            Optional<Waiting> waiting = waiting(terminal.login());
            if (waiting.isEmpty()) {
                return false;
            }
            UUID told = waiting.get().run();
            if (told == null && !now.isBefore(waiting.get().at().plus(LIFE))) {
                expire(now);
                return false;
            }
            if (told == null) {
                jdbc.sql("update restart_orders set run = :run where id = :id")
                        .param("run", run)
                        .param("id", waiting.get().id())
                        .update();
            }
            if (told == null || told.equals(run)) {
                return true;
            }
            jdbc.sql("update restart_orders set outcome = 'RESTARTED', ended_at = :now where id = :id")
                    .param("now", Timestamp.from(now))
                    .param("id", waiting.get().id())
                    .update();
            fleet.noticed(List.of(new Noticed(terminal.login(), now, RESTARTED, "")));
            return false;
        }));
    }

    private record Waiting(UUID id, Instant at, @Nullable UUID run) {}

    private Optional<Waiting> waiting(String terminal) {
        return jdbc.sql("""
                        select id, ordered_at, run from restart_orders
                         where terminal = :terminal and outcome is null for update
                        """)
                .param("terminal", terminal)
                .query((row, _) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("ordered_at").toInstant(),
                        row.getObject("run", UUID.class)))
                .optional();
    }

    private void expire(Instant now) {
        jdbc.sql("""
                        update restart_orders set outcome = 'EXPIRED', ended_at = :now
                         where outcome is null and run is null and ordered_at <= :before
                        """)
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(now.minus(LIFE)))
                .update();
    }

    /** Forgets old orders, and gives up those that no kiosk has fetched. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT2M")
    void forget() {
        expire(clock.instant());
        jdbc.sql("delete from restart_orders where ordered_at < :before")
                .param(
                        "before",
                        Timestamp.from(ZonedDateTime.now(clock).minus(KEPT).toInstant()))
                .update();
    }
}
