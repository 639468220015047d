package fi.kimppa.gateway.routing;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import fi.kimppa.gateway.routing.RoutingRule.Problem;
import fi.kimppa.gateway.routing.RoutingTable.Never;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * The consortium's rules for returned things, from a copy in memory that is read again when a setting has changed
 * anywhere. Changes are written down beside those of the settings and reach every gateway with them.
 *
 * <p>Threads: may be shared.
 */
@Component
public class RoutingRules {
    /** What the record of changes calls a row, with its number in the database behind it. */
    public static final String KEY = "routing.rule ";

    private static final Logger LOG = LoggerFactory.getLogger(RoutingRules.class);

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Consortium consortium;
    private volatile @Nullable Known known;

    RoutingRules(JdbcClient jdbc, Settings settings, Consortium consortium) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.consortium = consortium;
    }

    /** The table as it is now. */
    public RoutingTable table() {
        long version = settings.version();
        Known copy = known;
        if (copy == null || copy.version != version) {
            copy = new Known(version, new RoutingTable(read()));
            known = copy;
        }
        return copy.table;
    }

    /** The bin of a decision at this branch: the one it names, else the branch's own for such things. */
    public String bin(Decision decision, String branch) {
        return decision.bin().orElseGet(() -> consortium.sortBin(branch, decision.binFor()));
    }

    /** Whether one of the table's rows can never hold. */
    public Optional<Never> never(RoutingTable table, RoutingRule rule) {
        return table.never(rule, home -> consortium.branch(home).map(Branch::municipality));
    }

    // ---- changing ----------------------------------------------------------------------------------------

    /**
     * Adds a row behind the consortium's others for its situation.
     *
     * @param who name of the member of staff
     * @return why not; empty when it is done
     */
    public Optional<Problem> add(RoutingRule rule, String who) {
        return check(rule).or(() -> {
            settings.audited(who, () -> {
                long id = write(jdbc.sql("""
                                insert into routing_rules (situation, position, owner, home, serving, collection, media_type,
                                                           destination, branch, alert, bin, slip)
                                select :situation, coalesce(max(position), 0) + 1, :owner, :home, :serving, :collection,
                                       :type, :destination, :branch, :alert, :bin, :slip
                                  from routing_rules where situation = :situation
                                returning id
                                """), rule).query(Long.class).single();
                return List.of(entry(id, Optional.empty(), stored(id)));
            });
            return Optional.empty();
        });
    }

    /**
     * Changes a row in its place; in another situation it comes behind the others.
     *
     * @param rule as it shall be, with its number
     * @param who name of the member of staff
     * @return why not; empty when it is done, or was so already
     */
    public Optional<Problem> change(RoutingRule rule, String who) {
        Optional<Problem> problem = check(rule);
        if (problem.isPresent()) {
            return problem;
        }
        boolean[] found = new boolean[1];
        settings.audited(who, () -> {
            Optional<Placed> before = stored(rule.id());
            found[0] = before.isPresent();
            if (before.isEmpty() || before.get().rule.equals(rule)) {
                return List.of();
            }
            write(jdbc.sql("""
                            update routing_rules r
                               set position = case when r.situation = :situation then r.position else
                                       (select coalesce(max(o.position), 0) + 1 from routing_rules o
                                         where o.situation = :situation) end,
                                   situation = :situation, owner = :owner, home = :home, serving = :serving,
                                   collection = :collection, media_type = :type, destination = :destination,
                                   branch = :branch, alert = :alert, bin = :bin, slip = :slip
                             where r.id = :id
                            """), rule).param("id", rule.id()).update();
            return List.of(entry(rule.id(), before, stored(rule.id())));
        });
        return found[0] ? Optional.empty() : Optional.of(Problem.GONE);
    }

    /**
     * Moves a row by one place among those of its situation; the first stays first, and the last last.
     *
     * @param up whether it is asked earlier
     * @param who name of the member of staff
     */
    public void move(long id, boolean up, String who) {
        settings.audited(who, () -> {
            Optional<Placed> before = stored(id);
            Optional<Placed> neighbour = before.flatMap(
                    row -> jdbc.sql("select * from routing_rules where situation = :situation and position "
                                    + (up ? "< :position order by position desc" : "> :position order by position")
                                    + " limit 1")
                            .param("situation", row.rule.situation().name())
                            .param("position", row.position)
                            .query((found, _) -> placed(found))
                            .optional()
                            .flatMap(found -> found));
            if (before.isEmpty() || neighbour.isEmpty()) {
                return List.of();
            }
            place(id, neighbour.get().position);
            place(neighbour.get().rule.id(), before.get().position);
            return List.of(entry(id, before, stored(id)));
        });
    }

    private void place(long id, int position) {
        jdbc.sql("update routing_rules set position = :position where id = :id")
                .param("position", position)
                .param("id", id)
                .update();
    }

    /**
     * Takes a row away; one that is gone already is no matter.
     *
     * @param who name of the member of staff
     */
    public void remove(long id, String who) {
        settings.audited(who, () -> {
            Optional<Placed> before = stored(id);
            jdbc.sql("delete from routing_rules where id = :id").param("id", id).update();
            return before.map(_ -> List.of(entry(id, before, Optional.empty()))).orElse(List.of());
        });
    }

    private Optional<Problem> check(RoutingRule rule) {
        boolean placesExist = rule.owner()
                        .map(consortium::municipality)
                        .map(Optional::isPresent)
                        .orElse(true)
                && branch(rule.home())
                && branch(rule.serving())
                && branch(rule.outcome().destination().branch());
        return placesExist ? rule.problem() : Optional.of(Problem.PLACE);
    }

    private boolean branch(Optional<String> code) {
        return code.map(consortium::branch).map(Optional::isPresent).orElse(true);
    }

    // ---- rows --------------------------------------------------------------------------------------------

    /** A row with its place among those of its situation. */
    private record Placed(RoutingRule rule, int position) {
        String text() {
            return position + ". " + rule.text();
        }
    }

    private static Entry entry(long id, Optional<Placed> before, Optional<Placed> after) {
        return new Entry(Scope.CONSORTIUM, KEY + id, before.map(Placed::text), after.map(Placed::text));
    }

    private static StatementSpec write(StatementSpec sql, RoutingRule rule) {
        Outcome outcome = rule.outcome();
        return sql.param("situation", rule.situation().name())
                .param("owner", rule.owner().orElse(null), Types.VARCHAR)
                .param("home", rule.home().orElse(null), Types.VARCHAR)
                .param("serving", rule.serving().orElse(null), Types.VARCHAR)
                .param("collection", rule.collection().orElse(null), Types.VARCHAR)
                .param("type", rule.mediaType().orElse(null), Types.VARCHAR)
                .param("destination", outcome.destination().kind().name())
                .param("branch", outcome.destination().branch().orElse(null), Types.VARCHAR)
                .param("alert", outcome.alert().name())
                .param("bin", outcome.bin().orElse(null), Types.VARCHAR)
                .param("slip", outcome.text().name());
    }

    private Optional<Placed> stored(long id) {
        return jdbc.sql("select * from routing_rules where id = :id")
                .param("id", id)
                .query((row, _) -> placed(row))
                .optional()
                .flatMap(row -> row);
    }

    private List<RoutingRule> read() {
        return jdbc
                .sql("select * from routing_rules order by situation, position, id")
                .query((row, _) -> placed(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .map(Placed::rule)
                .toList();
    }

    /** A row that this version cannot read, after a step back, is passed over. */
    private static Optional<Placed> placed(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        try {
            return Optional.of(new Placed(
                    new RoutingRule(
                            id,
                            Situation.valueOf(row.getString("situation")),
                            Optional.ofNullable(row.getString("owner")),
                            Optional.ofNullable(row.getString("home")),
                            Optional.ofNullable(row.getString("serving")),
                            Optional.ofNullable(row.getString("collection")),
                            Optional.ofNullable(row.getString("media_type")),
                            new Outcome(
                                    new Destination(
                                            Destination.Kind.valueOf(row.getString("destination")),
                                            Optional.ofNullable(row.getString("branch"))),
                                    Alert.valueOf(row.getString("alert")),
                                    Optional.ofNullable(row.getString("bin")),
                                    SlipText.valueOf(row.getString("slip")))),
                    row.getInt("position")));
        } catch (IllegalArgumentException e) {
            LOG.warn("The rule {} for returned things is not used: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    private record Known(long version, RoutingTable table) {}
}
