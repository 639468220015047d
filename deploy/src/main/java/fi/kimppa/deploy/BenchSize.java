package fi.kimppa.deploy;

import java.util.Locale;
import java.util.Map;

/**
 * How much a store holds. Everything else is proportional: a patron for five items, two titles for five copies, a seventh of the
 * items on loan.
 *
 * @param items copies
 * @param rows of the journal; its chain has two lines for each
 */
record BenchSize(int items, int rows) {
    /** What the large one is compared with. */
    static final BenchSize SMALL = new BenchSize(20_000, 100_000);

    static final int MOST_ITEMS = 20_000_000;
    static final int MOST_ROWS = 100_000_000;

    /** On the disk, indexes included; measured, and rounded up. */
    private static final long BYTES_OF_AN_ITEM = 400;

    private static final long BYTES_OF_A_ROW = 1_000;
    /** The server's own log of changes, and what it sorts while it makes indexes. */
    private static final long BESIDE = 3_000_000_000L;

    int patrons() {
        return items / 5;
    }

    int titles() {
        return items / 5 * 2;
    }

    /** About how many rows the tables that grow have. */
    Map<String, Long> tables() {
        long copies = items;
        return Map.ofEntries(
                Map.entry("titles", copies * 2 / 5),
                Map.entry("items", copies),
                Map.entry("patrons", copies / 5),
                Map.entry("loans", copies / 7),
                Map.entry("holds", copies / 40),
                Map.entry("fees", copies / 30),
                Map.entry("transits", copies / 20),
                Map.entry("undo", copies / 200),
                Map.entry("journal", (long) rows),
                Map.entry("journal_chain", 2L * rows));
    }

    /** About how many bytes of disk it takes to measure this. */
    long bytes() {
        return BYTES_OF_AN_ITEM * items + BYTES_OF_A_ROW * rows + BESIDE;
    }

    /** As people say it. */
    String said() {
        return String.format(Locale.ROOT, "%,d items and %,d journal rows", items, rows);
    }
}
