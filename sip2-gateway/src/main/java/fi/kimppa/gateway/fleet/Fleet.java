package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.circulation.Presence;
import fi.kimppa.gateway.circulation.TerminalClockSeen;
import fi.kimppa.gateway.fleet.TerminalState.Condition;
import fi.kimppa.gateway.fleet.TerminalState.Line;
import fi.kimppa.gateway.sip.ExchangeOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

    private static final Duration STRETCH = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

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
    private final Presence presence;
    private final FleetSettings settings;
    private volatile boolean several;

    Fleet(
            JdbcClient jdbc,
            TransactionOperations transactions,
            JsonMapper json,
            Clock clock,
            Presence presence,
            FleetSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
        this.presence = presence;
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

    /** What the gateway itself noticed, all of it in one transaction. */
    void noticed(List<Noticed> news) {
        transactions.executeWithoutResult(
                _ -> news.forEach(one -> add(Optional.empty(), one.terminal(), one.at(), one.kind(), one.detail())));
    }

    /**
     * What has become of terminals on SIP2 lines, in one transaction. Nothing is written of a terminal of which nothing is
     * different.
     *
     * @param changes by login, at least one
     * @param counts further lines by how they ended, by the login of one that has a change
     */
    void onLines(Map<String, UnaryOperator<Line>> changes, Map<String, Map<ExchangeOutcome, Long>> counts) {
        Instant now = clock.instant();
        List<Count> further = counts.entrySet().stream()
                .flatMap(entry -> entry.getValue().entrySet().stream()
                        .map(count -> new Count(entry.getKey(), count.getKey(), count.getValue())))
                .sorted(Comparator.comparing(Count::terminal).thenComparing(Count::outcome))
                .toList();
        transactions.executeWithoutResult(_ -> {
            count(further, now);
            Set<String> counted = further.stream().map(Count::terminal).collect(Collectors.toSet());
            change(changes.keySet(), counted, state -> {
                Line before = state.line().orElse(Line.NONE);
                Line after = changes.getOrDefault(state.terminal(), UnaryOperator.identity())
                        .apply(before);
                return state.onLine(after, now);
            });
        });
    }

    private void count(List<Count> further, Instant now) {
        if (!further.isEmpty()) {
            jdbc.sql("""
                            insert into terminal_counts as had (terminal, stretch, outcome, times)
                            select terminal, :stretch, outcome, times
                              from jsonb_to_recordset(cast(:counts as jsonb))
                                   as further (terminal text, outcome text, times bigint)
                            on conflict (terminal, stretch, outcome) do update set times = had.times + excluded.times
                            """)
                    .param("stretch", Timestamp.from(stretch(now)))
                    .param("counts", json.writeValueAsString(further))
                    .update();
        }
    }

    private static Instant stretch(Instant now) {
        return Instant.ofEpochSecond(now.getEpochSecond() / STRETCH.toSeconds() * STRETCH.toSeconds());
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
        findLost(now);
        Set<String> older =
                Set.copyOf(jdbc.sql("delete from terminal_counts where stretch < :before returning terminal")
                        .param("before", Timestamp.from(hourBefore(now)))
                        .query((row, _) -> row.getString("terminal"))
                        .list());
        if (!older.isEmpty()) {
            transactions.executeWithoutResult(_ -> change(older, older, UnaryOperator.identity()));
        }
    }

    /** Finds lines whose gateway is gone, and machines without a line that have not come for long. */
    private void findLost(Instant now) {
        Set<Integer> living = Stream.concat(
                        Stream.of(presence.number()),
                        jdbc
                                .sql("""
                                select objid::bigint as gateway from pg_locks
                                 where locktype = 'advisory' and classid::bigint = :locks and objsubid = 2 and granted
                                """)
                                .param("locks", Presence.LOCKS)
                                .query((row, _) -> row.getInt("gateway"))
                                .list()
                                .stream())
                .collect(Collectors.toSet());
        several = living.size() > 1;
        Set<String> doubtful = Set.copyOf(jdbc.sql("""
                                select terminal from fleet_terminals
                                 where exists (select from jsonb_array_elements(sip -> 'links') link
                                                where cast(link ->> 'gateway' as integer) not in (:living))
                                    or (report is null and condition <> 'UNKNOWN'
                                        and jsonb_array_length(sip -> 'links') = 0
                                        and cast(sip ->> 'passing' as timestamptz) <= :quiet)
                                """)
                .param("living", living)
                .param("quiet", Timestamp.from(now.minus(TerminalState.QUIET)))
                .query((row, _) -> row.getString("terminal"))
                .list());
        if (!doubtful.isEmpty()) {
            transactions.executeWithoutResult(_ -> change(
                    doubtful,
                    Set.of(),
                    state -> state.onLine(state.line().orElse(Line.NONE).of(living, now), now)));
        }
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

    /** Whether more than one gateway is alive, so that it matters at which one a terminal is. */
    boolean severalGateways() {
        return several;
    }

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

    /**
     * Everything that is different from what somebody saw who has seen this number, in order; 0 gives all. What is committed
     * between the reading of terminals and of events is left for the next time: whoever saw its second half would pass over
     * its first.
     */
    List<Change> changesAfter(long number) {
        long last = lastChange();
        Stream<Change> terminals = terminalsAfter(number).stream().map(Change.TerminalChanged::new);
        Stream<Change> events = jdbc.sql("""
                                select id, terminal, at, kind, detail from fleet_events
                                where id > :number order by id desc limit 100""").param("number", number).query((row, _) -> event(row)).list().stream()
                .map(Change.EventAdded::new);
        return Stream.concat(terminals, events)
                .filter(change -> change.id() <= last)
                .sorted(Comparator.comparingLong(Change::id))
                .toList();
    }

    // ---- rows --------------------------------------------------------------------------------------------

    private record LastHeard(String terminal, Instant at) {}

    private record Reported(long sequence, Instant at) {}

    private record Count(String terminal, ExchangeOutcome outcome, long times) {}

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
        insert(Set.of(terminal));
        TerminalState before = locked(Set.of(terminal)).getFirst();
        TerminalState after = what.apply(before);
        if (!after.equals(before)) {
            write(List.of(after.numbered(nextChanges(1))));
        }
        return before.condition();
    }

    /**
     * Changes the states of several terminals.
     *
     * @param different terminals of which something else is different, which staff see with the state
     */
    private void change(Set<String> terminals, Set<String> different, UnaryOperator<TerminalState> what) {
        insert(terminals);
        Set<String> news = states(terminals, "").stream()
                .filter(state -> different.contains(state.terminal())
                        || !what.apply(state).equals(state))
                .map(TerminalState::terminal)
                .collect(Collectors.toSet());
        if (news.isEmpty()) {
            return;
        }
        List<TerminalState> before = locked(news);
        long number = nextChanges(before.size()) - before.size();
        List<TerminalState> numbered = new ArrayList<>();
        for (TerminalState state : before) {
            TerminalState after = what.apply(state);
            number++;
            numbered.add(after.numbered(number));
            wrongClock(after)
                    .filter(fault -> !wrongClock(state).equals(Optional.of(fault)))
                    .ifPresent(fault ->
                            add(Optional.empty(), state.terminal(), clock.instant(), "CLOCK_" + fault.name(), ""));
        }
        write(numbered);
    }

    private static Optional<TerminalClockSeen.Fault> wrongClock(TerminalState state) {
        return state.line().flatMap(Line::clock).map(TerminalState.WrongClock::fault);
    }

    private void insert(Set<String> terminals) {
        jdbc.sql("""
                        insert into fleet_terminals (terminal, change, condition, condition_since)
                        select heard.terminal, 0, 'UNKNOWN', :now
                          from jsonb_array_elements_text(cast(:terminals as jsonb)) as heard (terminal)
                         where heard.terminal not in (select terminal from fleet_terminals)
                         order by heard.terminal
                        on conflict do nothing""")
                .param("terminals", json.writeValueAsString(terminals))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** In the order of their names, so that two who want the same ones do not wait for each other for ever. */
    private List<TerminalState> locked(Set<String> terminals) {
        return states(terminals, " for update");
    }

    private List<TerminalState> states(Set<String> terminals, String lock) {
        return jdbc.sql(SELECT + """
                         where terminal in (select jsonb_array_elements_text(cast(:terminals as jsonb))) order by terminal
                        """ + lock)
                .param("terminals", json.writeValueAsString(terminals))
                .query((row, _) -> state(row, Map.of()))
                .list();
    }

    /** All of them at once: a hundred machines that are at work are written each second, while others wait for an answer. */
    private void write(List<TerminalState> states) {
        jdbc.sql("""
                        update fleet_terminals t
                           set change = n.change, condition = n.condition, condition_since = n.since, report = n.report,
                               sip = n.sip
                          from jsonb_to_recordset(cast(:states as jsonb))
                               as n (terminal text, change bigint, condition text, since timestamptz, report jsonb, sip jsonb)
                         where t.terminal = n.terminal
                        """)
                .param(
                        "states",
                        json.writeValueAsString(states.stream().map(Written::of).toList()))
                .update();
    }

    /** A terminal's state as its row has it. */
    private record Written(
            String terminal,
            long change,
            String condition,
            String since,
            TerminalState.@Nullable Report report,
            @Nullable Line sip) {
        static Written of(TerminalState state) {
            return new Written(
                    state.terminal(),
                    state.change(),
                    state.condition().name(),
                    state.since().toString(),
                    state.report().orElse(null),
                    state.line().orElse(null));
        }
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
                .param("id", nextChanges(1))
                .param("source", source.orElse(null))
                .param("terminal", terminal)
                .param("at", Timestamp.from(at))
                .param("kind", kind)
                .param("detail", detail)
                .update();
    }

    /** The last of so many next numbers; others wait for this transaction's end, so that they are committed in order. */
    private long nextChanges(int many) {
        jdbc.sql("select pg_notify(:channel, '')")
                .param("channel", CHANNEL)
                .query((_, _) -> "")
                .list();
        return jdbc.sql("update fleet_clock set change = change + :many returning change")
                .param("many", many)
                .query(Long.class)
                .single();
    }

    private static final String SELECT =
            "select terminal, change, condition, condition_since, report, sip from fleet_terminals";

    private List<TerminalState> terminalsAfter(long number) {
        Map<String, Map<ExchangeOutcome, Long>> counts = lastHour(number);
        return jdbc.sql(SELECT + " where change > :number order by terminal")
                .param("number", number)
                .query((row, _) -> state(row, counts.getOrDefault(row.getString("terminal"), Map.of())))
                .list();
    }

    private Map<String, Map<ExchangeOutcome, Long>> lastHour(long number) {
        return jdbc
                .sql("""
                        select terminal, outcome, sum(times) as times from terminal_counts
                         where stretch >= :from
                           and terminal in (select terminal from fleet_terminals where change > :number)
                         group by terminal, outcome""")
                .param("from", Timestamp.from(hourBefore(clock.instant())))
                .param("number", number)
                .query((row, _) -> new Count(
                        row.getString("terminal"),
                        ExchangeOutcome.valueOf(row.getString("outcome")),
                        row.getLong("times")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Count::terminal, Collectors.toMap(Count::outcome, Count::times)));
    }

    /** The beginning of the oldest stretch that is counted. */
    private static Instant hourBefore(Instant now) {
        return stretch(now).minus(HOUR);
    }

    private TerminalState state(ResultSet row, Map<ExchangeOutcome, Long> lastHour) throws SQLException {
        return new TerminalState(
                row.getString("terminal"),
                row.getLong("change"),
                Condition.valueOf(row.getString("condition")),
                instant(row, "condition_since"),
                read(row.getString("report"), TerminalState.Report.class),
                read(row.getString("sip"), Line.class),
                lastHour);
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
