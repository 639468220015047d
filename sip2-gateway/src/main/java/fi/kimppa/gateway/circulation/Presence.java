package fi.kimppa.gateway.circulation;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Shows the other gateways on the same database that this one lives: a number of its own and an advisory lock on it,
 * held by a connection of its own. The lock goes when the process goes, however it went.
 */
@Component
public class Presence implements DisposableBean {
    /** The first half of the locks' keys: "KIMP". */
    public static final int LOCKS = 0x4B494D50;

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final int number = 1 + new SecureRandom().nextInt(Integer.MAX_VALUE - 1);
    private final DataSource source;
    private @Nullable Connection connection;

    Presence(DataSource source) throws SQLException {
        this.source = source;
        show();
    }

    /** The number of this running gateway. */
    public int number() {
        return number;
    }

    /** Takes the lock again if the database dropped the connection. */
    @Scheduled(fixedDelayString = "PT5S")
    synchronized void stay() {
        try {
            if (connection == null || !connection.isValid(2)) {
                close();
                show();
                LOG.info("Took this gateway's lock again after the database had been away");
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("this gateway's lock cannot be taken", e);
        }
    }

    private synchronized void show() throws SQLException {
        Connection fresh = source.getConnection();
        try (PreparedStatement lock = fresh.prepareStatement("select pg_advisory_lock(?, ?)")) {
            lock.setInt(1, LOCKS);
            lock.setInt(2, number);
            lock.execute();
            connection = fresh;
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
    }

    private void close() throws SQLException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    @Override
    public synchronized void destroy() throws SQLException {
        if (connection != null) {
            // The pool would keep the session, and the lock with it.
            try (PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock_all()")) {
                unlock.execute();
            }
            close();
        }
    }
}
