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

    /** A look that finds something counts as one, and all looks together half as much a second later. */
    private static final double FADING = 0.84;

    private static final double QUIET = 1.5;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final double SEEN_ONCE = LOOK.toMillis() / 1000.0;
    private static final int SHOWN = 40;
    private static final int SHOWN_OF_THE_END = 55;

    private static final String UNDER_WAY = """
            select query from pg_stat_activity
             where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
               and xact_start is not null
            """;

    private BenchAfterStart() {}

    /**
     * Watches until nothing of it is under way.
     *
     * @return by statement and then by database, for about how many seconds it ran; what was seen once alone is left out
     */
    static Map<String, Map<String, Double>> watch(BenchServer server, List<BenchStore> stores, PrintStream out) {
        Map<String, Map<String, Double>> seconds = new TreeMap<>();
        long begun = System.nanoTime();
        double busy = 0;
        while (since(begun).compareTo(BEGUN) < 0 || busy > QUIET) {
            if (since(begun).compareTo(PATIENCE) > 0) {
                out.printf(
                        Locale.ROOT,
                        "After %d minutes the gateways are still at it; what is measured has that beside it.%n",
                        PATIENCE.toMinutes());
                break;
            }
            busy *= FADING;
            for (BenchStore store : stores) {
                for (String query : underWay(server, store.database())) {
                    busy++;
                    seconds.computeIfAbsent(shown(query), _ -> new TreeMap<>())
                            .merge(store.database(), SEEN_ONCE, Double::sum);
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        seconds.values().removeIf(each -> each.values().stream().allMatch(time -> time <= SEEN_ONCE));
        return seconds;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static List<String> underWay(BenchServer server, String database) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(UNDER_WAY)) {
            List<String> queries = new ArrayList<>();
            while (rows.next()) {
                queries.add(rows.getString(1));
            }
            return queries;
        } catch (SQLException e) {
            throw new StartException("The database " + database + " does not say what it does.", e);
        }
    }

    /** The beginning and the end of a statement, in one line. */
    static String shown(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN + SHOWN_OF_THE_END
                ? line
                : line.substring(0, SHOWN) + " ... " + line.substring(line.length() - SHOWN_OF_THE_END);
    }
}
