package fi.kimppa.gateway.moving;

import fi.kimppa.gateway.privacy.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A person's card in a line that was not taken from a file of numbers. */
@Component
class PersonInAFile implements PersonalData {
    private final JdbcClient jdbc;

    PersonInAFile(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Held> about(String card) {
        return jdbc.sql("""
                        select line, old_number, new_number from number_collisions
                         where :card in (old_number, new_number) order by cut_over, line""")
                .param("card", card)
                .query((row, _) -> {
                    Map<String, String> facts = new LinkedHashMap<>();
                    facts.put("line", row.getString("line"));
                    facts.put("old", row.getString("old_number"));
                    facts.put("new", row.getString("new_number"));
                    return new Held("number", facts);
                })
                .list();
    }

    @Override
    public Erasure erase(String card) {
        return new Erasure(
                jdbc.sql("delete from number_collisions where :card in (old_number, new_number)")
                        .param("card", card)
                        .update(),
                List.of());
    }
}
