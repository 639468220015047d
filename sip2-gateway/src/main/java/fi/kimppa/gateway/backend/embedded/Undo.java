package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.Store.Locked;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LateWrites;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an item, its loan and its hold were before the item's last loan or return, so that the machine that made it can
 * take it back (BI, sip2.md section 10). One step back, for a day: whatever else happens to the item ends it. Within
 * the caller's transaction, which holds the item's row.
 */
@Component
class Undo {
    /** How long something can be undone, and its rows are kept. */
    static final Duration KEPT = Duration.ofDays(1);

    /** What can be undone, by the command's two digits. */
    static final String LOAN = "11";

    static final String RETURN = "09";

    private static final String ITS_LOAN = "(select to_jsonb(l) from loans l where l.id = :loan)";
    private static final String ITS_HOLDS = """
            (select coalesce(jsonb_agg(to_jsonb(h)), '[]') from holds h
              where h.trapped_item = :item and h.state in ('IN_TRANSIT', 'READY'))
            """;

    private final JdbcClient jdbc;
    private final LateWrites writes;
    private final Clock clock;

    Undo(JdbcClient jdbc, LateWrites writes, Clock clock) {
        this.jdbc = jdbc;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * Keeps what is, before a loan or a return changes it, late as that is. A second return in a row changes nothing and keeps the first.
     *
     * @param found the item, locked, as it was read under the lock
     */
    void keep(String command, Locked found, Terminal terminal) {
        // Most things have no hold, and many no loan: then the database need not look for them.
        writes.sql("""
                        insert into undo (item, command, terminal, at, branch, destination, loan, holds)
                        values (:item, :command, :terminal, :now, :branch, :destination, %s, %s)
                            on conflict (item) do update
                           set command = excluded.command, terminal = excluded.terminal, at = excluded.at,
                               branch = excluded.branch, destination = excluded.destination,
                               loan = excluded.loan, holds = excluded.holds
                         where excluded.loan is not null
                            or undo.command <> excluded.command or undo.terminal <> excluded.terminal
                        """.formatted(found.loan().isPresent() ? ITS_LOAN : "null", found.wanted() ? ITS_HOLDS : "'[]'"))
                .param("command", command)
                .param("terminal", terminal.login())
                .param("now", OffsetDateTime.now(clock))
                .param("item", found.item().number())
                .param("branch", found.item().currentBranch())
                .param("destination", found.item().destination(), Types.VARCHAR)
                .param("loan", found.loan().map(LoanRow::id).orElse(null), Types.BIGINT)
                .later();
    }

    /** The item has moved on: nothing of it can be undone any more. */
    void forget(String item) {
        jdbc.sql("delete from undo where item = :item").param("item", item).update();
    }

    /**
     * Whether this terminal may take this back.
     *
     * @param card whose loan there was before; empty where it does not matter
     */
    boolean possible(String command, ItemRow item, Terminal terminal, Optional<String> card) {
        return jdbc.sql("""
                        select exists (select from undo
                                        where item = :item and command = :command and terminal = :terminal
                                          and at > :since and (cast(:card as text) is null or loan->>'card' = :card))
                        """)
                .param("item", item.number())
                .param("command", command)
                .param("terminal", terminal.login())
                .param("since", OffsetDateTime.now(clock).minus(KEPT))
                .param("card", card.orElse(null), Types.VARCHAR)
                .query(Boolean.class)
                .single();
    }

    /** Puts back what was: the place, the loan with its due date and renewals, the hold with its place in the queue. */
    void restore(ItemRow item) {
        // What was to be paid for a loan that is gone is gone too, unless somebody has paid.
        run("""
                delete from fees f using undo u, loans l
                 where u.item = :item and l.item = u.item and l.returned_at is null
                   and l.id is distinct from (u.loan->>'id')::bigint and f.loan = l.id and f.paid = 0
                """, item);
        // So is what was to be paid because a loan was late, when that has its earlier due date again.
        jdbc.sql("""
                        delete from fees f using undo u
                         where u.item = :item and f.loan = (u.loan->>'id')::bigint and f.fee_type = :overdue and f.paid = 0
                           and f.due_on = ((u.loan->>'due_at')::timestamptz at time zone :zone)::date
                        """)
                .param("item", item.number())
                .param("overdue", Fees.OVERDUE)
                .param("zone", clock.getZone().getId())
                .update();
        // And what a renewal cost that is gone.
        run("""
                delete from fees f using undo u
                 where u.item = :item and f.loan = (u.loan->>'id')::bigint and f.fee_type = '06' and f.paid = 0
                   and f.created_at >= u.at
                """, item);
        // A loan that was made is gone; one that was renewed or closed is what it was.
        run("""
                delete from loans l using undo u
                 where u.item = :item and l.item = u.item and l.returned_at is null
                   and l.id is distinct from (u.loan->>'id')::bigint
                """, item);
        run("""
                update loans l
                   set due_at = b.due_at, renewals = b.renewals, renewed_at = b.renewed_at,
                       returned_at = null, returned_branch = null
                  from undo u, jsonb_populate_record(null::loans, u.loan) b
                 where u.item = :item and l.id = b.id
                """, item);
        // A hold that was fulfilled or caught by the change waits again; one that had the item before has it again.
        run("""
                update holds h
                   set state = 'WAITING', trapped_item = null, ready_at = null, fulfilled_at = null
                  from undo u
                 where u.item = :item and h.trapped_item = u.item
                   and not exists (select from jsonb_populate_recordset(null::holds, u.holds) b where b.id = h.id)
                """, item);
        run("""
                update holds h
                   set state = b.state, trapped_item = b.trapped_item, ready_at = b.ready_at,
                       fulfilled_at = b.fulfilled_at
                  from undo u, jsonb_populate_recordset(null::holds, u.holds) b
                 where u.item = :item and h.id = b.id and coalesce(h.trapped_item, u.item) = u.item
                """, item);
        run("""
                update items i set current_branch = u.branch, destination = u.destination
                  from undo u
                 where u.item = :item and i.number = u.item
                """, item);
        forget(item.number());
    }

    private void run(String sql, ItemRow item) {
        jdbc.sql(sql).param("item", item.number()).update();
    }
}
