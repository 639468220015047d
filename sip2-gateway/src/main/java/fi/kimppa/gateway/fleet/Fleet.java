package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.fleet.TerminalState.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of all terminals and a bounded list of events, in the database. Every change that staff can see has a
 * number; whoever has seen number n asks for what came after n. Gateways tell each other by NOTIFY on
 * {@value #CHANNEL}.
 *
 * <p>Threads: may be shared.
 */
@Component
class Fleet {
    static final String CHANNEL = "fleet";

    /** A change that staff can see. */
    sealed interface Change {
        long id();

        /** A terminal is different. */
        record TerminalChanged(TerminalState state) implements Change {
            @Override
            public long id() {
                return state.change();
            }
        }

        /** An event was added. */
        record EventAdded(FleetEvent event) implements Change {
            @Override
            public long id() {
                return event.id();
            }
        }
    }

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final JsonMapper json;
    private final Clock clock;
    private final FleetSettings settings;

    Fleet(JdbcClient jdbc, TransactionOperations transactions, JsonMapper json, Clock clock, FleetSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
        this.settings = settings;
    }

    // ---- what happens ------------------------------------------------------------------------------------

    /**
     * Takes a report. One that is older than the last by number and by the terminal's own clock is no news of the
     * devices (a restarted terminal counts from the beginning again), but its events are taken.
     */
    void accept(String terminal, DeviceReport report) {
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            Optional<Reported> last = lastReported(terminal);
            boolean late = last.isPresent()
                    && report.sequence() < last.get().sequence()
                    && report.at().isBefore(last.get().at());
            if (!late) {
                boolean wasSilent = change(terminal, state -> state.reported(report, now)) == Condition.SILENT;
                jdbc.sql("""
                                update fleet_terminals
                                set received_at = :now, reported_at = :at, sequence = :sequence
                                where terminal = :terminal""")
                        .param("now", Timestamp.from(now))
                        .param("at", Timestamp.from(report.at()))
                        .param("sequence", report.sequence())
                        .param("terminal", terminal)
                        .update();
                if (wasSilent) {
                    add(Optional.empty(), terminal, now, "BACK", "");
                }
            }
            for (DeviceReport.Event event : report.events()) {
                add(Optional.of(event.id()), terminal, event.at(), event.kind(), event.detail());
            }
        });
    }

    /** Something that the gateway itself noticed. */
    void noticed(String terminal, Instant at, String kind, String detail) {
        transactions.executeWithoutResult(_ -> add(Optional.empty(), terminal, at, kind, detail));
    }

    /** A gateway has this terminal on a SIP2 line, or has lost it. */
    void onLine(String terminal, Optional<TerminalState.Line> line) {
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            change(terminal, state -> state.onLine(line, now));
            stillOnLine(terminal, line.map(_ -> now));
        });
    }

    /** A gateway still has this terminal on its line. */
    void stillOnLine(String terminal, Optional<Instant> seen) {
        jdbc.sql("update fleet_terminals set sip_seen_at = :seen where terminal = :terminal")
                .param("seen", seen.map(Timestamp::from).orElse(null))
                .param("terminal", terminal)
                .update();
    }

    /** Finds terminals that have fallen silent and lines whose gateway is gone. Harmless when two gateways do it. */
    @Scheduled(fixedDelayString = "PT1S")
    void findSilent() {
        Instant now = clock.instant();
        jdbc.sql("""
                        select terminal, received_at from fleet_terminals
                        where received_at < :before and condition <> 'SILENT'""")
                .param("before", Timestamp.from(now.minus(settings.silentAfter())))
                .query((row, _) -> new LastHeard(row.getString("terminal"), instant(row, "received_at")))
                .list()
                .forEach(last -> transactions.executeWithoutResult(_ -> {
                    if (change(last.terminal(), state -> state.fellSilent(last.at())) != Condition.SILENT) {
                        add(Optional.empty(), last.terminal(), now, "SILENT", "");
                    }
                }));
        jdbc.sql("select terminal from fleet_terminals where sip_seen_at < :before")
                .param("before", Timestamp.from(now.minus(settings.lineLostAfter())))
                .query(String.class)
                .list()
                .forEach(terminal -> onLine(terminal, Optional.empty()));
    }

    /** Forgets events that are past their keeping. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void forgetOld() {
        jdbc.sql("""
                        delete from fleet_events where at < :before
                        or id < (select min(id) from (select id from fleet_events order by id desc limit :most) kept)""")
                .param("before", Timestamp.from(clock.instant().minus(settings.keepEvents())))
                .param("most", settings.maxEvents())
                .update();
    }

    // ---- what staff see ----------------------------------------------------------------------------------

    /** The number of the last change. */
    long lastChange() {
        return jdbc.sql("select change from fleet_clock").query(Long.class).single();
    }

    /** All terminals of which anything was heard. */
    List<TerminalState> terminals() {
        return terminalsAfter(0);
    }

    /** The newest events, newest first. */
    List<FleetEvent> events(int most) {
        return jdbc.sql("select id, terminal, at, kind, detail from fleet_events order by id desc limit :most")
                .param("most", most)
                .query((row, _) -> event(row))
                .list();
    }

    /** Everything that is different from what somebody saw who has seen this number, in order; 0 gives all. */
    List<Change> changesAfter(long number) {
        Stream<Change> terminals = terminalsAfter(number).stream().map(Change.TerminalChanged::new);
        Stream<Change> events = jdbc.sql("""
                                select id, terminal, at, kind, detail from fleet_events
                                where id > :number order by id desc limit 100""").param("number", number).query((row, _) -> event(row)).list().stream()
                .map(Change.EventAdded::new);
        return Stream.concat(terminals, events)
                .sorted(Comparator.comparingLong(Change::id))
                .toList();
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private record LastHeard(String terminal, Instant at) {}

    private record Reported(long sequence, Instant at) {}

    private Optional<Reported> lastReported(String terminal) {
        return jdbc.sql("""
                        select sequence, reported_at from fleet_terminals
                        where terminal = :terminal and reported_at is not null""")
                .param("terminal", terminal)
                .query((row, _) -> new Reported(row.getLong("sequence"), instant(row, "reported_at")))
                .optional();
    }

    /**
     * Changes a terminal's state under its row lock; a number is taken only if staff could see a difference.
     *
     * @return its condition before
     */
    private Condition change(String terminal, UnaryOperator<TerminalState> what) {
        jdbc.sql("""
                        insert into fleet_terminals (terminal, change, condition, condition_since)
                        values (:terminal, 0, 'UNKNOWN', :now) on conflict do nothing""")
                .param("terminal", terminal)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        TerminalState before = jdbc.sql(SELECT + " where terminal = :terminal for update")
                .param("terminal", terminal)
                .query((row, _) -> state(row))
                .single();
        TerminalState after = what.apply(before);
        if (!after.equals(before)) {
            write(after.numbered(nextChange()));
        }
        return before.condition();
    }

    private void write(TerminalState state) {
        jdbc.sql("""
                        update fleet_terminals set change = :change, condition = :condition, condition_since = :since,
                        report = cast(:report as jsonb), sip = cast(:sip as jsonb) where terminal = :terminal""")
                .param("change", state.change())
                .param("condition", state.condition().name())
                .param("since", Timestamp.from(state.since()))
                .param("report", state.report().map(json::writeValueAsString).orElse(null))
                .param("sip", state.line().map(json::writeValueAsString).orElse(null))
                .param("terminal", state.terminal())
                .update();
    }

    private void add(Optional<UUID> source, String terminal, Instant at, String kind, String detail) {
        boolean known = source.isPresent()
                && jdbc.sql("select count(*) from fleet_events where source = :source")
                                .param("source", source.get())
                                .query(Long.class)
                                .single()
                        > 0;
        if (known) {
            return;
        }
        jdbc.sql("""
                        insert into fleet_events (id, source, terminal, at, kind, detail)
                        values (:id, :source, :terminal, :at, :kind, :detail) on conflict (source) do nothing""")
                .param("id", nextChange())
                .param("source", source.orElse(null))
                .param("terminal", terminal)
                .param("at", Timestamp.from(at))
                .param("kind", kind)
                .param("detail", detail)
                .update();
    }

    /** The next number; others wait for this transaction's end, so that numbers are committed in order. */
    private long nextChange() {
        jdbc.sql("select pg_notify(:channel, '')")
                .param("channel", CHANNEL)
                .query((_, _) -> "")
                .list();
        return jdbc.sql("update fleet_clock set change = change + 1 returning change")
                .query(Long.class)
                .single();
    }

    private static final String SELECT =
            "select terminal, change, condition, condition_since, report, sip from fleet_terminals";

    private List<TerminalState> terminalsAfter(long number) {
        return jdbc.sql(SELECT + " where change > :number order by terminal")
                .param("number", number)
                .query((row, _) -> state(row))
                .list();
    }

    private TerminalState state(ResultSet row) throws SQLException {
        return new TerminalState(
                row.getString("terminal"),
                row.getLong("change"),
                Condition.valueOf(row.getString("condition")),
                instant(row, "condition_since"),
                read(row.getString("report"), TerminalState.Report.class),
                read(row.getString("sip"), TerminalState.Line.class));
    }

    private <T> Optional<T> read(@Nullable String text, Class<T> type) {
        return text == null ? Optional.empty() : Optional.of(json.readValue(text, type));
    }

    private static FleetEvent event(ResultSet row) throws SQLException {
        return new FleetEvent(
                row.getLong("id"),
                row.getString("terminal"),
                instant(row, "at"),
                row.getString("kind"),
                row.getString("detail"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
