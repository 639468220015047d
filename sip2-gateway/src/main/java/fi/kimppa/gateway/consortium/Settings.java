package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.SettingRefusal.BadValue;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownKey;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownScope;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Settings that inherit from the consortium by municipality and branch to the device. Reading looks into a copy in
 * memory; every gateway of a database asks twice a second whether the version has grown and then reads again, so
 * that a change holds everywhere within a second. Every change is written down.
 *
 * <p>Threads: may be shared.
 */
@Component
public class Settings implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Settings.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Consortium consortium;
    private final Map<String, SettingKey<?>> keys = new LinkedHashMap<>();
    private final InMemory<Snapshot> copy = new InMemory<>(this::read);
    private volatile boolean running;
    private volatile @Nullable Thread watcher;

    Settings(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            Consortium consortium,
            ObjectProvider<SettingGroup> groups) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.consortium = consortium;
        groups.orderedStream()
                .map(SettingGroup::keys)
                .flatMap(Collection::stream)
                .forEach(key -> keys.put(key.name(), key));
    }

    /** All declared settings, by feature. */
    public List<SettingKey<?>> keys() {
        return List.copyOf(keys.values());
    }

    // ---- reading -----------------------------------------------------------------------------------------

    /** A number that grows with every change that this gateway has seen. */
    public long version() {
        return snapshot().version;
    }

    /** What is set at this place itself, canonical texts by key; without what it inherits. */
    public Map<String, String> at(Scope scope) {
        return snapshot().values.getOrDefault(scope, Map.of());
    }

    /** The places whose settings a terminal has, the widest first. */
    public List<Scope> path(Terminal terminal) {
        return append(path(Scope.branch(terminal.branchCode())), Scope.device(terminal.login()));
    }

    /** The places from the consortium to this one, the widest first. */
    public List<Scope> path(Scope scope) {
        return switch (scope.kind()) {
            case CONSORTIUM -> List.of(Scope.CONSORTIUM);
            case MUNICIPALITY -> List.of(Scope.CONSORTIUM, scope);
            case BRANCH ->
                append(
                        consortium
                                .branch(scope.name())
                                .map(branch -> path(Scope.municipality(branch.municipality())))
                                .orElse(List.of(Scope.CONSORTIUM)),
                        scope);
            case DEVICE -> consortium.terminal(scope.name()).map(this::path).orElse(List.of(Scope.CONSORTIUM, scope));
        };
    }

    private static List<Scope> append(List<Scope> path, Scope last) {
        return Stream.concat(path.stream(), Stream.of(last)).toList();
    }

    // ---- changing ----------------------------------------------------------------------------------------

    /**
     * Sets or unsets one value at one place.
     *
     * @param text what it shall be; empty to inherit again
     * @param who name of the member of staff who wants it
     * @return why not; empty when it is done, or was so already
     */
    public Optional<SettingRefusal> change(Scope scope, String key, Optional<String> text, String who) {
        return change(scope, Map.of(key, text), who);
    }

    /**
     * Sets or unsets several values at one place, all or none.
     *
     * @param texts by key, what each shall be; empty to inherit again
     * @param who name of the member of staff who wants it
     * @return the first reason why not; empty when all is done, or was so already
     */
    public Optional<SettingRefusal> change(Scope scope, Map<String, Optional<String>> texts, String who) {
        if (!known(scope)) {
            return Optional.of(new UnknownScope(scope));
        }
        Optional<SettingRefusal> refusal = check(texts);
        if (refusal.isPresent()) {
            return refusal;
        }
        Map<String, Optional<String>> canonical = new LinkedHashMap<>();
        texts.forEach((key, text) ->
                canonical.put(key, text.flatMap(wanted -> key(key).flatMap(known -> known.canonical(wanted)))));
        audited(who, () -> {
            List<Entry> changes = new ArrayList<>();
            canonical.forEach((key, after) -> {
                Optional<String> before = stored(scope, key);
                if (!before.equals(after)) {
                    store(scope, key, after);
                    changes.add(new Entry(scope, key, before, after));
                }
            });
            return changes;
        });
        return Optional.empty();
    }

    /**
     * Whether all of these could be set.
     *
     * @param texts by key; empty to inherit
     * @return the first reason why not
     */
    public Optional<SettingRefusal> check(Map<String, Optional<String>> texts) {
        for (Map.Entry<String, Optional<String>> wanted : texts.entrySet()) {
            Optional<SettingKey<?>> key = key(wanted.getKey());
            if (key.isEmpty()) {
                return Optional.of(new UnknownKey(wanted.getKey()));
            }
            Optional<String> text = wanted.getValue();
            if (text.isPresent() && text.flatMap(key.get()::canonical).isEmpty()) {
                return Optional.of(
                        new BadValue(wanted.getKey(), text.get(), key.get().allowed()));
            }
        }
        return Optional.empty();
    }

    private Optional<SettingKey<?>> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** Whether there is such a place. */
    public boolean known(Scope scope) {
        return switch (scope.kind()) {
            case CONSORTIUM -> scope.name().isEmpty();
            case MUNICIPALITY -> consortium.municipality(scope.name()).isPresent();
            case BRANCH -> consortium.branch(scope.name()).isPresent();
            case DEVICE -> consortium.terminal(scope.name()).isPresent();
        };
    }

    /**
     * What a write has changed.
     *
     * @param scope where
     * @param key what
     * @param before what was there; empty if nothing was
     * @param after what is there now; empty if nothing is
     */
    public record Entry(Scope scope, String key, Optional<String> before, Optional<String> after) {}

    /** A write that says what it has changed. */
    @FunctionalInterface
    public interface Write {
        /** Writes, inside a transaction that excludes all other changes of settings. */
        List<Entry> run();
    }

    /**
     * Does a write to a feature's own table of settings: in one transaction, one after the other, with the record of
     * changes and a new version, which every gateway sees within a second.
     *
     * @param who name of the member of staff who wants it
     */
    public void audited(String who, Write write) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("select version from settings_version for update")
                    .query(Long.class)
                    .single();
            List<Entry> changes = write.run();
            changes.forEach(change -> record(change, who));
            if (!changes.isEmpty()) {
                jdbc.sql("update settings_version set version = version + 1").update();
            }
        });
        copy.renew();
    }

    private Optional<String> stored(Scope scope, String key) {
        return jdbc.sql("select value from settings where scope_kind = :kind and scope = :scope and key = :key")
                .param("kind", scope.kind().name())
                .param("scope", scope.name())
                .param("key", key)
                .query(String.class)
                .optional();
    }

    private void store(Scope scope, String key, Optional<String> value) {
        if (value.isEmpty()) {
            jdbc.sql("delete from settings where scope_kind = :kind and scope = :scope and key = :key")
                    .param("kind", scope.kind().name())
                    .param("scope", scope.name())
                    .param("key", key)
                    .update();
            return;
        }
        jdbc.sql("""
                        insert into settings (scope_kind, scope, key, value) values (:kind, :scope, :key, :value)
                        on conflict (scope_kind, scope, key) do update set value = excluded.value""")
                .param("kind", scope.kind().name())
                .param("scope", scope.name())
                .param("key", key)
                .param("value", value.get())
                .update();
    }

    private void record(Entry change, String who) {
        jdbc.sql("""
                        insert into setting_changes (at, who, scope_kind, scope, key, old_value, new_value)
                        values (:at, :who, :kind, :scope, :key, :before, :after)""")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("who", who)
                .param("kind", change.scope().kind().name())
                .param("scope", change.scope().name())
                .param("key", change.key())
                .param("before", change.before().orElse(null))
                .param("after", change.after().orElse(null))
                .update();
    }

    /**
     * The latest changes, newest first.
     *
     * @param scope only of this place; of all places if empty
     * @param most how many at most
     */
    public List<SettingChange> changes(Optional<Scope> scope, int most) {
        return jdbc
                .sql("""
                        select at, who, scope_kind, scope, key, old_value, new_value from setting_changes
                        where :everywhere or (scope_kind = :kind and scope = :scope)
                        order by id desc limit :most""")
                .param("everywhere", scope.isEmpty())
                .param("kind", scope.map(Scope::kind).map(Enum::name).orElse(""))
                .param("scope", scope.map(Scope::name).orElse(""))
                .param("most", most)
                .query(new DataClassRowMapper<>(ChangeRow.class))
                .list()
                .stream()
                .map(ChangeRow::change)
                .toList();
    }

    // ---- the copy in memory ------------------------------------------------------------------------------

    private Snapshot snapshot() {
        return copy.get();
    }

    /** The version is read first: what is changed in between is read once more, and never missed. */
    private Snapshot read() {
        long version = storedVersion();
        Map<Scope, Map<String, String>> values = new HashMap<>();
        jdbc.sql("select scope_kind, scope, key, value from settings")
                .query(new DataClassRowMapper<>(ValueRow.class))
                .list()
                .forEach(row -> {
                    SettingKey<?> key = keys.get(row.key);
                    if (key == null || key.read(row.value).isEmpty()) {
                        log.warn(
                                "The setting {} of {} {} is not used: {}",
                                row.key,
                                row.scopeKind,
                                row.scope,
                                row.value);
                    } else {
                        values.computeIfAbsent(new Scope(row.scopeKind, row.scope), _ -> new HashMap<>())
                                .put(row.key, row.value);
                    }
                });
        values.replaceAll((_, texts) -> Map.copyOf(texts));
        return new Snapshot(version, values);
    }

    private long storedVersion() {
        return jdbc.sql("select version from settings_version")
                .query(Long.class)
                .single();
    }

    private void watch() {
        boolean silent = false;
        while (running) {
            try {
                if (storedVersion() != snapshot().version) {
                    copy.renew();
                }
                silent = false;
            } catch (DataAccessException | TransactionException e) {
                if (!silent && running) {
                    log.warn("Changes of settings cannot be seen: {}", e.getMessage());
                }
                silent = true;
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    @Override
    public void start() {
        running = true;
        watcher = Thread.ofVirtual().name("settings-watch").start(this::watch);
    }

    @Override
    public void stop() {
        running = false;
        Thread thread = watcher;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private record Snapshot(long version, Map<Scope, Map<String, String>> values) {}

    private record ValueRow(Scope.Kind scopeKind, String scope, String key, String value) {}

    private record ChangeRow(
            OffsetDateTime at,
            String who,
            Scope.Kind scopeKind,
            String scope,
            String key,
            @Nullable String oldValue,
            @Nullable String newValue) {
        SettingChange change() {
            return new SettingChange(
                    at.toInstant(),
                    who,
                    new Scope(scopeKind, scope),
                    key,
                    Optional.ofNullable(oldValue),
                    Optional.ofNullable(newValue));
        }
    }
}
