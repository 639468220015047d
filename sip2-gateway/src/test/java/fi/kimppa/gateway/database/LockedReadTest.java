package fi.kimppa.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Eventually;
import fi.kimppa.gateway.database.LockedRead.Question;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class LockedReadTest {
    private static JdbcTemplate jdbc;
    private static LockedRead locked;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        var database = TestPostgres.empty();
        var source = new DriverManagerDataSource(database.url(), database.user(), database.password());
        jdbc = new JdbcTemplate(source);
        locked = new LockedRead(jdbc);
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        jdbc.execute("create table things (number int primary key)");
        jdbc.execute("create table loans (thing int)");
        jdbc.execute("insert into things values (1)");
    }

    private static Optional<Integer> loans(int thing) {
        return transaction.execute(_ -> locked.first(loansOf(thing)));
    }

    private static Question<Integer> loansOf(int thing) {
        return new Question<>(
                "thing " + thing,
                "select 1 from things where number = :thing for update",
                """
                select (select count(*) from loans where thing = number) from things where number = :thing
                """,
                new MapSqlParameterSource("thing", thing),
                (row, _) -> row.getInt(1));
    }

    @Test
    void readsWhatItsLockWaitedFor() throws Exception {
        jdbc.execute("truncate loans");
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> transaction.executeWithoutResult(_ -> {
                    jdbc.queryForList("select 1 from things where number = 1 for update");
                    jdbc.execute("insert into loans values (1)");
                    holds.countDown();
                    isThere(mayEnd);
                }),
                Thread::startVirtualThread);
        isThere(holds);

        CompletableFuture<Optional<Integer>> read =
                CompletableFuture.supplyAsync(() -> loans(1), Thread::startVirtualThread);
        Eventually.await(() -> JdbcClient.create(jdbc)
                .sql("""
                        select exists (select from pg_stat_activity
                                        where datname = current_database() and wait_event_type = 'Lock')
                        """)
                .query((row, _) -> row.getBoolean(1))
                .single());
        mayEnd.countDown();

        assertThat(read.get(10, TimeUnit.SECONDS)).contains(1);
        other.get(10, TimeUnit.SECONDS);
    }

    @Test
    void asksWhatIsForeseenInOneTrip() {
        jdbc.execute("truncate loans");

        List<Integer> counts = transaction.execute(_ -> locked.ahead(List.of(loansOf(1), loansOf(2)), () -> {
            // Not among those that are foreseen: it takes them along.
            locked.first(loansOf(3));
            jdbc.execute("insert into loans values (1)");
            int before = locked.first(loansOf(1)).orElseThrow();
            int after = locked.first(loansOf(1)).orElseThrow();
            return List.of(before, after, locked.first(loansOf(2)).orElse(-1));
        }));

        assertThat(counts).containsExactly(0, 1, -1);
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertThat(loans(2)).isEmpty();
    }

    private static void isThere(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
