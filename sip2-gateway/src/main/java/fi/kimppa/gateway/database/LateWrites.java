package fi.kimppa.gateway.database;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Writes whose results nobody waits for. What is written late within {@link #together} is kept, and goes to the database in one trip, in
 * its order, when that ends; outside, each is written at once. A loan makes nine such writes, and a trip takes longer than
 * most of them.
 *
 * <p>Whoever reads within the same work what was written late calls {@link #flush} first. What is written late must all be, or flushed
 * before something is written at once: order matters. May be used by several threads.
 */
@Component
public class LateWrites {
    private static final ScopedValue<List<Write>> KEPT = ScopedValue.newInstance();

    private final JdbcTemplate jdbc;

    LateWrites(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A statement that gives back no rows, with its named parameters. */
    public final class Write {
        private final String sql;
        private final MapSqlParameterSource params = new MapSqlParameterSource();

        private Write(String sql) {
            this.sql = sql;
        }

        /** Sets a parameter. */
        public Write param(String name, Object value) {
            params.addValue(name, value);
            return this;
        }

        /**
         * Sets a parameter that may be empty.
         *
         * @param sqlType one of {@link java.sql.Types}
         */
        public Write param(String name, @Nullable Object value, int sqlType) {
            params.addValue(name, value, sqlType);
            return this;
        }

        /** Writes it, at the latest when the work that is under way ends. */
        public void later() {
            if (KEPT.isBound()) {
                KEPT.get().add(this);
            } else {
                send(trip(List.of(this)));
            }
        }
    }

    /** Begins a write; see {@link Write#later}. */
    public Write sql(String sql) {
        return new Write(sql);
    }

    /**
     * Does some work, and then writes what it left to be written late: in the transaction that is under way, else all of that as one.
     * Work within work leaves its writes to the outer one.
     *
     * @throws org.springframework.dao.DataAccessException also for what the work wrote late
     */
    public <T> T together(Supplier<T> work) {
        return together(work, false);
    }

    /**
     * As {@link #together}, and ends the transaction in the same trip. Only for whoever began it and does not tell a commit that failed from
     * a write that failed.
     */
    public <T> T togetherToTheEnd(Supplier<T> work) {
        return together(work, true);
    }

    private <T> T together(Supplier<T> work, boolean end) {
        if (KEPT.isBound()) {
            return work.get();
        }
        return ScopedValue.where(KEPT, new ArrayList<>()).call(() -> {
            T result = work.get();
            if (end && !KEPT.get().isEmpty()) {
                sql("commit").later();
            }
            flush();
            return result;
        });
    }

    /** Writes now what was left to be written late. */
    public void flush() {
        if (KEPT.isBound() && !KEPT.get().isEmpty()) {
            OneTrip trip = trip(KEPT.get());
            KEPT.get().clear();
            send(trip);
        }
    }

    private static OneTrip trip(List<Write> writes) {
        OneTrip trip = new OneTrip();
        writes.forEach(write -> trip.add(write.sql, write.params));
        return trip;
    }

    private void send(OneTrip trip) {
        jdbc.update(trip.text(), trip.values());
    }
}
