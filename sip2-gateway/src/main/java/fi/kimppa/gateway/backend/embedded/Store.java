package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.gateway.database.LockedRead;
import fi.kimppa.gateway.database.LockedRead.Question;
import fi.kimppa.gateway.database.Rows;
import fi.kimppa.sip2.message.ItemList;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of the embedded backend, read and locked. Locks are taken patron first, then item, so that two terminals
 * never wait for each other.
 */
@Component
class Store {
    /** Whether a hold h waits for an item i, or for any copy of its title that it may have. */
    static final String WAITS = """
            h.state = 'WAITING' and h.title_id = i.title_id and coalesce(h.item, i.number) = i.number
            and coalesce(h.copies_of, i.home_branch) = i.home_branch and coalesce(h.expires_at, :now) >= :now
            """;

    private static final String HOLD = """
            select h.id, h.card, h.pickup_branch, h.state, h.placed_at, h.ready_at, p.pickup_name
              from items i
              join holds h on (h.state in ('IN_TRANSIT', 'READY') and h.trapped_item = i.number) or (%s)
              join patrons p on p.card = h.card
             where i.number = :item
            """.formatted(WAITS);

    private static final String ITEM = """
            select i.number, i.title_id, t.title, t.author, t.age_limit, i.home_branch,
                   b.isil as home_isil, i.current_branch, i.destination, i.call_number, i.collection, i.parts,
                   i.for_loan, i.properties, y.media_type, y.loan_days, y.renewals as renewal_limit%s
              from items i
              join titles t on t.id = i.title_id
              join item_types y on y.code = i.type
              join branches b on b.code = i.home_branch%s
             where i.number = :number
            """;

    private static final String ITEM_ALONE = ITEM.formatted("", "");

    /** Of a loan l. */
    private static final String LOAN =
            "l.id, l.item, l.card, l.lent_at, l.said_at, l.due_at, l.renewals, l.renewed_at, l.lent_branch";

    private static final String ITEM_WITH_LOAN = ITEM.formatted(
            ", " + LOAN + ", exists (select from holds h where "
                    + "(h.state in ('IN_TRANSIT', 'READY') and h.trapped_item = i.number) or (" + WAITS
                    + ")) as wanted",
            " left join loans l on l.item = i.number and l.returned_at is null");

    private static final RowMapper<ItemRow> ITEMS = Rows.of(ItemRow.class);
    private static final RowMapper<LoanRow> LOANS = Rows.of(LoanRow.class);
    private static final RowMapper<PatronRow> PATRONS = Rows.of(PatronRow.class);

    private static final String IN_TURN = " order by h.state = 'WAITING', h.placed_at, h.id limit 1";

    /** Loans l of items i for which somebody else waits. */
    private static final String RECALLED = "exists (select from holds h where h.card <> l.card and " + WAITS + ")";

    private static final String PATRON = """
            select p.card, p.family_name, p.given_name, p.birth_date, p.category, p.home_branch, p.pin,
                   p.expires_on, p.reported_lost, p.self_service, p.pickup_name, p.email, p.language,
                   exists (select from card_blocks where card = p.card and enabled_at is null) as blocked,
                   c.loan_limit, c.hold_limit, c.overdue_limit, c.fee_limit,
                   f.fees, f.fee_count, l.loans, l.overdue, l.recalled, h.holds_ready, h.holds_waiting
              from patrons p
              join patron_categories c on c.code = p.category
             cross join lateral (
                   select coalesce(sum(amount - paid), 0.00) as fees, count(*) as fee_count
                     from fees where card = p.card and paid_at is null) f
             cross join lateral (
                   select count(*) as loans, count(*) filter (where due_at < :now) as overdue,
                          count(*) filter (where %s) as recalled
                     from loans l join items i on i.number = l.item
                    where l.card = p.card and l.returned_at is null) l
             cross join lateral (
                   select count(*) filter (where state = 'READY') as holds_ready,
                          count(*) filter (where state <> 'READY') as holds_waiting
                     from holds where card = p.card and state <> 'FULFILLED'
                      and (state <> 'WAITING' or coalesce(expires_at, :now) >= :now)) h
             where p.card = :card
            """.formatted(RECALLED);

    private static final String LOCK_PATRON = "select 1 from patrons where card = :card for update";

    private final JdbcClient jdbc;
    private final LockedRead locked;
    private final LateWrites writes;

    Store(JdbcClient jdbc, LockedRead locked, LateWrites writes) {
        this.jdbc = jdbc;
        this.locked = locked;
        this.writes = writes;
    }

    /**
     * An item whose row is locked.
     *
     * @param loan the loan that is open
     * @param wanted whether a hold has caught it or waits for it
     */
    record Locked(ItemRow item, Optional<LoanRow> loan, boolean wanted) {}

    /** Locks the patron's row until the transaction ends. Counts are read after the lock, or they would be old. */
    void lockPatron(String card) {
        jdbc.sql(LOCK_PATRON).param("card", card).query(Integer.class).optional();
    }

    /** The patron, whose row is locked until the transaction ends, with the counts as they are then. */
    Optional<PatronRow> lockedPatron(String card, Instant now) {
        return locked.first(patronToLock(card, now));
    }

    private static Question<PatronRow> patronToLock(String card, Instant now) {
        return new Question<>("patron " + card, LOCK_PATRON, PATRON, patronAt(card, now), PATRONS);
    }

    /** What a loan locks and reads before it decides anything, in its order. */
    List<Question<?>> ofLoan(String card, String item, Instant now) {
        return List.of(patronToLock(card, now), itemToLock(item, now));
    }

    /** As {@link #ofLoan}, of a return. */
    List<Question<?>> ofReturn(String item, Instant now) {
        return List.of(itemToLock(item, now));
    }

    Optional<PatronRow> patron(String card, Instant now) {
        return jdbc.sql(PATRON).paramSource(patronAt(card, now)).query(PATRONS).optional();
    }

    private static MapSqlParameterSource patronAt(String card, Instant now) {
        return new MapSqlParameterSource("card", card).addValue("now", at(now));
    }

    Optional<ItemRow> item(String number) {
        return item(ITEM_ALONE, number);
    }

    /** The item, its row locked until the transaction ends. What is counted or looked up by it is read after the lock. */
    Optional<ItemRow> lockItem(String number) {
        return item(ITEM_ALONE + " for update of i", number);
    }

    private Optional<ItemRow> item(String sql, String number) {
        return jdbc.sql(sql).param("number", number).query(ITEMS).optional();
    }

    /** The item, its row locked until the transaction ends, with what is known of it then. */
    Optional<Locked> locked(String number, Instant now) {
        return locked.first(itemToLock(number, now));
    }

    private static Question<Locked> itemToLock(String number, Instant now) {
        return new Question<>(
                "item " + number,
                "select 1 from items where number = :number for update",
                ITEM_WITH_LOAN,
                new MapSqlParameterSource("number", number).addValue("now", at(now)),
                (row, n) -> new Locked(
                        Objects.requireNonNull(ITEMS.mapRow(row, n)),
                        row.getObject("id") == null ? Optional.empty() : Optional.ofNullable(LOANS.mapRow(row, n)),
                        row.getBoolean("wanted")));
    }

    Optional<LoanRow> openLoan(String item) {
        return jdbc.sql("select " + LOAN + " from loans l where l.item = :item and l.returned_at is null")
                .param("item", item)
                .query(LOANS)
                .optional();
    }

    /** The loans of a patron, in the order in which they are due. */
    List<LoanRow> openLoans(String card) {
        return jdbc.sql("select " + LOAN
                        + " from loans l where l.card = :card and l.returned_at is null order by l.due_at, l.id")
                .param("card", card)
                .query(LOANS)
                .list();
    }

    /** The hold that caught this item, else the first that waits for it. */
    Optional<HoldRow> claim(ItemRow item, Instant now) {
        return hold(HOLD + IN_TURN, item, "", now);
    }

    /** As {@link #claim}, locked, so that two copies are not caught for the same hold. */
    Optional<HoldRow> lockClaim(ItemRow item, Instant now) {
        return hold(HOLD + IN_TURN + " for update of h", item, "", now);
    }

    /** This patron's own hold that this item would fulfil; locked. */
    Optional<HoldRow> ownHold(ItemRow item, String card, Instant now) {
        return hold(HOLD + " and h.card = :card" + IN_TURN + " for update of h", item, card, now);
    }

    private Optional<HoldRow> hold(String sql, ItemRow item, String card, Instant now) {
        return jdbc.sql(sql)
                .param("item", item.number())
                .param("card", card)
                .param("now", at(now))
                .query(Rows.of(HoldRow.class))
                .optional();
    }

    /** How many holds this item could fulfil, the one that caught it among them. */
    int queueLength(ItemRow item, Instant now) {
        return jdbc.sql("select count(*) from (" + HOLD + ") queue")
                .param("item", item.number())
                .param("now", at(now))
                .query(Integer.class)
                .single();
    }

    /** Entries of one list of a 64: item numbers; for fees without an item their type. */
    List<String> entries(ItemList list, String card, Instant now) {
        String sql = switch (list) {
            case HOLD -> "select trapped_item from holds where card = :card and state = 'READY' order by ready_at, id";
            case OVERDUE ->
                "select item from loans where card = :card and returned_at is null and due_at < :now"
                        + " order by due_at, id";
            case CHARGED -> "select item from loans where card = :card and returned_at is null order by due_at, id";
            case FINE ->
                "select coalesce(item, fee_type) || ' ' || (amount - paid) from fees"
                        + " where card = :card and paid_at is null order by created_at, id";
            case RECALL ->
                "select l.item from loans l join items i on i.number = l.item"
                        + " where l.card = :card and l.returned_at is null and " + RECALLED
                        + " order by l.due_at, l.id";
            case UNAVAILABLE_HOLDS ->
                "select coalesce(h.trapped_item, h.item, concat_ws(' / ', t.title, nullif(t.author, ''))) from holds h join titles t on t.id = h.title_id"
                        + " where h.card = :card and h.state in ('WAITING', 'IN_TRANSIT')"
                        + " and (h.state <> 'WAITING' or coalesce(h.expires_at, :now) >= :now)"
                        + " order by h.placed_at, h.id";
        };
        return jdbc.sql(sql)
                .param("card", card)
                .param("now", at(now))
                .query((row, _) -> row.getString(1))
                .list();
    }

    Optional<String> branchName(String code) {
        return jdbc.sql("select name from branches where code = :code")
                .param("code", code)
                .query(String.class)
                .optional();
    }

    // ---- changes, late within the caller's transaction ---------------------------------------------------

    /** Writes a loan; {@code saidAt} is when it was lent by the machine's clock, where that says something. */
    void lend(ItemRow item, String card, Instant lentAt, Optional<Instant> saidAt, String branch, OffsetDateTime due) {
        writes.sql("""
                        insert into loans (item, card, lent_at, said_at, lent_branch, due_at)
                        values (:item, :card, :lent, :said, :branch, :due)
                        """)
                .param("item", item.number())
                .param("card", card)
                .param("lent", at(lentAt))
                .param("said", saidAt.map(Store::at).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("branch", branch)
                .param("due", due)
                .later();
        place(item, branch, null);
    }

    void renew(LoanRow loan, OffsetDateTime due, Instant now) {
        writes.sql("update loans set due_at = :due, renewals = renewals + 1, renewed_at = :now where id = :id")
                .param("due", due)
                .param("now", at(now))
                .param("id", loan.id())
                .later();
    }

    void closeLoan(LoanRow loan, Instant returnedAt, String branch) {
        writes.sql("update loans set returned_at = greatest(:at, lent_at), returned_branch = :branch where id = :id")
                .param("at", at(returnedAt))
                .param("branch", branch)
                .param("id", loan.id())
                .later();
    }

    /** Where the item, which is locked, is and where it must travel to: most are lent and come back where they are at home. */
    void place(ItemRow item, String branch, @Nullable String destination) {
        if (branch.equals(item.currentBranch()) && Objects.equals(destination, item.destination())) {
            return;
        }
        writes.sql("update items set current_branch = :branch, destination = :destination where number = :number")
                .param("branch", branch)
                .param("destination", destination, Types.VARCHAR)
                .param("number", item.number())
                .later();
    }

    void trap(HoldRow hold, ItemRow item, HoldRow.State state, Instant now) {
        writes.sql("""
                        update holds set state = :state, trapped_item = :item,
                               ready_at = case when :state = 'READY' then coalesce(ready_at, :now) end
                         where id = :id
                        """)
                .param("state", state.name())
                .param("item", item.number())
                .param("now", at(now))
                .param("id", hold.id())
                .later();
    }

    void fulfil(HoldRow hold, ItemRow item, Instant now) {
        writes.sql("update holds set state = 'FULFILLED', trapped_item = :item, fulfilled_at = :now where id = :id")
                .param("item", item.number())
                .param("now", at(now))
                .param("id", hold.id())
                .later();
    }

    /** Lets go of the item: the hold that caught it waits again. */
    void release(ItemRow item) {
        writes.sql("""
                        update holds set state = 'WAITING', trapped_item = null, ready_at = null
                         where trapped_item = :item and state in ('IN_TRANSIT', 'READY')
                        """).param("item", item.number()).later();
    }

    /** CH of a 19. */
    void describe(ItemRow item, String properties) {
        jdbc.sql("update items set properties = :properties where number = :number")
                .param("properties", properties)
                .param("number", item.number())
                .update();
    }

    /** Deletes what was kept for an undo only, and what else is over. */
    int forgetBefore(Instant moment) {
        return jdbc.sql("delete from undo where at < :moment")
                        .param("moment", at(moment))
                        .update()
                + jdbc.sql("delete from holds where state = 'WAITING' and expires_at < :moment")
                        .param("moment", at(moment))
                        .update()
                + jdbc.sql("delete from card_blocks where enabled_at < :moment - interval '30 days'")
                        .param("moment", at(moment))
                        .update()
                + jdbc.sql("delete from loans where returned_at < :moment")
                        .param("moment", at(moment))
                        .update()
                + jdbc.sql("delete from holds where fulfilled_at < :moment")
                        .param("moment", at(moment))
                        .update()
                + jdbc.sql("delete from fees where paid_at < :moment - interval '30 days'")
                        .param("moment", at(moment))
                        .update()
                + jdbc.sql("delete from pin_failures where since < :moment")
                        .param("moment", at(moment))
                        .update();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
