package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import fi.kimppa.gateway.backend.embedded.exchange.ImportStore.Staged;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes what a dry run has kept, some rows in one transaction together with how far the import is. A gateway that dies in between
 * leaves whole rows and the place where any other goes on; a row that is there already is the same and is not written twice.
 */
@Component
class Writing {
    private final ImportStore store;
    private final Tables tables;
    private final Assessment assessment;
    private final TransactionTemplate transaction;
    private final TransactionTemplate step;

    Writing(ImportStore store, Tables tables, Assessment assessment, PlatformTransactionManager transactions) {
        this.store = store;
        this.tables = tables;
        this.assessment = assessment;
        this.transaction = new TransactionTemplate(transactions);
        this.step = new TransactionTemplate(transactions);
        this.step.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Writes the next rows; says whether there may be more. */
    boolean next(long number) {
        return Boolean.TRUE.equals(transaction.execute(_ -> store.lock(number)
                .filter(job -> job.state() == State.WRITING)
                .map(this::next)
                .orElse(false)));
    }

    private boolean next(ImportJob job) {
        List<Staged> staged = store.next(job, ImportTrial.BATCH);
        if (staged.isEmpty()) {
            store.ended(job.id(), State.DONE);
            return false;
        }
        Table table = tables.of(job.kind());
        List<Row> rows = staged.stream().map(Staged::row).toList();
        table.lock(rows);
        List<Judgement> done = write(job, table, assessment.of(table, rows, job.overwrite()));
        store.keep(job.id(), news(staged, done));
        Row last = rows.getLast();
        return store.advance(job, last.record(), last.part(), job.bytesRead(), 0, 0, Assessment.counts(done));
    }

    /** All at once; where the database refuses a row, one by one. */
    private List<Judgement> write(ImportJob job, Table table, List<Judgement> judgements) {
        List<Judgement> written =
                judgements.stream().filter(one -> one.verdict().writes()).toList();
        try {
            step.executeWithoutResult(_ -> table.write(job.id(), written));
            return judgements;
        } catch (DataIntegrityViolationException _) {
            List<Judgement> done = new ArrayList<>();
            for (Judgement one : judgements) {
                done.add(one.verdict().writes() ? alone(job, table, one) : one);
            }
            return done;
        }
    }

    private Judgement alone(ImportJob job, Table table, Judgement one) {
        try {
            step.executeWithoutResult(_ -> table.write(job.id(), List.of(one)));
            return one;
        } catch (DataIntegrityViolationException _) {
            return Judge.refused(
                    one,
                    Finding.of(
                            one.row().record(),
                            table.keys().getFirst(),
                            Why.NOT_UNIQUE,
                            table.key(one.row().texts())));
        }
    }

    /** What the dry run could not know. */
    private static List<Finding> news(List<Staged> staged, List<Judgement> done) {
        List<Finding> news = new ArrayList<>();
        for (int i = 0; i < done.size(); i++) {
            Verdict verdict = done.get(i).verdict();
            // Rows that the dry run refused are not here; all that was left as it is by then is told already.
            boolean left = verdict == Verdict.SKIPPED && staged.get(i).verdict() != verdict;
            if (verdict == Verdict.REFUSED || left) {
                news.addAll(done.get(i).findings());
            }
        }
        return news;
    }
}
