package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The time that a serial line and a reader behind it take. Pseudo-terminals and sockets hand bytes over at once; this makes the far
 * side as slow as a real one: each byte takes its bits, and each answer the reader's work.
 *
 * @param bitsPerSecond of the line, for example 38400
 * @param bitsPerByte with start, parity and stop bits: 11 for 8E1, 10 for 8N1
 * @param work of the reader for one command
 */
public record LineTiming(int bitsPerSecond, int bitsPerByte, Duration work) {
    /** FEIG's usual line and 15 ms a command. */
    public static final LineTiming FEIG = new LineTiming(38_400, 11, Duration.ofMillis(15));

    /** The 3M / Bibliotheca pad's usual line and as much work. */
    public static final LineTiming BIBLIOTHECA = new LineTiming(19_200, 10, Duration.ofMillis(15));

    /** A UART hands bytes over in small heaps. */
    private static final int HEAP = 16;

    private static final long LATE_NANOS = 2_000_000;

    /** How long that many bytes take on the line, in nanoseconds. */
    public long nanos(long bytes) {
        return bytes * bitsPerByte * 1_000_000_000L / bitsPerSecond;
    }

    /** The device's end of a link, slowed down by that clock. */
    public ByteLink on(ByteLink link, DeskClock clock) {
        return new ByteLink() {
            private Instant free = clock.instant();

            @Override
            public DeviceAddress address() {
                return link.address();
            }

            @Override
            public int read(byte[] buffer, Duration timeout) {
                int count = link.read(buffer, timeout);
                if (count > 0) {
                    occupy(nanos(count));
                }
                return count;
            }

            @Override
            public void write(byte[] bytes) {
                occupy(work.toNanos());
                for (int from = 0; from < bytes.length; from += HEAP) {
                    byte[] heap = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + HEAP));
                    occupy(nanos(heap.length));
                    link.write(heap);
                }
            }

            // Keeps the line busy for that long; what the waiting itself was late is not added up.
            private void occupy(long nanos) {
                Instant now = clock.instant();
                free = (free.plusNanos(LATE_NANOS).isBefore(now) ? now : free).plusNanos(nanos);
                clock.await(free);
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }
}
