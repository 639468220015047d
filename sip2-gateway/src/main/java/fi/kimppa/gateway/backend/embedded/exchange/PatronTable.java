package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Patrons: cards, whose they are, how they are reached, and what is open against them. */
@Component
class PatronTable implements Table {
    /** A PIN as it is typed; hashed when the file is read, and written nowhere. */
    static final String PIN = "pin";

    static final String PIN_HASH = "pin_hash";

    private static final List<Column> COLUMNS = List.of(
            Column.needed("card", Forms::number),
            Column.needed("family_name", Forms.text(200)),
            Column.needed("given_name", Forms.text(200)),
            Column.needed("birth_date", Forms::day),
            Column.needed("category", Forms::code).names(Known.CATEGORY),
            Column.needed("home_branch", Forms::code).names(Known.BRANCH),
            Column.optional(PIN, Forms.text(32), "").readOnly().silentIfBlank(),
            Column.optional(PIN_HASH, Forms::hashOrNone, "").silentIfBlank(),
            Column.needed("expires_on", Forms::day),
            Column.optional("reported_lost", Forms::truth, "false"),
            Column.optional("self_service", Forms::truth, "false"),
            Column.optional("pickup_name", Forms.text(60), ""),
            Column.optional("block", Forms.text(500), ""),
            Column.optional("email", Forms.text(254), ""),
            Column.optional("phone", Forms.text(40), ""),
            Column.optional("language", Forms.oneOf("fi", "sv", "en", "se"), "fi"));

    private static final String SELECT = """
            select p.card, p.family_name, p.given_name, p.birth_date::text, p.category, p.home_branch, p.pin as pin_hash,
                   p.expires_on::text, p.reported_lost::text, p.self_service::text, p.pickup_name, p.email, p.phone,
                   p.language,
                   (select string_agg(coalesce(nullif(b.message, ''), 'blocked'), ' | ' order by b.id)
                      from card_blocks b where b.card = p.card and b.enabled_at is null) as block
              from patrons p
            """;

    private static final String UPSERT = """
            insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on,
                                 reported_lost, self_service, pickup_name, email, phone, language)
            values (:card, :family_name, :given_name, cast(:birth_date as date), :category, :home_branch, :pin_hash,
                    cast(:expires_on as date), cast(:reported_lost as boolean), cast(:self_service as boolean),
                    nullif(:pickup_name, ''), :email, :phone, :language)
            on conflict (card) do update
               set family_name = excluded.family_name, given_name = excluded.given_name,
                   birth_date = excluded.birth_date, category = excluded.category, home_branch = excluded.home_branch,
                   pin = excluded.pin, expires_on = excluded.expires_on, reported_lost = excluded.reported_lost,
                   self_service = excluded.self_service, pickup_name = excluded.pickup_name, email = excluded.email,
                   phone = excluded.phone, language = excluded.language
            """;

    private final TableSql sql;
    private final ExchangeSettings settings;
    private final Clock clock;

    PatronTable(TableSql sql, ExchangeSettings settings, Clock clock) {
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<String> keys() {
        return List.of("card");
    }

    @Override
    public void lock(List<Row> rows) {
        sql.lockPatrons(TableSql.texts(rows, "card"));
    }

    @Override
    public Map<String, Map<String, String>> existing(List<Row> rows) {
        return sql.byKey(this, SELECT + " where p.card in (:cards)", Map.of("cards", TableSql.texts(rows, "card")));
    }

    /** A pick-up name is one person's only. */
    @Override
    public Map<String, Finding> refusals(List<Row> rows) {
        Map<String, Finding> refusals = new HashMap<>();
        Map<String, String> owners = owners(TableSql.texts(rows, "pickup_name"));
        for (Row row : rows) {
            String card = row.texts().getOrDefault("card", "");
            String name = row.texts().getOrDefault("pickup_name", "");
            if (!settings.cardCheck().holds(card)) {
                refusals.put(card, Finding.of(row.record(), "card", Why.CHECK_DIGIT, card));
            } else if (!name.isEmpty()
                    && !owners.computeIfAbsent(name, _ -> card).equals(card)) {
                refusals.put(card, Finding.of(row.record(), "pickup_name", Why.NOT_UNIQUE, name));
            }
        }
        return refusals;
    }

    private Map<String, String> owners(List<String> names) {
        Map<String, String> owners = new HashMap<>();
        if (!names.isEmpty()) {
            sql.jdbc()
                    .sql("select pickup_name, card from patrons where pickup_name in (:names)")
                    .param("names", names)
                    .query((row, _) -> owners.put(row.getString("pickup_name"), row.getString("card")))
                    .list();
        }
        return owners;
    }

    @Override
    public void write(long number, List<Judgement> rows) {
        Map<String, Object> now = Map.of("now", clock.instant().atOffset(ZoneOffset.UTC));
        sql.each(UPSERT, rows, Map.of());
        List<Judgement> blocks = rows.stream().filter(PatronTable::changesBlock).toList();
        sql.each("update card_blocks set enabled_at = :now where card = :card and enabled_at is null", blocks, now);
        sql.each(
                """
                        insert into card_blocks (card, terminal, branch_code, message, retained, blocked_at)
                        values (:card, 'import', :home_branch, :block, false, :now)
                        """,
                blocks.stream()
                        .filter(row -> !row.texts().getOrDefault("block", "").isEmpty())
                        .toList(),
                now);
    }

    private static boolean changesBlock(Judgement row) {
        return row.verdict() == Judge.Verdict.ADDED
                ? !row.texts().getOrDefault("block", "").isEmpty()
                : row.findings().stream().anyMatch(finding -> finding.field().equals("block"));
    }

    @Override
    public void export(Optional<String> municipality, boolean within, Consumer<Map<String, String>> reader) {
        sql.tell(this, SELECT + """
                  join branches home on home.code = p.home_branch
                 where :within and coalesce(home.municipality = :municipality, true)
                 order by p.card
                """, municipality, within, reader);
    }

    /** Cards whose PIN is known, with its hash. */
    Map<String, String> hashes(Set<String> cards) {
        Map<String, String> hashes = new HashMap<>();
        if (!cards.isEmpty()) {
            sql.jdbc()
                    .sql("select card, pin from patrons where card in (:cards)")
                    .param("cards", cards)
                    .query((row, _) -> hashes.put(row.getString("card"), row.getString("pin")))
                    .list();
        }
        return hashes;
    }
}
