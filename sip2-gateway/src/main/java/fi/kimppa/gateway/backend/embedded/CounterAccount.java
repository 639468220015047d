package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.database.Rows;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a patron has, waits for, and may not do: read for the desk. */
@Component
class CounterAccount {
    /** Something on loan. */
    record Lent(String item, String title, String author, OffsetDateTime dueAt, int renewals) {}

    /** Something waited for. */
    record Awaited(
            String title,
            String author,
            HoldRow.State state,
            String pickupBranch,
            OffsetDateTime placedAt,
            @Nullable OffsetDateTime readyAt) {}

    /** What a machine has blocked. */
    record Block(String branchCode, String message, boolean retained, OffsetDateTime blockedAt) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    CounterAccount(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In the order in which they are due. */
    List<Lent> lent(String card) {
        return jdbc.sql("""
                        select l.item, t.title, t.author, l.due_at, l.renewals
                          from loans l
                          join items i on i.number = l.item
                          join titles t on t.id = i.title_id
                         where l.card = :card and l.returned_at is null
                         order by l.due_at, l.id
                        """).param("card", card).query(Rows.of(Lent.class)).list();
    }

    /** What stands on a shelf first, then in the order in which they were placed. */
    List<Awaited> awaited(String card) {
        return jdbc.sql("""
                        select t.title, t.author, h.state, h.pickup_branch, h.placed_at, h.ready_at
                          from holds h
                          join titles t on t.id = h.title_id
                         where h.card = :card and h.state <> 'FULFILLED'
                           and (h.state <> 'WAITING' or coalesce(h.expires_at, :now) >= :now)
                         order by h.state <> 'READY', h.placed_at, h.id
                        """)
                .param("card", card)
                .param("now", OffsetDateTime.now(clock))
                .query(Rows.of(Awaited.class))
                .list();
    }

    /** Oldest first. */
    List<Block> blocks(String card) {
        return jdbc.sql("""
                        select branch_code, message, retained, blocked_at
                          from card_blocks where card = :card and enabled_at is null order by id
                        """).param("card", card).query(Rows.of(Block.class)).list();
    }
}
