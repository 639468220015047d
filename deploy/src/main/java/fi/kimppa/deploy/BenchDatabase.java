package fi.kimppa.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own PostgreSQL, past the gateway: machines for the bench, the statements that one 63 runs as the
 * server's log has them, and pgbench with those statements.
 */
final class BenchDatabase {
    /** An executed statement of the extended protocol with its parameters, in the server's log. */
    private static final Pattern EXECUTED = Pattern.compile(
            "\\[\\d+] LOG:  execute [^:]+: (.*(?:\\n\\t.*)*)(?:\\n.*\\[\\d+] DETAIL:  [Pp]arameters: (.*(?:\\n\\t.*)*))?");

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']++|'')*+')");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");
    private static final Pattern SHARE = Pattern.compile("Pss:\\s+(\\d+) kB");
    private static final int MORE_THAN_PGBENCH = 200;
    /** One row, committed: a statement of its own is a transaction of its own. */
    private static final String COMMIT = "insert into bench_rows (said) values ('a row');\n";

    /** The clock of pgbench runs while its connections log in, though its rate is counted from there on. */
    private static final Duration LOG_INS = Duration.ofSeconds(5);

    private final BenchServer server;
    private final Path scratch;

    /**
     * The database of a gateway.
     *
     * @param data the gateway's data directory
     * @param scratch a directory for pgbench's script
     */
    BenchDatabase(Path data, Path scratch) {
        this.server = new BenchServer(data);
        this.scratch = scratch;
    }

    /**
     * One statement of a 63.
     *
     * @param sql with {@code $1}, {@code $2} ...
     * @param parameters the values that it had last, by number
     */
    record Executed(String sql, Map<Integer, String> parameters) {}

    /**
     * What one 63 runs, in order.
     *
     * @param cards the cards that were asked for; pgbench draws from them
     */
    record Recording(List<Executed> statements, List<String> cards) {
        /** The transaction script: parameters are variables, which pgbench binds; the card is drawn anew each time. */
        String script() {
            StringBuilder script =
                    new StringBuilder("\\set card random(%s, %s)\n".formatted(cards.getFirst(), cards.getLast()));
            for (int i = 0; i < statements.size(); i++) {
                Executed statement = statements.get(i);
                int number = i;
                script.append(Pattern.compile("\\$(\\d+)")
                                .matcher(statement.sql())
                                .replaceAll(match -> {
                                    String value = statement.parameters().get(Integer.valueOf(match.group(1)));
                                    return value == null ? "null" : ":" + variable(number, match.group(1), value);
                                }))
                        .append(";\n");
            }
            return script.toString();
        }

        /** The values of the variables, as options of pgbench. */
        List<String> definitions() {
            List<String> definitions = new ArrayList<>();
            for (int i = 0; i < statements.size(); i++) {
                for (Map.Entry<Integer, String> parameter :
                        statements.get(i).parameters().entrySet()) {
                    String name = variable(i, parameter.getKey().toString(), parameter.getValue());
                    if (!name.equals("card")) {
                        definitions.addAll(List.of("-D", name + "=" + parameter.getValue()));
                    }
                }
            }
            return definitions;
        }

        private String variable(int statement, String parameter, String value) {
            return cards.contains(value) ? "card" : "p" + statement + "_" + parameter;
        }
    }

    /** Writes machines for the bench, and lets pgbench's connections in from the next start of the server on. */
    void prepare(int terminals) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            terminals(statement, terminals);
            statement.execute("alter system set max_connections = " + MORE_THAN_PGBENCH);
        } catch (SQLException e) {
            throw new StartException("The gateway's database does not take the machines of the bench.", e);
        }
    }

    /** Writes machines {@code bench-1} and on, with their names as passwords. */
    static void terminals(Statement statement, int count) throws SQLException {
        // The form of TerminalPassword in the gateway's package consortium: salt:SHA-256(salt, password), in hex.
        statement.execute("""
                insert into terminals (login, kind, branch_code, institution_id, password)
                select 'bench-' || n, 'KIOSK', 'TURKU', 'TURKU',
                       encode(salt, 'hex') || ':' || encode(sha256(salt || convert_to('bench-' || n, 'UTF8')), 'hex')
                  from (select n, decode(md5(n::text), 'hex') as salt from generate_series(1, %d) n) made
                """.formatted(count));
    }

    /** Writes things and cards of the bench, a card for each thing, and a table for single rows. */
    void furnish(int things) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table bench_rows (id bigint primary key generated always as identity, said text)");
            statement.execute("insert into titles (id, title, author) values (900001, 'Bench', '')");
            statement.execute("""
                    insert into items (number, title_id, type, home_branch, current_branch)
                    select 'bench-' || n, 900001, 'BOOK', 'TURKU', 'TURKU' from generate_series(1, %d) n
                    """.formatted(things));
            statement.execute("""
                    insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on)
                    select 'bench-' || n, 'Bench', 'Patron', date '1980-01-01', 'ADULT', 'TURKU', '-', date '2099-12-31'
                      from generate_series(1, %d) n
                    """.formatted(things));
            // What the upstream library has: its numbers, and the municipality that it serves.
            statement.execute("insert into number_rules (numbers, pattern, municipality) values"
                    + " ('ITEM', 'bench-*', 'TURKU'), ('CARD', 'bench-*', 'TURKU'),"
                    + " ('ITEM', 'far-*', 'NAANTALI'), ('CARD', 'far-*', 'NAANTALI')");
            statement.execute("update municipalities set library_system = 'far' where code = 'NAANTALI'");
        } catch (SQLException e) {
            throw new StartException("The gateway's database does not take the things of the bench.", e);
        }
    }

    /** Writes down so many returns that were promised for the library elsewhere and wait for it. */
    void promise(int returns) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into journal (gateway, backend, command, state, ok, terminal, terminal_kind, branch_code,
                                         institution_id, item, transaction_date, no_block, cancel, fee_acknowledged,
                                         detail, request, opened_at, salt)
                    select 0, 'far', '09', 'WAITING', true, 'bench-' || n %% %d + 1, 'KIOSK', 'TURKU', 'TURKU', 'far-r' || n,
                           '20261127    120000', false, false, false, '',
                           '09N20261127    12000020261127    120000APTURKU|AOTURKU|ABfar-r' || n || '|AC|',
                           '2026-11-27 12:00+02', decode(md5(n::text), 'hex')
                      from generate_series(1, %d) n
                    """.formatted(MORE_THAN_PGBENCH / 2, returns));
        } catch (SQLException e) {
            throw new StartException("The gateway's journal does not take the returns of the bench.", e);
        }
    }

    /** Ends the loans of the bench, so that all its things can be lent. */
    void takeBack() {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("update loans set returned_at = now(), returned_branch = 'TURKU'"
                    + " where returned_at is null and item like 'bench-%'");
        } catch (SQLException e) {
            throw new StartException("The gateway's database does not take the things of the bench back.", e);
        }
    }

    /** How many returns wait. */
    long waiting() {
        return count("select count(*) from journal where state = 'WAITING'");
    }

    /** How many loans of the bench's things there have been. */
    long loans() {
        return count("select count(*) from loans where item like 'bench-%'");
    }

    private long count(String sql) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new StartException("The gateway's database does not answer: " + sql, e);
        }
    }

    /**
     * Records what one 63 runs: with all statements logged, those that ran as often as there were answers are its
     * own, and others, such as the gateway's own rounds each second, are not.
     *
     * @param asking asks on one connection and says how often it was answered
     * @param cards the cards that it may ask for, in order without gaps
     */
    Recording record(IntSupplier asking, List<String> cards) {
        Path log = server.log();
        long begin = log.toFile().length();
        server.set("alter system set log_statement = 'all'");
        int answers = asking.getAsInt();
        server.set("alter system reset log_statement");
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Map<Integer, String>> parameters = new LinkedHashMap<>();
        Matcher executed = EXECUTED.matcher(since(log, begin));
        while (executed.find()) {
            String sql = executed.group(1).replace("\n\t", "\n").strip();
            counts.merge(sql, 1, Integer::sum);
            parameters.put(sql, parameters(executed.group(2)));
        }
        List<Executed> statements = new ArrayList<>();
        counts.forEach((sql, count) -> {
            for (int i = 0; i < Math.round((double) count / answers); i++) {
                statements.add(new Executed(sql, parameters.getOrDefault(sql, Map.of())));
            }
        });
        if (statements.isEmpty()) {
            throw new StartException("The server's log " + log + " shows no statement of a 63.");
        }
        Recording recording = new Recording(statements, cards);
        try {
            Files.writeString(scratch.resolve("63.sql"), recording.script());
        } catch (IOException e) {
            throw new StartException("Cannot write into " + scratch, e);
        }
        return recording;
    }

    private static String since(Path log, long begin) {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = Math.toIntExact(begin);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartException("Cannot read " + log, e);
        }
    }

    private static Map<Integer, String> parameters(@Nullable String text) {
        Map<Integer, String> parameters = new TreeMap<>();
        if (text != null) {
            Matcher parameter = PARAMETER.matcher(text);
            while (parameter.find()) {
                String value = parameter.group(2);
                if (!value.equals("NULL")) {
                    parameters.put(
                            Integer.valueOf(parameter.group(1)),
                            value.substring(1, value.length() - 1).replace("''", "'"));
                }
            }
        }
        return parameters;
    }

    /** Runs the recorded statements as fast as they go. @return how often all of them, a second */
    double pgbench(Recording recording, int clients, Duration duration) {
        return pgbench(scratch.resolve("63.sql"), recording.definitions(), clients, duration);
    }

    /** Commits single rows as fast as that goes. @return how many a second */
    double commits(int clients, Duration duration) {
        return pgbench(script("commit.sql", COMMIT), List.of(), clients, duration);
    }

    /**
     * Commits two single rows, one after the other, at this rate, over and over.
     *
     * @return what 99 % of the pairs did not take longer than, in milliseconds
     */
    double twoCommitsP99Millis(int clients, int pairsASecond, Duration duration) {
        Path log = scratch.resolve("pairs");
        Folders.empty(log);
        // Each row of the log is a transaction script: its third number is its time, in microseconds.
        pgbench(
                script("pair.sql", COMMIT + COMMIT),
                List.of("-l", "--log-prefix=" + log.resolve("pair"), "-R", Integer.toString(pairsASecond)),
                clients,
                duration);
        try (Stream<Path> files = Files.list(log)) {
            List<Double> millis = files.flatMap(file -> read(file).lines())
                    .map(BenchDatabase::millis)
                    .sorted()
                    .toList();
            return millis.get((int) Math.ceil(0.99 * millis.size()) - 1);
        } catch (IOException e) {
            throw new StartException("pgbench left no log in " + log, e);
        }
    }

    /** A line of pgbench's log: the third number is the time since it was to begin, the seventh how late it began. */
    private static double millis(String line) {
        String[] numbers = line.split(" ", -1);
        return (Double.parseDouble(numbers[2]) - Double.parseDouble(numbers[6])) / 1000;
    }

    private Path script(String name, String sql) {
        try {
            return Files.writeString(scratch.resolve(name), sql);
        } catch (IOException e) {
            throw new StartException("Cannot write into " + scratch, e);
        }
    }

    private double pgbench(Path script, List<String> options, int clients, Duration duration) {
        List<String> command =
                new ArrayList<>(List.of("pgbench", "-M", "prepared", "-n", "-c", Integer.toString(clients)));
        command.addAll(
                List.of("-j", "2", "-T", Long.toString(duration.plus(LOG_INS).toSeconds())));
        command.addAll(options);
        command.addAll(List.of("-f", script.toString()));
        command.addAll(List.of("-h", "127.0.0.1", "-p", server.port(), "-U", "kimppa", "kimppa"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", server.password());
        try {
            Process process = builder.start();
            String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(report);
            if (process.waitFor() != 0 || !rate.find()) {
                throw new StartException("pgbench did not run:\n" + report);
            }
            return Double.parseDouble(rate.group(1));
        } catch (IOException e) {
            throw new StartException("pgbench did not run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while pgbench ran.", e);
        }
    }

    /** What the server's processes have in memory, what they share counted once, in MB of a million bytes. */
    double megabytes() {
        ProcessHandle first = server.process();
        return LongStream.concat(LongStream.of(first.pid()), first.children().mapToLong(ProcessHandle::pid))
                        .map(BenchDatabase::kilobytes)
                        .sum()
                * 1024
                / 1e6;
    }

    private static long kilobytes(long pid) {
        try {
            Matcher share = SHARE.matcher(Files.readString(Path.of("/proc/" + pid + "/smaps_rollup")));
            return share.find() ? Long.parseLong(share.group(1)) : 0;
        } catch (IOException e) {
            // A process that has just ended has nothing in memory.
            return 0;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartException("Cannot read " + file, e);
        }
    }
}
