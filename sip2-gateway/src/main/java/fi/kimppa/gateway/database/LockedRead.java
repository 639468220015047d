package fi.kimppa.gateway.database;

import java.sql.ResultSet;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Locks and reads in one trip to the database. They are two statements and not one, because a statement sees what was there when it
 * began: one that waits for its lock would read what the other has changed meanwhile as it was before. May be used by
 * several threads.
 */
@Component
public class LockedRead {
    private final NamedParameterJdbcTemplate jdbc;

    LockedRead(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Within the transaction that is under way, which holds the lock until it ends.
     *
     * @param lock a query; what it gives is of no interest
     * @param read what to read once it is locked
     * @param params of both
     * @return the first row, if there is one
     */
    public <T> Optional<T> first(String lock, String read, SqlParameterSource params, RowMapper<T> rows) {
        return Objects.requireNonNull(jdbc.<Optional<T>>execute(lock + ";\n" + read, params, statement -> {
            statement.execute();
            statement.getMoreResults();
            try (ResultSet found = statement.getResultSet()) {
                return found.next() ? Optional.of(Objects.requireNonNull(rows.mapRow(found, 0))) : Optional.empty();
            }
        }));
    }
}
