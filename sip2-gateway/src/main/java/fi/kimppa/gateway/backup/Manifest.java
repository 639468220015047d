package fi.kimppa.gateway.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup says of itself: the entry {@value #ENTRY} of the file, its last, so that a file that was cut off has none.
 *
 * @param format of the file; a reader refuses one that it does not know
 * @param schema number of the last migration of the database
 * @param takenAt the moment of which everything in it is
 * @param tables in an order in which each comes after those that it refers to
 * @param sequences the number that each sequence gave last
 */
record Manifest(int format, int schema, Instant takenAt, List<Table> tables, Map<String, Long> sequences) {
    static final String ENTRY = "manifest.json";
    static final int FORMAT = 1;

    /**
     * One table; its rows are the entry {@code tables/NAME}, in PostgreSQL's text format of COPY.
     *
     * @param columns as the rows have them; generated ones are not among them
     * @param rows how many
     * @param sha256 of the entry, hexadecimal
     */
    record Table(String name, List<String> columns, long rows, String sha256) {
        String entry() {
            return "tables/" + name;
        }
    }

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
