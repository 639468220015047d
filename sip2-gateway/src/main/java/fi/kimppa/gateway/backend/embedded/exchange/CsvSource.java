package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.csv.CsvRows;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of commas. Its head line names the columns, in any order and in any case. */
final class CsvSource implements RowSource {
    private final CsvRows rows;
    private final List<String> known;
    private final List<String> keys;
    private List<String> head = List.of();
    private boolean begun;
    private boolean hopeless;

    CsvSource(InputStream in, Table table) {
        this.rows = new CsvRows(in);
        this.known = table.columns().stream().map(Column::name).toList();
        this.keys = table.keys();
    }

    @Override
    public Optional<Read> next() throws IOException {
        if (!begun) {
            begun = true;
            return Optional.of(head());
        }
        return hopeless ? Optional.empty() : rows.next().map(this::read);
    }

    /** The head line gives no row, but may give findings. */
    private Read head() throws IOException {
        Optional<CsvRows.Row> first = rows.next();
        hopeless = true;
        if (first.isEmpty()) {
            return new Read(1, List.of(), List.of(Finding.of(1, "", Why.NOTHING, "")));
        }
        List<Finding> faults = faults(first.get());
        head = first.get().cells().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<Finding> missing = keys.stream()
                .filter(name -> !head.contains(name))
                .map(name -> Finding.of(1, name, Why.MISSING_COLUMN, name))
                .toList();
        hopeless = !missing.isEmpty();
        Stream<Finding> unknown = head.stream()
                .filter(name -> !name.isEmpty() && !known.contains(name))
                .map(name -> Finding.of(1, name, Why.UNKNOWN_COLUMN, name));
        Stream<Finding> twice = head.stream()
                .filter(name -> !name.isEmpty() && head.indexOf(name) != head.lastIndexOf(name))
                .distinct()
                .map(name -> Finding.of(1, name, Why.TWICE, name));
        return new Read(
                1,
                List.of(),
                Stream.of(faults.stream(), missing.stream(), unknown, twice)
                        .flatMap(one -> one)
                        .toList());
    }

    private static List<Finding> faults(CsvRows.Row row) {
        return row.fault().stream()
                .map(fault -> switch (fault) {
                    case ENCODING -> Why.ENCODING;
                    case SIZE -> Why.TOO_LONG;
                    case QUOTES -> Why.QUOTES;
                })
                .map(why -> Finding.of(row.line(), "", why, ""))
                .toList();
    }

    private Read read(CsvRows.Row row) {
        if (row.fault().isPresent()) {
            return new Read(row.line(), List.of(), faults(row));
        }
        List<String> cells = row.cells();
        if (cells.size() > head.size()
                && cells.subList(head.size(), cells.size()).stream().anyMatch(cell -> !cell.isBlank())) {
            return new Read(
                    row.line(),
                    List.of(),
                    List.of(Finding.of(row.line(), "", Why.CELLS, cells.size() + " > " + head.size())));
        }
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < Math.min(head.size(), cells.size()); i++) {
            if (known.contains(head.get(i))) {
                texts.putIfAbsent(head.get(i), cells.get(i));
            }
        }
        return new Read(row.line(), List.of(new Row(row.line(), 1, texts)), List.of());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
