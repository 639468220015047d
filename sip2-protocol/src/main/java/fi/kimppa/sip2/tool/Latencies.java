package fi.kimppa.sip2.tool;

import java.util.Arrays;

/**
 * How long things took, counted in buckets whose width grows with the value, so that any time is known to 1/64 of
 * itself in a few kilobytes. Not for use by several threads.
 */
final class Latencies {
    private static final int FINE_BITS = 6;
    private static final int FINE = 1 << FINE_BITS;

    private final long[] counts = new long[(Long.SIZE - FINE_BITS) * FINE];
    private long count;
    private long greatest;

    /** Counts one. */
    void add(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        count++;
        greatest = Math.max(greatest, nanos);
    }

    /** Counts all that another one has counted. */
    void add(Latencies other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
        count += other.count;
        greatest = Math.max(greatest, other.greatest);
    }

    /** How many were counted. */
    long count() {
        return count;
    }

    /** The longest, in milliseconds. */
    double worstMillis() {
        return greatest / 1e6;
    }

    /**
     * What this share of them did not take longer than, in milliseconds.
     *
     * @param share 0 to 1; 0.99 gives the 99th percentile
     */
    double millis(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(greatest, upperEnd(i)) / 1e6;
            }
        }
        return worstMillis();
    }

    /** Values below 2 * FINE have a bucket each; above, each power of two is cut into FINE of them. */
    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - FINE_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return shift * FINE + (int) (nanos >>> shift);
    }

    private static long upperEnd(int bucket) {
        int shift = Math.max(0, bucket / FINE - 1);
        return ((bucket - (long) shift * FINE + 1) << shift) - 1;
    }
}
