package fi.kimppa.gateway.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.statistics.Deed.Kind;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was counted is folded without a figure being lost or doubled, at every moment. */
class DailyCountsTest {
    private static final LocalDate DAY = LocalDate.of(2030, 5, 31);
    private static final YearMonth MONTH = YearMonth.from(DAY);

    private static final long PAUSE_NANOS = 100_000;

    private static BackHalf house;
    private static BackHalf other;
    private static DailyCounts counts;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
        other = BackHalf.on(house.database());
        counts = house.bean(DailyCounts.class);
    }

    @AfterAll
    static void stop() {
        other.close();
        house.close();
    }

    @BeforeEach
    void nothingCounted() {
        house.jdbc().sql("delete from counted").update();
        house.jdbc().sql("delete from daily_counts where day >= '2030-01-01'").update();
    }

    private static Deed loan(String branch, int times) {
        return new Deed(DAY, Kind.LOAN, branch, "TURKU", "", "", times);
    }

    private static long counted() {
        return house.value(Long.class, "select count(*) from counted");
    }

    private static long sum() {
        return counts.months(MONTH, MONTH).stream().mapToLong(Count::times).sum();
    }

    @Test
    void foldsIntoOneRowForEachDayKindAndPlace() {
        counts.add(List.of(loan("TURKU", 1), loan("TURKU", 2), loan("LIETO", 1)));
        counts.fold();
        counts.add(List.of(loan("TURKU", 4), loan("LIETO", -1)));
        List<Count> before = counts.days(MONTH, MONTH);
        assertThat(before)
                .as("what is taken back to nothing is nothing")
                .containsExactly(new Count(DAY, Kind.LOAN, "TURKU", "TURKU", "", "", 7));
        counts.fold();

        assertThat(counts.days(MONTH, MONTH)).isEqualTo(before);
        assertThat(counted()).isZero();
        assertThat(house.value(Long.class, "select count(*) from daily_counts where day = '2030-05-31'"))
                .isEqualTo(2);
    }

    @Test
    void readsMonthsFromTheirFirstDayToTheirLast() {
        counts.add(List.of(
                new Deed(DAY, Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 1),
                new Deed(DAY.plusDays(1), Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 2),
                new Deed(DAY.plusDays(30), Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 4)));

        assertThat(counts.months(MONTH, MONTH.plusMonths(1)))
                .containsExactly(
                        new Count(LocalDate.of(2030, 5, 1), Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 1),
                        new Count(LocalDate.of(2030, 6, 1), Kind.RETURN, "TURKU", "", "LIETO", "LIETO", 6));
        assertThat(counts.months(MONTH, MONTH)).hasSize(1);
    }

    @Test
    void addsNothingOfATransactionThatIsRolledBack() {
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            counts.add(List.of(loan("TURKU", 1)));
            status.setRollbackOnly();
        });

        assertThat(sum()).isZero();
    }

    /** Two gateways fold at once while four threads add and one reads. */
    @Test
    void losesAndDoublesNothingWhileTwoGatewaysFold() throws Exception {
        int adders = 4;
        int each = 50;
        AtomicBoolean adding = new AtomicBoolean(true);
        List<Long> seen = new CopyOnWriteArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> around = new ArrayList<>();
            for (BackHalf half : List.of(house, other)) {
                around.add(threads.submit(() -> until(adding, half.bean(DailyCounts.class)::fold)));
            }
            around.add(threads.submit(() -> until(adding, () -> seen.add(sum()))));
            List<Future<?>> added = new ArrayList<>();
            for (int adder = 0; adder < adders; adder++) {
                String branch = List.of("TURKU", "LIETO").get(adder % 2);
                added.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        counts.add(List.of(loan(branch, 1)));
                    }
                }));
            }
            try {
                for (Future<?> one : added) {
                    one.get(2, TimeUnit.MINUTES);
                }
            } finally {
                adding.set(false);
            }
            for (Future<?> one : around) {
                one.get(2, TimeUnit.MINUTES);
            }
        }

        assertThat(seen).isNotEmpty().isSorted().allMatch(one -> one <= (long) adders * each);
        assertThat(sum()).isEqualTo((long) adders * each);
        counts.fold();
        assertThat(sum()).isEqualTo((long) adders * each);
        assertThat(counted()).isZero();
    }

    private static void until(AtomicBoolean going, Runnable work) {
        while (going.get()) {
            work.run();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
