package fi.kimppa.deploy;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A database of the gateway's schema that holds as much as is said, and what the bench asks of it past the gateway. */
final class BenchStore {
    /** Copies that a machine can lend to anybody and take back, all over the range of numbers. */
    private static final String FREE_ITEMS = """
            select i.number from items i
             where i.destination is null
               and not exists (select from loans l where l.item = i.number and l.returned_at is null)
               and not exists (select from holds h where h.title_id = i.title_id and h.state <> 'FULFILLED')
             order by hashtextextended(i.number, 42) limit ?
            """;

    private static final String CARDS = "select card from patrons order by hashtextextended(card, 42) limit ?";

    private final BenchServer server;
    private final String database;
    private final BenchSize size;

    /**
     * A store, empty as yet.
     *
     * @param database its name on the server
     */
    BenchStore(BenchServer server, String database, BenchSize size) {
        this.server = server;
        this.database = database;
        this.size = size;
    }

    String database() {
        return database;
    }

    BenchSize size() {
        return size;
    }

    /** Takes out what is there and fills it. Its gateway must be away, or idle. */
    void fill(PrintStream out) {
        try (Connection connection = server.connect(database)) {
            new BenchFilling(connection, size, Instant.now(), out).fill();
        } catch (SQLException e) {
            throw new StartException(
                    "The database " + database + " could not be filled with " + size.said() + ": " + e.getMessage(), e);
        }
    }

    /** Copies that can be lent, at most so many, in no order. */
    List<String> items(int most) {
        return texts(FREE_ITEMS, most);
    }

    /** Cards that can borrow, at most so many, in no order. */
    List<String> cards(int most) {
        return texts(CARDS, most);
    }

    private List<String> texts(String sql, int most) {
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, most);
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new StartException("The database " + database + " does not answer: " + sql, e);
        }
    }

    /** The number of the last loan. */
    long lastLoan() {
        return number("select coalesce(max(id), 0) from loans where id > ?", 0);
    }

    /** How many loans have been made and ended after this one. */
    long loansEndedAfter(long loan) {
        return number("select count(*) from loans where id > ? and returned_at is not null", loan);
    }

    /** How much it takes on the disk, in megabytes of a million bytes. */
    long megabytes() {
        return number("select pg_database_size(current_database()) / 1000000 + 0 * ?", 0);
    }

    private long number(String sql, long parameter) {
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new StartException("The database " + database + " does not answer: " + sql, e);
        }
    }
}
