package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Verdict;
import java.util.List;

/** Rows by what becomes of them. Pure. */
final class Judgements {
    private Judgements() {}

    static List<Judgement> added(List<Judgement> rows) {
        return with(rows, Verdict.ADDED);
    }

    static List<Judgement> changed(List<Judgement> rows) {
        return with(rows, Verdict.CHANGED);
    }

    private static List<Judgement> with(List<Judgement> rows, Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).toList();
    }

    static long count(List<Judgement> rows, Verdict verdict) {
        return with(rows, verdict).size();
    }
}
