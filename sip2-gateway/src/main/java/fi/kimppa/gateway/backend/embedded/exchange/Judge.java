package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of a row: compares what a file says with what the store has. Pure. */
final class Judge {
    /** What becomes of a row. */
    enum Verdict {
        /** It is not there yet. */
        ADDED,
        /** It is there with other texts, and the policy is to overwrite. */
        CHANGED,
        /** It is there just so. */
        SAME,
        /** It is there with other texts, and the policy is to leave it. */
        SKIPPED,
        /** It cannot be. */
        REFUSED;

        /** Whether something is written. */
        boolean writes() {
            return this == ADDED || this == CHANGED;
        }
    }

    /**
     * What was decided.
     *
     * @param texts all texts of the row as they would be afterwards
     */
    record Judgement(Row row, Verdict verdict, Map<String, String> texts, List<Finding> findings) {}

    /** Hashes are nobody's to read. */
    private static final String UNSAID = "•••";

    private Judge() {}

    /** Reads the texts of a row; of one that cannot be read the findings say why. */
    static Judgement read(Row row, List<Column> columns) {
        Map<String, String> texts = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Column column : columns) {
            Optional.ofNullable(row.texts().get(column.name()))
                    .filter(said -> !column.silent() || !said.isBlank())
                    .ifPresent(said ->
                            read(row, column, said, findings).ifPresent(text -> texts.put(column.name(), text)));
        }
        return new Judgement(
                new Row(row.record(), row.part(), texts),
                findings.isEmpty() ? Verdict.ADDED : Verdict.REFUSED,
                texts,
                findings);
    }

    private static Optional<String> read(Row row, Column column, String said, List<Finding> findings) {
        if (said.isBlank() && column.fallback().isPresent()) {
            return column.fallback();
        }
        Optional<String> text = column.form().read(said);
        if (said.isBlank()) {
            findings.add(Finding.of(row.record(), column.name(), Why.EMPTY, ""));
        } else if (text.isEmpty()) {
            findings.add(Finding.of(row.record(), column.name(), Why.FORM, shown(column, said)));
        }
        return text;
    }

    /**
     * Decides about a row that could be read.
     *
     * @param here the row of the same key in the store
     * @param overwrite the policy for one that is there with other texts
     */
    static Judgement decide(Row row, Optional<Map<String, String>> here, boolean overwrite, List<Column> columns) {
        return here.map(there -> compare(row, there, overwrite, columns)).orElseGet(() -> add(row, columns));
    }

    private static Judgement add(Row row, List<Column> columns) {
        Map<String, String> texts = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Column column : columns) {
            Optional<String> text =
                    Optional.ofNullable(row.texts().get(column.name())).or(column::fallback);
            text.ifPresentOrElse(
                    one -> texts.put(column.name(), one),
                    () -> findings.add(Finding.of(row.record(), column.name(), Why.EMPTY, "")));
        }
        return new Judgement(row, findings.isEmpty() ? Verdict.ADDED : Verdict.REFUSED, texts, findings);
    }

    private static Judgement compare(Row row, Map<String, String> here, boolean overwrite, List<Column> columns) {
        Map<String, String> texts = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Column column : columns) {
            String there = here.getOrDefault(column.name(), column.fallback().orElse(""));
            String said = row.texts().getOrDefault(column.name(), there);
            texts.put(column.name(), said);
            if (column.compared() && !said.equals(there)) {
                findings.add(new Finding(
                        row.record(), column.name(), Why.EXISTS, shown(column, said), shown(column, there)));
            }
        }
        Verdict different = overwrite ? Verdict.CHANGED : Verdict.SKIPPED;
        return new Judgement(row, findings.isEmpty() ? Verdict.SAME : different, texts, findings);
    }

    /** As {@code judgement}, refused; what would differ does not matter then. */
    static Judgement refused(Judgement judgement, Finding why) {
        List<Finding> findings = new ArrayList<>(judgement.findings());
        findings.removeIf(finding -> finding.why() == Why.EXISTS);
        findings.add(why);
        return new Judgement(judgement.row(), Verdict.REFUSED, judgement.texts(), findings);
    }

    private static String shown(Column column, String text) {
        boolean secret = column.name().startsWith("pin");
        return secret && !text.isEmpty() ? UNSAID : text;
    }
}
