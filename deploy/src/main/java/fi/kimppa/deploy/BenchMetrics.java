package fi.kimppa.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is read from the gateway's process: its own histogram of answers, its memory, a flight recording. */
final class BenchMetrics {
    private static final Pattern BUCKET =
            Pattern.compile("kimppa_sip_exchange_seconds_bucket\\{.*command=\"(\\d\\d)\".*le=\"([^\"]+)\".*} (\\S+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final long pid;
    private final int httpPort;

    BenchMetrics(long pid, int httpPort) {
        this.pid = pid;
        this.httpPort = httpPort;
    }

    /**
     * A histogram at one moment: by request, how many answers took at most so many seconds.
     *
     * @param counts cumulative, by upper end of a bucket
     */
    record Reading(Map<String, NavigableMap<Double, Double>> counts) {
        /** What was counted for a request since an earlier reading. */
        Histogram since(Reading before, String request) {
            NavigableMap<Double, Double> difference = new TreeMap<>(counts.getOrDefault(request, new TreeMap<>()));
            before.counts
                    .getOrDefault(request, new TreeMap<>())
                    .forEach((end, count) -> difference.merge(end, -count, Double::sum));
            return new Histogram(difference);
        }
    }

    /** Cumulative counts by upper end of a bucket, in seconds. */
    record Histogram(NavigableMap<Double, Double> counts) {
        /** What this share did not take longer than, in milliseconds; straight inside a bucket, as Prometheus does. */
        double millis(double share) {
            double wanted = share * counts.lastEntry().getValue();
            double start = 0;
            double below = 0;
            for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
                double end = bucket.getKey();
                double until = bucket.getValue();
                if (until >= wanted && until > below) {
                    return 1000
                            * (Double.isInfinite(end)
                                    ? start
                                    : start + (end - start) * (wanted - below) / (until - below));
                }
                start = end;
                below = until;
            }
            return 0;
        }
    }

    Reading read() {
        Map<String, NavigableMap<Double, Double>> counts = new HashMap<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + httpPort + "/actuator/prometheus"))
                    .build();
            String text =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher bucket = BUCKET.matcher(text);
            while (bucket.find()) {
                double end =
                        bucket.group(2).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(2));
                counts.computeIfAbsent(bucket.group(1), _ -> new TreeMap<>())
                        .put(end, Double.parseDouble(bucket.group(3)));
            }
            return new Reading(counts);
        } catch (IOException e) {
            throw new StartException("The gateway did not give its metrics.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while reading the gateway's metrics.", e);
        }
    }

    /**
     * The machine's processor times since its start (proc_stat(5)), in clock ticks.
     *
     * @param stolen what the host gave to other guests while this one wanted it
     * @param all everything, idle time included
     */
    record ProcessorTimes(long stolen, long all) {
        private static final int STEAL = 7;

        static ProcessorTimes now() {
            try {
                long[] ticks = Arrays.stream(Files.readAllLines(Path.of("/proc/stat"))
                                .getFirst()
                                .substring("cpu".length())
                                .strip()
                                .split(" +"))
                        .mapToLong(Long::parseLong)
                        .limit(STEAL + 1)
                        .toArray();
                return new ProcessorTimes(ticks[STEAL], Arrays.stream(ticks).sum());
            } catch (IOException e) {
                throw new StartException("/proc/stat cannot be read.", e);
            }
        }

        /** How much of the time since then was stolen, in percent. */
        double stolenSince(ProcessorTimes before) {
            return 100.0 * (stolen - before.stolen) / Math.max(1, all - before.all);
        }
    }

    /** What the process has in memory, in MB of a million bytes. */
    double megabytes() {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            if (!resident.find()) {
                throw new StartException("The gateway's process has ended.");
            }
            return Long.parseLong(resident.group(1)) * 1024 / 1e6;
        } catch (IOException e) {
            throw new StartException("The gateway's process has ended.", e);
        }
    }

    /** Begins a flight recording that writes its file by itself. */
    void record(Path file, Duration duration) {
        try {
            int status = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "JFR.start",
                            "settings=profile",
                            "duration=" + duration.toSeconds() + "s",
                            "filename=" + file)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new StartException("The flight recording did not begin.");
            }
        } catch (IOException e) {
            throw new StartException("The flight recording did not begin.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while a recording began.", e);
        }
    }
}
