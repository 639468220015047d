package fi.kimppa.device;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The form in which a {@link DeviceHistory} lies on disk: a line for each device, its parts separated by tabs, and a check sum of all
 * of them at the end. Written beside the old one, synced, and put in its place, so that there is always a whole one.
 */
final class HistoryFile {
    private static final String TITLE = "kimppa device history 1";
    private static final String CHECK = "crc32 ";
    private static final String NEVER = "-";
    /** Name, since, usable, exchanges, failures, connections, last answer; what it did comes after them. */
    private static final int FIXED = 7;

    private HistoryFile() {}

    static void write(Path file, Map<String, DeviceStatistics> devices) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (var out = new FileOutputStream(next.toFile())) {
            out.write(text(devices).getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static String text(Map<String, DeviceStatistics> devices) {
        var text = new StringBuilder(TITLE).append('\n');
        new TreeMap<>(devices).forEach((name, statistics) -> {
            text.append(name.replaceAll("\\p{Cntrl}", " "));
            for (Object part : List.of(
                    statistics.opened(),
                    statistics.usable(),
                    statistics.exchanges(),
                    statistics.failures(),
                    statistics.connections(),
                    statistics.lastAnswer().map(Instant::toString).orElse(NEVER))) {
                text.append('\t').append(part);
            }
            new TreeMap<>(statistics.work())
                    .forEach((counter, count) ->
                            text.append('\t').append(counter).append('=').append(count));
            text.append('\n');
        });
        return text + CHECK + check(text.toString()) + "\n";
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @throws IOException when it is something else, or not all of it
     */
    static Map<String, DeviceStatistics> parse(String text) throws IOException {
        int end = text.lastIndexOf(CHECK);
        String said = end < 0 ? "" : text.substring(0, end);
        if (!said.startsWith(TITLE + "\n") || !text.substring(end).equals(CHECK + check(said) + "\n")) {
            throw new IOException("Expected '" + TITLE + "' and the check sum of what follows");
        }
        Map<String, DeviceStatistics> devices = new TreeMap<>();
        try {
            said.lines().skip(1).map(line -> line.split("\t", -1)).forEach(parts -> devices.put(parts[0], of(parts)));
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("Expected a line for each device", e);
        }
        return devices;
    }

    private static DeviceStatistics of(String[] parts) {
        Map<Counter, Long> work = new TreeMap<>();
        for (String part : Arrays.asList(parts).subList(FIXED, parts.length)) {
            String[] pair = part.split("=", 2);
            // A later version may count what this one does not know.
            Arrays.stream(Counter.values())
                    .filter(counter -> counter.name().equals(pair[0]))
                    .forEach(counter -> work.put(counter, Long.valueOf(pair[1])));
        }
        return new DeviceStatistics(
                Instant.parse(parts[1]),
                Duration.parse(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Optional.of(parts[6]).filter(text -> !text.equals(NEVER)).map(Instant::parse),
                work);
    }

    private static String check(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
