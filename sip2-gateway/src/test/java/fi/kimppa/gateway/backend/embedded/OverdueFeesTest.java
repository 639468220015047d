package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.consortium.Closure;
import fi.kimppa.gateway.consortium.Closures;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a late loan costs, fixed in the transaction in which it ends or is renewed. */
class OverdueFeesTest {
    private static final String MAKELA = "AA2000012345|AC|AD1234|";
    private static final Scope LIETO = Scope.municipality("LIETO");

    private static BackHalf house;
    private static String item = "";
    private Asking lieto;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
        item = house.value(String.class, """
                select number from items i join titles t on t.id = i.title_id
                 where i.home_branch = 'TURKU' and i.for_loan and t.age_limit = 0 and i.type = 'BOOK'
                   and not exists (select from loans l where l.item = i.number)
                   and not exists (select from holds h where h.title_id = i.title_id)
                 order by number limit 1""");
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    /** Lent in Lieto until Friday the 20th; it is Tuesday the 24th. */
    @BeforeEach
    void aLoanThatIsFourDaysLate() {
        house.clock().reset();
        for (String sql : List.of(
                "delete from journal",
                "delete from undo",
                "delete from fees where card = '2000012345'",
                "delete from loans where card = '2000012345'",
                "update patrons set birth_date = '1980-05-17' where card = '2000012345'")) {
            house.jdbc().sql(sql).update();
        }
        house.jdbc().sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at)
                        values (:item, '2000012345', '2026-10-23 12:00+03', 'LIETO', '2026-11-20 23:59+02')
                        """).param("item", item).update();
        for (String key : List.of("fees.overdue-grace", "fees.overdue-free-below", "fees.overdue-closed-days")) {
            set(LIETO, key, Optional.empty());
        }
        set(Scope.CONSORTIUM, "fees.creditor", Optional.empty());
        set(LIETO, "fees.overdue", Optional.of("BOOK=0.20/6.00"));
        lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
    }

    private static void set(Scope scope, String key, Optional<String> value) {
        assertThat(house.bean(Settings.class).change(scope, key, value, "tester"))
                .isEmpty();
    }

    private static String fees() {
        return house.value(
                String.class,
                "select coalesce(string_agg(concat_ws(' ', fee_type, amount, creditor, due_on), ', ' order by due_on), 'none')"
                        + " from fees where card = '2000012345'");
    }

    private String bringBack(String returnDate) {
        return lieto.say("09N{now}" + returnDate + "APLIETO|AOLIETO|AB" + item + "|AC|");
    }

    @Test
    void aReturnFixesItOnceAndSaysNothingOfIt() {
        assertThat(bringBack("{now}")).startsWith("101").doesNotContain("0.80", "0,80", "2000012345");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");
        assertThat(bringBack("{now}")).startsWith("101");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");
    }

    @Test
    void aReturnThatWaitedCountsByTheDayOnWhichTheMachineTookIt() {
        assertThat(lieto.say("09Y{now}20261121    120000APLIETO|AOLIETO|AB" + item + "|AC|"))
                .startsWith("101");
        assertThat(fees()).isEqualTo("04 0.20 TURKU 2026-11-20");
    }

    /** Two days ahead it would make fees, and behind it would take them away. */
    @ParameterizedTest
    @ValueSource(strings = {"20261121    120000", "20261206    120000"})
    void aReturnThatHappensNowCountsByTheGatewaysDayWhateverTheMachinesClockSays(String wrong) {
        assertThat(bringBack(wrong)).startsWith("101");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");
    }

    @Test
    void aReturnThatIsTakenBackTakesItsFeeBackUnlessSomebodyHasPaid() {
        bringBack("{now}");
        assertThat(lieto.say("11NN{now}{now}AOLIETO|AB" + item + "|" + MAKELA + "BIY|"))
                .startsWith("121");
        assertThat(fees()).isEqualTo("none");
        assertThat(house.value(
                        Integer.class, "select count(*) from loans where item = ? and returned_at is null", item))
                .isOne();

        bringBack("{now}");
        house.jdbc()
                .sql("update fees set paid = 0.50 where card = '2000012345'")
                .update();
        assertThat(lieto.say("11NN{now}{now}AOLIETO|AB" + item + "|" + MAKELA + "BIY|"))
                .startsWith("121");
        bringBack("{now}");
        assertThat(fees()).as("not a second one").isEqualTo("04 0.80 TURKU 2026-11-20");
    }

    @Test
    void aRenewalFixesItAndTheNextDueDateHasItsOwn() {
        assertThat(lieto.say("29NN{now}{now}AOLIETO|AB" + item + "|" + MAKELA)).startsWith("301");
        assertThat(lieto.say("29NN{now}{now}AOLIETO|AB" + item + "|" + MAKELA)).startsWith("301");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");

        house.clock().pass(Duration.ofDays(30));
        bringBack("{now}");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20, 04 0.40 TURKU 2026-12-22");
        assertThat(lieto.say("11NN{now}{now}AOLIETO|AB" + item + "|" + MAKELA + "BIY|"))
                .startsWith("121");
        assertThat(fees()).as("that of the renewal stays").isEqualTo("04 0.80 TURKU 2026-11-20");
    }

    @Test
    void renewingAllFixesItToo() {
        assertThat(lieto.say("65{now}AOLIETO|" + MAKELA)).startsWith("661");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");
    }

    @Test
    void aLoanToSomebodyElseThatHasHappenedFixesThatOfWhoHadIt() {
        assertThat(lieto.say("11NY{now}{now}AOLIETO|AB" + item + "|AA2000012379|AC|AD2222|"))
                .startsWith("121");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");
        house.jdbc()
                .sql("delete from loans where item = :item")
                .param("item", item)
                .update();
    }

    @Test
    void nothingIsAskedWhereNobodyHasSaidSo() {
        set(LIETO, "fees.overdue", Optional.empty());
        bringBack("{now}");
        assertThat(fees()).isEqualTo("none");
    }

    @Test
    void theRulesAreThoseOfWhereItWasLent() {
        set(LIETO, "fees.overdue", Optional.empty());
        set(Scope.municipality("TURKU"), "fees.overdue", Optional.of("*=9.00/90.00"));
        bringBack("{now}");
        assertThat(fees()).isEqualTo("none");
        set(Scope.municipality("TURKU"), "fees.overdue", Optional.empty());
    }

    @Test
    void childrenPayNothingAndTheAgeIsASetting() {
        house.jdbc()
                .sql("update patrons set birth_date = '2012-01-01' where card = '2000012345'")
                .update();
        bringBack("{now}");
        assertThat(fees()).as("14 years").isEqualTo("none");
        assertThat(lieto.say("11NN{now}{now}AOLIETO|AB" + item + "|" + MAKELA + "BIY|"))
                .startsWith("121");
        set(LIETO, "fees.overdue-free-below", Optional.of("14"));
        bringBack("{now}");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");
    }

    @Test
    void daysOnWhichTheLibraryNeverOpensCountUnlessTheyAreNotToCount() {
        house.jdbc()
                .sql("delete from opening_periods where branch_code = 'LIETO' and day in (6, 7)")
                .update();
        house.consortium().refresh();
        set(LIETO, "fees.overdue-closed-days", Optional.of("no"));
        bringBack("{now}");
        assertThat(fees()).as("Monday and Tuesday").isEqualTo("04 0.40 TURKU 2026-11-20");
    }

    @Test
    void closedDaysCountUnlessTheyAreNotToCount() {
        Closures closures = house.bean(Closures.class);
        Closure closed = new Closure(
                0,
                LIETO,
                LocalDate.parse("2026-11-21"),
                LocalDate.parse("2026-11-23"),
                new Closure.Reason("Remontti", "", ""),
                "anna");
        closures.add(List.of(closed), "anna", List::of);
        bringBack("{now}");
        assertThat(fees()).isEqualTo("04 0.80 TURKU 2026-11-20");
        assertThat(lieto.say("11NN{now}{now}AOLIETO|AB" + item + "|" + MAKELA + "BIY|"))
                .startsWith("121");
        set(LIETO, "fees.overdue-closed-days", Optional.of("no"));
        bringBack("{now}");
        assertThat(fees()).as("Tuesday").isEqualTo("04 0.20 TURKU 2026-11-20");
        closures.remove(house.value(Long.class, "select id from closures"), "anna");
    }

    @Test
    void itIsOwedToTheRuleMakerWhereTheConsortiumSaysSo() {
        set(Scope.CONSORTIUM, "fees.creditor", Optional.of("rule-maker"));
        bringBack("{now}");
        assertThat(fees()).isEqualTo("04 0.80 LIETO 2026-11-20");
    }
}
