package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose profile a connection has before its login: by port, then by client certificate, then by subnet, the later
 * sign winning. Changes are written down beside those of the settings and reach every gateway with them.
 *
 * <p>Threads: may be shared.
 */
@Component
class ArrivalRules {
    /** What the record of changes calls a rule, with sign and pattern behind it. */
    static final String KEY = "sip.arrival ";

    private static final Comparator<ArrivalRule> LATER_SIGN = Comparator.comparing(ArrivalRule::sign);

    private final JdbcClient jdbc;
    private final Settings settings;
    private volatile @Nullable Known known;

    ArrivalRules(JdbcClient jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** All rules, in the order in which they are asked. */
    List<ArrivalRule> all() {
        long version = settings.version();
        Known rules = known;
        if (rules == null || rules.version != version) {
            rules = new Known(version, read());
            known = rules;
        }
        return rules.rules;
    }

    /** The place whose profile this connection has; the consortium if no rule speaks of it. */
    Scope scope(Arrival arrival) {
        return all().stream()
                .filter(rule -> rule.fit(arrival) > 0)
                .max(LATER_SIGN.thenComparingInt(rule -> rule.fit(arrival)))
                .map(ArrivalRule::scope)
                .orElse(Scope.CONSORTIUM);
    }

    /** Adds a rule, or gives the one with this sign and pattern another place; the pattern is canonical. */
    void put(ArrivalRule rule, String who) {
        settings.audited(who, () -> {
            Optional<Scope> before = stored(rule.sign(), rule.pattern());
            if (before.equals(Optional.of(rule.scope()))) {
                return List.of();
            }
            jdbc.sql("""
                            insert into arrival_rules (sign, pattern, scope_kind, scope)
                            values (:sign, :pattern, :kind, :scope)
                            on conflict (sign, pattern)
                            do update set scope_kind = excluded.scope_kind, scope = excluded.scope""")
                    .param("sign", rule.sign().name())
                    .param("pattern", rule.pattern())
                    .param("kind", rule.scope().kind().name())
                    .param("scope", rule.scope().name())
                    .update();
            return List.of(entry(rule, before, Optional.of(rule.scope())));
        });
    }

    /** Takes a rule away. */
    void remove(ArrivalRule rule, String who) {
        settings.audited(who, () -> {
            Optional<Scope> before = stored(rule.sign(), rule.pattern());
            jdbc.sql("delete from arrival_rules where sign = :sign and pattern = :pattern")
                    .param("sign", rule.sign().name())
                    .param("pattern", rule.pattern())
                    .update();
            return before.map(place -> List.of(entry(rule, before, Optional.empty())))
                    .orElse(List.of());
        });
    }

    private static Entry entry(ArrivalRule rule, Optional<Scope> before, Optional<Scope> after) {
        return new Entry(
                after.or(() -> before).orElse(Scope.CONSORTIUM),
                KEY + rule.sign() + " " + rule.pattern(),
                before.map(ArrivalRules::text),
                after.map(ArrivalRules::text));
    }

    private static String text(Scope scope) {
        return (scope.kind() + " " + scope.name()).strip();
    }

    private Optional<Scope> stored(ArrivalRule.Sign sign, String pattern) {
        return jdbc.sql("select scope_kind, scope from arrival_rules where sign = :sign and pattern = :pattern")
                .param("sign", sign.name())
                .param("pattern", pattern)
                .query((row, _) -> new Scope(Scope.Kind.valueOf(row.getString(1)), row.getString(2)))
                .optional();
    }

    private List<ArrivalRule> read() {
        return jdbc
                .sql("select sign, pattern, scope_kind, scope from arrival_rules order by pattern")
                .query((row, _) -> new ArrivalRule(
                        ArrivalRule.Sign.valueOf(row.getString(1)),
                        row.getString(2),
                        new Scope(Scope.Kind.valueOf(row.getString(3)), row.getString(4))))
                .list()
                .stream()
                .sorted(LATER_SIGN)
                .toList();
    }

    private record Known(long version, List<ArrivalRule> rules) {}
}
