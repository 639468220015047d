package fi.kimppa.gateway.cutover;

import fi.kimppa.gateway.privacy.PersonalData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which two numbers a person's card has, or was said to have, in a table of the numbers of cut-overs. Erased at once: a card that a map
 * knows by its old number then works no more. Threads: any.
 */
public final class PersonInNumbers implements PersonalData {
    private final JdbcClient jdbc;
    private final String told;
    private final String rows;

    /**
     * What a table holds.
     *
     * @param table with columns cut_over, numbers, old_number and new_number
     * @param before columns that are told before the numbers, each with a comma behind it
     */
    public PersonInNumbers(JdbcClient jdbc, String table, String before) {
        this.jdbc = jdbc;
        this.told = "select " + before + " old_number as old, new_number as new";
        // A thing may have the number of somebody's card; a line that does not say what it is about may be about a
        // card.
        this.rows = " from " + table + " where numbers <> 'ITEM' and :card in (old_number, new_number)";
    }

    @Override
    public List<Held> about(String card) {
        return jdbc.sql(told + rows + " order by cut_over, old_number, new_number")
                .param("card", card)
                .query((row, _) -> new Held("number", facts(row)))
                .list();
    }

    private static Map<String, String> facts(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, String> facts = new LinkedHashMap<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            facts.put(columns.getColumnLabel(column), row.getString(column));
        }
        return facts;
    }

    @Override
    public Erasure erase(String card) {
        return new Erasure(jdbc.sql("delete" + rows).param("card", card).update(), List.of());
    }
}
