package fi.kimppa.sip2.tool;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The load program: puts a closed loop of requests on many connections and reports what came of it, or opens many
 * connections at once, or holds them open. The same program measures an echo server, for comparison.
 */
public final class Load {
    private Load() {}

    /** Runs the program and ends the process with its status. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /**
     * Runs the program.
     *
     * @param arguments as the help says
     * @param out where the report goes
     * @param complaints where a sentence goes when the options are not understood
     * @return the exit status: 0 all was answered as expected, 1 something was not, 2 the options are not understood
     */
    public static int run(String[] arguments, PrintStream out, PrintStream complaints) {
        List<String> words = Arrays.asList(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            out.print(LoadOptions.HELP);
            return 0;
        }
        try {
            LoadOptions options = LoadOptions.parse(words);
            LoadResult result = run(options);
            out.println(options.json() ? json(options, result) : text(options, result));
            return result.failures().isEmpty() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            complaints.println("sip2 load: " + e.getMessage() + "; see sip2 load --help.");
            return 2;
        } catch (IOException e) {
            complaints.println("sip2 load: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static LoadResult run(LoadOptions options) throws IOException, InterruptedException {
        List<LoadLoop> loops = new ArrayList<>();
        for (int i = 1; i <= options.threads(); i++) {
            loops.add(new LoadLoop(options, i, options.threads()));
        }
        LoadResult whole = new LoadResult();
        boolean begun = false;
        try (ExecutorService threads = Executors.newFixedThreadPool(options.threads())) {
            List<Future<LoadResult>> shares = new ArrayList<>();
            loops.forEach(loop -> shares.add(threads.submit(loop::run)));
            for (Future<LoadResult> share : shares) {
                LoadResult one = share.get();
                if (begun) {
                    whole.add(one);
                } else {
                    whole = one;
                    begun = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case IllegalArgumentException cause -> throw cause;
                case null, default -> throw new IllegalStateException("the load could not be put on", e);
            }
        }
        return whole;
    }

    // ---- the report --------------------------------------------------------------------------------------

    private static String text(LoadOptions options, LoadResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%,d of %,d connections were open at the end", result.open(), options.connections()));
        lines.add(String.format(Locale.ROOT, "connected: %s", spread(result.connects())));
        if (options.logIn().isPresent()) {
            lines.add(String.format(Locale.ROOT, "logged in: %s", spread(result.logIns())));
        }
        result.answers()
                .forEach((code, latencies) -> lines.add(String.format(
                        Locale.ROOT,
                        "%s: %,.0f answers a second; %s",
                        code,
                        latencies.count() / result.seconds(),
                        spread(latencies))));
        result.example().ifPresent(example -> lines.add("first answer: " + example));
        result.failures()
                .forEach((why, count) -> lines.add(String.format(Locale.ROOT, "FAILED %,d times: %s", count, why)));
        return String.join("\n", lines);
    }

    private static String spread(Latencies latencies) {
        return latencies.count() == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%,d, median %.3f ms, 90 %% %.3f ms, 99 %% %.3f ms, 99.9 %% %.3f ms, worst %.3f ms",
                        latencies.count(),
                        latencies.millis(0.5),
                        latencies.millis(0.9),
                        latencies.millis(0.99),
                        latencies.millis(0.999),
                        latencies.worstMillis());
    }

    private static String json(LoadOptions options, LoadResult result) {
        String answers = result.answers().entrySet().stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "{\"request\":\"%s\",\"perSecond\":%.1f,%s",
                        each.getKey(),
                        each.getValue().count() / result.seconds(),
                        numbers(each.getValue()).substring(1)))
                .collect(Collectors.joining(",", "[", "]"));
        String failures =
                result.failures().entrySet().stream().map(Load::failure).collect(Collectors.joining(",", "[", "]"));
        return String.format(
                Locale.ROOT,
                "{\"connections\":%d,\"open\":%d,\"seconds\":%.3f,\"connected\":%s,\"loggedIn\":%s,\"answers\":%s,"
                        + "\"failures\":%s,\"example\":%s,\"exampleBytes\":%d}",
                options.connections(),
                result.open(),
                result.seconds(),
                numbers(result.connects()),
                numbers(result.logIns()),
                answers,
                failures,
                quoted(result.example().orElse("")),
                result.exampleBytes());
    }

    private static String failure(Map.Entry<String, Integer> failure) {
        return String.format(Locale.ROOT, "{\"why\":%s,\"count\":%d}", quoted(failure.getKey()), failure.getValue());
    }

    private static String numbers(Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "{\"count\":%d,\"p50Ms\":%.3f,\"p90Ms\":%.3f,\"p99Ms\":%.3f,\"p999Ms\":%.3f,\"worstMs\":%.3f}",
                latencies.count(),
                latencies.millis(0.5),
                latencies.millis(0.9),
                latencies.millis(0.99),
                latencies.millis(0.999),
                latencies.worstMillis());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(each -> {
            if (each == '"' || each == '\\') {
                quoted.append('\\').append((char) each);
            } else if (each < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", each));
            } else {
                quoted.append((char) each);
            }
        });
        return quoted.append('"').toString();
    }
}
