package fi.kimppa.gateway.cutover;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import fi.kimppa.gateway.cutover.CutOver.End;
import fi.kimppa.gateway.cutover.CutOver.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The cut-overs of the consortium, from a copy in memory that is read again when a setting has changed anywhere. Changes are
 * written down beside those of the settings and reach every gateway with them, within a second; what follows from the two moments
 * follows by each gateway's clock.
 *
 * <p>Threads: may be shared.
 */
@Component
public class CutOvers {
    /** What the record of changes calls a cut-over, with its number in the database behind it. */
    public static final String KEY = "cut-over ";

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Consortium consortium;
    private final Clock clock;
    private volatile @Nullable Known known;

    CutOvers(JdbcClient jdbc, Settings settings, Consortium consortium, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.consortium = consortium;
        this.clock = clock;
    }

    private record Known(long version, List<CutOver> cutOvers) {}

    /** Why something is not done. */
    public enum Problem {
        /** There is no such municipality. */
        MUNICIPALITY,
        /** The municipality has another system than the one it is to leave, or the two are the same. */
        SYSTEM,
        /** The freeze must lie before the cut-over, and the cut-over before now only if it is over already. */
        DATES,
        /** Another one of this municipality has not ended. */
        OPEN,
        /** It has gone on, or ended, meanwhile. */
        STATE
    }

    // ---- reading -----------------------------------------------------------------------------------------

    /** All, the latest first. */
    public List<CutOver> all() {
        long version = settings.version();
        Known copy = known;
        if (copy == null || copy.version != version) {
            copy = new Known(version, read());
            known = copy;
        }
        return copy.cutOvers;
    }

    /** The one with this number. */
    public Optional<CutOver> find(long id) {
        return all().stream().filter(one -> one.id() == id).findFirst();
    }

    /** The last that was planned in this municipality, however far it has come. */
    public Optional<CutOver> latest(String municipality) {
        return all().stream()
                .filter(one -> one.municipality().equals(municipality))
                .findFirst();
    }

    /** The one that is between freeze and end in this municipality. */
    public Optional<CutOver> underWay(String municipality) {
        Instant now = clock.instant();
        return all().stream()
                .filter(one -> one.municipality().equals(municipality) && one.underWay(now))
                .findFirst();
    }

    /** All that are between freeze and end. */
    public List<CutOver> underWay() {
        Instant now = clock.instant();
        return all().stream().filter(one -> one.underWay(now)).toList();
    }

    /** Whether somebody has left this library system, comes to it, or has come back, so that what waits for it may be for another by now. */
    public boolean concerns(String system) {
        Instant now = clock.instant();
        return all().stream().filter(one -> one.state(now) != State.PLANNED).anyMatch(one -> one.concerns(system));
    }

    private List<CutOver> read() {
        return jdbc.sql("select * from cut_overs order by id desc")
                .query((row, _) -> cutOver(row))
                .list();
    }

    private static CutOver cutOver(ResultSet row) throws SQLException {
        String ended = row.getString("ended");
        return new CutOver(
                row.getLong("id"),
                row.getString("municipality"),
                row.getString("from_system"),
                row.getString("to_system"),
                instant(row, "freezes_at"),
                instant(row, "moves_at"),
                row.getString("planned_by"),
                instant(row, "planned_at"),
                ended == null
                        ? Optional.empty()
                        : Optional.of(
                                new End(State.valueOf(ended), row.getString("ended_by"), instant(row, "ended_at"))));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    // ---- changing ----------------------------------------------------------------------------------------

    /**
     * Plans one.
     *
     * @param from name of the library system that the municipality has now
     * @param to name of another one
     * @param who name of the member of staff
     * @return why not; empty when it is done
     */
    public Optional<Problem> plan(
            String municipality, String from, String to, Instant freezesAt, Instant movesAt, String who) {
        if (consortium.municipality(municipality).isEmpty()) {
            return Optional.of(Problem.MUNICIPALITY);
        }
        if (from.equals(to)) {
            return Optional.of(Problem.SYSTEM);
        }
        if (!freezesAt.isBefore(movesAt) || !clock.instant().isBefore(freezesAt)) {
            return Optional.of(Problem.DATES);
        }
        return written(who, () -> {
                    if (stored("municipality = :value and ended is null", municipality)
                            .isPresent()) {
                        return Optional.empty();
                    }
                    long id = jdbc.sql("""
                            insert into cut_overs (municipality, from_system, to_system, freezes_at, moves_at, planned_by, planned_at)
                            values (:municipality, :from, :to, :freezes, :moves, :who, :now)
                            returning id
                            """)
                            .param("municipality", municipality)
                            .param("from", from)
                            .param("to", to)
                            .param("freezes", at(freezesAt))
                            .param("moves", at(movesAt))
                            .param("who", who)
                            .param("now", at(clock.instant()))
                            .query(Long.class)
                            .single();
                    return Optional.of(entry(id, Optional.empty()));
                })
                ? Optional.empty()
                : Optional.of(Problem.OPEN);
    }

    /**
     * Sets other moments: both while the freeze has not begun, the cut-over's alone while it has and the cut-over has not.
     *
     * @param who name of the member of staff
     * @return why not; empty when it is done
     */
    public Optional<Problem> postpone(long id, Instant freezesAt, Instant movesAt, String who) {
        Instant now = clock.instant();
        if (!freezesAt.isBefore(movesAt) || !now.isBefore(movesAt)) {
            return Optional.of(Problem.DATES);
        }
        return changed(
                id,
                who,
                one -> switch (one.state(now)) {
                    case PLANNED -> now.isBefore(freezesAt);
                    case FROZEN -> freezesAt.equals(one.freezesAt());
                    case OVER, FINISHED, ROLLED_BACK -> false;
                },
                () -> jdbc.sql("update cut_overs set freezes_at = :freezes, moves_at = :moves where id = :id")
                        .param("freezes", at(freezesAt))
                        .param("moves", at(movesAt))
                        .param("id", id)
                        .update());
    }

    /**
     * Goes back to the old system, or does not leave it. What was done in the new one stays there.
     *
     * @param who name of the member of staff
     * @return why not; empty when it is done
     */
    public Optional<Problem> rollBack(long id, String who) {
        return changed(id, who, one -> one.ended().isEmpty(), () -> end(id, State.ROLLED_BACK, who));
    }

    /**
     * Stops asking the old system: the new one is the municipality's own from now on. There is no way back.
     *
     * @param who name of the member of staff
     * @return why not; empty when it is done
     */
    public Optional<Problem> finish(long id, String who) {
        return changed(id, who, one -> one.state(clock.instant()) == State.OVER, () -> {
            jdbc.sql("""
                            update municipalities m set library_system = c.to_system
                              from cut_overs c where c.id = :id and m.code = c.municipality""").param("id", id).update();
            end(id, State.FINISHED, who);
        });
    }

    private void end(long id, State state, String who) {
        jdbc.sql("update cut_overs set ended = :state, ended_by = :who, ended_at = :now where id = :id")
                .param("state", state.name())
                .param("who", who)
                .param("now", at(clock.instant()))
                .param("id", id)
                .update();
    }

    private Optional<Problem> changed(long id, String who, Predicate<CutOver> may, Runnable write) {
        boolean done = written(who, () -> {
            Optional<CutOver> before = stored("id = :value", id);
            if (before.filter(may).isEmpty()) {
                return Optional.empty();
            }
            write.run();
            return Optional.of(entry(id, before));
        });
        return done ? Optional.empty() : Optional.of(Problem.STATE);
    }

    /** Writes under the lock of the settings, so that two who change the same do it one after the other. */
    private boolean written(String who, Supplier<Optional<Entry>> write) {
        boolean[] done = new boolean[1];
        settings.audited(who, () -> {
            Optional<Entry> entry = write.get();
            done[0] = entry.isPresent();
            return entry.stream().toList();
        });
        return done[0];
    }

    private Optional<CutOver> stored(String condition, Object value) {
        return jdbc.sql("select * from cut_overs where " + condition)
                .param("value", value)
                .query((row, _) -> cutOver(row))
                .optional();
    }

    private Entry entry(long id, Optional<CutOver> before) {
        CutOver after = stored("id = :value", id).orElseThrow();
        return new Entry(
                Scope.municipality(after.municipality()),
                KEY + id,
                before.map(CutOvers::text),
                Optional.of(text(after)));
    }

    /** As the record of changes has it; the moments in local time. */
    private static String text(CutOver one) {
        return one.from() + " > " + one.to() + ", " + local(one.freezesAt()) + ", " + local(one.movesAt())
                + one.ended().map(end -> ", " + end.state()).orElse("");
    }

    private static String local(Instant moment) {
        return moment.atZone(GatewayClock.ZONE).toLocalDateTime().toString();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
