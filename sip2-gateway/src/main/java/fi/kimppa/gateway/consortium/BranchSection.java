package fi.kimppa.gateway.consortium;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The branches of the file, each with its hours and bins of its own. */
@Component
class BranchSection implements ConsortiumSection {
    static final String NAME = "branches";

    private static final String HOURS = "hours.";
    private static final String BINS = "bins.";

    private static final List<Attribute> ATTRIBUTES = attributes();

    private final JdbcClient jdbc;
    private final ObjectProvider<BranchUse> uses;

    BranchSection(JdbcClient jdbc, ObjectProvider<BranchUse> uses) {
        this.jdbc = jdbc;
        this.uses = uses;
    }

    private static List<Attribute> attributes() {
        List<Attribute> attributes = new ArrayList<>(List.of(
                Attribute.needed(RowForms.label("name")),
                Attribute.needed(RowForms.municipality("municipality")).naming(MUNICIPALITIES),
                Attribute.needed(RowForms.isil("isil")).butUnique(),
                Attribute.optional(SettingKey.whole("minimum-age", 0, 0, 120)),
                Attribute.optional(RowForms.matching("phone", "phone", "[0-9+() -]{0,32}")),
                hours("mon-sun")));
        Arrays.stream(SortSituation.values())
                .forEach(situation ->
                        attributes.add(Attribute.optional(BinSection.bin(BINS + BinSection.text(situation)))));
        return List.copyOf(attributes);
    }

    private static Attribute hours(String days) {
        return Attribute.optional(SettingKey.form(HOURS + days, "", "hours", WeeklyHours::canonical, text -> text));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int place() {
        return 20;
    }

    @Override
    public SettingKey<?> row() {
        return RowForms.branch("code");
    }

    @Override
    public List<Attribute> attributes(String row) {
        return ATTRIBUTES;
    }

    @Override
    public Optional<Attribute> attribute(String row, String name) {
        return name.startsWith(HOURS)
                ? Optional.of(name.substring(HOURS.length()))
                        .filter(days -> !WeeklyHours.days(days).isEmpty())
                        .map(BranchSection::hours)
                : ConsortiumSection.super.attribute(row, name);
    }

    @Override
    public SortedMap<String, String> normal(SortedMap<String, String> attributes) {
        SortedMap<String, String> normal = new TreeMap<>(attributes);
        normal.keySet().removeIf(name -> name.startsWith(HOURS));
        WeeklyHours.texts(week(attributes)).forEach((days, hours) -> normal.put(HOURS + days, hours));
        return normal;
    }

    private static List<OpeningPeriod> week(SortedMap<String, String> attributes) {
        List<OpeningPeriod> week = new ArrayList<>();
        attributes.forEach((name, text) -> {
            if (name.startsWith(HOURS)) {
                WeeklyHours.days(name.substring(HOURS.length()))
                        .forEach(day -> WeeklyHours.periods(day, text).ifPresent(week::addAll));
            }
        });
        return week;
    }

    @Override
    public Optional<String> contradiction(SortedMap<String, String> attributes) {
        Set<DayOfWeek> days = new HashSet<>();
        return attributes.keySet().stream()
                        .filter(name -> name.startsWith(HOURS))
                        .flatMap(name -> WeeklyHours.days(name.substring(HOURS.length())).stream())
                        .allMatch(days::add)
                ? Optional.empty()
                : Optional.of("days");
    }

    @Override
    public SortedMap<String, SortedMap<String, String>> rows() {
        SortedMap<String, Map<String, String>> texts = new TreeMap<>();
        jdbc.sql("select code, name, municipality, isil, minimum_age, phone from branches")
                .query((row, _) -> texts.put(
                        row.getString("code"),
                        new HashMap<>(Map.of(
                                "name", row.getString("name"),
                                "municipality", row.getString("municipality"),
                                "isil", row.getString("isil"),
                                "minimum-age", String.valueOf(row.getInt("minimum_age")),
                                "phone", row.getString("phone")))))
                .list();
        Map<String, List<OpeningPeriod>> weeks = new HashMap<>();
        jdbc.sql("select branch_code, day, starts, minutes, mode from opening_periods")
                .query((row, _) -> weeks.computeIfAbsent(row.getString("branch_code"), _ -> new ArrayList<>())
                        .add(new OpeningPeriod(
                                DayOfWeek.of(row.getInt("day")),
                                row.getObject("starts", LocalTime.class),
                                Duration.ofMinutes(row.getInt("minutes")),
                                ServiceMode.valueOf(row.getString("mode")))))
                .list();
        weeks.forEach((branch, week) -> WeeklyHours.texts(week)
                .forEach((days, hours) ->
                        texts.getOrDefault(branch, new HashMap<>()).put(HOURS + days, hours)));
        jdbc.sql("select branch_code, situation, bin from sort_bins where branch_code is not null")
                .query((row, _) -> texts.getOrDefault(row.getString("branch_code"), new HashMap<>())
                        .put(
                                BINS + BinSection.text(SortSituation.valueOf(row.getString("situation"))),
                                row.getString("bin")))
                .list();
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        texts.forEach((code, attributes) -> rows.put(code, RowForms.row(this, code, attributes)));
        return rows;
    }

    @Override
    public void put(String row, SortedMap<String, String> said, String who) {
        jdbc.sql("""
                        insert into branches (code, name, municipality, isil, minimum_age, phone)
                        values (:code, :name, :municipality, :isil, :age, :phone)
                        on conflict (code) do update set name = excluded.name, municipality = excluded.municipality,
                                                         isil = excluded.isil, minimum_age = excluded.minimum_age,
                                                         phone = excluded.phone""")
                .param("code", row)
                .param("name", said.get("name"))
                .param("municipality", said.get("municipality"))
                .param("isil", said.get("isil"))
                .param("age", Integer.valueOf(said.getOrDefault("minimum-age", "0")))
                .param("phone", said.getOrDefault("phone", ""))
                .update();
        jdbc.sql("delete from opening_periods where branch_code = :code")
                .param("code", row)
                .update();
        for (OpeningPeriod period : week(said)) {
            jdbc.sql("""
                            insert into opening_periods (branch_code, day, starts, minutes, mode)
                            values (:code, :day, :from, :minutes, :mode)""")
                    .param("code", row)
                    .param("day", period.day().getValue())
                    .param("from", period.from())
                    .param("minutes", period.length().toMinutes())
                    .param("mode", period.mode().name())
                    .update();
        }
        jdbc.sql("delete from sort_bins where branch_code = :code")
                .param("code", row)
                .update();
        for (SortSituation situation : SortSituation.values()) {
            String bin = said.get(BINS + BinSection.text(situation));
            if (bin != null) {
                jdbc.sql("insert into sort_bins (branch_code, situation, bin) values (:code, :situation, :bin)")
                        .param("code", row)
                        .param("situation", situation.name())
                        .param("bin", bin)
                        .update();
            }
        }
    }

    @Override
    public void remove(String row) {
        uses.orderedStream().flatMap(use -> use.of(row).stream()).findFirst().ifPresent(word -> {
            throw new RowInUseException(word);
        });
        jdbc.sql("delete from branches where code = :code").param("code", row).update();
    }
}
