package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;

/** What is counted of each change, where the store is ours and where it is elsewhere. */
class FiguresTest {
    private static final String MAKELA = "2000012345";
    private static final String HEINO = "2000012395";
    private static final String ITEM = "3000000011";
    private static final String OTHER_ITEM = "3000000028";

    /** With the store in the gateway's own database. */
    private static BackHalf house;

    /** With a library system elsewhere. */
    private static BackHalf afar;

    private static FaultyBackend backend;

    /** Listens, and fails when it is told to. */
    static class Deaf {
        private volatile boolean failing;

        @EventListener
        void on(CirculationEvent event) {
            if (failing) {
                throw new IllegalStateException("told of " + event.getClass().getSimpleName());
            }
        }
    }

    @BeforeAll
    static void start() {
        house = BackHalf.startWith(Deaf.class);
        afar = BackHalf.start(FaultyBackend.Wiring.class, Deaf.class);
        backend = afar.bean(FaultyBackend.class);
    }

    @AfterAll
    static void stop() {
        afar.close();
        house.close();
    }

    @BeforeEach
    void freshStart() {
        backend.release();
        await(() -> FaultyBackend.probed(afar));
        for (BackHalf one : List.of(house, afar)) {
            one.clock().reset();
            for (String table :
                    List.of("journal", "transits", "undo", "counted", "daily_counts", "number_rules", "loans")) {
                one.jdbc().sql("delete from " + table).update();
            }
            one.bringAllHome();
            one.jdbc().sql("""
                            insert into number_rules (numbers, pattern, municipality) values
                            ('CARD', '2000012345', 'TURKU'), ('CARD', '2000012395', 'UKI'), ('ITEM', '3000000011', 'TURKU')
                            """).update();
            one.consortium().refresh();
        }
    }

    private static Asking at(BackHalf half, Terminal terminal) {
        return new Asking(half.circulation(), terminal, half.clock());
    }

    /** Day, kind, branch, home, owner, onward and how often, with a dash where nothing is known. */
    private static List<String> counts(BackHalf half) {
        return half.jdbc().sql("""
                        select concat_ws(' ', day, kind, branch, coalesce(nullif(home, ''), '-'),
                                         coalesce(nullif(owner, ''), '-'), coalesce(nullif(onward, ''), '-'), sum(times))
                          from all_counts
                         group by day, kind, branch, home, owner, onward
                        having sum(times) <> 0
                        """).query((row, _) -> row.getString(1)).list().stream()
                .sorted()
                .toList();
    }

    /** Every row of the journal that became done is counted, and nothing else. */
    private static void assertEveryDoneRowIsCounted(BackHalf half) {
        assertThat(half.value(Long.class, "select coalesce(sum(times), 0) from all_counts"))
                .isEqualTo(half.value(Long.class, """
                        select count(*) from journal where state = 'SETTLED' and ok and command in ('09', '11', '29')
                        """));
    }

    // ---- what is counted ---------------------------------------------------------------------------------

    @Test
    void countsALoanItsRenewalAndItsReturnElsewhere() {
        Asking turku = at(house, BackHalf.TURKU);
        assertThat(turku.lend(MAKELA, ITEM).ok()).isTrue();
        assertThat(turku.renew(MAKELA, ITEM).ok()).isTrue();
        assertThat(at(house, BackHalf.LIETO).bringBack(ITEM).ok()).isTrue();

        assertThat(counts(house))
                .containsExactly(
                        "2026-11-24 LOAN TURKU TURKU TURKU - 1",
                        "2026-11-24 RENEWAL TURKU TURKU TURKU - 1",
                        "2026-11-24 RETURN LIETO - TURKU TURKU 1");
        assertEveryDoneRowIsCounted(house);
    }

    @Test
    void countsTheSameInALibrarySystemElsewhere() {
        Asking turku = at(afar, BackHalf.TURKU);
        assertThat(turku.lend(HEINO, ITEM).ok()).isTrue();
        assertThat(turku.renew(HEINO, ITEM).ok()).isTrue();
        assertThat(at(afar, BackHalf.LIETO).bringBack(ITEM).ok()).isTrue();

        assertThat(counts(afar))
                .containsExactly(
                        "2026-11-24 LOAN TURKU UKI TURKU - 1",
                        "2026-11-24 RENEWAL TURKU UKI TURKU - 1",
                        "2026-11-24 RETURN LIETO - TURKU TURKU 1");
        assertEveryDoneRowIsCounted(afar);
    }

    @Test
    void countsNothingOfWhatIsRefused() {
        Asking turku = at(house, BackHalf.TURKU);
        turku.lend(MAKELA, ITEM);

        assertThat(turku.lend(HEINO, ITEM).ok()).isFalse();
        assertThat(turku.bringBack("3999999999").ok()).isFalse();

        assertThat(counts(house)).containsExactly("2026-11-24 LOAN TURKU TURKU TURKU - 1");
    }

    @Test
    void countsARepeatOnce() {
        for (BackHalf half : List.of(house, afar)) {
            Asking turku = at(half, BackHalf.TURKU);
            Checkout checkout = turku.checkout(MAKELA, ITEM, turku.tick());
            turku.send(checkout);
            turku.send(checkout);
            turku.send(checkout);

            assertThat(counts(half)).containsExactly("2026-11-24 LOAN TURKU TURKU TURKU - 1");
        }
    }

    @Test
    void countsEveryThingOfARenewAllAndItsOwnerOnlyForWhoGaveThePin() {
        Asking turku = at(house, BackHalf.TURKU);
        turku.lend(MAKELA, ITEM);
        turku.lend(MAKELA, OTHER_ITEM);
        house.jdbc().sql("delete from counted").update();

        assertThat(turku.say("65{now}AOTURKU|AA" + MAKELA + "|AD1234|AC|BON|")).startsWith("6610002");
        assertThat(counts(house))
                .containsExactly("2026-11-24 RENEWAL TURKU TURKU - - 1", "2026-11-24 RENEWAL TURKU TURKU TURKU - 1");

        assertThat(turku.say("65{now}AOTURKU|AA" + MAKELA + "|AC|BON|")).startsWith("6610002");
        assertThat(counts(house))
                .containsExactly("2026-11-24 RENEWAL TURKU TURKU - - 3", "2026-11-24 RENEWAL TURKU TURKU TURKU - 1");
    }

    @Test
    void takesOffWhatIsTakenBackOnTheDayOnWhichItWasDone() {
        Asking turku = at(house, BackHalf.TURKU);
        house.clock().pass(Duration.ofHours(4).plusMinutes(20));
        turku.lend(MAKELA, ITEM);
        house.clock().pass(Duration.ofMinutes(20));
        Checkin undoing = turku.checkin(ITEM, turku.tick(), true, Optional.empty());
        assertThat(turku.send(undoing).ok()).isTrue();
        assertThat(turku.send(undoing).ok()).as("a repeat").isTrue();
        assertThat(counts(house)).isEmpty();

        turku.lend(MAKELA, ITEM);
        turku.bringBack(ITEM);
        assertThat(turku.send(turku.checkout(MAKELA, ITEM, turku.tick(), false, false, true, ""))
                        .ok())
                .isTrue();
        assertThat(counts(house)).containsExactly("2026-11-25 LOAN TURKU TURKU TURKU - 1");
    }

    @Test
    void countsThoughSomebodyWhoListensFails() {
        for (BackHalf half : List.of(house, afar)) {
            half.bean(Deaf.class).failing = true;
            try {
                assertThat(at(half, BackHalf.TURKU).lend(MAKELA, ITEM).ok()).isTrue();
            } finally {
                half.bean(Deaf.class).failing = false;
            }
            assertThat(counts(half)).containsExactly("2026-11-24 LOAN TURKU TURKU TURKU - 1");
        }
    }

    // ---- what ends later ---------------------------------------------------------------------------------

    @Test
    void countsAPromisedReturnOnceOnTheDayOnWhichItWasTaken() {
        Asking lieto = at(afar, BackHalf.LIETO);
        at(afar, BackHalf.TURKU).lend(MAKELA, ITEM);
        afar.jdbc().sql("delete from counted").update();
        afar.clock().pass(Duration.ofHours(4));
        backend.breaks(Fault.SILENT);
        Checkin checkin = lieto.checkin(ITEM, lieto.tick());
        assertThat(lieto.send(checkin).ok()).isTrue();
        assertThat(lieto.send(checkin).ok()).isTrue();
        assertThat(counts(afar)).as("it is promised only").isEmpty();

        afar.clock().pass(Duration.ofHours(9));
        backend.release();
        await(() -> FaultyBackend.probed(afar));
        afar.bean(Settlement.class).settle();
        afar.bean(Settlement.class).settle();
        lieto.send(checkin);

        assertThat(counts(afar)).containsExactly("2026-11-24 RETURN LIETO - TURKU TURKU 1");
    }

    @Test
    void countsWhatStaffSayIsDoneAndNotWhatIsNotToBeDone() {
        Asking lieto = at(afar, BackHalf.LIETO);
        backend.breaks(Fault.SILENT);
        for (String item : List.of("3999999998", "3999999999")) {
            lieto.send(lieto.checkin(item, lieto.tick(), false, Optional.of("owner=FI-Turku")));
        }
        backend.release();
        await(() -> FaultyBackend.probed(afar));
        afar.bean(Settlement.class).settle();
        StaffTasks tasks = afar.bean(StaffTasks.class);
        assertThat(tasks.open()).hasSize(2);
        afar.clock().pass(Duration.ofDays(2));

        assertThat(tasks.decide(tasks.open().getLast().id(), false, "anna", "")).isTrue();
        assertThat(counts(afar)).isEmpty();
        long done = tasks.open().getFirst().id();
        assertThat(tasks.decide(done, true, "anna", "")).isTrue();
        assertThat(tasks.decide(done, true, "berit", "")).isFalse();

        assertThat(counts(afar)).containsExactly("2026-11-24 RETURN LIETO - TURKU - 1");
        assertEveryDoneRowIsCounted(afar);
    }

    @Test
    void countsALoanThatTurnsOutLaterToBeOneOnce() {
        backend.breaks(Fault.HANGS_AFTER);
        Asking turku = at(afar, BackHalf.TURKU);
        assertThat(turku.lend(MAKELA, ITEM).ok()).as("nobody knows").isFalse();
        backend.release();
        await(() -> FaultyBackend.probed(afar));
        await(() -> {
            afar.bean(Settlement.class).settle();
            return !counts(afar).isEmpty();
        });
        afar.bean(Settlement.class).settle();

        assertThat(counts(afar)).containsExactly("2026-11-24 LOAN TURKU TURKU TURKU - 1");
    }
}
