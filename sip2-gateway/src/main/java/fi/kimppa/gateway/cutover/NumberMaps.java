package fi.kimppa.gateway.cutover;

import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import fi.kimppa.gateway.cutover.CutOver.State;
import fi.kimppa.gateway.privacy.PersonalData;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which number of an old library system is which of the new one. Read from the database when it is needed: a map may have
 * hundreds of thousands of lines, and is asked one line at a time. May be used by several threads.
 */
@Component
public class NumberMaps {
    /** What the record of changes calls the numbers of a cut-over, with its number in the database behind it. */
    public static final String KEY = "cut-over numbers ";

    private final JdbcClient jdbc;
    private final CutOvers cutOvers;
    private final Settings settings;
    private final Clock clock;

    NumberMaps(JdbcClient jdbc, CutOvers cutOvers, Settings settings, Clock clock) {
        this.jdbc = jdbc;
        this.cutOvers = cutOvers;
        this.settings = settings;
        this.clock = clock;
    }

    @Bean
    static PersonalData personInTheMaps(JdbcClient jdbc) {
        return new PersonInNumbers(jdbc, "number_maps", "");
    }

    /**
     * A line of a map.
     *
     * @param before the number in the old system
     * @param after the number in the new one
     */
    public record Pair(Numbers numbers, String before, String after) {}

    /**
     * Which way numbers go on their way to one library system.
     *
     * @param cutOvers whose numbers are the new system's there: machines may say the old ones
     * @param rolledBack whose numbers are the old system's there again: machines may say the new ones
     */
    private record Ways(List<Long> cutOvers, List<Long> rolledBack) {}

    /** Whether numbers are other than what machines say at this library system. */
    public boolean renumbers(String system) {
        Ways ways = ways(system);
        return !ways.cutOvers.isEmpty() || !ways.rolledBack.isEmpty();
    }

    /** What this library system calls a number that a machine says; the number itself where it is no other. */
    public String sent(String system, Numbers numbers, String number) {
        Ways ways = ways(system);
        return one("new_number", "old_number", ways.cutOvers, numbers, number)
                .or(() -> one("old_number", "new_number", ways.rolledBack, numbers, number))
                .orElse(number);
    }

    /**
     * What is on the tags of things that this library system calls so.
     *
     * @return by the library system's number; without those that are no other
     */
    public Map<String, String> spoken(String system, Collection<String> items) {
        Ways ways = ways(system);
        Map<String, String> spoken = new HashMap<>();
        if (!items.isEmpty() && !ways.cutOvers.isEmpty()) {
            jdbc.sql("""
                            select new_number, old_number from number_maps
                             where cut_over in (:cutOvers) and numbers = 'ITEM' and new_number in (:items)""")
                    .param("cutOvers", ways.cutOvers)
                    .param("items", items)
                    .query((row, _) -> spoken.put(row.getString("new_number"), row.getString("old_number")))
                    .list();
        }
        return spoken;
    }

    /** All numbers of the thing or card that has this one, itself first. */
    public Set<String> aliases(Numbers numbers, String number) {
        Set<String> aliases = new LinkedHashSet<>(Set.of(number));
        Instant now = clock.instant();
        if (cutOvers.all().stream().anyMatch(one -> one.state(now) != State.PLANNED)) {
            aliases.addAll(jdbc.sql("""
                            select new_number from number_maps where numbers = :numbers and old_number = :number
                            union select old_number from number_maps where numbers = :numbers and new_number = :number""")
                    .param("numbers", numbers.name())
                    .param("number", number)
                    .query(String.class)
                    .list());
        }
        return aliases;
    }

    private Ways ways(String system) {
        Instant now = clock.instant();
        return new Ways(
                cutOvers.all().stream()
                        .filter(one -> one.to().equals(system))
                        .filter(one -> one.state(now) == State.OVER || one.state(now) == State.FINISHED)
                        .map(CutOver::id)
                        .toList(),
                cutOvers.all().stream()
                        .filter(one -> one.from().equals(system) && one.state(now) == State.ROLLED_BACK)
                        .map(CutOver::id)
                        .toList());
    }

    /** The latest cut-over that knows the number has the last word. */
    private Optional<String> one(String wanted, String said, List<Long> ids, Numbers numbers, String number) {
        return ids.isEmpty()
                ? Optional.empty()
                : jdbc.sql("select " + wanted + " from number_maps where cut_over in (:ids) and numbers = :numbers and "
                                + said + " = :number order by cut_over desc limit 1")
                        .param("ids", ids)
                        .param("numbers", numbers.name())
                        .param("number", number)
                        .query(String.class)
                        .optional();
    }

    // ---- the lines of one cut-over -----------------------------------------------------------------------

    /** All lines, in no order. */
    public List<Pair> of(long cutOver) {
        return jdbc.sql("select numbers, old_number, new_number from number_maps where cut_over = :id")
                .param("id", cutOver)
                .query((row, _) -> new Pair(
                        Numbers.valueOf(row.getString("numbers")),
                        row.getString("old_number"),
                        row.getString("new_number")))
                .list();
    }

    /** How many lines there are. */
    public long count(long cutOver, Numbers numbers) {
        return jdbc.sql("select count(*) from number_maps where cut_over = :id and numbers = :numbers")
                .param("id", cutOver)
                .param("numbers", numbers.name())
                .query(Long.class)
                .single();
    }

    /**
     * Adds lines; those that are there already stay.
     *
     * @param who name of the member of staff
     */
    public void add(CutOver cutOver, List<Pair> pairs, String who) {
        written(
                cutOver,
                who,
                () -> jdbc.sql("""
                        insert into number_maps (cut_over, numbers, old_number, new_number)
                        select :id, * from unnest(:numbers::text[], :before::text[], :after::text[])
                        on conflict do nothing""")
                        .param("id", cutOver.id())
                        .param("numbers", column(pairs, pair -> pair.numbers().name()))
                        .param("before", column(pairs, Pair::before))
                        .param("after", column(pairs, Pair::after))
                        .update());
    }

    private static String[] column(List<Pair> pairs, Function<Pair, String> text) {
        return pairs.stream().map(text).toArray(String[]::new);
    }

    /**
     * Takes all lines away.
     *
     * @param who name of the member of staff
     */
    public void clear(CutOver cutOver, String who) {
        written(
                cutOver,
                who,
                () -> jdbc.sql("delete from number_maps where cut_over = :id")
                        .param("id", cutOver.id())
                        .update());
    }

    private void written(CutOver cutOver, String who, Runnable write) {
        settings.audited(who, () -> {
            String before = text(cutOver.id());
            write.run();
            String after = text(cutOver.id());
            return before.equals(after)
                    ? List.of()
                    : List.of(new Entry(
                            Scope.municipality(cutOver.municipality()),
                            KEY + cutOver.id(),
                            Optional.of(before),
                            Optional.of(after)));
        });
    }

    private String text(long cutOver) {
        return count(cutOver, Numbers.CARD) + " CARD, " + count(cutOver, Numbers.ITEM) + " ITEM";
    }
}
