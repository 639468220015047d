package fi.kimppa.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long statements took inside the server, from its own log: a gateway runs them, so each has the values that it has in life,
 * in the transactions in which it stands. The time is that of parsing, planning and running together, without the way there.
 */
final class BenchStatements {
    /** Settings under which the server says it, and how they go again. */
    static final List<String> ON = List.of(
            "alter system set log_line_prefix = '[%p %d] '",
            "alter system set log_parameter_max_length = 0", "alter system set log_min_duration_statement = 0");

    static final List<String> OFF = List.of(
            "alter system reset log_min_duration_statement",
            "alter system reset log_parameter_max_length",
            "alter system reset log_line_prefix");

    /** Process, database, milliseconds, phase, statement; the statement goes on in lines that begin with a tab. */
    private static final Pattern TIMED =
            Pattern.compile("(?s)\\[(\\d+) ([^]]*)] LOG:  duration: ([0-9.]+) ms  (parse|bind|execute) [^:]+: (.*)");

    private final String database;
    private final Map<String, List<Double>> millis = new TreeMap<>();

    /** Nothing yet, of this database. */
    BenchStatements(String database) {
        this.database = database;
    }

    /** By statement, the times in milliseconds, in the order in which they ran. */
    Map<String, List<Double>> millis() {
        return millis;
    }

    /** Adds what the log says from this byte on. */
    void add(Path log, long from) {
        Map<String, Double> begun = new HashMap<>();
        StringBuilder said = new StringBuilder();
        try (SeekableByteChannel file = Files.newByteChannel(log)) {
            file.position(from);
            BufferedReader lines = new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("\t")) {
                    said.append('\n').append(line, 1, line.length());
                } else {
                    take(said.toString(), begun);
                    said.setLength(0);
                    said.append(line);
                }
            }
            take(said.toString(), begun);
        } catch (IOException e) {
            throw new StartException("Cannot read " + log, e);
        }
    }

    private void take(String said, Map<String, Double> begun) {
        Matcher timed = TIMED.matcher(said);
        if (!timed.matches() || !timed.group(2).equals(database)) {
            return;
        }
        String process = timed.group(1);
        double time = Double.parseDouble(timed.group(3));
        if (timed.group(4).equals("execute")) {
            Double before = begun.remove(process);
            millis.computeIfAbsent(timed.group(5).strip(), _ -> new ArrayList<>())
                    .add(time + (before == null ? 0 : before));
        } else {
            begun.merge(process, time, Double::sum);
        }
    }
}
