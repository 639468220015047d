package fi.kimppa.sip2.tool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code sip2 load}: puts a closed loop of requests on many connections and reports what came of it, or opens many
 * connections at once, or holds them open. The same program measures an echo server, for comparison.
 */
final class LoadCommand {
    private final Terminal terminal;

    LoadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Exit run(List<String> args) {
        Options words = LoadOptions.words(args);
        if (words.has("--help")) {
            terminal.out().print(LoadOptions.HELP);
            return Exit.WELL;
        }
        LoadOptions options = LoadOptions.of(words);
        try {
            LoadResult result = run(options);
            terminal.out().println(words.has("--json") ? Json.write(map(options, result)) : text(options, result));
            return result.failures().isEmpty() ? Exit.WELL : Exit.DIFFERS;
        } catch (IllegalArgumentException e) {
            throw words.wrong(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            terminal.err().println("sip2 load: " + e.getMessage());
            return Exit.DIFFERS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.DIFFERS;
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
        if (!options.logIn().isEmpty()) {
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

    private static Map<String, Object> map(LoadOptions options, LoadResult result) {
        List<Map<String, Object>> answers = new ArrayList<>();
        result.answers().forEach((code, latencies) -> {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("request", code);
            answer.put("perSecond", rounded(latencies.count() / result.seconds()));
            answer.putAll(numbers(latencies));
            answers.add(answer);
        });
        List<Map<String, Object>> failures = new ArrayList<>();
        result.failures().forEach((why, count) -> failures.add(Map.of("why", why, "count", count)));
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("connections", options.connections());
        report.put("open", result.open());
        report.put("seconds", rounded(result.seconds()));
        report.put("connected", numbers(result.connects()));
        report.put("loggedIn", numbers(result.logIns()));
        report.put("answers", answers);
        report.put("failures", failures);
        report.put("example", result.example().orElse(""));
        report.put("exampleBytes", result.exampleBytes());
        return report;
    }

    private static Map<String, Object> numbers(Latencies latencies) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("count", latencies.count());
        numbers.put("p50Ms", rounded(latencies.millis(0.5)));
        numbers.put("p90Ms", rounded(latencies.millis(0.9)));
        numbers.put("p99Ms", rounded(latencies.millis(0.99)));
        numbers.put("p999Ms", rounded(latencies.millis(0.999)));
        numbers.put("worstMs", rounded(latencies.worstMillis()));
        return numbers;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
