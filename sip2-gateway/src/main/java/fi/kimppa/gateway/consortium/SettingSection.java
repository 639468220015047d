package fi.kimppa.gateway.consortium;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is set and planned at each place. A row is a place: {@code consortium}, {@code municipality LIETO}; its attributes
 * are settings, and settings with a day behind a dot for what is planned. Values that a lock keeps from holding are there
 * too: they would be lost else.
 */
@Component
class SettingSection implements ConsortiumSection {
    private static final String NOW = ".now";
    private static final Pattern PLANNED = Pattern.compile("(.+)\\.(\\d{4}-\\d{2}-\\d{2})");

    private final Settings settings;
    private final SettingRows rows;
    private final Clock clock;

    SettingSection(Settings settings, JdbcClient jdbc, Clock clock) {
        this.settings = settings;
        this.rows = new SettingRows(jdbc, clock);
        this.clock = clock;
    }

    @Override
    public String name() {
        return SETTINGS;
    }

    @Override
    public int place() {
        return 70;
    }

    @Override
    public SettingKey<?> row() {
        return SettingKey.form(
                "place", "", "place", text -> scope(text.strip()).map(SettingSection::text), text -> text);
    }

    private static Optional<Scope> scope(String text) {
        int blank = text.indexOf(' ');
        String kind = blank < 0 ? text : text.substring(0, blank);
        String name = blank < 0 ? "" : text.substring(blank + 1).strip();
        return switch (kind) {
            case WHOLE_CONSORTIUM -> name.isEmpty() ? Optional.of(Scope.CONSORTIUM) : Optional.empty();
            case "municipality" -> named(name).map(Scope::municipality);
            case "branch" -> named(name).map(Scope::branch);
            case "device" -> named(name).map(Scope::device);
            default -> Optional.empty();
        };
    }

    private static Optional<String> named(String name) {
        return Optional.of(name).filter(one -> one.matches("[!-~]{1,64}"));
    }

    private static String text(Scope scope) {
        return (scope.kind().name().toLowerCase(Locale.ROOT) + " " + scope.name()).strip();
    }

    /** The place of a row, whose name has been checked. */
    private static Scope place(String row) {
        return scope(row).orElseThrow();
    }

    @Override
    public List<Attribute> attributes(String row) {
        return settings.keys().stream()
                .filter(key -> key.at(place(row).kind()))
                .map(key -> set(key.name(), key))
                .toList();
    }

    /** A value is said even where it is the default: a place may want the default instead of what it inherits. */
    private static Attribute set(String name, SettingKey<?> key) {
        return Attribute.distinct(name, key, reader -> reader);
    }

    private static Attribute planned(String name, SettingKey<?> key) {
        return Attribute.distinct(
                name,
                key,
                reader -> text ->
                        text.strip().equals(Settings.INHERIT) ? Optional.of(Settings.INHERIT) : reader.canonical(text));
    }

    @Override
    public Optional<Attribute> attribute(String row, String name) {
        Matcher planned = PLANNED.matcher(name);
        if (planned.matches()) {
            return day(planned.group(2))
                    .flatMap(_ -> key(row, planned.group(1)))
                    .map(key -> planned(name, key));
        }
        return key(row, now(name)).map(key -> set(name, key));
    }

    @Override
    public String group(String attribute) {
        Matcher planned = PLANNED.matcher(attribute);
        return planned.matches() ? planned.group(1) : attribute;
    }

    private Optional<SettingKey<?>> key(String row, String name) {
        return settings.key(name).filter(key -> key.at(place(row).kind()));
    }

    private static String now(String name) {
        return name.endsWith(NOW) ? name.substring(0, name.length() - NOW.length()) : name;
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** What is planned for today or earlier holds now; the latest wins. */
    @Override
    public SortedMap<String, String> normal(SortedMap<String, String> attributes) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE);
        SortedMap<String, String> normal = new TreeMap<>();
        attributes.forEach((name, text) -> {
            Matcher planned = PLANNED.matcher(name);
            if (!planned.matches()) {
                normal.put(now(name), text);
            } else if (day(planned.group(2)).filter(today::isBefore).isPresent()) {
                normal.put(name, text);
            }
        });
        attributes.forEach((name, text) -> {
            Matcher planned = PLANNED.matcher(name);
            if (planned.matches() && !normal.containsKey(name)) {
                if (text.equals(Settings.INHERIT)) {
                    normal.remove(planned.group(1));
                } else {
                    normal.put(planned.group(1), text);
                }
            }
        });
        return normal;
    }

    @Override
    public List<Reference> references(String row, SortedMap<String, String> attributes) {
        Scope scope = place(row);
        return switch (scope.kind()) {
            case CONSORTIUM -> List.of();
            case MUNICIPALITY -> List.of(new Reference("", MUNICIPALITIES, scope.name()));
            case BRANCH -> List.of(new Reference("", BranchSection.NAME, scope.name()));
            case DEVICE -> List.of(new Reference("", TerminalSection.NAME, scope.name()));
        };
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public Settings.Entry entry(String row, String attribute, Optional<String> before, Optional<String> after) {
        Matcher planned = PLANNED.matcher(attribute);
        return new Settings.Entry(
                place(row),
                planned.matches() ? Settings.PLAN + planned.group(2) + " " + planned.group(1) : attribute,
                before,
                after);
    }

    @Override
    public SortedMap<String, SortedMap<String, String>> rows() {
        Instant now = clock.instant();
        StoredSettings.Held held = rows.read().at(now);
        Map<Scope, SortedMap<String, String>> places = new HashMap<>();
        List.of(held.holding(), held.idle())
                .forEach(all -> all.forEach((scope, texts) -> texts.forEach((key, text) -> known(scope, key)
                        .flatMap(one -> one.canonical(text))
                        .ifPresent(canonical -> places.computeIfAbsent(scope, _ -> new TreeMap<>())
                                .put(key, canonical)))));
        held.planned()
                .forEach(plan -> known(plan.scope(), plan.key())
                        .ifPresent(_ -> places.computeIfAbsent(plan.scope(), _ -> new TreeMap<>())
                                .put(
                                        plan.key() + "." + plan.from(),
                                        plan.value().orElse(Settings.INHERIT))));
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        places.forEach((scope, texts) -> rows.put(text(scope), texts));
        return rows;
    }

    /** What this version does not know is neither shown nor touched. */
    private Optional<SettingKey<?>> known(Scope scope, String key) {
        return settings.key(key).filter(one -> one.at(scope.kind()));
    }

    @Override
    public void put(String row, SortedMap<String, String> said, String who) {
        SortedMap<String, String> before = rows().getOrDefault(row, new TreeMap<>());
        Scope scope = place(row);
        before.keySet().stream()
                .filter(name -> !said.containsKey(name))
                .forEach(name -> write(scope, name, Optional.empty(), who));
        said.forEach((name, text) -> {
            if (!text.equals(before.get(name))) {
                write(scope, name, Optional.of(text), who);
            }
        });
    }

    private void write(Scope scope, String name, Optional<String> text, String who) {
        Matcher planned = PLANNED.matcher(name);
        if (!planned.matches()) {
            rows.value(scope, name, text);
            return;
        }
        LocalDate from = LocalDate.parse(planned.group(2));
        if (text.isEmpty()) {
            rows.unplan(scope, planned.group(1), from);
        } else {
            rows.plan(new SettingPlan(
                    scope, planned.group(1), from, text.filter(value -> !value.equals(Settings.INHERIT)), who, ""));
        }
    }

    @Override
    public void remove(String row) {
        put(row, new TreeMap<>(), "");
    }
}
