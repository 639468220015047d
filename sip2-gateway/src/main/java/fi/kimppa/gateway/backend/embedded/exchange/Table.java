package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One kind of rows of the store as texts, as files have them. Rows are read and written some hundreds at a time, within the
 * caller's transaction: {@link #lock}, {@link #existing}, {@link #refusals}, {@link #write}.
 */
interface Table {
    /** Its columns, in the order in which they are written. */
    List<Column> columns();

    /** The columns without which a row cannot be told from another. */
    List<String> keys();

    /** What stands for a row, within its kind. */
    default String key(Map<String, String> texts) {
        return String.join(
                " ", keys().stream().map(name -> texts.getOrDefault(name, "")).toList());
    }

    /** Locks what rows of these keys change, patrons before things, each in the order of their numbers. */
    void lock(List<Row> rows);

    /** What the store has of these keys. */
    Map<String, Map<String, String>> existing(List<Row> rows);

    /** Why single rows cannot be written, beyond what their texts name; by key. */
    default Map<String, Finding> refusals(List<Row> rows) {
        return Map.of();
    }

    /**
     * Writes rows, new and changed ones.
     *
     * @param number of the import
     */
    void write(long number, List<Judgement> rows);

    /**
     * Tells the rows of a municipality, in order.
     *
     * @param municipality code; empty for all
     * @param within those that need nobody outside it, or the others
     * @param reader is given the texts of the exported columns, in their order
     */
    void export(Optional<String> municipality, boolean within, Consumer<Map<String, String>> reader);
}
