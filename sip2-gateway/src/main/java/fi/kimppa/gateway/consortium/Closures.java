package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.Closure.Problem;
import fi.kimppa.gateway.consortium.Closure.Reason;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The days on which branches do not open, entered and taken back by staff. Each change is in the record of changes and holds in every
 * gateway within a second, as a setting does; {@link Branch#closures} has what holds. May be used by several threads.
 */
@Component
public class Closures {
    /** What the record of changes calls one, with its number in the database behind it. */
    public static final String KEY = "closed days ";

    static final String SELECT =
            "select id, municipality, branch, first_day, last_day, reason_fi, reason_sv, reason_en, who from closures";

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Clock clock;

    Closures(JdbcClient jdbc, Settings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** What keeps these from being entered; empty if nothing does. */
    public Optional<Problem> problem(List<Closure> closures) {
        return closures.stream()
                .flatMap(closure -> closure
                        .problem()
                        .or(() -> settings.known(closure.place())
                                        && closure.place().kind() != Scope.Kind.DEVICE
                                ? Optional.empty()
                                : Optional.of(Problem.PLACE))
                        .stream())
                .findFirst();
    }

    /**
     * Enters them, all or none; what has been entered already for the same place and days is no matter.
     *
     * @param who name of the member of staff
     * @param also what else is to be done in the same transaction
     */
    public void add(List<Closure> closures, String who, Settings.Write also) {
        problem(closures).ifPresent(problem -> {
            throw new IllegalArgumentException("closed days with the problem " + problem);
        });
        settings.audited(who, () -> {
            List<Entry> changes = new ArrayList<>();
            closures.forEach(closure -> insert(closure, who)
                    .ifPresent(id -> changes.add(
                            new Entry(closure.place(), KEY + id, Optional.empty(), Optional.of(closure.days())))));
            changes.addAll(also.run());
            return changes;
        });
    }

    private Optional<Long> insert(Closure closure, String who) {
        Scope place = closure.place();
        return jdbc.sql("""
                        insert into closures (municipality, branch, first_day, last_day, reason_fi, reason_sv, reason_en,
                                              who, entered_at)
                        values (:municipality, :branch, :first, :last, :fi, :sv, :en, :who, :now)
                            on conflict do nothing
                        returning id
                        """)
                .param("municipality", place.kind() == Scope.Kind.MUNICIPALITY ? place.name() : null, Types.VARCHAR)
                .param("branch", place.kind() == Scope.Kind.BRANCH ? place.name() : null, Types.VARCHAR)
                .param("first", closure.first())
                .param("last", closure.last())
                .param("fi", closure.reason().fi())
                .param("sv", closure.reason().sv())
                .param("en", closure.reason().en())
                .param("who", who)
                .param("now", OffsetDateTime.now(clock))
                .query(Long.class)
                .optional();
    }

    /**
     * Takes one back; one that is gone already is no matter. Due dates that it has moved stay where they are.
     *
     * @param who name of the member of staff
     */
    public void remove(long id, String who) {
        settings.audited(who, () -> {
            Optional<Closure> before = jdbc.sql(SELECT + " where id = :id")
                    .param("id", id)
                    .query((row, _) -> closure(row))
                    .optional();
            jdbc.sql("delete from closures where id = :id").param("id", id).update();
            return before.map(closure -> List.of(
                            new Entry(closure.place(), KEY + id, Optional.of(closure.days()), Optional.empty())))
                    .orElse(List.of());
        });
    }

    static Closure closure(ResultSet row) throws SQLException {
        Optional<Scope> municipality =
                Optional.ofNullable(row.getString("municipality")).map(Scope::municipality);
        Optional<Scope> branch = Optional.ofNullable(row.getString("branch")).map(Scope::branch);
        return new Closure(
                row.getLong("id"),
                branch.or(() -> municipality).orElse(Scope.CONSORTIUM),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                new Reason(row.getString("reason_fi"), row.getString("reason_sv"), row.getString("reason_en")),
                row.getString("who"));
    }
}
