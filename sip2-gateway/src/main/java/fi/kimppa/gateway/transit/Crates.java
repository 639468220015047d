package fi.kimppa.gateway.transit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The crates and what is in them. May be used by several threads and gateways. */
@Component
class Crates {
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String COLUMNS = """
            select c.id, c.origin, c.destination, c.opened_at, c.closed_at, c.sent_at, c.arrived_at, c.checked_at,
                   (select count(*) from crate_items i where i.crate_id = c.id and i.packed) as packed
              from crates c
            """;

    /** An item (:item) travels no way from one branch (:origin) to another (:destination); without them it is so of any. */
    static final String NOT_UNDER_WAY = """
             not exists (select from transits t
                          where t.item = :item and t.arrived_at is null
                            and t.origin = cast(:origin as text) and t.destination = cast(:destination as text))
            """;

    /** An item (:item) has been returned or lent (:at), and lies in no open crate any more; unless it travels on. */
    static final String TAKEN_OUT = """
            delete from crate_items i using crates c
             where c.id = i.crate_id and c.closed_at is null and i.item = :item and
            """ + NOT_UNDER_WAY;

    /** An item (:item) has been returned or lent (:at), and nobody has to look for it in a closed crate; unless it travels on. */
    static final String SEEN = """
            update crate_items i set seen_at = :at from crates c
             where c.id = i.crate_id and c.closed_at is not null and c.checked_at is null and i.item = :item and i.seen_at is null and
            """ + NOT_UNDER_WAY;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Crates(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    // ---- looking -----------------------------------------------------------------------------------------

    Optional<Crate> find(long id) {
        return jdbc.sql(COLUMNS + " where c.id = :id")
                .param("id", id)
                .query((row, _) -> crate(row))
                .optional();
    }

    /** Those that a branch fills, sends or waits for, and those that it has not looked through; the oldest first. */
    List<Crate> around(String branch) {
        return jdbc.sql(COLUMNS + """
                         where c.checked_at is null
                           and (c.destination = :branch or (c.origin = :branch and c.arrived_at is null))
                         order by c.id
                        """)
                .param("branch", branch)
                .query((row, _) -> crate(row))
                .list();
    }

    /** Every crate that was closed, as long as it is kept; the oldest first. */
    List<Crate> closed() {
        return jdbc.sql(COLUMNS + " where c.closed_at is not null order by c.id")
                .query((row, _) -> crate(row))
                .list();
    }

    /** What is in a crate, by number. */
    List<CrateItem> items(long id) {
        return jdbc.sql("select item, packed, seen_at from crate_items where crate_id = :id order by item")
                .param("id", id)
                .query((row, _) -> new CrateItem(
                        row.getString("item"), row.getBoolean("packed"), row.getObject("seen_at") != null))
                .list();
    }

    /** The crate in which an item travels and has not been seen yet. */
    Optional<Crate> with(String item) {
        return jdbc.sql(COLUMNS + """
                          join crate_items p on p.crate_id = c.id and p.item = :item and p.packed and p.seen_at is null
                         where c.checked_at is null
                         order by c.id desc limit 1
                        """)
                .param("item", item)
                .query((row, _) -> crate(row))
                .optional();
    }

    // ---- filling -----------------------------------------------------------------------------------------

    /**
     * Puts things into the open crate for their destination.
     *
     * @param waiting things that wait at one branch for one destination, at least one
     */
    Crate pack(List<ExpectedItem> waiting) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            Crate crate = open(waiting.getFirst().origin(), waiting.getFirst().destination());
            put(crate.id(), waiting);
            return crate;
        }));
    }

    /**
     * The crate that is being filled there for this destination; a new one if there is none. Locked until the transaction ends,
     * so that nobody closes it meanwhile.
     */
    private Crate open(String origin, String destination) {
        long id = jdbc.sql("""
                        insert into crates (origin, destination, opened_at) values (:origin, :destination, :now)
                            on conflict (origin, destination) where closed_at is null
                            do update set opened_at = crates.opened_at
                        returning id
                        """)
                .param("origin", origin)
                .param("destination", destination)
                .param("now", now())
                .query(Long.class)
                .single();
        return find(id).orElseThrow();
    }

    private void put(long crate, List<ExpectedItem> things) {
        for (ExpectedItem thing : things) {
            jdbc.sql("""
                            insert into crate_items (crate_id, item, packed) values (:crate, :item, true)
                                on conflict do nothing
                            """).param("crate", crate).param("item", thing.item()).update();
        }
    }

    /** Takes an item out of a crate that is still open. */
    void takeOut(long id, String item) {
        jdbc.sql("""
                        delete from crate_items i using crates c
                         where c.id = i.crate_id and c.closed_at is null and c.id = :id and i.item = :item
                        """).param("id", id).param("item", item).update();
    }

    // ---- travelling --------------------------------------------------------------------------------------

    /** Nothing more is put in. An empty one is thrown away. */
    void close(long id) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("""
                            delete from crates c where c.id = :id and c.closed_at is null
                               and not exists (select from crate_items i where i.crate_id = c.id)
                            """).param("id", id).update();
            mark("update crates set closed_at = :now where id = :id and closed_at is null", id);
        });
    }

    /** The carrier has taken it; that it is closed then follows. */
    void send(long id) {
        mark("""
                update crates set sent_at = :now, closed_at = coalesce(closed_at, :now)
                 where id = :id and sent_at is null
                """, id);
    }

    /** It is at its destination, whatever was noted on the way. */
    void arrive(long id) {
        mark("""
                update crates set arrived_at = :now, sent_at = coalesce(sent_at, :now),
                       closed_at = coalesce(closed_at, :now)
                 where id = :id and arrived_at is null
                """, id);
    }

    /** What was in it has been looked through. */
    void checked(long id) {
        mark(
                "update crates set checked_at = :now where id = :id and arrived_at is not null and checked_at is null",
                id);
    }

    private void mark(String sql, long id) {
        jdbc.sql(sql).param("now", now()).param("id", id).update();
    }

    /** Notes an item that was found in a crate, whether it had been put in or not. */
    void see(long id, String item) {
        jdbc.sql("""
                        insert into crate_items (crate_id, item, packed, seen_at) values (:id, :item, false, :now)
                            on conflict (crate_id, item) do update
                           set seen_at = coalesce(crate_items.seen_at, excluded.seen_at)
                        """).param("id", id).param("item", item).param("now", now()).update();
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forget() {
        jdbc.sql("delete from crates where checked_at < :before")
                .param("before", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Crate crate(ResultSet row) throws SQLException {
        return new Crate(
                row.getLong("id"),
                row.getString("origin"),
                row.getString("destination"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                moment(row.getObject("closed_at", OffsetDateTime.class)),
                moment(row.getObject("sent_at", OffsetDateTime.class)),
                moment(row.getObject("arrived_at", OffsetDateTime.class)),
                moment(row.getObject("checked_at", OffsetDateTime.class)),
                row.getInt("packed"));
    }

    private static Optional<Instant> moment(@Nullable OffsetDateTime at) {
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
