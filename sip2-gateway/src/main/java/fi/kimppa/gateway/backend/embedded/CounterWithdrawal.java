package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterRecord.Kind;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes copies out of the collection, and works with their last copy; not while somebody has, awaits or owes something for it. */
@Component
class CounterWithdrawal {
    private final JdbcClient jdbc;
    private final Store store;
    private final CounterRecord written;
    private final Work work;

    CounterWithdrawal(JdbcClient jdbc, Store store, CounterRecord written, Work work) {
        this.jdbc = jdbc;
        this.store = store;
        this.written = written;
        this.work = work;
    }

    /**
     * Withdraws a copy.
     *
     * @param who the member of staff
     * @return why not; empty when it is done, or it was gone already
     */
    Optional<Refused> withdraw(String number, String who) {
        return work.inTransaction(() -> {
            store.lockItem(number);
            Optional<ItemRow> item = store.item(number);
            Optional<Refused> why = item.flatMap(this::against);
            if (item.isPresent() && why.isEmpty()) {
                remove(item.get());
                written.item(Kind.ITEM_WITHDRAWN, number, item.get().titleId(), "", who);
            }
            return why;
        });
    }

    private Optional<Refused> against(ItemRow item) {
        if (store.openLoan(item.number()).isPresent()) {
            return Optional.of(Refused.because("withdraw.lent"));
        }
        if (found("""
                from holds where title_id = :title and state <> 'FULFILLED' and :item in (trapped_item, item)
                """, item)) {
            return Optional.of(Refused.because("withdraw.held"));
        }
        if (item.destination() != null) {
            return Optional.of(Refused.because("withdraw.transit"));
        }
        if (found("from fees where item = :item and paid_at is null", item)) {
            return Optional.of(Refused.because("withdraw.fee"));
        }
        boolean last = !found("from items where title_id = :title and number <> :item", item);
        return last && found("from holds where title_id = :title and state = 'WAITING'", item)
                ? Optional.of(Refused.because("withdraw.awaited"))
                : Optional.empty();
    }

    private boolean found(String sql, ItemRow item) {
        return jdbc.sql("select exists (select " + sql + ")")
                .param("item", item.number())
                .param("title", item.titleId())
                .query(Boolean.class)
                .single();
    }

    /** What was returned, fulfilled or paid of late is kept for a while, and names the copy no more. */
    private void remove(ItemRow item) {
        run("delete from loans where item = :item", item);
        run("delete from holds where state = 'FULFILLED' and :item in (trapped_item, item)", item);
        run("update fees set item = null where item = :item", item);
        run("delete from items where number = :item", item);
        jdbc.sql("""
                        delete from titles t
                         where t.id = :title and not exists (select from items where title_id = t.id)
                           and not exists (select from holds where title_id = t.id)
                        """).param("title", item.titleId()).update();
    }

    private void run(String sql, ItemRow item) {
        jdbc.sql(sql).param("item", item.number()).update();
    }
}
