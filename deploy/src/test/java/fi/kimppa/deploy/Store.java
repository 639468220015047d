package fi.kimppa.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gateway's own database, looked into past the gateway: how often something was done is seen nowhere else. It can be asked while
 * the gateway is down.
 */
final class Store {
    private final Path data;
    private final Set<String> handedOut = new HashSet<>();

    Store(Path data) {
        this.data = data;
    }

    /** One time that somebody had an item. */
    record Loan(Instant lent, Optional<Instant> returned) {}

    /** Books on loan that nobody waits for; each is given to one test only. */
    List<String> lentBooks(int count) {
        return handOut(count, """
                select l.item from loans l join items i on i.number = l.item
                 where l.returned_at is null and i.type = 'BOOK' and length(l.item) = 10 and l.item >= '3000100000'
                   and not exists (select from holds h where h.title_id = i.title_id and h.state <> 'FULFILLED')
                 order by l.item""");
    }

    /** Books on the shelf of a branch that nobody waits for; each is given to one test only. */
    List<String> shelvedBooks(int count, String branch) {
        return handOut(count, """
                select i.number from items i
                 where i.type = 'BOOK' and i.home_branch = '%s' and i.number >= '3000100000'
                   and i.for_loan and not exists (select from loans l where l.item = i.number)
                   and not exists (select from holds h where h.title_id = i.title_id and h.state <> 'FULFILLED')
                 order by i.number""".formatted(branch));
    }

    /** Every loan of an item, oldest first. */
    List<Loan> loans(String item) {
        String sql = "select lent_at, returned_at from loans where item = '" + item + "' order by id";
        return query(
                sql,
                row -> new Loan(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)));
    }

    /** Writes a staff pad among the terminals; a gateway offers it after its next start. */
    void addStaffPad(String login, String branch) {
        String sql = """
                insert into terminals (login, kind, branch_code, institution_id, password)
                values (?, 'DESK', ?, ?, '00:' || encode(sha256('\\x00'::bytea || convert_to(?, 'UTF8')), 'hex'))""";
        try (Connection connection = DriverManager.getConnection(url(), "kimppa", password());
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, login);
            insert.setString(2, branch);
            insert.setString(3, branch);
            insert.setString(4, "demo-" + login);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the gateway's database did not answer", e);
        }
    }

    /** Lets the kiosks of all branches lend to all cards while no gateway answers; a gateway knows it after its next start. */
    void lendOffLine() {
        try (Connection connection = DriverManager.getConnection(url(), "kimppa", password());
                PreparedStatement insert = connection.prepareStatement(
                        "insert into settings (scope_kind, scope, key, value) values ('CONSORTIUM', '', 'offline.loans', 'all-cards')")) {
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the gateway's database did not answer", e);
        }
    }

    /** Registers somebody like the demonstration's first patron, with the same PIN; returns the card. */
    String addPatron(int number) {
        String card = "20009%05d".formatted(number);
        String sql = """
                insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on, self_service)
                select ?, family_name, given_name, birth_date, category, home_branch, pin, expires_on, self_service
                  from patrons where card = ?""";
        try (Connection connection = DriverManager.getConnection(url(), "kimppa", password());
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, card);
            insert.setString(2, VendorMachine.CARD);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the gateway's database did not answer", e);
        }
        return card;
    }

    /** How many exchanges of the journal are not settled. */
    int unsettled() {
        return query("select count(*) from journal where state <> 'SETTLED'", row -> row.getInt(1))
                .getFirst();
    }

    private List<String> handOut(int count, String sql) {
        List<String> fresh = query(sql, row -> row.getString(1)).stream()
                .filter(item -> !handedOut.contains(item))
                .limit(count)
                .toList();
        if (fresh.size() < count) {
            throw new IllegalStateException("the demo collection has only " + fresh.size() + " such books left");
        }
        handedOut.addAll(fresh);
        return fresh;
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Reading<T> reading) {
        try (Connection connection = DriverManager.getConnection(url(), "kimppa", password());
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(reading.of(row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("the gateway's database did not answer", e);
        }
    }

    /** The server says its port in the fourth line of its own file. */
    private String url() {
        return "jdbc:postgresql://127.0.0.1:"
                + read("database/postmaster.pid").lines().toList().get(3).strip() + "/kimppa";
    }

    private String password() {
        return read("database.password").strip();
    }

    private String read(String file) {
        try {
            return Files.readString(data.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
