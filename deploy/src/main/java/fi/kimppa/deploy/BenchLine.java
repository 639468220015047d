package fi.kimppa.deploy;

import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.rfid.FeigCommand;
import fi.kimppa.device.simulator.LineTiming;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What goes over the line of a pad whose frames are advanced ones: when the first answer with a tag was there, and what the line was
 * busy with since. Threads: the pad's, which it taps, and the script's.
 */
final class BenchLine implements LinkTap {
    private static final int HEADER = 5;
    private static final int RECORD = 10;

    private final Map<Use, Long> busy = new EnumMap<>(Use.class);
    private Use use = Use.OTHER;
    private long firstTagAt;

    /** What a command is for. */
    enum Use {
        INVENTORY("inventories"),
        MEMORY("memory read"),
        INFORMATION("security read"),
        AFI("AFI written"),
        OTHER("else");

        private final String said;

        Use(String said) {
            this.said = said;
        }
    }

    /** A new pile is laid. */
    synchronized void forget() {
        busy.clear();
        firstTagAt = 0;
    }

    /** When the first answer of an inventory that holds a tag had gone over the line, by {@link System#nanoTime}. */
    synchronized long firstTagAt() {
        return firstTagAt;
    }

    /** What the line was busy with, in words. */
    synchronized String said() {
        return busy.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %.0f ms", entry.getKey().said, entry.getValue() / 1e6))
                .collect(Collectors.joining(", "));
    }

    @Override
    public synchronized void sent(byte[] bytes) {
        boolean holdsTag = bytes.length >= HEADER + 4 + RECORD && command(bytes) == FeigCommand.HOST && bytes[6] > 0;
        if (holdsTag && firstTagAt == 0) {
            firstTagAt = System.nanoTime();
        }
        note(bytes, LineTiming.FEIG.work().toNanos());
    }

    @Override
    public synchronized void received(byte[] bytes) {
        if (bytes.length > HEADER) {
            use = command(bytes) == FeigCommand.HOST
                    ? switch (bytes[HEADER] & 0xFF) {
                        case FeigCommand.INVENTORY -> Use.INVENTORY;
                        case FeigCommand.READ_BLOCKS -> Use.MEMORY;
                        case FeigCommand.SYSTEM_INFORMATION -> Use.INFORMATION;
                        case FeigCommand.WRITE_AFI -> Use.AFI;
                        default -> Use.OTHER;
                    }
                    : Use.OTHER;
        }
        note(bytes, 0);
    }

    private void note(byte[] bytes, long work) {
        if (firstTagAt != 0) {
            busy.merge(use, LineTiming.FEIG.nanos(bytes.length) + work, Long::sum);
        }
    }

    private static int command(byte[] bytes) {
        return bytes[HEADER - 1] & 0xFF;
    }
}
