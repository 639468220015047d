package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Fees of which something is open. A fee has no number of its own in a file: who owes it, when, for what and how much stand for it. */
@Component
class FeeTable implements Table {
    private static final List<Column> COLUMNS = List.of(
            Column.needed("card", Forms::number).names(Known.CARD),
            Column.needed("created_at", Forms::moment),
            Column.needed("fee_type", text -> Forms.text(2).read(text).filter(one -> one.matches("\\d{2}"))),
            Column.needed("amount", text -> Forms.amount(text).filter(one -> !one.equals("0.00"))),
            Column.optional("item", Forms::numberOrNone, "").names(Known.ITEM),
            Column.optional("paid", Forms::amount, "0.00"),
            Column.optional("creditor", Forms::code, "")
                    .names(Known.MUNICIPALITY)
                    .silentIfBlank());

    private static final String SELECT = """
            select f.card, %s as created_at, f.fee_type, f.amount::text, f.item, f.paid::text, f.creditor
              from fees f
            """.formatted(TableSql.moment("f.created_at"));

    private static final String INSERT = """
            insert into fees (card, created_at, fee_type, amount, item, paid, creditor)
            values (:card, cast(:created_at as timestamptz), :fee_type, cast(:amount as numeric), nullif(:item, ''),
                    cast(:paid as numeric), nullif(:creditor, ''))
            """;

    private static final String UPDATE = """
            update fees set paid = cast(:paid as numeric), creditor = nullif(:creditor, '')
             where card = :card and paid_at is null and created_at = cast(:created_at as timestamptz)
               and fee_type = :fee_type and amount = cast(:amount as numeric) and coalesce(item, '') = :item
            """;

    private final TableSql sql;

    FeeTable(TableSql sql) {
        this.sql = sql;
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<String> keys() {
        return List.of("card", "created_at", "fee_type", "amount", "item");
    }

    @Override
    public void lock(List<Row> rows) {
        sql.lockPatrons(TableSql.texts(rows, "card"));
    }

    @Override
    public Map<String, Map<String, String>> existing(List<Row> rows) {
        return sql.byKey(
                this,
                SELECT + " where f.paid_at is null and f.card in (:cards)",
                Map.of("cards", TableSql.texts(rows, "card")));
    }

    @Override
    public void write(long number, List<Judgement> rows) {
        sql.each(UPDATE, Judgements.changed(rows), Map.of());
        sql.each(INSERT, Judgements.added(rows), Map.of());
    }

    @Override
    public void export(Optional<String> municipality, boolean within, Consumer<Map<String, String>> reader) {
        sql.tell(this, SELECT + """
                  join patrons p on p.card = f.card join branches home on home.code = p.home_branch
                  left join items i on i.number = f.item left join branches owner on owner.code = i.home_branch
                 where f.paid_at is null
                   and (cast(:municipality as text) is null or home.municipality = :municipality
                        or coalesce(f.creditor, owner.municipality) = :municipality)
                   and :within = (cast(:municipality as text) is null
                                  or home.municipality = :municipality
                                     and (f.item is null or owner.municipality = :municipality))
                 order by f.card, f.created_at, f.fee_type, f.amount, f.item
                """, municipality, within, reader);
    }
}
