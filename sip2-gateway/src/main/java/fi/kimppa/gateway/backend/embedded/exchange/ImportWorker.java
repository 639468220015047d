package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Does the imports that wait, one after the other. Every gateway looks; who holds the database's lock of an import is at it, and the
 * lock goes with the connection, so that another goes on at once when a gateway dies.
 */
@Component
class ImportWorker {
    private static final Logger LOG = LoggerFactory.getLogger(ImportWorker.class);

    /** With an import's number the name of its lock. */
    private static final int LOCKS = 122;

    private final ImportStore store;
    private final ImportTrial dryRun;
    private final Writing writing;
    private final DataSource source;
    private final TransactionOperations transactions;

    ImportWorker(
            ImportStore store,
            ImportTrial dryRun,
            Writing writing,
            DataSource source,
            TransactionOperations transactions) {
        this.store = store;
        this.dryRun = dryRun;
        this.writing = writing;
        this.source = source;
        this.transactions = transactions;
    }

    /** Does all that waits. */
    @Scheduled(fixedDelayString = "${kimppa.exchange.look:1s}", initialDelayString = "${kimppa.exchange.look:1s}")
    void work() throws SQLException, InterruptedException {
        for (long number : store.atWork()) {
            try (Connection connection = source.getConnection()) {
                if (ask(connection, "select pg_try_advisory_lock(?, ?)", number)) {
                    try {
                        carryOn(number);
                    } finally {
                        boolean _ = ask(connection, "select pg_advisory_unlock(?, ?)", number);
                    }
                }
            }
        }
    }

    private static boolean ask(Connection connection, String sql, long number) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(sql)) {
            question.setInt(1, LOCKS);
            question.setInt(2, Math.toIntExact(number));
            try (ResultSet answer = question.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private void carryOn(long number) throws InterruptedException {
        try {
            Optional<ImportJob> job = store.find(number);
            if (job.filter(one -> one.state() == State.READING).isPresent()) {
                dryRun.run(job.get());
            }
            while (writing.next(number)) {
                // Until all is written, or somebody has deleted it.
            }
        } catch (DataAccessResourceFailureException | TransientDataAccessException | TransactionException e) {
            // The database is away, or somebody else holds a row: the next look goes on.
            throw e;
        } catch (IOException | RuntimeException e) {
            // Its text may hold a row of the file.
            LOG.error("Import {} cannot go on: {}", number, e.getClass().getName());
            transactions.executeWithoutResult(_ -> store.ended(number, State.FAILED));
        }
    }
}
