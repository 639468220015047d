package fi.kimppa.gateway.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.ArgumentPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Locks and reads in one trip to the database. They are two statements and not one, because a statement sees what was there when it
 * began: one that waits for its lock would read what the other has changed meanwhile as it was before. May be used by
 * several threads.
 *
 * <p>Whoever knows what will be asked within a piece of work says so ({@link #ahead}): then the first question takes the others along,
 * in their order.
 */
@Component
public class LockedRead {
    private static final ScopedValue<Ahead> AHEAD = ScopedValue.newInstance();

    private final JdbcTemplate jdbc;

    LockedRead(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is locked and read.
     *
     * @param key names it, so that it is known again when it is asked
     * @param lock a query; what it gives is of no interest
     * @param read what to read once it is locked
     * @param params of both
     */
    public record Question<T>(String key, String lock, String read, SqlParameterSource params, RowMapper<T> rows) {
        private Optional<T> first(ResultSet found) throws SQLException {
            return found.next() ? Optional.of(Objects.requireNonNull(rows.mapRow(found, 0))) : Optional.empty();
        }
    }

    /** What will be asked, and what was answered before it was asked. */
    private static final class Ahead {
        private final List<Question<?>> foreseen;
        private final Map<String, Optional<?>> answers = new HashMap<>();

        Ahead(List<Question<?>> foreseen) {
            this.foreseen = new ArrayList<>(foreseen);
        }
    }

    /**
     * Does some work in which these questions will be asked, in this order after the first that is asked: they are locked and read with
     * it. One that is not asked after all has locked its rows until the transaction ends, and does no harm. Each is answered so once, so
     * that nobody reads what was there before a change of his own.
     */
    public <T> T ahead(List<Question<?>> foreseen, Supplier<T> work) {
        return ScopedValue.where(AHEAD, new Ahead(foreseen)).call(work::get);
    }

    /**
     * Within the transaction that is under way, which holds the lock until it ends.
     *
     * @return the first row, if there is one
     */
    @SuppressWarnings("unchecked") // A key stands for one question, and so for one kind of row.
    public <T> Optional<T> first(Question<T> question) {
        if (!AHEAD.isBound()) {
            return (Optional<T>) ask(List.of(question)).getFirst();
        }
        Ahead ahead = AHEAD.get();
        if (!ahead.answers.containsKey(question.key)) {
            List<Question<?>> asked = new ArrayList<>(List.of(question));
            ahead.foreseen.stream()
                    .filter(other -> !other.key.equals(question.key))
                    .forEach(asked::add);
            ahead.foreseen.clear();
            List<Optional<?>> answers = ask(asked);
            for (int i = 0; i < asked.size(); i++) {
                ahead.answers.put(asked.get(i).key, answers.get(i));
            }
        }
        return (Optional<T>) Objects.requireNonNull(ahead.answers.remove(question.key));
    }

    private List<Optional<?>> ask(List<Question<?>> questions) {
        OneTrip trip = new OneTrip();
        questions.forEach(question -> trip.add(question.lock, question.params).add(question.read, question.params));
        return Objects.requireNonNull(
                jdbc.execute(trip.text(), (PreparedStatement statement) -> answers(statement, trip, questions)));
    }

    private static List<Optional<?>> answers(PreparedStatement statement, OneTrip trip, List<Question<?>> questions)
            throws SQLException {
        new ArgumentPreparedStatementSetter(trip.values()).setValues(statement);
        statement.execute();
        List<Optional<?>> answers = new ArrayList<>();
        for (Question<?> question : questions) {
            // The first result of each is its lock's.
            statement.getMoreResults();
            try (ResultSet found = statement.getResultSet()) {
                answers.add(question.first(found));
            }
            statement.getMoreResults();
        }
        return answers;
    }
}
