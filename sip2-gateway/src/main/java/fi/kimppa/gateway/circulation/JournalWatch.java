package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.database.Absence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether the journal's database answers and takes what is written, looked at every second: without it nothing can be promised or
 * truthfully refused, and terminals are to hear so at once. It asks on a connection of its own, so that a pool in which all are busy is
 * not taken for an absent database.
 *
 * <p>One whose disk is full answers, and fails what grows a file. That is told by whoever failed ({@link #failed}), and is over when a
 * page of the journal can be written again. Threads: {@link #speaking} and {@link #failed} any.
 */
@Component
class JournalWatch implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWatch.class);

    /** Far more than a busy database needs to say that it is there, and less than a terminal waits for an answer. */
    private static final int PATIENCE_SECONDS = 3;

    /** A database without room fails everything that is written: so long nobody is sent there to find out that there is none yet. */
    private static final Duration REST = Duration.ofSeconds(5);

    /** Rows that need a page more, with nothing in them; they are rolled back. Others may have freed room in the journal's own pages only. */
    private static final String TRIAL = """
            insert into journal (gateway, command, state, terminal, terminal_kind, branch_code, institution_id, item, transaction_date,
                                 no_block, cancel, fee_acknowledged, response, opened_at, settled_at)
            select 0, '19', 'SETTLED', '-', 'KIOSK', '-', '-', '-', repeat(' ', 18), false, false, false, repeat('-', 1800),
                   timestamptz 'epoch', timestamptz 'epoch'
              from generate_series(1, 8)
            """;

    private final DataSource source;
    private final AtomicBoolean full = new AtomicBoolean();
    private @Nullable Connection connection;
    private volatile boolean silent;
    private volatile long trial;

    JournalWatch(DataSource source) {
        this.source = source;
    }

    /** Whether it answered when it was asked last, and has taken what was written since. */
    boolean speaking() {
        return !silent && !full.get();
    }

    /**
     * Takes note of a failure, if it says that the database is there and cannot write.
     *
     * @return whether it says so
     */
    boolean failed(Throwable failure) {
        Optional<SQLException> lack = Absence.ofRoom(failure);
        lack.ifPresent(cause -> {
            // A fault inside the database may be one row's alone; then the next look finds that it writes.
            trial = System.nanoTime() + (cause.getSQLState().startsWith("XX") ? 0 : REST.toNanos());
            if (full.compareAndSet(false, true)) {
                LOG.warn(
                        "The journal's database cannot write; terminals are told that the library is off-line: {}",
                        cause.getMessage());
            }
        });
        return lack.isPresent();
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
            if (full.get() && rested() && writes(connection) && rested()) {
                full.set(false);
                LOG.warn("The journal's database writes again");
            }
        } catch (SQLException e) {
            turned(true);
            drop();
        }
    }

    private boolean rested() {
        return System.nanoTime() - trial >= 0;
    }

    /** Whether it takes rows of the journal, of which it keeps none. */
    private static boolean writes(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            statement.executeUpdate(TRIAL);
            return true;
        } catch (SQLException e) {
            LOG.debug("The journal's database does not write yet", e);
            return false;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
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

    /** Gives back one that has failed; the pool makes another. */
    private void drop() {
        try {
            close();
        } catch (SQLException e) {
            LOG.debug("A connection that had failed could not be closed", e);
            connection = null;
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
