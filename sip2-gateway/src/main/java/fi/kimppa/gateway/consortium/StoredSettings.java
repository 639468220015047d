package fi.kimppa.gateway.consortium;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings as they stand in the database at one moment: what is set, what is planned and what is locked.
 *
 * @param version the number of the last change
 * @param values canonical texts by place and key
 * @param plans the earlier ones first
 * @param locks by key
 */
record StoredSettings(
        long version, Map<Scope, Map<String, String>> values, List<SettingPlan> plans, Map<String, SettingLock> locks) {
    /** Takes copies. */
    StoredSettings {
        values = Map.copyOf(values);
        plans = List.copyOf(plans);
        locks = Map.copyOf(locks);
    }

    /** What of it holds at this moment. */
    Held at(Instant moment) {
        LocalDate today = moment.atZone(GatewayClock.ZONE).toLocalDate();
        List<SettingPlan> due =
                plans.stream().filter(plan -> !plan.from().isAfter(today)).toList();
        Map<Scope, Map<String, String>> holding = new HashMap<>();
        Map<Scope, Map<String, String>> idle = new HashMap<>();
        set(due).forEach((scope, texts) -> texts.forEach((key, text) -> {
            boolean holds = scope.kind() == Scope.Kind.CONSORTIUM || !locks.containsKey(key);
            (holds ? holding : idle)
                    .computeIfAbsent(scope, _ -> new HashMap<>())
                    .put(key, text);
        }));
        return new Held(
                this,
                due.stream()
                        .map(SettingPlan::from)
                        .max(LocalDate::compareTo)
                        .map(StoredSettings::beginning)
                        .orElse(Instant.MIN),
                plans.stream()
                        .map(SettingPlan::from)
                        .filter(day -> day.isAfter(today))
                        .min(LocalDate::compareTo)
                        .map(StoredSettings::beginning)
                        .orElse(Instant.MAX),
                version + due.size(),
                holding,
                idle);
    }

    private Map<Scope, Map<String, String>> set(List<SettingPlan> due) {
        Map<Scope, Map<String, String>> set = new HashMap<>();
        values.forEach((scope, texts) -> set.put(scope, new HashMap<>(texts)));
        for (SettingPlan plan : due) {
            Map<String, String> texts = set.computeIfAbsent(plan.scope(), _ -> new HashMap<>());
            plan.value().ifPresentOrElse(text -> texts.put(plan.key(), text), () -> texts.remove(plan.key()));
        }
        return set;
    }

    private static Instant beginning(LocalDate day) {
        return day.atStartOfDay(GatewayClock.ZONE).toInstant();
    }

    /**
     * What holds in a stretch of time.
     *
     * @param stored what it was made of
     * @param since the stretch begins
     * @param until it ends, exclusive: then a plan comes due
     * @param version grows by one with every change and with every plan that comes due; moving such a plan to the values
     *     changes nothing that holds, and leaves it as it is
     * @param holding canonical texts by place and key
     * @param idle what is set and does not hold, since its key is locked
     */
    record Held(
            StoredSettings stored,
            Instant since,
            Instant until,
            long version,
            Map<Scope, Map<String, String>> holding,
            Map<Scope, Map<String, String>> idle) {
        /** Takes copies. */
        Held {
            holding = copy(holding);
            idle = copy(idle);
        }

        private static Map<Scope, Map<String, String>> copy(Map<Scope, Map<String, String>> texts) {
            Map<Scope, Map<String, String>> copy = new HashMap<>();
            texts.forEach((scope, values) -> copy.put(scope, Map.copyOf(values)));
            return Map.copyOf(copy);
        }

        boolean covers(Instant moment) {
            return !moment.isBefore(since) && moment.isBefore(until);
        }

        /** Whether plans have come due that nobody has moved yet. */
        boolean due() {
            return version > stored.version;
        }

        /** What is planned for later than this stretch began. */
        List<SettingPlan> planned() {
            return stored.plans.stream()
                    .filter(plan -> beginning(plan.from()).isAfter(since))
                    .toList();
        }

        Optional<SettingLock> lock(String key) {
            return Optional.ofNullable(stored.locks.get(key));
        }
    }

    /** What is stored, with what of it holds now worked out once for each stretch of time. May be used by several threads. */
    static final class InTime {
        private final StoredSettings stored;
        private volatile @Nullable Held held;

        InTime(StoredSettings stored) {
            this.stored = stored;
        }

        long version() {
            return stored.version;
        }

        /** What holds at this moment. */
        Held at(Instant moment) {
            Held known = held;
            if (known == null || !known.covers(moment)) {
                known = stored.at(moment);
                held = known;
            }
            return known;
        }
    }
}
