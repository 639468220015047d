package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Orders of staff to staff pads: write this onto the one tag that lies there. They are rows, so that any gateway takes one and any gives
 * it in the answer to the terminal's report. An order is given to one process of the terminal only, again and again until that one says
 * what came of it; the terminal knows it by its id. So a tag is written at most once for an order, whatever is lost or started anew.
 *
 * <p>Threads: may be shared.
 */
@Component
public class TagOrders {
    /** Whoever ordered still stands before the screen, and the thing still lies on the pad. */
    private static final Duration LIFE = Duration.ofMinutes(1);
    /** What a terminal that got an order at the last moment may need to say what came of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Period KEPT = Period.ofDays(30);
    /** What {@code kimppa-devices tag write} writes unless told otherwise. */
    private static final String MODEL = "ISO_28560_2";

    private static final String SELECT =
            "select id, terminal, part, parts, run, expires_at, outcome, uid from tag_orders";

    /**
     * A terminal of staff that has a pad.
     *
     * @param terminal login
     * @param branch code of the branch where it stands
     * @param there whether terminal and pad answer now
     */
    public record Pad(String terminal, String branch, boolean there) {}

    /**
     * What shall be written where.
     *
     * @param terminal login
     * @param item number
     * @param owner ISIL; empty for none
     * @param part from 1 on
     * @param parts at least {@code part}
     */
    public record Wish(String terminal, String item, String owner, int part, int parts) {}

    /** What became of a wish. */
    public enum Placed {
        /** It is an order now. */
        ORDERED,
        /** The same member of staff has ordered the same a moment ago, and it waits. */
        ALREADY,
        /** Another order waits at this terminal. */
        BUSY
    }

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Consortium consortium;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TagOrders(
            JdbcClient jdbc,
            TransactionOperations transactions,
            Consortium consortium,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.consortium = consortium;
        this.events = events;
        this.clock = clock;
    }

    // ---- staff -------------------------------------------------------------------------------------------

    /** The staff pads in the branches of a municipality, by login: terminals of kind DESK that have reported a pad. */
    public List<Pad> pads(String municipality) {
        Map<String, Boolean> heard = jdbc
                .sql("""
                        select terminal, condition <> 'SILENT' and bool_or(device ->> 'status' <> 'ABSENT') as there
                          from fleet_terminals, jsonb_array_elements(report -> 'devices') device
                         where device ->> 'kind' = 'RFID_PAD'
                         group by terminal
                        """)
                .query((row, _) -> Map.entry(row.getString("terminal"), row.getBoolean("there")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return consortium.terminals().stream()
                .filter(terminal -> terminal.kind() == Terminal.Kind.DESK && heard.containsKey(terminal.login()))
                .filter(terminal -> consortium
                        .branch(terminal.branchCode())
                        .map(Branch::municipality)
                        .filter(municipality::equals)
                        .isPresent())
                .map(terminal ->
                        new Pad(terminal.login(), terminal.branchCode(), heard.getOrDefault(terminal.login(), false)))
                .toList();
    }

    /** Orders; within the caller's transaction, if there is one. The caller has looked whether the terminal may be chosen. */
    public Placed place(Wish wish, String who) {
        Instant now = clock.instant();
        return Objects.requireNonNull(transactions.execute(_ -> {
            endOverdue(wish.terminal(), now);
            if (insert(wish, who, now)) {
                return Placed.ORDERED;
            }
            return waits(wish, who) ? Placed.ALREADY : Placed.BUSY;
        }));
    }

    private void endOverdue(String terminal, Instant now) {
        jdbc.sql("""
                        update tag_orders
                           set outcome = case when run is null then 'EXPIRED' else 'UNKNOWN' end, ended_at = :now
                         where terminal = :terminal and outcome is null
                           and (run is null and expires_at <= :now or run is not null and expires_at <= :before)
                        """)
                .param("terminal", terminal)
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(now.minus(PATIENCE)))
                .update();
    }

    /** Whether it could be written down: one waits at a terminal at most. */
    private boolean insert(Wish wish, String who, Instant now) {
        return jdbc.sql("""
                        insert into tag_orders (id, terminal, who, item, owner, part, parts, model, ordered_at, expires_at)
                        values (:id, :terminal, :who, :item, :owner, :part, :parts, :model, :now, :expires)
                        on conflict do nothing
                        """)
                        .param("id", UUID.randomUUID())
                        .param("terminal", wish.terminal())
                        .param("who", who)
                        .param("item", wish.item())
                        .param("owner", wish.owner())
                        .param("part", wish.part())
                        .param("parts", wish.parts())
                        .param("model", MODEL)
                        .param("now", Timestamp.from(now))
                        .param("expires", Timestamp.from(now.plus(LIFE)))
                        .update()
                == 1;
    }

    private boolean waits(Wish wish, String who) {
        return jdbc.sql("""
                        select exists (select from tag_orders
                                        where terminal = :terminal and outcome is null and item = :item and part = :part
                                          and who = :who)
                        """)
                .param("terminal", wish.terminal())
                .param("item", wish.item())
                .param("part", wish.part())
                .param("who", who)
                .query(Boolean.class)
                .single();
    }

    /** The last order for an item, if it was given within this time. */
    public Optional<TagOrder> latest(String item, Duration within) {
        return jdbc.sql(SELECT + " where item = :item and ordered_at >= :since order by ordered_at desc limit 1")
                .param("item", item)
                .param("since", Timestamp.from(clock.instant().minus(within)))
                .query((row, _) -> order(row))
                .optional();
    }

    /** One order. */
    public Optional<TagOrder> order(UUID id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("id", id)
                .query((row, _) -> order(row))
                .optional();
    }

    /** The terminal at which somebody has ordered last. */
    public Optional<String> lastTerminal(String who) {
        return jdbc.sql("select terminal from tag_orders where who = :who order by ordered_at desc limit 1")
                .param("who", who)
                .query((row, _) -> row.getString("terminal"))
                .optional();
    }

    private TagOrder order(ResultSet row) throws SQLException {
        return new TagOrder(
                row.getObject("id", UUID.class),
                row.getString("terminal"),
                row.getInt("part"),
                row.getInt("parts"),
                state(
                        row.getString("outcome"),
                        row.getObject("run") != null,
                        row.getTimestamp("expires_at").toInstant(),
                        clock.instant()),
                row.getString("uid"));
    }

    /** How an order stands, whether somebody has written that down or not. */
    static String state(@Nullable String outcome, boolean given, Instant expiresAt, Instant now) {
        if (outcome != null) {
            return outcome;
        }
        if (given) {
            return now.isBefore(expiresAt.plus(PATIENCE)) ? TagOrder.GIVEN : TagOrder.UNKNOWN;
        }
        return now.isBefore(expiresAt) ? TagOrder.WAITING : TagOrder.EXPIRED;
    }

    // ---- the terminal ------------------------------------------------------------------------------------

    /** Takes what a terminal says of its orders, and gives the one that waits for it. */
    Optional<TagCommand> answer(Terminal terminal, DeviceReport.TagWork work) {
        if (terminal.kind() != Terminal.Kind.DESK) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Objects.requireNonNull(transactions.execute(_ -> {
            work.ended().forEach(ended -> end(terminal.login(), ended, now));
            return waiting(terminal.login()).flatMap(waiting -> give(waiting, work.run(), now));
        }));
    }

    /** What the terminal itself says replaces a guess, and nothing else: said again it changes nothing. */
    private void end(String terminal, DeviceReport.Ended ended, Instant now) {
        jdbc.sql("""
                        update tag_orders set outcome = :outcome, uid = :uid, ended_at = :now
                         where id = :id and terminal = :terminal and run is not null
                           and (outcome is null or outcome = 'UNKNOWN')
                        returning item, who
                        """)
                .param("outcome", ended.outcome())
                .param("uid", ended.uid())
                .param("now", Timestamp.from(now))
                .param("id", ended.id())
                .param("terminal", terminal)
                .query((row, _) -> new TagWritten(row.getString("item"), ended.uid(), row.getString("who")))
                .optional()
                .filter(_ -> ended.outcome().equals(TagOrder.WRITTEN)
                        || ended.outcome().equals(TagOrder.NOT_SECURED))
                .ifPresent(events::publishEvent);
    }

    private record Waiting(
            UUID id,
            String item,
            String owner,
            int part,
            int parts,
            String model,
            Instant expiresAt,
            @Nullable UUID run) {}

    private Optional<Waiting> waiting(String terminal) {
        return jdbc.sql("""
                        select id, item, owner, part, parts, model, expires_at, run from tag_orders
                         where terminal = :terminal and outcome is null for update
                        """)
                .param("terminal", terminal)
                .query((row, _) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getString("item"),
                        row.getString("owner"),
                        row.getInt("part"),
                        row.getInt("parts"),
                        row.getString("model"),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getObject("run", UUID.class)))
                .optional();
    }

    private Optional<TagCommand> give(Waiting order, UUID run, Instant now) {
        boolean over = !now.isBefore(order.expiresAt());
        if (order.run() == null) {
            return over ? closed(order, TagOrder.EXPIRED, now) : Optional.of(given(order, run, now));
        }
        if (!order.run().equals(run)) {
            // Another process of this terminal has got it and is gone: whether it wrote before, nobody knows.
            return closed(order, TagOrder.UNKNOWN, now);
        }
        // The same again, because the answer may have been lost.
        return over ? Optional.empty() : Optional.of(command(order, now));
    }

    private Optional<TagCommand> closed(Waiting order, String outcome, Instant now) {
        jdbc.sql("update tag_orders set outcome = :outcome, ended_at = :now where id = :id")
                .param("outcome", outcome)
                .param("now", Timestamp.from(now))
                .param("id", order.id())
                .update();
        return Optional.empty();
    }

    private TagCommand given(Waiting order, UUID run, Instant now) {
        jdbc.sql("update tag_orders set run = :run where id = :id")
                .param("run", run)
                .param("id", order.id())
                .update();
        return command(order, now);
    }

    /** Not longer than an order lives, should another gateway's clock be ahead of this one's. */
    private static TagCommand command(Waiting order, Instant now) {
        long left = Duration.between(now, order.expiresAt()).toMillis();
        return new TagCommand(
                order.id(),
                Math.min(left, LIFE.toMillis()),
                order.item(),
                order.owner(),
                order.part(),
                order.parts(),
                order.model());
    }

    /** Forgets old orders. */
    @Scheduled(fixedDelayString = "P1D", initialDelayString = "PT45M")
    void forget() {
        jdbc.sql("delete from tag_orders where ordered_at < :before")
                .param(
                        "before",
                        Timestamp.from(ZonedDateTime.now(clock).minus(KEPT).toInstant()))
                .update();
    }
}
