package fi.kimppa.gateway.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the failures of a database say of it, by their SQLSTATE (PostgreSQL, appendix A). A wrong password or a database that does not exist
 * is no absence: waiting does not mend it.
 */
public final class Absence {
    private Absence() {}

    /**
     * The failure that says that the database is not there, or not for us, at the moment: 08 the connection; 57P01 to 57P03 it is being
     * shut down, has crashed or is starting; 57014 it took too long; or the pool has got no connection in time.
     */
    public static Optional<SQLException> in(Throwable failure) {
        return first(
                failure,
                cause -> cause instanceof SQLTransientConnectionException
                        || state(cause).startsWith("08")
                        || state(cause).matches("57P0[123]|57014"));
    }

    /**
     * The failure that says that the database is there and cannot write: 53 no disk, no memory; 58 the system around it; XX a fault inside,
     * which is also what a file that may not grow comes to. A server that has been made read-only, as hosts do with a full one, says 25006.
     * That all connections are taken (53300) says nothing of writing.
     */
    public static Optional<SQLException> ofRoom(Throwable failure) {
        return first(failure, cause -> state(cause).matches("53(?!300).*|58.*|XX.*|25006"));
    }

    private static Optional<SQLException> first(Throwable failure, Predicate<SQLException> says) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(says)
                .findFirst();
    }

    private static String state(SQLException failure) {
        return Objects.requireNonNullElse(failure.getSQLState(), "");
    }
}
