package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.SettingRefusal.Locked;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownKey;
import fi.kimppa.gateway.consortium.SettingRefusal.UnknownScope;
import fi.kimppa.gateway.consortium.StoredSettings.Held;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;

/**
 * Settings that inherit from the consortium by municipality and branch to the device. Reading looks into a copy in
 * memory; every gateway of a database asks twice a second whether the version has grown and then reads again, so
 * that a change holds everywhere within a second. What is planned for a day holds from its beginning by the gateway's
 * clock, without anything being read or run then. Every change is written down.
 *
 * <p>Threads: may be shared.
 */
@Component
public class Settings implements SmartLifecycle {
    /** What the record of changes calls a plan, with its day and the setting behind it. */
    public static final String PLAN = "plan ";

    /** What the record of changes calls a lock, with the setting behind it. */
    public static final String LOCK = "lock ";

    /** What the record says of a plan by which a place inherits again. */
    public static final String INHERIT = "inherit";

    private static final Logger log = LoggerFactory.getLogger(Settings.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final SettingRows rows;
    private final SettingTransactions transactions;
    private final Clock clock;
    private final Consortium consortium;
    private final Map<String, SettingKey<?>> keys = new LinkedHashMap<>();
    private final SettingChecks checks = new SettingChecks(keys);
    private final InMemory<StoredSettings.InTime> copy = new InMemory<>(this::read);
    private volatile boolean running;
    private volatile @Nullable Thread watcher;

    Settings(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            Consortium consortium,
            ObjectProvider<SettingGroup> groups) {
        this.rows = new SettingRows(jdbc, clock);
        this.transactions = new SettingTransactions(rows, transactions, clock);
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

    /** The setting of this name. */
    public Optional<SettingKey<?>> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    // ---- reading -----------------------------------------------------------------------------------------

    /** A number that grows with every change that this gateway has seen, and with every plan that has come due. */
    public long version() {
        return held().version();
    }

    /** What is set at this place itself and holds, canonical texts by key; without what it inherits. */
    public Map<String, String> at(Scope scope) {
        return held().holding().getOrDefault(scope, Map.of());
    }

    /** What is set at this place and does not hold, since the consortium has locked it. */
    public Map<String, String> idleAt(Scope scope) {
        return held().idle().getOrDefault(scope, Map.of());
    }

    /** What holds at this place, set there or inherited. */
    public <T> T value(SettingKey<T> key, Scope scope) {
        return path(scope).reversed().stream()
                .flatMap(place -> Optional.ofNullable(at(place).get(key.name())).stream())
                .flatMap(text -> key.read(text).stream())
                .findFirst()
                .orElse(key.fallback());
    }

    /** What is planned for later days, the earlier first. */
    public List<SettingPlan> plans() {
        return held().planned();
    }

    /** Who has locked this setting. */
    public Optional<SettingLock> lock(String key) {
        return held().lock(key);
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
        return change(scope, texts, who, "");
    }

    /**
     * Sets or unsets several values at one place, all or none.
     *
     * @param texts by key, what each shall be; empty to inherit again
     * @param who name of the member of staff who wants it
     * @param note why, in that person's words; may be empty
     * @return the first reason why not; empty when all is done, or was so already
     */
    public Optional<SettingRefusal> change(Scope scope, Map<String, Optional<String>> texts, String who, String note) {
        return changed(scope, texts, who, note, () -> {
            List<Entry> changes = new ArrayList<>();
            checks.canonical(texts).forEach((key, after) -> {
                Optional<String> before = rows.value(scope, key);
                if (!before.equals(after)) {
                    rows.value(scope, key, after);
                    changes.add(new Entry(scope, key, before, after));
                }
            });
            return changes;
        });
    }

    /**
     * Plans one value at one place for a day; for today, or a day that is over, it holds at once.
     *
     * @param from the first day
     * @param text what it shall be; empty to inherit again
     * @param who name of the member of staff who wants it
     * @param note why, in that person's words; may be empty
     * @return why not; empty when it is done
     */
    public Optional<SettingRefusal> plan(
            Scope scope, String key, LocalDate from, Optional<String> text, String who, String note) {
        Map<String, Optional<String>> texts = Map.of(key, text);
        return from.isAfter(today())
                ? changed(scope, texts, who, note, () -> {
                    SettingPlan plan = new SettingPlan(
                            scope, key, from, checks.canonical(texts).getOrDefault(key, Optional.empty()), who, note);
                    Optional<String> before = rows.plan(scope, key, from).map(Settings::text);
                    rows.plan(plan);
                    return before.equals(Optional.of(text(plan)))
                            ? List.of()
                            : List.of(planned(scope, key, from, before, Optional.of(text(plan))));
                })
                : change(scope, texts, who, note);
    }

    /**
     * Takes a plan back; one that is gone already, or has come due, is no matter.
     *
     * @param who name of the member of staff who wants it
     */
    public void unplan(Scope scope, String key, LocalDate from, String who) {
        audited(who, () -> {
            Optional<String> before = rows.plan(scope, key, from).map(Settings::text);
            rows.unplan(scope, key, from);
            return before.isEmpty() ? List.of() : List.of(planned(scope, key, from, before, Optional.empty()));
        });
    }

    private static Entry planned(
            Scope scope, String key, LocalDate from, Optional<String> before, Optional<String> after) {
        return new Entry(scope, PLAN + from + " " + key, before, after);
    }

    private static String text(SettingPlan plan) {
        return plan.value().orElse(INHERIT);
    }

    /**
     * Locks a setting: what municipalities, branches and devices have set is kept and does not hold.
     *
     * @param why in the words of whoever locks it; may be empty
     * @param who name of the member of staff who wants it
     * @return why not; empty when it is done, or was so already
     */
    public Optional<SettingRefusal> lock(String key, String why, String who) {
        if (!keys.containsKey(key)) {
            return Optional.of(new UnknownKey(key));
        }
        audited(who, () -> {
            Optional<String> before = rows.lock(key).map(SettingLock::why);
            if (before.equals(Optional.of(why))) {
                return List.of();
            }
            rows.lock(key, who, why);
            return List.of(new Entry(Scope.CONSORTIUM, LOCK + key, before, Optional.of(why)));
        });
        return Optional.empty();
    }

    /**
     * Leaves a setting to the municipalities again: what they had set holds again.
     *
     * @param who name of the member of staff who wants it
     */
    public void unlock(String key, String who) {
        audited(who, () -> {
            Optional<String> before = rows.lock(key).map(SettingLock::why);
            rows.unlock(key);
            return before.isEmpty()
                    ? List.of()
                    : List.of(new Entry(Scope.CONSORTIUM, LOCK + key, before, Optional.empty()));
        });
    }

    private Optional<SettingRefusal> changed(
            Scope scope, Map<String, Optional<String>> texts, String who, String note, Write write) {
        Optional<SettingRefusal> refusal = known(scope)
                ? checks.values(texts).or(() -> checks.level(scope.kind(), texts))
                : Optional.of(new UnknownScope(scope));
        if (refusal.isPresent()) {
            return refusal;
        }
        List<SettingRefusal> locked = new ArrayList<>();
        audited(who, note, () -> {
            // Asked under the lock of the version: a setting that is locked at this very moment is locked.
            locked(scope, texts).ifPresent(locked::add);
            return locked.isEmpty() ? write.run() : List.of();
        });
        return locked.stream().findFirst();
    }

    /** What does not hold may be taken away all the same. */
    private Optional<SettingRefusal> locked(Scope scope, Map<String, Optional<String>> texts) {
        return scope.kind() == Scope.Kind.CONSORTIUM
                ? Optional.empty()
                : texts.entrySet().stream()
                        .filter(wanted -> wanted.getValue().isPresent())
                        .flatMap(wanted -> rows.lock(wanted.getKey()).stream())
                        .<SettingRefusal>map(Locked::new)
                        .findFirst();
    }

    /**
     * Whether all of these could be set.
     *
     * @param texts by key; empty to inherit
     * @return the first reason why not
     */
    public Optional<SettingRefusal> check(Map<String, Optional<String>> texts) {
        return checks.values(texts);
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
        audited(who, "", write);
    }

    /**
     * As {@link #audited(String, Write)}, with a note.
     *
     * @param note why, in that person's words; may be empty
     */
    public void audited(String who, String note, Write write) {
        transactions.audited(who, note, write);
        renew();
    }

    /**
     * Does a write and takes it back: what it returns tells what it would do.
     *
     * @param write is inside a transaction that excludes all other changes of settings
     */
    public <T> T rehearsed(Supplier<T> write) {
        return transactions.rehearsed(write);
    }

    /**
     * The latest changes, newest first.
     *
     * @param scope only of this place; of all places if empty
     * @param most how many at most
     */
    public List<SettingChange> changes(Optional<Scope> scope, int most) {
        return rows.changes(scope, most);
    }

    /** The last change of every value that is set anywhere and has been changed by staff: since when and by whom it is so. */
    public List<SettingChange> lastChanges() {
        return rows.lastChanges();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE);
    }

    // ---- the copy in memory ------------------------------------------------------------------------------

    private Held held() {
        return copy.get().at(clock.instant());
    }

    /** Municipalities and branches may have changed with the version, and are read first: paths lead over them. */
    private void renew() {
        consortium.refresh();
        copy.renew();
    }

    private StoredSettings.InTime read() {
        StoredSettings stored = rows.read();
        Map<Scope, Map<String, String>> values = new HashMap<>();
        stored.values()
                .forEach((scope, texts) -> texts.forEach((key, text) -> {
                    if (usable(key, Optional.of(text), scope)) {
                        values.computeIfAbsent(scope, _ -> new HashMap<>()).put(key, text);
                    }
                }));
        return new StoredSettings.InTime(new StoredSettings(
                stored.version(),
                values,
                stored.plans().stream()
                        .filter(plan -> usable(plan.key(), plan.value(), plan.scope()))
                        .toList(),
                stored.locks()));
    }

    private boolean usable(String key, Optional<String> text, Scope scope) {
        SettingKey<?> known = keys.get(key);
        boolean usable =
                known != null && text.map(one -> known.read(one).isPresent()).orElse(true);
        if (!usable) {
            log.warn("The setting {} of {} {} is not used: {}", key, scope.kind(), scope.name(), text.orElse(INHERIT));
        }
        return usable;
    }

    private void watch() {
        boolean silent = false;
        while (running) {
            try {
                if (rows.version() != copy.get().version()) {
                    renew();
                }
                if (held().due()) {
                    audited("", List::of);
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
}
