package fi.kimppa.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class LateWritesTest {
    private static JdbcTemplate jdbc;
    private static LateWrites writes;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        var database = TestPostgres.empty();
        var source = new DriverManagerDataSource(database.url(), database.user(), database.password());
        jdbc = new JdbcTemplate(source);
        writes = new LateWrites(jdbc);
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        jdbc.execute(
                "create table said (number int primary key generated always as identity, word text unique, note text)");
    }

    @BeforeEach
    void nothingIsSaid() {
        jdbc.execute("truncate said restart identity");
    }

    private static void say(String word) {
        writes.sql("insert into said (word, note) values (:word, :note)")
                .param("word", word)
                .param("note", null, Types.VARCHAR)
                .later();
    }

    private static List<String> said() {
        return JdbcClient.create(jdbc)
                .sql("select word from said order by number")
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Test
    void writesAtOnceWhereNothingIsKept() {
        say("one");

        assertThat(said()).containsExactly("one");
    }

    @Test
    void writesInTheirOrderWhenTheWorkEnds() {
        List<String> during = transaction.execute(_ -> writes.together(() -> {
            say("one");
            say("two");
            writes.sql("update said set word = word || :more where word = :word")
                    .param("more", "!")
                    .param("word", "one")
                    .later();
            return said();
        }));

        assertThat(during).isEmpty();
        assertThat(said()).containsExactly("one!", "two");
    }

    @Test
    void endsTheTransactionWithWhatItWrites() {
        transaction.executeWithoutResult(status -> {
            writes.togetherToTheEnd(() -> {
                say("one");
                return true;
            });
            // Nothing is left to be rolled back.
            status.setRollbackOnly();
        });

        assertThat(said()).containsExactly("one");
    }

    @Test
    void endsNoTransactionWithHalfOfWhatItWrites() {
        assertThatThrownBy(() -> transaction.execute(_ -> writes.togetherToTheEnd(() -> {
                    say("one");
                    say("one");
                    return true;
                })))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(said()).isEmpty();
    }

    @Test
    void writesBeforeSomethingIsReadThatNeedsIt() {
        List<String> during = transaction.execute(_ -> writes.together(() -> {
            say("one");
            writes.flush();
            List<String> read = said();
            say("two");
            return read;
        }));

        assertThat(during).containsExactly("one");
        assertThat(said()).containsExactly("one", "two");
    }

    @Test
    void leavesTheWritesOfWorkWithinWorkToTheOuterOne() {
        List<String> during = transaction.execute(_ -> writes.together(() -> {
            say("one");
            writes.together(() -> {
                say("two");
                return true;
            });
            return said();
        }));

        assertThat(during).isEmpty();
        assertThat(said()).containsExactly("one", "two");
    }

    @Test
    void writesAllOrNothingWithoutATransaction() {
        assertThatThrownBy(() -> writes.together(() -> {
                    say("one");
                    say("two");
                    say("one");
                    return true;
                }))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(said()).isEmpty();
    }

    @Test
    void writesNothingOfWorkThatFails() {
        assertThatThrownBy(() -> writes.together(() -> {
                    say("one");
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        say("two");

        assertThat(said()).containsExactly("two");
    }
}
