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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 01, 15, 19, 25, 37, 65 and the lists of 63, as lines, through circulation, the journal and PostgreSQL. */
class EveryServiceTest {
    private static final String MAKELA = "AA2000012345|";
    private static final String VIRTANEN = "AA2000012353|";
    private static final String HEINO = "AA2000012395|";
    private static final String HELD = "3000000097";

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

    /** The fixed patrons' evening, on the same database. */
    @BeforeEach
    void freshStart() {
        house.clock().reset();
        for (String table : List.of("journal", "transits", "card_blocks", "payments", "undo", "pin_failures")) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc().sql("delete from holds where card < '2000100000'").update();
        house.jdbc().sql("delete from loans where card < '2000100000'").update();
        house.jdbc().sql("delete from fees where card < '2000100000'").update();
        house.bringAllHome();
        house.jdbc()
                .sql("update items set properties = '' where properties <> ''")
                .update();
        house.jdbc().sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at) values
                        ('3000000097', '2000012345', '2026-11-10 12:00+02', 'TURKU', '2026-12-08 23:59+02')
                        """).update();
        house.jdbc().sql("""
                        insert into holds (card, title_id, item, pickup_branch, placed_at, state)
                        select '2000012395', title_id, number, 'LIETO', '2026-11-15 12:00+02', 'WAITING'
                          from items where number = '3000000097'
                        """).update();
        house.jdbc().sql("""
                        insert into fees (card, fee_type, amount, created_at) values
                        ('2000012353', '04', 45.00, '2026-09-25 12:00+03'),
                        ('2000012353', '03', 2.40, '2026-10-25 12:00+03')
                        """).update();
        house.circulation().forget(BackHalf.TURKU);
        house.circulation().forget(BackHalf.LIETO);
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
        lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
    }

    // ---- 01, 25 ------------------------------------------------------------------------------------------

    @Test
    void blocksACardUntilItIsEnabledAgain() {
        assertThat(turku.say("01Y{now}AOTURKU|ALtampered|" + MAKELA + "AC|"))
                .startsWith("24YYYYY         000")
                .contains("BLY|", "AE|", "AFKortti on suljettu. Kysy henkilökunnalta.|")
                .doesNotContain("Mäkelä");
        assertThat(house.value(String.class, "select message || ' ' || retained || ' ' || terminal from card_blocks"))
                .isEqualTo("tampered true kiosk-turku");
        assertThat(lieto.say("23007{now}AOLIETO|" + MAKELA + "AC|AD1234|")).startsWith("24YYYYY   ");
        assertThat(lieto.say("63007{now}          AOLIETO|" + MAKELA + "AC|AD1234|"))
                .startsWith("64YYYYY   ");
        assertThat(lieto.say("11NN{now}{now}AOLIETO|" + MAKELA + "AB3000000011|AC|"))
                .startsWith("120")
                .contains("AFKortti on suljettu.");
        assertThat(lieto.say("15+{now}AOLIETO|" + MAKELA + "AB3000000042|AC|")).startsWith("160");

        assertThat(lieto.say("25{now}AOLIETO|" + MAKELA + "AC|AD1234|"))
                .startsWith("26              ")
                .contains("AEMäkelä, Åke|", "BLY|", "CQY|");
        assertThat(lieto.say("11NN{now}{now}AOLIETO|" + MAKELA + "AB3000000011|AC|"))
                .startsWith("121");
        assertThat(house.value(Integer.class, "select count(*) from card_blocks where enabled_at is not null"))
                .as("staff can still see it")
                .isOne();
    }

    @Test
    void enablesOnlyWhatAMachineHasBlocked() {
        assertThat(turku.say("25{now}AOTURKU|AA2000012387|AC|AD3333|"))
                .as("the card has expired")
                .startsWith("26YYYY");
        assertThat(turku.say("25{now}AOTURKU|" + MAKELA + "AC|AD9999|"))
                .startsWith("26YYYY")
                .contains("AE|", "CQN|")
                .doesNotContain("Mäkelä");
        assertThat(turku.say("25{now}AOTURKU|AA2000099999|AC|AD1|")).contains("BLN|");
        assertThat(turku.say("01N{now}AOTURKU|AL|AA2000099999|AC|")).contains("BLN|");
    }

    @Test
    void tellsNoNameInA26WithoutAPin() {
        assertThat(turku.say("25{now}AOTURKU|" + MAKELA + "AC|"))
                .contains("AE|", "BLY|")
                .doesNotContain("CQ", "Mäkelä");
    }

    // ---- 15 ----------------------------------------------------------------------------------------------

    @Test
    void placesAHoldOnAnyCopyForTheTerminalsBranch() {
        house.jdbc()
                .sql("delete from holds where title_id = (select title_id from items where number = '3000000011')")
                .update();
        assertThat(turku.say("15+{now}AOTURKU|" + MAKELA + "AB3000000011|AC|AD1234|"))
                .startsWith("161Y")
                .contains("BR1|", "BSTURKU|", "AB3000000011|", "AJSinuhe egyptiläinen / Mika Waltari|")
                .contains("AFVarattu. Nouto: Turku")
                .doesNotContain("BW");
        assertThat(lieto.say("15+{now}AOLIETO|" + HEINO + "AB3000000011|AC|"))
                .startsWith("161N")
                .contains("BR2|", "BSLIETO|");
        assertThat(turku.say("17{now}AOTURKU|AB3000000011|")).contains("CF2|");
    }

    @Test
    void catchesTheCopyForTheHoldAndTellsTheLastDayOnTheShelf() {
        turku.say("15+{now}BY3|BSLIETO|AOTURKU|" + HEINO + "AB3000000028|AC|");
        assertThat(turku.say("09N{now}{now}APTURKU|AOTURKU|AB3000000028|AC|")).contains("CV02|", "CTLIETO|");
        assertThat(lieto.say("09N{now}{now}APLIETO|AOLIETO|AB3000000028|AC|")).contains("CV01|");

        assertThat(lieto.say("17{now}AOLIETO|AB3000000028|"))
                .startsWith("1808")
                .contains("CM20261201    235900|", "BGFI-Turku|");
    }

    @Test
    void takesTheTitleByItsTextAndNamesTheExpiryThatWasAskedFor() {
        assertThat(turku.say("15+{now}BW20261231    235900|BSKAARINA|BY2|AOTURKU|" + MAKELA
                        + "AJSinuhe egyptiläinen / Mika Waltari|AC|"))
                .startsWith("161")
                .contains("BW20261231    235900|", "BSKAARINA|");
        house.clock().pass(Duration.ofDays(40));
        assertThat(turku.say("63007{now}          AOTURKU|" + MAKELA + "AC|AD1234|")
                        .substring(57, 61))
                .as("lapsed")
                .isEqualTo("0000");
    }

    @Test
    void keepsAHoldForTheCopiesOfOneBranchFromOthers() {
        // Kalevala's copy of Lieto, wanted from Lieto's copies alone.
        assertThat(turku.say("15+{now}BSLIETO|BY4|AOTURKU|" + HEINO + "AB3000000035|AC|"))
                .startsWith("161");
        String other = house.value(
                String.class,
                "select number from items where title_id = (select title_id from items where number = '3000000035')"
                        + " and home_branch = 'TURKU' and for_loan"
                        + " and not exists (select from loans where item = number and returned_at is null) limit 1");
        assertThat(turku.say("09N{now}{now}APTURKU|AOTURKU|AB" + other + "|AC|"))
                .doesNotContain("CV");
        assertThat(turku.say("09N{now}{now}APTURKU|AOTURKU|AB3000000035|AC|")).contains("CV02|", "CTLIETO|");
    }

    @ParameterizedTest
    @CsvSource({
        "a second hold, 'BSLIETO|', 2000012395, 3000000097, Sinulla on jo varaus tästä.",
        "own loan, '', 2000012345, 3000000097, Tämä on jo lainassasi.",
        "unknown item, '', 2000012345, 3999999999, Teosta ei löydy. Kysy henkilökunnalta.",
        "reference only, '', 2000012345, 3000000073, Tätä ei voi varata.",
        "unknown place, 'BSKUU|', 2000012345, 3000000011, Noutopaikkaa ei tunneta.",
        "past, 'BW20261120    120000|', 2000012345, 3000000011, Varauksen viimeinen päivä on jo mennyt.",
        "expired card, '', 2000012387, 3000000011, Kortti on vanhentunut. Kysy henkilökunnalta.",
        "age, '', 2000012361, 3000000080, Ikäraja. Jätä aineisto tiskille."
    })
    void refusesAHold(String why, String more, String card, String item, String sentence) {
        assertThat(turku.say("15+{now}" + more + "AOTURKU|AA" + card + "|AB" + item + "|AC|"))
                .as(why)
                .startsWith("160N")
                .contains("AF" + sentence + "|");
    }

    @Test
    void refusesHoldsAboveTheLimitInThePatronsLanguage() {
        house.jdbc()
                .sql("update patron_categories set hold_limit = 1 where code = 'ADULT'")
                .update();
        try {
            turku.say("63006{now}          AOTURKU|" + HEINO + "AC|AD246810|");
            assertThat(turku.say("15+{now}AOTURKU|" + HEINO + "AB3000000011|AC|"))
                    .contains("AFHögsta antalet reservationer (1) är nått.|");
            assertThat(turku.say("23006{now}AOTURKU|" + HEINO + "AC|AD246810|")).startsWith("24   Y");
        } finally {
            house.jdbc()
                    .sql("update patron_categories set hold_limit = 50 where code = 'ADULT'")
                    .update();
        }
    }

    @Test
    void changesAndDeletesAHold() {
        assertThat(lieto.say("15*{now}BSTURKU|BW20270131    235900|AOLIETO|" + HEINO + "AB" + HELD + "|AC|"))
                .startsWith("161N")
                .contains("BSTURKU|", "BW20270131    235900|", "AFVaraus on muutettu.");
        assertThat(house.value(String.class, "select pickup_branch from holds where card = '2000012395'"))
                .isEqualTo("TURKU");
        assertThat(lieto.say("15-{now}AOLIETO|" + HEINO + "AB" + HELD + "|AC|")).startsWith("161");
        assertThat(lieto.say("15-{now}AOLIETO|" + HEINO + "AB" + HELD + "|AC|"))
                .startsWith("160")
                .contains("AFSinulla ei ole varausta tästä.|");
        assertThat(turku.say("29NN{now}{now}AOTURKU|" + MAKELA + "AB" + HELD + "|"))
                .as("nobody waits for it any more")
                .startsWith("301");
    }

    @Test
    void doesNotMoveAHoldThatIsReady() {
        lieto.say("09N{now}{now}APLIETO|AOLIETO|AB" + HELD + "|AC|");

        assertThat(lieto.say("15*{now}BSTURKU|AOLIETO|" + HEINO + "AB" + HELD + "|AC|"))
                .startsWith("160")
                .contains("AFVaraus odottaa jo noutoa: Lieto");
    }

    @Test
    void refusesAHoldWithAWrongPin() {
        assertThat(turku.say("15+{now}AOTURKU|" + MAKELA + "AD9999|AB3000000011|AC|"))
                .startsWith("160");
        assertThat(house.value(Integer.class, "select count(*) from holds where card = '2000012345'"))
                .isZero();
    }

    // ---- 19 ----------------------------------------------------------------------------------------------

    @Test
    void storesWhatAMachineSaysOfAnItem() {
        assertThat(turku.say("19{now}AOTURKU|AB3000000066|AC|CHmissing disc 2|"))
                .startsWith("201")
                .contains("AB3000000066|", "CHmissing disc 2|", "AJ");
        assertThat(turku.say("17{now}AOTURKU|AB3000000066|")).contains("CHparts=3;missing disc 2|");
        assertThat(turku.say("19{now}AOTURKU|AB3999999999|AC|CHx|")).startsWith("200");
        assertThat(turku.say("19{now}AOTURKU|AB3000000066|AC|CH" + "x".repeat(256) + "|"))
                .startsWith("200");
    }

    // ---- what our kiosk's account asks for ---------------------------------------------------------------

    @Test
    void tellsThePickUpNameToWhoeverAsksWithTheRightPin() {
        String ask = "63001{now}          AOLIETO|" + HEINO + "AC|AD%s|%s";
        assertThat(lieto.say(ask.formatted("246810", "CHtell=pickup-name|"))).contains("|PNKOIVU 4711|");
        assertThat(lieto.say(ask.formatted("246810", ""))).doesNotContain("|PN");
        assertThat(lieto.say(ask.formatted("9999", "CHtell=pickup-name|"))).doesNotContain("KOIVU");
    }

    @Test
    void tellsThePatronsOwnLanguageToWhoeverAsksWithTheRightPin() {
        String ask = "63001{now}          AOLIETO|" + HEINO + "AC|AD%s|%s";
        assertThat(lieto.say(ask.formatted("246810", "CHtell=pickup-name;tell=language|")))
                .matches("64.{14}007.*");
        assertThat(lieto.say(ask.formatted("246810", "CHtell=pickup-name|"))).matches("64.{14}001.*");
        assertThat(lieto.say(ask.formatted("9999", "CHtell=language|"))).matches("64.{14}001.*");
    }

    @Test
    void saysHowOftenALoanMayStillBeRenewed() {
        String asked = "17{now}AOTURKU|AB" + HELD + "|";
        assertThat(turku.say(asked)).containsPattern("\\|CH(.*;)?renewals=\\d+");
        house.jdbc()
                .sql("update loans set renewals = 99 where item = :item and returned_at is null")
                .param("item", HELD)
                .update();
        assertThat(turku.say(asked)).contains("renewals=0");
        house.jdbc()
                .sql("delete from loans where item = :item")
                .param("item", HELD)
                .update();
        assertThat(turku.say(asked)).doesNotContain("renewals=");
    }

    // ---- 37 ----------------------------------------------------------------------------------------------

    @Test
    void takesWholePartialAndNamedPaymentsToTheCent() {
        assertThat(turku.say("37{now}0400EURBV5.05|AOTURKU|" + VIRTANEN + "BKPOS-1|"))
                .startsWith("38Y")
                .contains("BKPOS-1|", "AFMaksettu 5,05 e.|");
        assertThat(owed()).isEqualTo("42.35");
        assertThat(turku.say("63007{now}   Y      AOTURKU|" + VIRTANEN + "AC|AD4321|"))
                .contains("BV42.35|", "AV04 39.95|", "AV03 2.40|");

        String damage =
                house.value(String.class, "select id::text from fees where fee_type = '03' and card = '2000012353'");
        assertThat(turku.say("37{now}0100EURBV2.41|AOTURKU|" + VIRTANEN + "CG" + damage + "|"))
                .startsWith("38N");
        assertThat(turku.say("37{now}0100EURBV2,40|AOTURKU|" + VIRTANEN + "CG" + damage + "|"))
                .startsWith("38Y");
        assertThat(owed()).isEqualTo("39.95");
        assertThat(turku.say("37{now}0100EURBV39.95|AOTURKU|" + VIRTANEN + "AD4321|"))
                .startsWith("38Y");
        assertThat(turku.say("63007{now}   Y      AOTURKU|" + VIRTANEN + "AC|AD4321|"))
                .contains("BV0.00|")
                .doesNotContain("AV");
        assertThat(house.value(
                        Integer.class, "select count(*) from fees where card = '2000012353' and paid_at is null"))
                .isZero();
    }

    @Test
    void paysTheNamedKindOfFeeFirst() {
        assertThat(turku.say("37{now}0300EURBV2.40|AOTURKU|" + VIRTANEN)).startsWith("38Y");

        assertThat(house.value(
                        String.class, "select fee_type from fees where card = '2000012353' and paid_at is not null"))
                .isEqualTo("03");
    }

    @ParameterizedTest
    @CsvSource({
        "more than is owed, EURBV47.41|, '', Maksu on velkaa suurempi. Maksua ei kirjattu.",
        "nothing, EURBV0.00|, '', Maksun määrä ei kelpaa. Maksua ei kirjattu.",
        "less than nothing, EURBV-1.00|, '', Maksun määrä ei kelpaa. Maksua ei kirjattu.",
        "part of a cent, EURBV1.001|, '', Maksun määrä ei kelpaa. Maksua ei kirjattu.",
        "no amount, EUR, '', Maksun määrä ei kelpaa. Maksua ei kirjattu.",
        "crowns, SEKBV1.00|, '', Vain eurot kelpaavat. Maksua ei kirjattu.",
        "unknown fee, EURBV1.00|, CG999999|, Maksettavaa ei ole. Maksua ei kirjattu.",
        "wrong PIN, EURBV1.00|, AD9999|, Kortti tai tunnusluku on väärin."
    })
    void refusesAPayment(String why, String money, String more, String sentence) {
        assertThat(turku.say("37{now}0100" + money + "AOTURKU|" + VIRTANEN + more))
                .as(why)
                .startsWith("38N")
                .contains("AF" + sentence + "|");
        assertThat(owed()).isEqualTo("47.40");
    }

    @Test
    void booksAPaymentDevicesNumberOnce() {
        String pay = "37{now}0100EURBV2.40|AOTURKU|" + VIRTANEN + "BKPOS-7|";
        assertThat(turku.say(pay)).startsWith("38Y");
        assertThat(turku.say(pay)).startsWith("38Y").contains("BKPOS-7|");
        assertThat(owed()).isEqualTo("45.00");
        assertThat(lieto.say(pay)).as("another machine's POS-7").startsWith("38Y");
        assertThat(owed()).isEqualTo("42.60");
    }

    private static String owed() {
        return house.value(
                String.class,
                "select sum(amount - paid)::text from fees where card = '2000012353' and paid_at is null");
    }

    // ---- 65 ----------------------------------------------------------------------------------------------

    @Test
    void renewsAllThatMayBeRenewedAndSaysWhyNot() {
        turku.lend("2000012345", "3000000011");
        turku.lend("2000012345", "3000000028");
        house.clock().pass(Duration.ofDays(2));

        assertThat(turku.say("65{now}AOTURKU|" + MAKELA + "AD1234|AC|"))
                .startsWith("66100020001")
                .contains("BM3000000011|", "BM3000000028|", "BN3000000097|")
                .contains("AF3000000097: Varattu toiselle, ei voi uusia.|");
        assertThat(turku.say("17{now}AOTURKU|AB3000000011|")).contains("AH20261224    235900|");
    }

    @Test
    void tellsOnlyCountsWhenAllIsRenewedWithoutAPin() {
        assertThat(turku.say("65{now}AOTURKU|" + MAKELA + "AC|"))
                .startsWith("66100000001")
                .doesNotContain("3000000097");
        assertThat(turku.say("65{now}AOTURKU|" + MAKELA + "AD9999|AC|")).startsWith("660");
        assertThat(turku.say("65{now}AOTURKU|" + HEINO + "AD246810|AC|"))
                .startsWith("66100000000")
                .contains("AFSinulla ei ole lainoja.|");
    }

    @Test
    void renewsNothingForAPatronWhoOwesTooMuch() {
        house.jdbc()
                .sql("update loans set card = '2000012353' where item = '3000000097'")
                .update();

        assertThat(turku.say("65{now}AOTURKU|" + VIRTANEN + "AD4321|AC|"))
                .startsWith("66000000001")
                .contains("AFMaksuraja on ylittynyt. Et voi lainata.|");
    }

    // ---- 63, 17 ------------------------------------------------------------------------------------------

    @Test
    void listsLoansForWhichOthersWaitAsRecalledAndSaysSinceWhen() {
        turku.lend("2000012345", "3000000011");

        assertThat(turku.say("63007{now}    Y     AOTURKU|" + MAKELA + "AC|AD1234|"))
                .contains("BU3000000097|")
                .doesNotContain("BU3000000011|")
                .matches("64.{14}007.{18}000000000002000000010000.*");
        assertThat(turku.say("17{now}AOTURKU|AB" + HELD + "|"))
                .startsWith("1804")
                .contains("CJ20261115    120000|");
    }

    @Test
    void givesEveryListInPagesCountedFromOneWithAllSixCounts() {
        for (String item : List.of("3000000011", "3000000028", "3000000059")) {
            turku.lend("2000012345", item);
        }
        house.jdbc()
                .sql("update loans set due_at = '2026-11-01 23:59+02' where item in ('3000000011', '3000000028')")
                .update();
        String overdue = turku.say("63007{now} Y        AOTURKU|" + MAKELA + "AC|AD1234|BP2|BQ2|");
        assertThat(overdue).contains("AT3000000028|").doesNotContain("AT3000000011|");
        assertThat(overdue).matches("64.{14}007.{18}000000020004000000010000.*");
        assertThat(turku.say("63007{now}  Y       AOTURKU|" + MAKELA + "AC|AD1234|BP4|BQ9|"))
                .contains("AU3000000059|")
                .doesNotContain("AU3000000011|");
        assertThat(turku.say("63007{now}  Y       AOTURKU|" + MAKELA + "AC|AD1234|BP5|BQ9|"))
                .doesNotContain("|AU");
    }

    @Test
    void givesFeesAsFolioDoesOnPositionSix() {
        assertThat(turku.say("63007{now}      Y   AOTURKU|" + VIRTANEN + "AC|AD4321|BP1|BQ1|"))
                .containsPattern("\\|CG\\d+\\|FA45\\.00\\|FB\\|FC2026-09-25\\|FD\\|FE\\d+\\|FF04\\|")
                .doesNotContain("FA2.40");
        assertThat(turku.say("63007{now}      Y   AOTURKU|" + VIRTANEN + "AC|AD9999|"))
                .doesNotContain("FA45");
    }
}
