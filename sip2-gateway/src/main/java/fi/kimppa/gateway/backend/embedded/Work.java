package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.Deadlines;
import fi.kimppa.gateway.database.LateWrites;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs one piece of work in one transaction that ends before the gateway stops waiting for it. */
@Component
class Work {
    private final TransactionTemplate transaction;
    private final LateWrites writes;

    Work(PlatformTransactionManager transactions, LateWrites writes, Deadlines deadlines) {
        this.writes = writes;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(
                Math.toIntExact(Math.max(1, deadlines.backend().toSeconds() - 1)));
    }

    /**
     * Commits what the work did, or nothing.
     *
     * @throws BackendSilentException if the database does not answer in time; its outcome is known unless the commit
     *     itself was cut off
     */
    <T> T inTransaction(Supplier<T> work) {
        boolean[] worked = new boolean[1];
        try {
            return transaction.execute(_ -> {
                T result = writes.together(work);
                worked[0] = true;
                return result;
            });
        } catch (CannotCreateTransactionException e) {
            throw new BackendSilentException("embedded: no connection to the database", true, e);
        } catch (DataAccessException | TransactionException e) {
            throw new BackendSilentException("embedded: the transaction failed", !worked[0], e);
        }
    }
}
