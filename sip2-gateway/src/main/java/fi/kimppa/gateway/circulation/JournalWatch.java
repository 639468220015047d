package fi.kimppa.gateway.circulation;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether the journal's database answers, looked at every second: without it nothing can be promised or truthfully refused, and
 * terminals are to hear so at once. It asks on a connection of its own, so that a pool in which all are busy is not taken for an absent
 * database. Threads: {@link #speaking} any.
 */
@Component
class JournalWatch implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWatch.class);

    /** Far more than a busy database needs to say that it is there, and less than a terminal waits for an answer. */
    private static final int PATIENCE_SECONDS = 3;

    private final DataSource source;
    private @Nullable Connection connection;
    private volatile boolean silent;

    JournalWatch(DataSource source) {
        this.source = source;
    }

    /** Whether it answered when it was asked last. */
    boolean speaking() {
        return !silent;
    }

    /** Asks it. Where the connection has gone, the absence is known before a new one is waited for. */
    @Scheduled(fixedDelayString = "PT1S")
    synchronized void look() {
        try {
            if (connection != null && !connection.isValid(PATIENCE_SECONDS)) {
                turned(true);
                close();
            }
            if (connection == null) {
                connection = source.getConnection();
            }
            turned(false);
        } catch (SQLException e) {
            connection = null;
            turned(true);
        }
    }

    private void turned(boolean now) {
        if (now != silent) {
            silent = now;
            if (now) {
                LOG.warn("The journal's database is silent; terminals are told that the library is off-line");
            } else {
                LOG.info("The journal's database answers again");
            }
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
        close();
    }
}
