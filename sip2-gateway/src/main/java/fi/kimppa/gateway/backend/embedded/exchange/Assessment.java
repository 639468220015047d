package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares rows with the store: the same for a dry run and for the writing, since the store may have changed in between. */
@Component
class Assessment {
    private final JdbcClient jdbc;

    Assessment(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What becomes of these rows, in their order. */
    List<Judgement> of(Table table, List<Row> rows, boolean overwrite) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Known, Set<String>> known = known(table, rows);
        Map<String, Map<String, String>> here = table.existing(rows);
        Map<String, Finding> refusals = table.refusals(rows);
        List<Judgement> judgements = new ArrayList<>();
        for (Row row : rows) {
            String key = table.key(row.texts());
            Judgement judgement = Judge.decide(row, Optional.ofNullable(here.get(key)), overwrite, table.columns());
            judgement = withNames(judgement, table, known);
            judgements.add(refusals.containsKey(key) ? Judge.refused(judgement, refusals.get(key)) : judgement);
        }
        return judgements;
    }

    private Map<Known, Set<String>> known(Table table, List<Row> rows) {
        Map<Known, Set<String>> texts = new EnumMap<>(Known.class);
        for (Column column : table.columns()) {
            column.refers()
                    .ifPresent(what -> texts.computeIfAbsent(what, _ -> new TreeSet<>())
                            .addAll(TableSql.texts(rows, column.name())));
        }
        Map<Known, Set<String>> known = new EnumMap<>(Known.class);
        EnumSet.allOf(Known.class)
                .forEach(what -> known.put(what, what.among(texts.getOrDefault(what, Set.of()), jdbc)));
        return known;
    }

    private static Judgement withNames(Judgement judgement, Table table, Map<Known, Set<String>> known) {
        Judgement named = judgement;
        for (Column column : table.columns()) {
            String text = judgement.row().texts().getOrDefault(column.name(), "");
            if (column.refers().isPresent() && !text.isEmpty()) {
                Known what = column.refers().get();
                if (!known.getOrDefault(what, Set.of()).contains(text)) {
                    named = Judge.refused(named, Finding.of(judgement.row().record(), column.name(), what.why(), text));
                }
            }
        }
        return named;
    }

    /** How many of these rows have this verdict. */
    static ImportJob.Counts counts(List<Judgement> rows) {
        return new ImportJob.Counts(
                Judgements.count(rows, Verdict.ADDED),
                Judgements.count(rows, Verdict.CHANGED),
                Judgements.count(rows, Verdict.SAME),
                Judgements.count(rows, Verdict.SKIPPED),
                Judgements.count(rows, Verdict.REFUSED));
    }
}
