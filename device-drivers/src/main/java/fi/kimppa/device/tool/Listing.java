package fi.kimppa.device.tool;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the same columns: a table for people, JSON for scripts. For one thread. */
final class Listing {
    private static final int GAP = 2;

    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Listing(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row; as many cells as there are columns. */
    Listing row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void print(PrintStream out, boolean json) {
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(objects()));
        } else {
            table(out);
        }
    }

    private List<Map<String, String>> objects() {
        return rows.stream()
                .map(row -> {
                    Map<String, String> object = new LinkedHashMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        object.put(columns.get(i), row.get(i));
                    }
                    return object;
                })
                .toList();
    }

    private void table(PrintStream out) {
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        line(
                out,
                columns.stream()
                        .map(name -> name.toUpperCase(java.util.Locale.ROOT))
                        .toList(),
                widths);
        rows.forEach(row -> line(out, row, widths));
    }

    private static void line(PrintStream out, List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            text.append(cells.get(i)).repeat(' ', widths[i] - cells.get(i).length() + GAP);
        }
        out.println(text.toString().stripTrailing());
    }
}
