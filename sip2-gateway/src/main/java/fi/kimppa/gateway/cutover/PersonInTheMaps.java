package fi.kimppa.gateway.cutover;

import fi.kimppa.gateway.privacy.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which two numbers a person's card has, where it has two. Erased at once: the old card then works no more. */
@Component
class PersonInTheMaps implements PersonalData {
    private final JdbcClient jdbc;

    PersonInTheMaps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Held> about(String card) {
        return jdbc.sql("""
                        select old_number, new_number from number_maps
                         where numbers = 'CARD' and :card in (old_number, new_number) order by cut_over""")
                .param("card", card)
                .query((row, _) -> {
                    Map<String, String> facts = new LinkedHashMap<>();
                    facts.put("old", row.getString("old_number"));
                    facts.put("new", row.getString("new_number"));
                    return new Held("number", facts);
                })
                .list();
    }

    @Override
    public Erasure erase(String card) {
        return new Erasure(
                jdbc.sql("delete from number_maps where numbers = 'CARD' and :card in (old_number, new_number)")
                        .param("card", card)
                        .update(),
                List.of());
    }
}
