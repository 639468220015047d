package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.Counts;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Verdict;
import fi.kimppa.gateway.backend.embedded.exchange.Pieces.KeptFile;
import fi.kimppa.gateway.backend.embedded.exchange.RowSource.Read;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads a file, says what would become of its rows, and keeps those that can be written. After a restart the file is read again from
 * its beginning, and what is known already is passed over.
 */
@Component
class ImportTrial {
    /** Rows at a time: few enough that PINs among them take some seconds, and people see it go on. */
    static final int BATCH = 200;

    private final ImportStore store;
    private final Pieces pieces;
    private final Tables tables;
    private final PinWork pins;
    private final Assessment assessment;
    private final ExchangeSettings settings;
    private final TransactionOperations transactions;

    ImportTrial(
            ImportStore store,
            Pieces pieces,
            Tables tables,
            PinWork pins,
            Assessment assessment,
            ExchangeSettings settings,
            TransactionOperations transactions) {
        this.store = store;
        this.pieces = pieces;
        this.tables = tables;
        this.pins = pins;
        this.assessment = assessment;
        this.settings = settings;
        this.transactions = transactions;
    }

    /** Reads the file to its end, or until somebody else has gone on with it. */
    void run(ImportJob job) throws IOException, InterruptedException {
        Table table = tables.of(job.kind());
        try (KeptFile file = pieces.open(job.id());
                RowSource source = source(job, table, file)) {
            boolean readable = true;
            List<Read> batch = new ArrayList<>();
            int rows = 0;
            ImportJob at = job;
            for (Optional<Read> read = source.next(); read.isPresent(); read = source.next()) {
                readable &= read.get().findings().stream().noneMatch(ImportTrial::isHopeless);
                if (read.get().record() <= job.atRecord()) {
                    continue;
                }
                batch.add(read.get());
                rows += Math.max(1, read.get().rows().size());
                if (rows >= BATCH) {
                    if (!keep(at, table, batch, file.position())) {
                        return;
                    }
                    at = store.find(job.id()).orElse(at);
                    batch.clear();
                    rows = 0;
                }
            }
            if (batch.isEmpty() || keep(at, table, batch, file.position())) {
                State state = readable ? State.CHECKED : State.UNREADABLE;
                transactions.executeWithoutResult(_ -> store.checked(job.id(), state));
            }
        }
    }

    private RowSource source(ImportJob job, Table table, KeptFile file) {
        return job.kind() == Kind.MARC
                ? new MarcSource(file, settings.holdings().getOrDefault(job.holdings(), HoldingsField.KOHA))
                : new CsvSource(file, table);
    }

    private static boolean isHopeless(Finding finding) {
        return finding.why() == Why.MISSING_COLUMN || finding.why() == Why.NOTHING;
    }

    // ---- one batch ---------------------------------------------------------------------------------------

    /** Says whether nobody else has gone on with the file. */
    private boolean keep(ImportJob job, Table table, List<Read> batch, long position) throws InterruptedException {
        List<Finding> findings = new ArrayList<>(
                batch.stream().flatMap(read -> read.findings().stream()).toList());
        List<Judgement> judgements = judged(job, table, batch);
        judgements.forEach(one -> findings.addAll(one.findings()));
        List<Judgement> usable = judgements.stream()
                .filter(one -> one.verdict() != Verdict.REFUSED)
                .toList();
        long unread = batch.stream().filter(ImportTrial::isLost).count();
        Counts counts = Assessment.counts(judgements);
        Counts withUnread = new Counts(
                counts.added(), counts.changed(), counts.same(), counts.skipped(), counts.refused() + unread);
        Boolean done = transactions.execute(_ -> {
            boolean still = store.advance(
                    job, batch.getLast().record(), 0, position, judgements.size() + unread, usable.size(), withUnread);
            if (still) {
                store.stage(job.id(), table, usable);
                store.keep(job.id(), findings);
            }
            return still;
        });
        return Boolean.TRUE.equals(done);
    }

    /** A line or record of which nothing could be read; the head line is none. */
    private static boolean isLost(Read read) {
        return read.rows().isEmpty()
                && read.findings().stream().anyMatch(finding -> switch (finding.why()) {
                    case UNKNOWN_COLUMN, MISSING_COLUMN, NOTHING, TWICE -> false;
                    default -> true;
                });
    }

    private List<Judgement> judged(ImportJob job, Table table, List<Read> batch) throws InterruptedException {
        List<Judgement> judgements = batch.stream()
                .flatMap(read -> read.rows().stream())
                .map(row -> Judge.read(row, table.columns()))
                .collect(Collectors.toCollection(ArrayList::new));
        List<Row> readable = onlyOnce(job, table, judgements);
        if (job.kind() == Kind.PATRONS) {
            readable = pins.hashed(readable);
        }
        List<Judgement> refused = judgements.stream()
                .filter(one -> one.verdict() == Verdict.REFUSED)
                .toList();
        List<Judgement> all = new ArrayList<>(assessment.of(table, readable, job.overwrite()));
        all.addAll(refused);
        return all;
    }

    /** The rows that could be read and whose key is new in the file; marks the others as refused. */
    private List<Row> onlyOnce(ImportJob job, Table table, List<Judgement> judgements) {
        Set<String> keys = judgements.stream()
                .filter(one -> one.verdict() != Verdict.REFUSED)
                .map(one -> table.key(one.row().texts()))
                .collect(Collectors.toSet());
        Map<String, Long> seen = new HashMap<>(store.staged(job.id(), keys));
        List<Row> once = new ArrayList<>();
        for (int i = 0; i < judgements.size(); i++) {
            Judgement one = judgements.get(i);
            if (one.verdict() != Verdict.REFUSED) {
                String key = table.key(one.row().texts());
                Long first = seen.putIfAbsent(key, one.row().record());
                if (first == null) {
                    once.add(one.row());
                } else {
                    judgements.set(i, Judge.refused(one, twice(one, table, key, first)));
                }
            }
        }
        return once;
    }

    private static Finding twice(Judgement one, Table table, String key, long first) {
        return new Finding(one.row().record(), table.keys().getFirst(), Why.TWICE, key, String.valueOf(first));
    }
}
