package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Holds that are not fulfilled. The title is named by the number of any copy of it. */
@Component
class HoldTable implements Table {
    private static final List<Column> COLUMNS = List.of(
            Column.needed("card", Forms::number).names(Known.CARD),
            Column.needed("item", Forms::number).names(Known.ITEM),
            // Whether that copy alone will do.
            Column.optional("this_copy", Forms::truth, "false"),
            Column.optional("copies_of", Forms::code, "").names(Known.BRANCH),
            Column.needed("pickup_branch", Forms::code).names(Known.BRANCH),
            Column.needed("placed_at", Forms::moment),
            Column.optional("expires_at", Forms::momentOrNone, ""),
            Column.optional("state", Forms.oneOf("WAITING", "IN_TRANSIT", "READY"), "WAITING"),
            Column.optional("trapped_item", Forms::numberOrNone, "").names(Known.ITEM),
            Column.optional("ready_at", Forms::momentOrNone, ""));

    private static final String SELECT = """
            select h.card, asked.number as item, (h.item is not null)::text as this_copy, h.copies_of, h.pickup_branch,
                   %s as placed_at, %s as expires_at, h.state, h.trapped_item, %s as ready_at
              from holds h
            """.formatted(
                    TableSql.moment("h.placed_at"), TableSql.moment("h.expires_at"), TableSql.moment("h.ready_at"));

    private static final String VALUES = """
            case when cast(:this_copy as boolean) then :item end, :pickup_branch, nullif(:copies_of, ''),
            cast(:placed_at as timestamptz), cast(nullif(:expires_at, '') as timestamptz), :state,
            nullif(:trapped_item, ''), cast(nullif(:ready_at, '') as timestamptz)
            """;

    private static final String INSERT = """
            insert into holds (card, title_id, item, pickup_branch, copies_of, placed_at, expires_at, state, trapped_item,
                               ready_at)
            select :card, i.title_id, %s from items i where i.number = :item
            """.formatted(VALUES);

    private static final String UPDATE = """
            update holds set (item, pickup_branch, copies_of, placed_at, expires_at, state, trapped_item, ready_at) =
                   (select %s)
             where card = :card and state <> 'FULFILLED'
               and title_id = (select title_id from items where number = :item)
            """.formatted(VALUES);

    private final TableSql sql;

    HoldTable(TableSql sql) {
        this.sql = sql;
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<String> keys() {
        return List.of("card", "item");
    }

    @Override
    public void lock(List<Row> rows) {
        sql.lockPatrons(TableSql.texts(rows, "card"));
        sql.lockItems(TableSql.texts(rows, "item"));
    }

    @Override
    public Map<String, Map<String, String>> existing(List<Row> rows) {
        return sql.byKey(
                this,
                SELECT + """
                          join items asked on asked.title_id = h.title_id
                         where h.state <> 'FULFILLED' and h.card in (:cards) and asked.number in (:items)
                        """,
                Map.of("cards", TableSql.texts(rows, "card"), "items", TableSql.texts(rows, "item")));
    }

    @Override
    public void write(long number, List<Judgement> rows) {
        sql.each(UPDATE, Judgements.changed(rows), Map.of());
        sql.each(INSERT, Judgements.added(rows), Map.of());
    }

    /** The copy that is named is the one that is wanted, or the first by number. */
    @Override
    public void export(Optional<String> municipality, boolean within, Consumer<Map<String, String>> reader) {
        sql.tell(this, SELECT + """
                  join patrons p on p.card = h.card join branches home on home.code = p.home_branch
                  join lateral (select i.number,
                                       coalesce(owner.municipality = :municipality, true) as ours
                                  from items i join branches owner on owner.code = i.home_branch
                                 where i.title_id = h.title_id
                                 order by i.number is distinct from h.item,
                                          coalesce(owner.municipality = :municipality, true) desc, i.number
                                 limit 1) asked on true
                 where h.state <> 'FULFILLED' and coalesce(home.municipality = :municipality, true)
                   and :within = (asked.ours and not exists (
                           select from items t join branches owner on owner.code = t.home_branch
                            where t.number = h.trapped_item and owner.municipality <> :municipality))
                 order by h.card, asked.number
                """, municipality, within, reader);
    }
}
