package fi.kimppa.gateway.capture;

import fi.kimppa.gateway.capture.Capture.Ending;
import fi.kimppa.sip2.capture.CaptureLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Captures and their lines in the database. May be used by several threads. */
@Component
class CaptureStore {
    private static final String COLUMNS = """
            select id, terminal, masked, started_by, started_at, ends_at, ended_at, ending, lines, bytes, dropped
            from captures
            """;
    private static final int PAGE = 1000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionOperations transactions;
    private final CaptureSettings settings;
    private final Clock clock;

    CaptureStore(
            JdbcClient jdbc,
            JdbcTemplate batches,
            TransactionOperations transactions,
            CaptureSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A line that is to be kept.
     *
     * @param at when
     * @param connection number of the connection, unlike any other's at any gateway
     * @param kind what happened
     * @param text as the file will have it
     */
    record Row(Instant at, long connection, CaptureLine.Kind kind, String text) {}

    // ---- from the beginning to the end ------------------------------------------------------------------

    /** Begins a capture; to be called while no other change of settings is under way. */
    long insert(String terminal, boolean masked, String who, Duration time, byte[] standIns) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        insert into captures (terminal, masked, started_by, started_at, ends_at, stand_ins)
                        values (:terminal, :masked, :who, :now, :end, :key) returning id""")
                .param("terminal", terminal)
                .param("masked", masked)
                .param("who", who)
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(now.plus(time)))
                .param("key", standIns)
                .query((row, _) -> row.getLong("id"))
                .single();
    }

    /** The captures that run, by terminal. */
    List<Running> running() {
        return jdbc.sql("select id, terminal, masked, ends_at, stand_ins from captures where ended_at is null")
                .query((row, _) -> new Running(
                        row.getLong("id"),
                        row.getString("terminal"),
                        row.getTimestamp("ends_at").toInstant(),
                        new Masking(new StandIns(row.getBytes("stand_ins")), row.getBoolean("masked"))))
                .list();
    }

    /** Ends those whose time is over. */
    void endOverdue() {
        jdbc.sql("""
                        update captures set ended_at = ends_at, ending = 'TIME', stand_ins = null
                        where ended_at is null and ends_at <= :now""").param("now", Timestamp.from(clock.instant())).update();
    }

    /**
     * Ends a capture and destroys its key.
     *
     * @return whether it ran
     */
    boolean end(long id, Ending ending) {
        return jdbc.sql("""
                        update captures set ended_at = :now, ending = :ending, stand_ins = null
                        where id = :id and ended_at is null""")
                        .param("id", id)
                        .param("ending", ending.name())
                        .param("now", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** Deletes a capture with its lines. */
    void delete(long id) {
        jdbc.sql("delete from captures where id = :id").param("id", id).update();
    }

    /** Deletes what has been kept long enough. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT2M")
    void deleteOld() {
        Instant now = clock.instant();
        jdbc.sql("""
                        delete from captures
                        where (masked and ended_at < :masked) or (not masked and ended_at < :unmasked)""")
                .param("masked", Timestamp.from(now.minus(settings.keep())))
                .param("unmasked", Timestamp.from(now.minus(settings.keepUnmasked())))
                .update();
    }

    // ---- lines -------------------------------------------------------------------------------------------

    /**
     * Keeps lines, as many as there is room for. A capture that is full ends. One that was deleted takes nothing.
     *
     * @param dropped how many messages could not even be brought here
     */
    void append(long id, List<Row> rows, long dropped) {
        transactions.executeWithoutResult(_ -> jdbc.sql("select lines, bytes from captures where id = :id for update")
                .param("id", id)
                .query((row, _) -> new long[] {row.getLong("lines"), row.getLong("bytes")})
                .optional()
                .ifPresent(had -> append(id, rows, dropped, had[0], had[1])));
    }

    private void append(long id, List<Row> rows, long dropped, long lines, long size) {
        List<Object[]> kept = new ArrayList<>();
        long more = 0;
        boolean full = false;
        for (Row row : rows) {
            more += row.text().length();
            full = lines + kept.size() >= settings.maxLines()
                    || size + more > settings.maxSize().toBytes();
            if (full) {
                more -= row.text().length();
                break;
            }
            kept.add(new Object[] {
                id, Timestamp.from(row.at()), row.connection(), row.kind().name(), row.text()
            });
        }
        batches.batchUpdate(
                "insert into capture_lines (capture, at, connection, kind, text) values (?, ?, ?, ?, ?)", kept);
        jdbc.sql("""
                        update captures set lines = lines + :lines, bytes = bytes + :size, dropped = dropped + :dropped
                        where id = :id""")
                .param("id", id)
                .param("lines", kept.size())
                .param("size", more)
                .param("dropped", dropped)
                .update();
        if (full) {
            boolean _ = end(id, Ending.FULL);
        }
    }

    // ---- looking -----------------------------------------------------------------------------------------

    /** A terminal's captures, newest first. */
    List<Capture> of(String terminal) {
        return jdbc.sql(COLUMNS + "where terminal = :terminal order by id desc limit 100")
                .param("terminal", terminal)
                .query(CaptureStore::capture)
                .list();
    }

    /** The capture with this number. */
    Optional<Capture> find(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(CaptureStore::capture)
                .optional();
    }

    private static Capture capture(ResultSet row, int number) throws SQLException {
        Optional<Timestamp> ended = Optional.ofNullable(row.getTimestamp("ended_at"));
        String ending = row.getString("ending");
        return new Capture(
                row.getLong("id"),
                row.getString("terminal"),
                row.getBoolean("masked"),
                row.getString("started_by"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                ended.map(at -> new Capture.End(at.toInstant(), Ending.valueOf(ending))),
                row.getLong("lines"),
                row.getLong("bytes"),
                row.getLong("dropped"));
    }

    /** Where a page of lines ended. */
    private record Place(Instant at, long id) {}

    /** Tells all lines of a capture in order, connections numbered from 1. */
    void lines(Capture capture, Consumer<CaptureLine> reader) {
        Map<Long, Integer> connections = new HashMap<>();
        Place last = new Place(Instant.EPOCH, 0);
        List<Place> page;
        do {
            page = jdbc.sql("""
                            select id, at, connection, kind, text from capture_lines
                            where capture = :capture and (at, id) > (:at, :id) order by at, id limit :page""")
                    .param("capture", capture.id())
                    .param("at", Timestamp.from(last.at()))
                    .param("id", last.id())
                    .param("page", PAGE)
                    .query((row, _) -> {
                        Instant at = row.getTimestamp("at").toInstant();
                        int connection =
                                connections.computeIfAbsent(row.getLong("connection"), _ -> connections.size() + 1);
                        reader.accept(new CaptureLine(
                                Duration.between(capture.startedAt(), at),
                                connection,
                                CaptureLine.Kind.valueOf(row.getString("kind")),
                                row.getString("text")));
                        return new Place(at, row.getLong("id"));
                    })
                    .list();
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == PAGE);
    }
}
