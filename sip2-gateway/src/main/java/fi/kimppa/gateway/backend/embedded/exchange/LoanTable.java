package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Open loans. A thing that somebody else has is never taken from them. */
@Component
class LoanTable implements Table {
    private static final List<Column> COLUMNS = List.of(
            Column.needed("item", Forms::number).names(Known.ITEM),
            Column.needed("card", Forms::number).names(Known.CARD),
            Column.needed("lent_at", Forms::moment),
            Column.optional("lent_branch", Forms::code, "").names(Known.BRANCH).silentIfBlank(),
            Column.needed("due_at", Forms::due),
            Column.optional("renewals", Forms.whole(0, 999), "0"),
            Column.optional("renewed_at", Forms::momentOrNone, ""));

    private static final String SELECT =
            """
            select l.item, l.card, %s as lent_at, l.lent_branch, %s as due_at, l.renewals::text, %s as renewed_at
              from loans l
            """.formatted(TableSql.moment("l.lent_at"), TableSql.moment("l.due_at"), TableSql.moment("l.renewed_at"));

    private static final String INSERT = """
            insert into loans (item, card, lent_at, lent_branch, due_at, renewals, renewed_at)
            select :item, :card, cast(:lent_at as timestamptz), coalesce(nullif(:lent_branch, ''), i.current_branch),
                   cast(:due_at as timestamptz), cast(:renewals as integer),
                   cast(nullif(:renewed_at, '') as timestamptz)
              from items i where i.number = :item
            """;

    private static final String UPDATE = """
            update loans set lent_at = cast(:lent_at as timestamptz),
                   lent_branch = coalesce(nullif(:lent_branch, ''), lent_branch),
                   due_at = cast(:due_at as timestamptz), renewals = cast(:renewals as integer),
                   renewed_at = cast(nullif(:renewed_at, '') as timestamptz)
             where item = :item and card = :card and returned_at is null
            """;

    private final TableSql sql;

    LoanTable(TableSql sql) {
        this.sql = sql;
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<String> keys() {
        return List.of("item");
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
                SELECT + " where l.returned_at is null and l.item in (:items)",
                Map.of("items", TableSql.texts(rows, "item")));
    }

    @Override
    public Map<String, Finding> refusals(List<Row> rows) {
        Map<String, Finding> refusals = new HashMap<>();
        Map<String, Map<String, String>> existing = existing(rows);
        for (Row row : rows) {
            String card = row.texts().getOrDefault("card", "");
            Optional.ofNullable(existing.get(key(row.texts())))
                    .map(loan -> loan.getOrDefault("card", ""))
                    .filter(other -> !other.equals(card))
                    .ifPresent(other ->
                            refusals.put(key(row.texts()), new Finding(row.record(), "card", Why.LENT, card, other)));
        }
        return refusals;
    }

    @Override
    public void write(long number, List<Judgement> rows) {
        sql.each(UPDATE, Judgements.changed(rows), Map.of());
        sql.each(INSERT, Judgements.added(rows), Map.of());
    }

    @Override
    public void export(Optional<String> municipality, boolean within, Consumer<Map<String, String>> reader) {
        sql.tell(this, SELECT + """
                  join patrons p on p.card = l.card join branches home on home.code = p.home_branch
                  join items i on i.number = l.item join branches owner on owner.code = i.home_branch
                 where l.returned_at is null
                   and coalesce(:municipality in (home.municipality, owner.municipality), true)
                   and :within = coalesce(home.municipality = :municipality and owner.municipality = :municipality, true)
                 order by l.item
                """, municipality, within, reader);
    }
}
