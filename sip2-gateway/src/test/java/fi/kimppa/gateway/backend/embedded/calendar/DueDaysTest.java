package fi.kimppa.gateway.backend.embedded.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.calendar.DueDays.Due;
import fi.kimppa.gateway.backend.embedded.calendar.DueDays.Move;
import fi.kimppa.gateway.consortium.Closure;
import fi.kimppa.gateway.consortium.Closure.Reason;
import fi.kimppa.gateway.consortium.Closures;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingChange;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed days and what is due then, in the database. It is Tuesday, 24 November 2026; Turku is closed on Saturdays and Sundays. */
class DueDaysTest {
    private static final String MAKELA = "2000012345";
    private static final String ITEM = "3000000011";
    private static final String ANOTHER = "3000000028";
    private static final Scope TURKU = Scope.branch("TURKU");

    private static BackHalf house;
    private Asking turku;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void freshStart() {
        house.clock().reset();
        for (String sql : List.of(
                "delete from journal",
                "delete from undo",
                "delete from closures",
                "delete from setting_changes",
                "delete from holds where trapped_item in ('3000000011', '3000000028')",
                "delete from loans where item in ('3000000011', '3000000028')")) {
            house.jdbc().sql(sql).update();
        }
        house.bringAllHome();
        house.consortium().refresh();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
    }

    private static Closure closure(Scope place, String first, String last) {
        return new Closure(
                0, place, LocalDate.parse(first), LocalDate.parse(last), new Reason("Joulu", "", ""), "anna");
    }

    private static void close(Scope place, String first, String last) {
        closures().add(List.of(closure(place, first, last)), "anna", List::of);
    }

    private static Closures closures() {
        return house.bean(Closures.class);
    }

    private static DueDays dueDays() {
        return house.bean(DueDays.class);
    }

    /** The local date and time of day at which it is due. */
    private static String due(String item) {
        return house.value(
                String.class,
                "select to_char(due_at at time zone 'Europe/Helsinki', 'YYYY-MM-DD HH24:MI') from loans"
                        + " where item = ? and returned_at is null",
                item);
    }

    // ---- new loans, renewals, holds ----------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "BRANCH, TURKU, 2026-12-28",
        "MUNICIPALITY, TURKU, 2026-12-28",
        "CONSORTIUM, '', 2026-12-28",
        "BRANCH, LIETO, 2026-12-22"
    })
    void aLoanIsDueOnADayOnWhichItsBranchIsOpen(Scope.Kind kind, String name, String due) {
        close(new Scope(kind, name), "2026-12-21", "2026-12-25");
        assertThat(turku.lend(MAKELA, ITEM).ok()).isTrue();
        assertThat(due(ITEM)).isEqualTo(due + " 23:59");
    }

    @Test
    void aRenewalGoesByTheBranchOfTheLoan() {
        turku.lend(MAKELA, ITEM);
        close(TURKU, "2026-12-21", "2026-12-25");
        house.pass(Duration.ofDays(1));
        Asking lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
        assertThat(lieto.say("29NN{now}{now}AOLIETO|AB" + ITEM + "|AA" + MAKELA + "|AC|AD1234|"))
                .startsWith("301");
        assertThat(due(ITEM)).isEqualTo("2026-12-28 23:59");
    }

    @Test
    void somethingStandsOnTheHoldShelfUntilADayOnWhichItCanBeFetched() {
        house.jdbc().sql("""
                        insert into holds (card, title_id, pickup_branch, placed_at, state, trapped_item, ready_at)
                        select '2000012395', title_id, 'TURKU', '2026-11-01 12:00+02', 'READY', number, '2026-11-24 12:00+02'
                          from items where number = '3000000011'
                        """).update();
        assertThat(turku.item(ITEM).holdPickupDate())
                .hasValueSatisfying(last -> assertThat(last.text()).startsWith("20261201"));
        close(TURKU, "2026-12-01", "2026-12-03");
        assertThat(turku.item(ITEM).holdPickupDate())
                .hasValueSatisfying(last -> assertThat(last.text()).startsWith("20261204"));
    }

    // ---- what is due already -----------------------------------------------------------------------------

    @Test
    void closingDaysMovesWhatIsDueThenInOneTransaction() {
        turku.lend(MAKELA, ITEM);
        turku.lend(MAKELA, ANOTHER);
        List<Closure> wanted = List.of(closure(Scope.CONSORTIUM, "2026-12-22", "2026-12-24"));
        LocalDate day = LocalDate.parse("2026-12-22");
        assertThat(dueDays().moves(wanted))
                .containsExactly(new Move(new Due("TURKU", day, 2), LocalDate.parse("2026-12-25")));

        assertThatThrownBy(() -> closures().add(wanted, "anna", () -> {
                    dueDays().move(wanted, new ArrayList<>());
                    throw new IllegalStateException("the database goes away");
                }))
                .hasMessage("the database goes away");
        assertThat(due(ITEM)).isEqualTo("2026-12-22 23:59");
        assertThat(house.value(Long.class, "select count(*) from closures")).isZero();

        closures().add(wanted, "anna", () -> {
            List<Entry> changes = new ArrayList<>();
            assertThat(dueDays().move(wanted, changes)).isEqualTo(2);
            return changes;
        });
        assertThat(List.of(due(ITEM), due(ANOTHER))).containsOnly("2026-12-25 23:59");
        assertThat(dueDays().moves(wanted)).isEmpty();
        assertThat(house.bean(Settings.class).changes(Optional.empty(), 10))
                .extracting(SettingChange::who, SettingChange::scope, SettingChange::after)
                .containsExactlyInAnyOrder(
                        tuple("anna", Scope.CONSORTIUM, Optional.of("2026-12-22 - 2026-12-24")),
                        tuple("anna", TURKU, Optional.of("2026-12-25 (2)")));
    }

    @Test
    void whatIsStillDueOnDaysThatAreClosedCanBeMovedLater() throws SQLException {
        turku.lend(MAKELA, ITEM);
        turku.lend(MAKELA, ANOTHER);
        close(TURKU, "2026-12-22", "2026-12-22");
        Closure closed =
                house.consortium().branch("TURKU").orElseThrow().closures().getFirst();
        assertThat(DueDays.loans(dueDays().moves(List.of(closed)))).isEqualTo(2);

        try (Connection busy = DriverManager.getConnection(
                        house.database().url(),
                        house.database().user(),
                        house.database().password());
                Statement renewal = busy.createStatement()) {
            busy.setAutoCommit(false);
            renewal.execute("select 1 from loans where item = '3000000028' for update");
            assertThat(dueDays().move(closed, "anna"))
                    .as("not the one at which a machine is")
                    .isOne();
            // Closing alone says goodbye and does not wait until the server has let the row go.
            busy.rollback();
        }
        assertThat(due(ITEM)).isEqualTo("2026-12-23 23:59");
        assertThat(due(ANOTHER)).isEqualTo("2026-12-22 23:59");
        assertThat(dueDays().move(closed, "anna")).isOne();
        assertThat(due(ANOTHER)).isEqualTo("2026-12-23 23:59");
    }

    @Test
    void theHourStaysWhatItWasWhenSummerTimeBegins() {
        turku.lend(MAKELA, ITEM);
        house.jdbc()
                .sql("update loans set due_at = '2027-03-26 23:59+02' where item = '3000000011'")
                .update();
        close(TURKU, "2027-03-26", "2027-03-26");
        Closure closed =
                house.consortium().branch("TURKU").orElseThrow().closures().getFirst();
        assertThat(dueDays().move(closed, "anna")).isOne();
        assertThat(due(ITEM)).isEqualTo("2027-03-29 23:59");
    }

    @Test
    void countsWhatIsDueAndSaysWhichThings() {
        turku.lend(MAKELA, ITEM);
        LocalDate day = LocalDate.parse("2026-12-22");
        assertThat(dueDays().due(List.of("TURKU", "LIETO"), day, day)).containsExactly(new Due("TURKU", day, 1));
        assertThat(dueDays().due(List.of("LIETO"), day, day)).isEmpty();
        assertThat(dueDays().things("TURKU", day, 10))
                .extracting(DueDays.Thing::item)
                .containsExactly(ITEM);
    }

    // ---- taking back -------------------------------------------------------------------------------------

    @Test
    void theSameDaysAreEnteredOnceAndATakenBackDayIsAnOpenOne() {
        close(TURKU, "2026-12-22", "2026-12-22");
        close(TURKU, "2026-12-22", "2026-12-22");
        assertThat(house.value(Long.class, "select count(*) from closures")).isOne();
        closures().remove(house.value(Long.class, "select id from closures"), "anna");
        assertThat(house.consortium().branch("TURKU").orElseThrow().closures()).isEmpty();
        turku.lend(MAKELA, ITEM);
        assertThat(due(ITEM)).isEqualTo("2026-12-22 23:59");
        assertThat(house.bean(Settings.class).changes(Optional.of(TURKU), 10)).hasSize(2);
    }
}
