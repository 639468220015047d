package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosHouse.Library;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Compares what patrons were told with what the library systems have. For one thread, when all is mended. */
final class ChaosJudge {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ChaosHouse house;

    ChaosJudge(ChaosHouse house) {
        this.house = house;
    }

    /**
     * Waits until the journal has no change whose end is open, and says what is wrong with that, with these things and cards, with the
     * journal's chains, and with the proof of the returns.
     *
     * @param returned how many returns patrons were told are accepted
     */
    List<String> wrong(List<ChaosItem> items, List<ChaosCard> cards, int returned) {
        List<String> wrong = new ArrayList<>(settled());
        wrong.addAll(compared(items));
        wrong.addAll(compareCards(cards));
        wrong.addAll(chains());
        wrong.addAll(proof(returned));
        return wrong;
    }

    /** Each line of each terminal's chain, computed anew from the line before (docs/decisions/0046). */
    private List<String> chains() {
        List<String> wrong = new ArrayList<>();
        rows("""
                select terminal || ' at line ' || number
                  from (select c.*, coalesce(lag(link) over terminals, ''::bytea) as before,
                               coalesce(lag(number) over terminals, 0) as number_before
                          from journal_chain c
                        window terminals as (partition by terminal order by number)) c
                 where number <> number_before + 1
                    or link <> sha256(before || int8send(number) || int8send(journal_id)
                                      || int8send((extract(epoch from at) * 1000000)::bigint)
                                      || case when undo then '\\x01'::bytea else '\\x00'::bytea end
                                      || convert_to(concat_ws(E'\\n', command, branch_code, kind, who), 'UTF8') || digest)
                """).forEach(line -> wrong.add("The chain of " + line + " does not fit"));
        rows("""
                select e.terminal from journal_chain_ends e
                  left join journal_chain c on c.terminal = e.terminal and c.number = e.number and c.link = e.link
                 where c.terminal is null
                """).forEach(line -> wrong.add("The chain of " + line + " does not end where it says"));
        rows("""
                select c.terminal || ' at line ' || c.number
                  from journal_chain c join journal j on j.id = c.journal_id
                 where c.kind = 'OPEN' and j.request is not null and j.salt is not null
                   and c.digest <> sha256(j.salt || convert_to(concat_ws(E'\\n', j.terminal, j.command, coalesce(j.card, ''),
                                                                         j.item, j.transaction_date, j.detail, j.request), 'UTF8'))
                """).forEach(line -> wrong.add("What the journal has is not what the chain of " + line + " was made of"));
        return wrong;
    }

    /** n taken = n accepted + n with staff, and n is what patrons were told. */
    private List<String> proof(int returned) {
        return rows("""
                        with returns as (
                            select journal_id, bool_or(kind in ('DONE', 'WAITING', 'WITH_STAFF')) as taken,
                                   (array_agg(kind order by number desc))[1] as last
                              from journal_chain where command = '09' and not undo group by journal_id)
                        select concat_ws(' ', count(*) filter (where taken), count(*) filter (where last = 'DONE'),
                                         count(*) filter (where last = 'WITH_STAFF'))
                          from returns
                        """).stream()
                .map(line -> line.split(" ", -1))
                .filter(figures ->
                        Integer.parseInt(figures[0]) != Integer.parseInt(figures[1]) + Integer.parseInt(figures[2])
                                || Integer.parseInt(figures[0]) != returned)
                .map(figures -> "Returns: patrons were told of " + returned + ", the journal took " + figures[0]
                        + ", of them " + figures[1] + " are accepted and " + figures[2] + " with staff")
                .toList();
    }

    private List<String> compareCards(List<ChaosCard> cards) {
        Set<String> held = new HashSet<>();
        Map<String, Integer> paid = new HashMap<>();
        for (Library library : ChaosHouse.OTHERS) {
            ChaosBooks.Read books = ChaosBooks.read(house.books(library));
            held.addAll(books.held());
            paid.putAll(books.paid());
        }
        held.addAll(rows("""
                select h.card || ' ' || i.number
                  from holds h join items i on i.title_id = h.title_id
                 where i.number like '41%' and h.state <> 'FULFILLED'
                """));
        rows("select card from payments where card like '21%'").forEach(card -> paid.merge(card, 1, Integer::sum));
        List<String> wrong = new ArrayList<>();
        for (ChaosCard card : cards) {
            int booked = paid.getOrDefault(card.number(), 0);
            if (booked != card.paid()) {
                wrong.add(card.number() + ": patrons were told of " + card.paid() + " payments, the library has "
                        + booked);
            }
            card.held().stream()
                    .map(item -> card.number() + ' ' + item)
                    .filter(hold -> !held.remove(hold))
                    .forEach(hold -> wrong.add("Nobody holds what a patron was told: " + hold));
        }
        held.forEach(hold -> wrong.add("A hold of which no patron was told: " + hold));
        return wrong;
    }

    private List<String> rows(String sql) {
        List<String> found = new ArrayList<>();
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new StartException("The journal cannot be read.", e);
        }
        return found;
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
        Map<String, Integer> renewed = new HashMap<>();
        for (Library library : ChaosHouse.OTHERS) {
            ChaosBooks.Read books = ChaosBooks.read(house.books(library));
            books.loans().forEach((item, loan) -> loans.put(item, loan.card()));
            lent.putAll(books.lent());
            renewed.putAll(books.renewed());
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
            // Our own store counts one renewal a day, however often it is said.
            int again = renewed.getOrDefault(item.number(), 0);
            if (again != item.renewed() && !item.number().startsWith(Library.OWN.items)) {
                wrong.add(item.number() + ": patrons were told of " + item.renewed() + " renewals, the library has "
                        + again);
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
