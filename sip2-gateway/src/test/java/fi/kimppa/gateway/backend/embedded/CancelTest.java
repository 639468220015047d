package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BI of 09 and 11 puts back what was; what did not happen cannot be taken back (sip2.md section 10). */
class CancelTest {
    private static final String HELD = "3000000097";
    private static final String MAKELA = "2000012345";
    private static final String HEINO = "2000012395";

    private static BackHalf house;
    private Asking turku;
    private Asking lieto;

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
        for (String table : List.of("journal", "transits", "undo")) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc().sql("delete from holds where card < '2000100000'").update();
        house.jdbc().sql("delete from loans where card < '2000100000'").update();
        house.bringAllHome();
        house.jdbc().sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at, renewals) values
                        ('3000000097', '2000012345', '2026-11-10 12:00+02', 'TURKU', '2026-12-08 23:59+02', 2)
                        """).update();
        house.jdbc().sql("""
                        insert into holds (card, title_id, item, pickup_branch, placed_at, state)
                        select '2000012395', title_id, number, 'LIETO', '2026-11-15 12:00+02', 'WAITING'
                          from items where number = '3000000097'
                        """).update();
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
    }

    // ---- a checkout --------------------------------------------------------------------------------------

    @Test
    void undoesACheckoutAndTheHoldThatItFulfilledIsReadyAgain() {
        lieto.bringBack(HELD);
        String ready = hold();
        assertThat(ready).startsWith("READY 3000000097");
        house.clock().pass(Duration.ofHours(1));
        assertThat(lieto.lend(HEINO, HELD).ok()).isTrue();
        assertThat(hold()).startsWith("FULFILLED");

        assertThat(cancelLoan(lieto, HELD)).startsWith("101").contains("CV01|");

        assertThat(hold()).as("with its day on the shelf").isEqualTo(ready);
        assertThat(loan(HELD)).isEqualTo("none");
        assertThat(lieto.lend(MAKELA, HELD).ok()).as("still held").isFalse();
        assertThat(house.value(Integer.class, "select count(*) from loans where card = ?", HEINO))
                .isZero();
    }

    @Test
    void undoesACheckoutAndTheWaitingHoldHasItsPlaceInTheQueueAgain() {
        house.jdbc().sql("delete from loans where item = ?").param(HELD).update();
        String waiting = hold();
        assertThat(lieto.lend(HEINO, HELD).ok()).isTrue();

        assertThat(cancelLoan(lieto, HELD)).startsWith("101").doesNotContain("CV", "CT");

        assertThat(hold()).isEqualTo(waiting).startsWith("WAITING");
        assertThat(loan(HELD)).isEqualTo("none");
    }

    @Test
    void catchesNoHoldWhenACheckoutIsUndone() {
        turku.lend(MAKELA, "3000000011");
        turku.say("15+{now}AOTURKU|AA" + HEINO + "|AB3000000011|AC|");

        assertThat(cancelLoan(turku, "3000000011")).startsWith("101").doesNotContain("CV");

        assertThat(turku.say("17{now}AOTURKU|AB3000000011|")).startsWith("1803");
        assertThat(house.value(String.class, "select state from holds where card = ? and item is null", HEINO))
                .isEqualTo("WAITING");
    }

    @Test
    void sendsAnItemOnItsWayAgainWhenItsCheckoutIsUndone() {
        house.jdbc().sql("delete from holds where card = ?").param(HEINO).update();
        turku.bringBack(HELD);
        turku.lend(MAKELA, HELD);

        assertThat(cancelLoan(turku, HELD)).startsWith("101").contains("CV04|", "CTUKI|");

        assertThat(turku.say("17{now}AOTURKU|AB" + HELD + "|")).startsWith("1810");
        assertThat(house.value(Integer.class, "select count(*) from transits where arrived_at is null"))
                .isOne();
    }

    @Test
    void undoesTheRenewalThatACheckoutWas() {
        turku.lend(MAKELA, "3000000011");
        String before = loan("3000000011");
        house.clock().pass(Duration.ofDays(1));
        assertThat(turku.say("11YN{now}{now}AOTURKU|AA2000012345|AB3000000011|AC|"))
                .startsWith("121Y");
        assertThat(loan("3000000011")).isNotEqualTo(before);

        assertThat(cancelLoan(turku, "3000000011"))
                .as("still on loan: its security stays off")
                .startsWith("101N");

        assertThat(loan("3000000011")).isEqualTo(before);
    }

    @Test
    void givesBackTheLoanAndTheHoldThatAnOfflineLoanHadEnded() {
        lieto.bringBack(HELD);
        assertThat(lieto.say("11NY{now}{now}AOLIETO|AA" + MAKELA + "|AB" + HELD + "|AC|"))
                .startsWith("121");
        assertThat(hold()).startsWith("WAITING");

        assertThat(cancelLoan(lieto, HELD)).startsWith("101");

        assertThat(hold()).startsWith("READY");
    }

    @Test
    void refusesToUndoACheckoutThatDidNotHappen() {
        assertRefused(cancelLoan(turku, "3000000011"));
        assertRefused(cancelLoan(turku, "3999999999"));
        assertRefused(cancelLoan(turku, HELD));
        assertThat(loan(HELD)).as("a loan of another day and machine stands").startsWith(MAKELA);
    }

    @Test
    void refusesToUndoTheCheckoutOfAnotherTerminalOrOfLongAgo() {
        turku.lend(MAKELA, "3000000011");
        assertRefused(cancelLoan(lieto, "3000000011"));
        house.clock().pass(Duration.ofHours(25));
        assertRefused(cancelLoan(turku, "3000000011"));
        assertThat(loan("3000000011")).startsWith(MAKELA);
    }

    @Test
    void refusesToUndoACheckoutWhenTheItemHasMovedOn() {
        turku.lend(MAKELA, "3000000011");
        turku.bringBack("3000000011");
        assertRefused(cancelLoan(turku, "3000000011"));

        turku.lend(MAKELA, "3000000028");
        house.clock().pass(Duration.ofHours(1));
        turku.renew(MAKELA, "3000000028");
        assertRefused(cancelLoan(turku, "3000000028"));
        assertThat(loan("3000000028")).startsWith(MAKELA);
    }

    @Test
    void undoesACheckoutOnceAndAnswersTheRepeatOfTheSameLine() {
        turku.lend(MAKELA, "3000000011");
        String line = "09N{now}{now}APTURKU|AOTURKU|AB3000000011|AC|BIY|"
                .replace("{now}", turku.tick().text());
        String first = turku.hear(line);

        assertThat(first).startsWith("101");
        assertThat(turku.hear(line)).isEqualTo(first);
        assertRefused(cancelLoan(turku, "3000000011"));
    }

    // ---- a checkin ---------------------------------------------------------------------------------------

    @Test
    void undoesACheckinAndLoanHoldAndTransitAreWhatTheyWere() {
        String loan = loan(HELD);
        String hold = hold();
        turku.bringBack(HELD);
        assertThat(hold()).startsWith("IN_TRANSIT");

        assertThat(cancelReturn(turku, MAKELA, HELD)).startsWith("121").contains("AH20261208    235900|");

        assertThat(loan(HELD)).as("with due date and renewals").isEqualTo(loan);
        assertThat(hold()).isEqualTo(hold);
        assertThat(turku.say("17{now}AOTURKU|AB" + HELD + "|")).startsWith("1804");
        assertThat(house.value(Integer.class, "select count(*) from transits where arrived_at is null"))
                .isZero();
    }

    @Test
    void undoesACheckinThatWasSaidTwice() {
        String loan = loan(HELD);
        turku.bringBack(HELD);
        turku.bringBack(HELD);

        assertThat(cancelReturn(turku, MAKELA, HELD)).startsWith("121");

        assertThat(loan(HELD)).isEqualTo(loan);
    }

    @Test
    void refusesToUndoACheckinForAnotherPatronOrItemOrTerminalOrOfLongAgo() {
        turku.bringBack(HELD);
        assertRefused(cancelReturn(turku, HEINO, HELD));
        assertRefused(cancelReturn(turku, MAKELA, "3000000011"));
        assertRefused(cancelReturn(lieto, MAKELA, HELD));
        house.clock().pass(Duration.ofHours(25));
        assertRefused(cancelReturn(turku, MAKELA, HELD));
        assertThat(loan(HELD)).isEqualTo("none");
    }

    @Test
    void refusesToUndoACheckinWhenTheItemHasMovedOn() {
        turku.bringBack(HELD);
        lieto.bringBack(HELD);

        assertRefused(cancelReturn(turku, MAKELA, HELD));
        assertRefused(cancelReturn(lieto, MAKELA, HELD));
        assertThat(hold()).startsWith("READY");
    }

    @Test
    void refusesToUndoTheCheckinOfWhatNobodyHad() {
        turku.bringBack("3000000011");

        assertRefused(cancelReturn(turku, MAKELA, "3000000011"));
        assertThat(loan("3000000011")).isEqualTo("none");
    }

    @Test
    void undoesACheckinOnceAndAnswersTheRepeatOfTheSameLine() {
        turku.bringBack(HELD);
        String line = "11NN{now}{now}AOTURKU|AA2000012345|AB3000000097|AC|BIY|"
                .replace("{now}", turku.tick().text());
        String first = turku.hear(line);

        assertThat(first).startsWith("121");
        assertThat(turku.hear(line)).isEqualTo(first);
        assertRefused(cancelReturn(turku, MAKELA, HELD));
    }

    @Test
    void forgetsAfterADay() {
        turku.bringBack(HELD);
        house.clock().pass(Duration.ofHours(25));
        house.bean(EmbeddedBackend.class).forgetTheReturned();

        assertThat(house.value(Integer.class, "select count(*) from undo")).isZero();
    }

    private static String cancelLoan(Asking terminal, String item) {
        return terminal.say("09N{now}{now}AP|AO|AB" + item + "|AC|BIY|");
    }

    private static String cancelReturn(Asking terminal, String card, String item) {
        return terminal.say("11NN{now}{now}AO|AA" + card + "|AB" + item + "|AC|BIY|");
    }

    private static void assertRefused(String answer) {
        assertThat(answer).matches("(100N.Y|120N).*");
    }

    private static String loan(String item) {
        return house.jdbc()
                .sql("select concat_ws(' ', card, lent_at, due_at, renewals, renewed_at) from loans"
                        + " where item = ? and returned_at is null")
                .param(item)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private static String hold() {
        return house.value(
                String.class,
                "select concat_ws(' ', state, trapped_item, placed_at, ready_at, fulfilled_at) from holds"
                        + " where card = '2000012395' and item = '3000000097'");
    }
}
