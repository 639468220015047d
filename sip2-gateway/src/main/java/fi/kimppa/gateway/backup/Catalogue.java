package fi.kimppa.gateway.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a database consists of, as PostgreSQL's own tables have it: {@code pg_class}, {@code pg_attribute}, {@code pg_constraint}. */
final class Catalogue {
    /** Flyway's own account of the schema, which whoever restores keeps for itself. */
    private static final String HISTORY = "flyway_schema_history";

    private Catalogue() {}

    /** Every table with its columns, generated ones left out, each table after those that it refers to. */
    static Map<String, List<String>> tables(Connection connection) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select c.relname, a.attname
                          from pg_class c join pg_attribute a on a.attrelid = c.oid
                         where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
                           and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                         order by c.relname, a.attnum
                        """)) {
            while (row.next()) {
                columns.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        columns.remove(HISTORY);
        columns.remove(Restore.MARK);
        Map<String, Set<String>> needs = references(connection);
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        for (String table : columns.keySet()) {
            put(table, columns, needs, ordered, new LinkedHashSet<>());
        }
        return ordered;
    }

    private static void put(
            String table,
            Map<String, List<String>> columns,
            Map<String, Set<String>> needs,
            Map<String, List<String>> ordered,
            Set<String> under) {
        if (ordered.containsKey(table)) {
            return;
        }
        if (!under.add(table)) {
            throw new IllegalStateException("tables refer to each other in a circle: " + under);
        }
        needs.getOrDefault(table, Set.of()).stream()
                .filter(columns::containsKey)
                .forEach(other -> put(other, columns, needs, ordered, under));
        under.remove(table);
        ordered.put(table, columns.getOrDefault(table, List.of()));
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        Map<String, Set<String>> needs = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select distinct c.relname, o.relname
                          from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class o on o.oid = k.confrelid
                         where k.contype = 'f' and c.oid <> o.oid and c.relnamespace = current_schema()::regnamespace
                         order by 1, 2
                        """)) {
            while (row.next()) {
                needs.computeIfAbsent(row.getString(1), _ -> new LinkedHashSet<>())
                        .add(row.getString(2));
            }
        }
        return needs;
    }

    /** The number that each sequence gave last; those that have given none are left out. */
    static Map<String, Long> sequences(Connection connection) throws SQLException {
        Map<String, Long> last = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select sequencename, last_value from pg_sequences
                         where schemaname = current_schema() and last_value is not null
                        """)) {
            while (row.next()) {
                last.put(row.getString(1), row.getLong(2));
            }
        }
        return last;
    }

    /** Number of the last migration; 0 for a database that has none. */
    static int schema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("select to_regclass('" + HISTORY + "') is not null")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return 0;
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "select coalesce(max(version::integer), 0) from " + HISTORY + " where success")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** A name for SQL. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
