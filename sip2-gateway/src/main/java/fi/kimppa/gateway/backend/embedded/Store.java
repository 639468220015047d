package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.sip2.message.ItemList;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of the embedded backend, read and locked. Locks are taken patron first, then item, so that two terminals
 * never wait for each other.
 */
@Component
class Store {
    private static final String CLAIM = """
            select h.id, h.card, h.pickup_branch, h.state, p.pickup_name
              from holds h join patrons p on p.card = h.card
             where (h.state in ('IN_TRANSIT', 'READY') and h.trapped_item = :item)
                or (h.state = 'WAITING' and h.title_id = :title and coalesce(h.item, :item) = :item)
             order by h.state = 'WAITING', h.placed_at, h.id
             limit 1
            """;

    private final JdbcClient jdbc;

    Store(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the patron's row until the transaction ends. Counts are read after the lock, or they would be old. */
    void lockPatron(String card) {
        jdbc.sql("select 1 from patrons where card = :card for update")
                .param("card", card)
                .query(Integer.class)
                .optional();
    }

    /** Locks the item's row until the transaction ends. */
    void lockItem(String number) {
        jdbc.sql("select 1 from items where number = :number for update")
                .param("number", number)
                .query(Integer.class)
                .optional();
    }

    Optional<PatronRow> patron(String card, Instant now) {
        return jdbc.sql("""
                        select p.card, p.family_name, p.given_name, p.birth_date, p.home_branch, p.pin, p.expires_on,
                               p.reported_lost, p.self_service, p.pickup_name,
                               c.loan_limit, c.hold_limit, c.overdue_limit, c.fee_limit,
                               f.fees, f.fee_count, l.loans, l.overdue, h.holds_ready, h.holds_waiting
                          from patrons p
                          join patron_categories c on c.code = p.category
                         cross join lateral (
                               select coalesce(sum(amount), 0.00) as fees, count(*) as fee_count
                                 from fees where card = p.card and paid_at is null) f
                         cross join lateral (
                               select count(*) as loans, count(*) filter (where due_at < :now) as overdue
                                 from loans where card = p.card and returned_at is null) l
                         cross join lateral (
                               select count(*) filter (where state = 'READY') as holds_ready,
                                      count(*) filter (where state <> 'READY') as holds_waiting
                                 from holds where card = p.card and state <> 'FULFILLED') h
                         where p.card = :card
                        """)
                .param("card", card)
                .param("now", at(now))
                .query(PatronRow.class)
                .optional();
    }

    Optional<ItemRow> item(String number) {
        return jdbc.sql("""
                        select i.number, i.title_id, t.title, t.author, t.age_limit, i.home_branch,
                               b.isil as home_isil, i.current_branch, i.destination, i.call_number, i.parts,
                               i.for_loan, y.media_type, y.loan_days, y.renewals as renewal_limit
                          from items i
                          join titles t on t.id = i.title_id
                          join item_types y on y.code = i.type
                          join branches b on b.code = i.home_branch
                         where i.number = :number
                        """).param("number", number).query(ItemRow.class).optional();
    }

    Optional<LoanRow> openLoan(String item) {
        return jdbc.sql("""
                        select id, item, card, lent_at, due_at, renewals, renewed_at
                          from loans where item = :item and returned_at is null
                        """).param("item", item).query(LoanRow.class).optional();
    }

    /** The hold that caught this item, else the first that waits for it. */
    Optional<HoldRow> claim(ItemRow item) {
        return claim(item, CLAIM);
    }

    /** As {@link #claim}, locked, so that two copies are not caught for the same hold. */
    Optional<HoldRow> lockClaim(ItemRow item) {
        return claim(item, CLAIM + " for update of h");
    }

    private Optional<HoldRow> claim(ItemRow item, String sql) {
        return jdbc.sql(sql)
                .param("item", item.number())
                .param("title", item.titleId())
                .query(HoldRow.class)
                .optional();
    }

    /** This patron's own hold that this item would fulfil; locked. */
    Optional<HoldRow> ownHold(ItemRow item, String card) {
        return jdbc.sql("""
                        select h.id, h.card, h.pickup_branch, h.state, p.pickup_name
                          from holds h join patrons p on p.card = h.card
                         where h.card = :card
                           and ((h.state in ('IN_TRANSIT', 'READY') and h.trapped_item = :item)
                             or (h.state = 'WAITING' and h.title_id = :title and coalesce(h.item, :item) = :item))
                         order by h.state = 'WAITING', h.placed_at, h.id
                         limit 1
                           for update of h
                        """)
                .param("card", card)
                .param("item", item.number())
                .param("title", item.titleId())
                .query(HoldRow.class)
                .optional();
    }

    int queueLength(ItemRow item) {
        return jdbc.sql("""
                        select count(*) from holds
                         where state <> 'FULFILLED' and title_id = :title and coalesce(item, :item) = :item
                        """)
                .param("item", item.number())
                .param("title", item.titleId())
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
                "select coalesce(item, fee_type) || ' ' || amount from fees"
                        + " where card = :card and paid_at is null order by created_at, id";
            case RECALL -> "select null::text where false";
            case UNAVAILABLE_HOLDS ->
                "select coalesce(h.trapped_item, h.item, t.title) from holds h join titles t on t.id = h.title_id"
                        + " where h.card = :card and h.state in ('WAITING', 'IN_TRANSIT')"
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

    // ---- changes, within the caller's transaction --------------------------------------------------------

    void lend(ItemRow item, String card, Instant lentAt, String branch, OffsetDateTime due) {
        jdbc.sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at)
                        values (:item, :card, :lent, :branch, :due)
                        """)
                .param("item", item.number())
                .param("card", card)
                .param("lent", at(lentAt))
                .param("branch", branch)
                .param("due", due)
                .update();
        place(item, branch, null);
    }

    void renew(LoanRow loan, OffsetDateTime due, Instant now) {
        jdbc.sql("update loans set due_at = :due, renewals = renewals + 1, renewed_at = :now where id = :id")
                .param("due", due)
                .param("now", at(now))
                .param("id", loan.id())
                .update();
    }

    void closeLoan(LoanRow loan, Instant returnedAt, String branch) {
        jdbc.sql("update loans set returned_at = greatest(:at, lent_at), returned_branch = :branch where id = :id")
                .param("at", at(returnedAt))
                .param("branch", branch)
                .param("id", loan.id())
                .update();
    }

    void dropLoan(LoanRow loan) {
        jdbc.sql("delete from loans where id = :id").param("id", loan.id()).update();
    }

    /** Opens the patron's last returned loan of this item again. */
    boolean reopenLoan(String item, String card) {
        return jdbc.sql("""
                        update loans set returned_at = null, returned_branch = null
                         where id = (select id from loans
                                      where item = :item and card = :card and returned_at is not null
                                      order by returned_at desc, id desc limit 1)
                        """).param("item", item).param("card", card).update() == 1;
    }

    /** Where the item is and where it must travel to. */
    void place(ItemRow item, String branch, @Nullable String destination) {
        jdbc.sql("update items set current_branch = :branch, destination = :destination where number = :number")
                .param("branch", branch)
                .param("destination", destination)
                .param("number", item.number())
                .update();
    }

    void trap(HoldRow hold, ItemRow item, HoldRow.State state, Instant now) {
        jdbc.sql("""
                        update holds set state = :state, trapped_item = :item,
                               ready_at = case when :state = 'READY' then coalesce(ready_at, :now) end
                         where id = :id
                        """)
                .param("state", state.name())
                .param("item", item.number())
                .param("now", at(now))
                .param("id", hold.id())
                .update();
    }

    void fulfil(HoldRow hold, ItemRow item, Instant now) {
        jdbc.sql("update holds set state = 'FULFILLED', trapped_item = :item, fulfilled_at = :now where id = :id")
                .param("item", item.number())
                .param("now", at(now))
                .param("id", hold.id())
                .update();
    }

    /** Lets go of the item: the hold that caught it waits again. */
    void release(ItemRow item) {
        jdbc.sql("""
                        update holds set state = 'WAITING', trapped_item = null, ready_at = null
                         where trapped_item = :item and state in ('IN_TRANSIT', 'READY')
                        """).param("item", item.number()).update();
    }

    /** Undoes {@link #fulfil}: the patron's hold has the item ready again. */
    void unfulfil(ItemRow item, String card) {
        jdbc.sql("""
                        update holds set state = 'READY', fulfilled_at = null
                         where trapped_item = :item and card = :card and state = 'FULFILLED'
                        """).param("item", item.number()).param("card", card).update();
    }

    /** Deletes what was kept for an undo only. */
    int forgetBefore(Instant moment) {
        return jdbc.sql("delete from loans where returned_at < :moment")
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
