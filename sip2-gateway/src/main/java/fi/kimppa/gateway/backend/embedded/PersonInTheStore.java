package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.privacy.PersonalData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What our own store holds about a person. A person who has something, owes something or waits for something stays; the PIN is given to
 * nobody, not even its digest.
 */
@Component
class PersonInTheStore implements PersonalData {
    /** By kind: what is held, in the order in which it is given out. */
    private static final Map<String, String> HELD = held();

    private final JdbcClient jdbc;
    private final CreditorDays creditors;

    PersonInTheStore(JdbcClient jdbc, CreditorDays creditors) {
        this.jdbc = jdbc;
        this.creditors = creditors;
    }

    private static Map<String, String> held() {
        Map<String, String> held = new LinkedHashMap<>();
        held.put("patron", """
                select card, family_name, given_name, birth_date, category, home_branch, expires_on, reported_lost,
                       self_service, pickup_name, email, phone, language, replaced_by
                  from patrons where card = :card
                """);
        held.put("loan", """
                select l.item, t.title, l.lent_at, l.lent_branch, l.due_at, l.renewals, l.returned_at, l.returned_branch
                  from loans l join items i on i.number = l.item join titles t on t.id = i.title_id
                 where l.card = :card order by l.id
                """);
        held.put("hold", """
                select t.title, h.pickup_branch, h.placed_at, h.state, h.ready_at, h.fulfilled_at
                  from holds h join titles t on t.id = h.title_id where h.card = :card order by h.id
                """);
        held.put("fee", """
                select fee_type, amount, paid, item, created_at, paid_at from fees where card = :card order by id
                """);
        held.put("payment", """
                select amount, payment_type, terminal, paid_at from payments where card = :card order by id
                """);
        held.put("block", """
                select message, terminal, branch_code, blocked_at, enabled_at from card_blocks where card = :card order by id
                """);
        held.put("desk", """
                select c.at, c.kind, c.what, c.reason
                  from desk_changes c join patrons p on p.id = c.patron where p.card = :card order by c.id
                """);
        return held;
    }

    @Override
    public List<Held> about(String card) {
        List<Held> all = new ArrayList<>();
        HELD.forEach((kind, sql) -> all.addAll(jdbc.sql(sql)
                .param("card", card)
                .query((row, _) -> new Held(kind, facts(row)))
                .list()));
        return all;
    }

    private static Map<String, String> facts(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, String> facts = new LinkedHashMap<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String name = columns.getColumnLabel(column);
            Optional.ofNullable(row.getString(column)).ifPresent(value -> facts.put(name, value));
        }
        return facts;
    }

    @Override
    public Erasure erase(String card) {
        // Nothing new may begin between the look and the end.
        if (jdbc.sql("select card from patrons where card = :card for update")
                .param("card", card)
                .query(String.class)
                .optional()
                .isEmpty()) {
            return new Erasure(0, List.of());
        }
        List<Kept> kept = new ArrayList<>();
        open("loan", "select count(*) from loans where card = :card and returned_at is null", card, kept);
        open("hold", "select count(*) from holds where card = :card and state <> 'FULFILLED'", card, kept);
        open("fee", "select count(*) from fees where card = :card and paid_at is null", card, kept);
        if (!kept.isEmpty()) {
            return new Erasure(0, kept);
        }
        // What staff did stays and names nobody, but for what they may have written about somebody.
        jdbc.sql("""
                        update desk_changes set reason = ''
                         where reason <> '' and patron = (select id from patrons where card = :card)
                        """).param("card", card).update();
        int payments = creditors.letGoOf(card);
        int erased = List.of("loans", "holds", "fees", "card_blocks", "patrons").stream()
                .mapToInt(table -> jdbc.sql("delete from " + table + " where card = :card")
                        .param("card", card)
                        .update())
                .sum();
        return new Erasure(payments + erased, List.of());
    }

    private void open(String kind, String sql, String card, List<Kept> kept) {
        int records = jdbc.sql(sql).param("card", card).query(Integer.class).single();
        if (records > 0) {
            kept.add(new Kept(kind, records));
        }
    }
}
