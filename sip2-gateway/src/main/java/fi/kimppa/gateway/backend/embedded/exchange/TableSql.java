package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What all tables do in the same way. */
@Component
class TableSql {
    /** A moment as text, in UTC; what reads it makes it canonical. */
    static final String MOMENT = "coalesce(to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), '')";

    /** Rows that the database gives at once, of a long answer. */
    private static final int FETCHED = 500;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;

    TableSql(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    static String moment(String column) {
        return MOMENT.formatted(column);
    }

    /** The texts of one column of these rows. */
    static List<String> texts(Collection<Row> rows, String column) {
        return rows.stream()
                .map(row -> row.texts().getOrDefault(column, ""))
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** Locks patrons in the order of their cards. */
    void lockPatrons(Collection<String> cards) {
        lock("select 1 from patrons where card in (:keys) order by card for update", cards);
    }

    /** Locks things in the order of their numbers. */
    void lockItems(Collection<String> numbers) {
        lock("select 1 from items where number in (:keys) order by number for update", numbers);
    }

    private void lock(String sql, Collection<String> keys) {
        if (!keys.isEmpty()) {
            jdbc.sql(sql).param("keys", keys).query(Integer.class).list();
        }
    }

    /** Rows by key, in canonical texts. */
    Map<String, Map<String, String>> byKey(Table table, String sql, Map<String, ?> parameters) {
        return jdbc.sql(sql).params(parameters).query((row, _) -> texts(table, row)).list().stream()
                .collect(Collectors.toMap(table::key, texts -> texts, (first, _) -> first));
    }

    private static Map<String, String> texts(Table table, ResultSet row) throws SQLException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            if (column.exported()) {
                String text = Optional.ofNullable(row.getString(column.name())).orElse("");
                texts.put(
                        column.name(),
                        text.isEmpty() ? "" : column.form().read(text).orElse(text));
            }
        }
        return texts;
    }

    /** Does a statement once for each row; its parameters are the row's texts. */
    void each(String sql, List<Judgement> rows, Map<String, ?> further) {
        if (rows.isEmpty()) {
            return;
        }
        MapSqlParameterSource[] values = rows.stream()
                .map(row -> new MapSqlParameterSource(row.texts()).addValues(further))
                .toArray(MapSqlParameterSource[]::new);
        Nameless.run(() -> batches.batchUpdate(sql, values));
    }

    /** Tells the rows of a long answer, some at a time; within a transaction. */
    void tell(
            Table table,
            String sql,
            Optional<String> municipality,
            boolean within,
            Consumer<Map<String, String>> reader) {
        jdbc.sql(sql)
                .withFetchSize(FETCHED)
                .param("municipality", municipality.orElse(null), Types.VARCHAR)
                .param("within", within)
                .query((RowCallbackHandler) row -> reader.accept(texts(table, row)));
    }

    JdbcClient jdbc() {
        return jdbc;
    }
}
