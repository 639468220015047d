package fi.kimppa.gateway.backend.embedded.exchange;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Keeps persons out of logs: what the driver says of a batch that failed has all its values in it, and whoever ends the transaction
 * logs that.
 */
final class Nameless {
    private static final String SAID = "rows of an import; what the database said names persons and is left out";

    private Nameless() {}

    /** Does a batch; if it fails, the exception is of the same kind and names nobody. */
    static void run(Runnable batch) {
        try {
            batch.run();
        } catch (DataIntegrityViolationException _) {
            throw new DataIntegrityViolationException(SAID);
        } catch (TransientDataAccessException _) {
            throw new TransientDataAccessResourceException(SAID);
        } catch (DataAccessResourceFailureException _) {
            throw new DataAccessResourceFailureException(SAID);
        } catch (DataAccessException e) {
            throw new IllegalStateException(SAID + ": " + e.getClass().getName());
        }
    }
}
