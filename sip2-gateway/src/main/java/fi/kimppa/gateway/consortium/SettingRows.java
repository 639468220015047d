package fi.kimppa.gateway.consortium;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The rows of settings, plans, locks and the record of changes; writes are made within the caller's transaction, which
 * holds the row of the version. May be used by several threads.
 */
final class SettingRows {
    private static final String PLACE = " where scope_kind = :kind and scope = :scope and key = :key";

    private final JdbcClient jdbc;
    private final Clock clock;

    SettingRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    // ---- the version -------------------------------------------------------------------------------------

    long version() {
        return jdbc.sql("select version from settings_version")
                .query(Long.class)
                .single();
    }

    /** Makes changes one after the other, over all gateways, until the transaction ends. */
    void lockVersion() {
        jdbc.sql("select version from settings_version for update")
                .query(Long.class)
                .single();
    }

    void grow(int by) {
        jdbc.sql("update settings_version set version = version + :by")
                .param("by", by)
                .update();
    }

    // ---- reading -----------------------------------------------------------------------------------------

    /** The version is read first: what is changed in between is read once more, and never missed. */
    StoredSettings read() {
        long version = version();
        Map<Scope, Map<String, String>> values = new HashMap<>();
        jdbc.sql("select scope_kind, scope, key, value from settings")
                .query((row, _) -> values.computeIfAbsent(scope(row), _ -> new HashMap<>())
                        .put(row.getString("key"), row.getString("value")))
                .list();
        List<SettingPlan> plans = jdbc.sql("""
                        select scope_kind, scope, key, holds_from, value, who, note from setting_plans
                         order by holds_from, key, scope_kind, scope""").query((row, _) -> plan(row)).list();
        Map<String, SettingLock> locks = new HashMap<>();
        jdbc.sql("select key, who, locked_at, why from setting_locks")
                .query((row, _) -> lock(row))
                .list()
                .forEach(lock -> locks.put(lock.key(), lock));
        return new StoredSettings(version, values, plans, locks);
    }

    private static SettingPlan plan(ResultSet row) throws SQLException {
        return new SettingPlan(
                scope(row),
                row.getString("key"),
                row.getObject("holds_from", LocalDate.class),
                Optional.ofNullable(row.getString("value")),
                row.getString("who"),
                row.getString("note"));
    }

    private static SettingLock lock(ResultSet row) throws SQLException {
        return new SettingLock(
                row.getString("key"),
                row.getString("who"),
                row.getObject("locked_at", OffsetDateTime.class).toInstant(),
                row.getString("why"));
    }

    private static Scope scope(ResultSet row) throws SQLException {
        return new Scope(Scope.Kind.valueOf(row.getString("scope_kind")), row.getString("scope"));
    }

    Optional<String> value(Scope scope, String key) {
        return at(jdbc.sql("select value from settings" + PLACE), scope, key)
                .query(String.class)
                .optional();
    }

    /** The plan for this place, setting and day. */
    Optional<SettingPlan> plan(Scope scope, String key, LocalDate from) {
        return at(
                        jdbc.sql("select scope_kind, scope, key, holds_from, value, who, note from setting_plans"
                                + PLACE + " and holds_from = :from"),
                        scope,
                        key)
                .param("from", from)
                .query((row, _) -> plan(row))
                .optional();
    }

    /** What has come due and is not moved yet, the earlier first. */
    List<SettingPlan> due(LocalDate today) {
        return jdbc.sql("""
                        select scope_kind, scope, key, holds_from, value, who, note from setting_plans
                         where holds_from <= :today order by holds_from, key, scope_kind, scope""").param("today", today).query((row, _) -> plan(row)).list();
    }

    Optional<SettingLock> lock(String key) {
        return jdbc.sql("select key, who, locked_at, why from setting_locks where key = :key")
                .param("key", key)
                .query((row, _) -> lock(row))
                .optional();
    }

    // ---- writing -----------------------------------------------------------------------------------------

    void value(Scope scope, String key, Optional<String> value) {
        if (value.isEmpty()) {
            at(jdbc.sql("delete from settings" + PLACE), scope, key).update();
            return;
        }
        at(jdbc.sql("""
                        insert into settings (scope_kind, scope, key, value) values (:kind, :scope, :key, :value)
                        on conflict (scope_kind, scope, key) do update set value = excluded.value"""), scope, key).param("value", value.get()).update();
    }

    void plan(SettingPlan plan) {
        at(jdbc.sql("""
                                insert into setting_plans (scope_kind, scope, key, holds_from, value, who, note, planned_at)
                                values (:kind, :scope, :key, :from, :value, :who, :note, :now)
                                on conflict (scope_kind, scope, key, holds_from)
                                do update set value = excluded.value, who = excluded.who, note = excluded.note,
                                              planned_at = excluded.planned_at"""), plan.scope(), plan.key())
                .param("from", plan.from())
                .param("value", plan.value().orElse(null), Types.VARCHAR)
                .param("who", plan.who())
                .param("note", plan.note())
                .param("now", now())
                .update();
    }

    void unplan(Scope scope, String key, LocalDate from) {
        at(jdbc.sql("delete from setting_plans" + PLACE + " and holds_from = :from"), scope, key)
                .param("from", from)
                .update();
    }

    void lock(String key, String who, String why) {
        jdbc.sql("""
                        insert into setting_locks (key, who, locked_at, why) values (:key, :who, :now, :why)
                        on conflict (key) do update set who = excluded.who, locked_at = excluded.locked_at,
                                                        why = excluded.why""")
                .param("key", key)
                .param("who", who)
                .param("now", now())
                .param("why", why)
                .update();
    }

    void unlock(String key) {
        jdbc.sql("delete from setting_locks where key = :key").param("key", key).update();
    }

    void record(Settings.Entry change, String who, String note) {
        at(jdbc.sql("""
                                insert into setting_changes (at, who, scope_kind, scope, key, old_value, new_value, note)
                                values (:at, :who, :kind, :scope, :key, :before, :after, :note)"""), change.scope(), change.key())
                .param("at", now())
                .param("who", who)
                .param("before", change.before().orElse(null), Types.VARCHAR)
                .param("after", change.after().orElse(null), Types.VARCHAR)
                .param("note", note)
                .update();
    }

    // ---- the record of changes ---------------------------------------------------------------------------

    /** The latest changes, newest first; of all places if none is named. */
    List<SettingChange> changes(Optional<Scope> scope, int most) {
        return jdbc.sql("""
                        select at, who, scope_kind, scope, key, old_value, new_value, note from setting_changes
                        where :everywhere or (scope_kind = :kind and scope = :scope)
                        order by id desc limit :most""")
                .param("everywhere", scope.isEmpty())
                .param("kind", scope.map(Scope::kind).map(Enum::name).orElse(""))
                .param("scope", scope.map(Scope::name).orElse(""))
                .param("most", most)
                .query((row, _) -> change(row))
                .list();
    }

    /** The last change of every setting that is set anywhere. */
    List<SettingChange> lastChanges() {
        return jdbc.sql("""
                        select distinct on (c.scope_kind, c.scope, c.key)
                               c.at, c.who, c.scope_kind, c.scope, c.key, c.old_value, c.new_value, c.note
                          from setting_changes c
                          join settings s on s.scope_kind = c.scope_kind and s.scope = c.scope and s.key = c.key
                         order by c.scope_kind, c.scope, c.key, c.id desc""").query((row, _) -> change(row)).list();
    }

    private static SettingChange change(ResultSet row) throws SQLException {
        return new SettingChange(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("who"),
                scope(row),
                row.getString("key"),
                Optional.ofNullable(row.getString("old_value")),
                Optional.ofNullable(row.getString("new_value")),
                row.getString("note"));
    }

    private static StatementSpec at(StatementSpec sql, Scope scope, String key) {
        return sql.param("kind", scope.kind().name())
                .param("scope", scope.name())
                .param("key", key);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
