package fi.kimppa.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.statistics.CostShares.Member;
import fi.kimppa.gateway.statistics.CostShares.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostSharesTest {
    /** Populations and uses are of the members A, B, … in their order; a dash where nobody has said. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # cents; by use; populations; uses;      by population; by use;     mixed
            10000;    50;     3 1;         1 1;       7500 2500;     5000 5000;  6250 3750
            100;      0;      1 1 1;       5 5 5;     34 33 33;      34 33 33;   34 33 33
            101;      0;      1 1 1;       5 5 5;     34 34 33;      34 34 33;   34 34 33
            100;      100;    1 1 1;       1 1 4;     34 33 33;      17 17 66;   17 17 66
            1;        50;     9 1;         1 9;       1 0;           0 1;        0 1
            3;        50;     9 1;         1 9;       3 0;           0 3;        1 2
            0;        50;     9 1;         1 9;       0 0;           0 0;        0 0
            1000;     50;     0 10;        10 0;      0 1000;        1000 0;     500 500
            1000;     50;     - 10;        5 5;       0 1000;        500 500;    250 750
            1000;     50;     3 1;         0 0;       750 250;       0 0;        750 250
            1000;     50;     - -;         3 1;       0 0;           750 250;    750 250
            1000;     50;     - -;         0 0;       0 0;           0 0;        0 0
            """)
    void sharesByLargestRemainder(
            long cents, int percent, String populations, String uses, String byPopulation, String byUse, String mixed) {
        CostShares costs = CostShares.of(cents, percent, members(populations, uses));

        assertThat(of(costs, Share::byPopulation)).isEqualTo(byPopulation);
        assertThat(of(costs, Share::byUse)).isEqualTo(byUse);
        assertThat(of(costs, Share::mixed)).isEqualTo(mixed);
    }

    private static List<Member> members(String populations, String uses) {
        List<String> people = Arrays.asList(populations.split(" ", -1));
        List<String> use = Arrays.asList(uses.split(" ", -1));
        return IntStream.range(0, people.size())
                .mapToObj(i -> new Member(
                        String.valueOf((char) ('A' + i)),
                        people.get(i).equals("-")
                                ? OptionalInt.empty()
                                : OptionalInt.of(Integer.parseInt(people.get(i))),
                        Long.parseLong(use.get(i))))
                .toList();
    }

    private static String of(CostShares costs, ToLongFunction<Share> value) {
        return String.join(
                " ",
                costs.shares().stream()
                        .map(share -> String.valueOf(value.applyAsLong(share)))
                        .toList());
    }

    @Test
    void namesThoseWithoutPopulation() {
        assertThat(CostShares.of(100, 50, members("- 3 - 0", "1 1 1 1")).withoutPopulation())
                .containsExactly("A", "C");
    }

    @Test
    void addsUpToTheCentWhoeverTakesPart() {
        Random random = new Random(20_261_127L);
        for (int turn = 0; turn < 2000; turn++) {
            long cents = random.nextLong(1_000_000_000_000L);
            int percent = random.nextInt(101);
            List<Member> members = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(20); i++) {
                members.add(new Member(
                        "M" + i, OptionalInt.of(1 + random.nextInt(1_000_000)), 1 + random.nextLong(1_000_000_000L)));
            }
            CostShares costs = CostShares.of(cents, percent, members);

            assertThat(sum(costs, Share::byPopulation)).as("turn %s", turn).isEqualTo(cents);
            assertThat(sum(costs, Share::byUse)).as("turn %s", turn).isEqualTo(cents);
            assertThat(sum(costs, Share::mixed)).as("turn %s", turn).isEqualTo(cents);
            assertThat(costs.shares()).allMatch(share -> share.mixed() >= 0);
        }
    }

    private static long sum(CostShares costs, ToLongFunction<Share> value) {
        return costs.shares().stream().mapToLong(value).sum();
    }
}
