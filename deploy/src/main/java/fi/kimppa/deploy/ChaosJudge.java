package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosHouse.Library;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Compares what patrons were told with what the library systems have. For one thread, when all is mended. */
final class ChaosJudge {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ChaosHouse house;

    ChaosJudge(ChaosHouse house) {
        this.house = house;
    }

    /** Waits until the journal has no change whose end is open, and says what is wrong with that and with these things. */
    List<String> wrong(List<ChaosItem> items) {
        List<String> wrong = new ArrayList<>(settled());
        wrong.addAll(compared(items));
        return wrong;
    }

    private List<String> settled() {
        String open = "select count(*) from journal where state <> 'SETTLED'";
        long until = System.nanoTime() + PATIENCE.toNanos();
        Optional<Long> left = number(open);
        while (!left.equals(Optional.of(0L))) {
            if (System.nanoTime() - until > 0) {
                return List.of(left.map(String::valueOf).orElse("Nobody knows how many")
                        + " changes in the journal have no end: "
                        + text(
                                "select string_agg(distinct state || ' ' || command || ' ' || coalesce(backend, '?'), ', ')"
                                        + " from journal where state <> 'SETTLED'"));
            }
            LockSupport.parkNanos(LOOK.toNanos());
            left = number(open);
        }
        return List.of();
    }

    private List<String> compared(List<ChaosItem> items) {
        Map<String, String> loans = new HashMap<>();
        Map<String, Integer> lent = new HashMap<>();
        for (Library library : ChaosHouse.OTHERS) {
            ChaosBooks.Read books = ChaosBooks.read(house.books(library));
            books.loans().forEach((item, loan) -> loans.put(item, loan.card()));
            lent.putAll(books.lent());
        }
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select item, count(*), max(card) filter (where returned_at is null)
                          from loans where item like '41%' group by item
                        """)) {
            while (rows.next()) {
                String item = rows.getString(1);
                lent.put(item, rows.getInt(2));
                Optional.ofNullable(rows.getString(3)).ifPresent(card -> loans.put(item, card));
            }
        } catch (SQLException e) {
            throw new StartException("The gateways' own store cannot be read.", e);
        }
        List<String> wrong = new ArrayList<>();
        for (ChaosItem item : items) {
            Optional<String> has = Optional.ofNullable(loans.get(item.number()));
            if (!has.equals(item.borrower())) {
                wrong.add(item.number() + ": patrons were told that "
                        + item.borrower().map(card -> card + " has it").orElse("it is back") + ", the library says "
                        + has.map(card -> card + " has it").orElse("it is back"));
            }
            int times = lent.getOrDefault(item.number(), 0);
            if (times != item.lent()) {
                wrong.add(item.number() + ": patrons were told of " + item.lent() + " loans, the library has " + times);
            }
        }
        return wrong;
    }

    private Optional<Long> number(String sql) {
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return Optional.of(rows.getLong(1));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private String text(String sql) {
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            return "the database does not say";
        }
    }
}
