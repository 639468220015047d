package fi.kimppa.deploy;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What gateways do by themselves in the first minutes after their start and for how long they are at it, such as looking through the
 * journal's chains. It grows with the stores and must not run beside what is measured, so it is waited for.
 */
final class BenchAfterStart {
    private static final Duration LOOK = Duration.ofMillis(250);
    /** By then every job that looks at much has begun for the first time (DailyProof, after two minutes, is the last). */
    private static final Duration BEGUN = Duration.ofSeconds(135);

    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int SHOWN = 80;

    private static final String LONG_ONES = """
            select query from pg_stat_activity
             where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
               and clock_timestamp() - xact_start > interval '1 second'
            """;

    private BenchAfterStart() {}

    /**
     * Watches until nothing of it is under way.
     *
     * @return by statement and then by database, for how many seconds transactions longer than a second were at it
     */
    static Map<String, Map<String, Double>> watch(BenchServer server, List<BenchStore> stores, PrintStream out) {
        Map<String, Map<String, Double>> seconds = new TreeMap<>();
        long begun = System.nanoTime();
        long busy = begun;
        while (since(begun).compareTo(BEGUN) < 0 || since(busy).compareTo(QUIET) < 0) {
            if (since(begun).compareTo(PATIENCE) > 0) {
                out.printf(
                        Locale.ROOT,
                        "After %d minutes the gateways are still at it; what is measured has that beside it.%n",
                        PATIENCE.toMinutes());
                return seconds;
            }
            for (BenchStore store : stores) {
                for (String query : longOnes(server, store.database())) {
                    busy = System.nanoTime();
                    seconds.computeIfAbsent(shown(query), _ -> new TreeMap<>())
                            .merge(store.database(), LOOK.toMillis() / 1000.0, Double::sum);
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return seconds;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static List<String> longOnes(BenchServer server, String database) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LONG_ONES)) {
            List<String> queries = new ArrayList<>();
            while (rows.next()) {
                queries.add(rows.getString(1));
            }
            return queries;
        } catch (SQLException e) {
            throw new StartException("The database " + database + " does not say what it does.", e);
        }
    }

    /** The beginning of a statement, in one line. */
    static String shown(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + " ...";
    }
}
