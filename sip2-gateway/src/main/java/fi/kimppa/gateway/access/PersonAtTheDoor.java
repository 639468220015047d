package fi.kimppa.gateway.access;

import fi.kimppa.gateway.limits.CardHash;
import fi.kimppa.gateway.privacy.PersonalData;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When a person came in by a door; erased, the entry stays and names nobody. */
@Component
class PersonAtTheDoor implements PersonalData {
    private final JdbcClient jdbc;
    private final CardHash cards;

    PersonAtTheDoor(JdbcClient jdbc, CardHash cards) {
        this.jdbc = jdbc;
        this.cards = cards;
    }

    @Override
    public List<Held> about(String card) {
        return jdbc.sql("select at, branch_code, terminal from entry_log where card_hash = :card order by id")
                .param("card", cards.of(card))
                .query((row, _) -> {
                    Map<String, String> facts = new LinkedHashMap<>();
                    facts.put(
                            "at",
                            row.getObject("at", OffsetDateTime.class)
                                    .toInstant()
                                    .toString());
                    facts.put("branch", row.getString("branch_code"));
                    facts.put("terminal", row.getString("terminal"));
                    return new Held("entry", facts);
                })
                .list();
    }

    @Override
    public Erasure erase(String card) {
        int erased = jdbc.sql("update entry_log set card_hash = null where card_hash = :card")
                .param("card", cards.of(card))
                .update();
        return new Erasure(erased, List.of());
    }
}
