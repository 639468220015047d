package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.privacy.PersonalData;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the journal holds about a person. What is settled and answers no repeat any more is erased at once. Of the rest it is noted that
 * it is to go as soon as it may: for a day a repeat must find what was answered, what is not settled must be settled first, and what may
 * have to be done again after a roll back must be found.
 */
@Component
class PersonInTheJournal implements PersonalData {
    private final JdbcClient jdbc;
    private final Journal journal;

    PersonInTheJournal(JdbcClient jdbc, Journal journal) {
        this.jdbc = jdbc;
        this.journal = journal;
    }

    @Override
    public List<Held> about(String card) {
        return jdbc.sql("""
                        select state, command, item, opened_at, branch_code, terminal from journal
                         where card = :card order by id
                        """)
                .param("card", card)
                .query((row, _) -> {
                    Map<String, String> facts = new LinkedHashMap<>();
                    facts.put(
                            "at",
                            row.getObject("opened_at", OffsetDateTime.class)
                                    .toInstant()
                                    .toString());
                    facts.put("message", row.getString("command"));
                    facts.put("subject", row.getString("item"));
                    facts.put("branch", row.getString("branch_code"));
                    facts.put("terminal", row.getString("terminal"));
                    facts.put("state", row.getString("state"));
                    return new Held("change", facts);
                })
                .list();
    }

    @Override
    public Erasure erase(String card) {
        jdbc.sql("update journal set erasure_asked = true where card = :card")
                .param("card", card)
                .update();
        long before = named(card);
        journal.erase();
        return new Erasure(
                Math.toIntExact(before - named(card)),
                jdbc.sql("""
                        select case when state <> 'SETTLED' then 'unsettled'
                                    when cut_over is not null then 'moving'
                                    else 'tomorrow' end as reason, count(*)::integer as records
                          from journal where card = :card group by 1 order by 1 desc
                        """)
                        .param("card", card)
                        .query((row, _) -> new Kept(row.getString("reason"), row.getInt("records")))
                        .list());
    }

    private long named(String card) {
        return jdbc.sql("select count(*) from journal where card = :card")
                .param("card", card)
                .query(Long.class)
                .single();
    }
}
