package fi.kimppa.gateway.backend.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a partner by agreement may borrow and lend, what that costs, and to whom the fee is owed. */
class AgreementTest {
    /** Of Aura, the partner. */
    private static final String LEHTONEN = "AA2000012379|AC|AD2222|";

    /** Of Turku. */
    private static final String MAKELA = "AA2000012345|AC|AD1234|";

    private static BackHalf house;
    private static String ofTurku = "";
    private static String ofAura = "";
    private Asking lieto;

    @BeforeAll
    static void start() {
        house = BackHalf.start();
        ofTurku = freeOfTurku();
        ofAura = ofTurku;
        house.jdbc()
                .sql("update items set home_branch = 'AURA', current_branch = 'AURA' where number = :item")
                .param("item", ofAura)
                .update();
        ofTurku = freeOfTurku();
    }

    /** A thing that nobody has or waits for. */
    private static String freeOfTurku() {
        return house.value(String.class, """
                select number from items i join titles t on t.id = i.title_id
                 where i.home_branch = 'TURKU' and i.for_loan and t.age_limit = 0
                   and not exists (select from loans l where l.item = i.number)
                   and not exists (select from holds h where h.title_id = i.title_id)
                 order by number limit 1""");
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @BeforeEach
    void freshStart() {
        house.clock().reset();
        for (String table :
                new String[] {"journal", "payments", "creditor_days", "undo", "agreements", "number_rules"}) {
            house.jdbc().sql("delete from " + table).update();
        }
        house.jdbc()
                .sql("delete from fees where card in ('2000012379', '2000012345')")
                .update();
        house.jdbc()
                .sql("delete from holds where card in ('2000012379', '2000012345')")
                .update();
        house.jdbc()
                .sql("delete from loans where card in ('2000012379', '2000012345')")
                .update();
        house.consortium().refresh();
        house.bean(Settings.class).change(Scope.CONSORTIUM, "fees.creditor", Optional.empty(), "cleaner");
        lieto = new Asking(house.circulation(), BackHalf.LIETO, house.clock());
    }

    private static void agreed(String columns, String values) {
        house.jdbc()
                .sql("insert into agreements (municipality" + columns + ") values ('AURA'" + values + ")")
                .update();
        house.consortium().refresh();
    }

    private String lend(String who, String item, String further) {
        return lieto.say("11NN{now}{now}AOLIETO|AB" + item + "|" + who + further);
    }

    private static int rows(String where) {
        return house.value(Integer.class, "select count(*) from " + where);
    }

    // ---- dates -------------------------------------------------------------------------------------------

    @Test
    void withoutAnAgreementAPartnerBorrowsAsBefore() {
        assertThat(lend(LEHTONEN, ofTurku, "")).startsWith("121");
        assertThat(lend(MAKELA, ofAura, "")).startsWith("121");
    }

    @Test
    void nothingGoesOverTheBorderBeforeTheAgreementBeginsAndAllOfItsFirstDay() {
        agreed(", valid_from", ", '2026-11-25'");
        assertThat(lend(LEHTONEN, ofTurku, ""))
                .startsWith("120")
                .contains("AFAura: sopimus alkaa 25.11.2026. Ei lainoja eikä varauksia.|");
        assertThat(lend(MAKELA, ofAura, "")).as("its things stay at home too").startsWith("120");
        assertThat(lend(LEHTONEN, ofAura, "")).as("no border is crossed").startsWith("121");
        assertThat(lend(MAKELA, ofTurku, "")).startsWith("121");
        house.jdbc().sql("delete from loans where card = '2000012345'").update();

        house.clock().pass(Duration.ofHours(4).plusMinutes(30));
        assertThat(lend(LEHTONEN, ofTurku, "")).startsWith("121");
    }

    @Test
    void theLastDayIsWholeAndAfterItNothingIsLentRenewedOrReserved() {
        agreed(", valid_until", ", '2026-11-24'");
        house.clock().pass(Duration.ofHours(4).plusMinutes(29));
        assertThat(lend(LEHTONEN, ofTurku, "")).startsWith("121");
        house.clock().pass(Duration.ofHours(24));

        assertThat(lieto.say("29NN{now}{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN))
                .startsWith("300")
                .contains("AFAura: sopimus on päättynyt.");
        assertThat(lieto.say("09N{now}{now}APLIETO|AOLIETO|AB" + ofTurku + "|AC|"))
                .as("a return is always taken")
                .startsWith("101");
        assertThat(lend(LEHTONEN, ofTurku, "")).startsWith("120").contains("AFAura: sopimus on päättynyt.");
        assertThat(lieto.say("15+{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN)).startsWith("160");
        assertThat(lieto.say("11NY{now}{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN))
                .as("what has happened already is written down")
                .startsWith("121");
    }

    @Test
    void aLibrarySystemElsewhereIsNotAskedWhereTheNumbersSayThatTheAgreementIsOver() {
        agreed(", valid_until", ", '2026-11-23'");
        house.jdbc()
                .sql("insert into number_rules values ('CARD', '2000012379', 'AURA'), ('ITEM', '30########', 'TURKU')")
                .update();
        house.consortium().refresh();
        assertThat(lend(LEHTONEN, ofTurku, ""))
                .startsWith("120")
                .contains("AFSopimus ei ole voimassa tänään. Kysy henkilökunnalta.|");
    }

    // ---- limits ------------------------------------------------------------------------------------------

    @Test
    void asManyLoansAsAgreedAreOverTheBorderAtOnceInBothDirections() {
        int open = rows("""
                loans l join items i on i.number = l.item join patrons p on p.card = l.card
                 where l.returned_at is null and (i.home_branch = 'AURA') <> (p.home_branch = 'AURA')""");
        agreed(", most_loans", ", " + (open + 1));
        assertThat(lend(LEHTONEN, ofTurku, "")).startsWith("121");
        assertThat(lend(MAKELA, ofAura, ""))
                .startsWith("120")
                .contains("AFAura: lainoja on enintään " + (open + 1) + " kerrallaan.|");
        lieto.say("09N{now}{now}APLIETO|AOLIETO|AB" + ofTurku + "|AC|");
        assertThat(lend(MAKELA, ofAura, "")).startsWith("121");
    }

    @Test
    void aPartnerWithoutHoldsPlacesNone() {
        agreed(", holds", ", false");
        assertThat(lieto.say("15+{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN))
                .startsWith("160")
                .contains("AFAura: varauksia ei ole sovittu.|");
        assertThat(lieto.say("15+{now}AOLIETO|AB" + ofTurku + "|" + MAKELA)).startsWith("161");
    }

    // ---- fees and creditors ------------------------------------------------------------------------------

    @Test
    void aLoanThatCostsIsMadeWhenThePatronHasAcceptedAndIsOwedToTheOwner() {
        agreed(", loan_fee", ", 150");
        assertThat(lend(LEHTONEN, ofTurku, "BON|"))
                .startsWith("120")
                .contains("BT06|", "BV1.50|", "BHEUR|", "AFTästä lainasta menee 1,50 EUR.");
        assertThat(rows("loans where card = '2000012379'")).isZero();

        assertThat(lend(LEHTONEN, ofTurku, "BOY|")).startsWith("121").contains("AFMaksu: 1,50 EUR.|");
        assertThat(
                        house.value(
                                String.class,
                                "select creditor || ' ' || fee_type || ' ' || amount || ' ' || item from fees where card = '2000012379'"))
                .isEqualTo("TURKU 06 1.50 " + ofTurku);
        assertThat(lend(MAKELA, ofTurku, "")).as("not over the border").doesNotContain("BV");
    }

    @Test
    void theMunicipalityWhoseRulesMadeTheFeeIsTheCreditorWhereTheConsortiumSaysSoAndAPaymentKeepsIt() {
        agreed(", loan_fee", ", 150");
        Settings settings = house.bean(Settings.class);
        assertThat(settings.change(Scope.CONSORTIUM, "fees.creditor", Optional.of("rule-maker"), "anna"))
                .isEmpty();
        assertThat(lend(LEHTONEN, ofTurku, "BOY|")).startsWith("121");
        settings.change(Scope.CONSORTIUM, Map.of("fees.creditor", Optional.of("owner")), "anna");

        assertThat(lieto.say("37{now}0600EURBV1.00|AOLIETO|" + LEHTONEN)).startsWith("38Y");
        assertThat(house.value(String.class, "select creditor || ' ' || amount from payment_parts"))
                .as("a thing of Turku, lent under Lieto's rules")
                .isEqualTo("LIETO 1.00");
        assertThat(house.value(String.class, "select creditor from fees where card = '2000012379'"))
                .isEqualTo("LIETO");
        LocalDate today = LocalDate.now(house.clock());
        assertThat(house.bean(CreditorExport.class).file(Optional.of(today), Optional.of(today)))
                .startsWith("creditor,open,paid\r\n")
                .contains("\r\nLIETO,")
                .contains(",1.00\r\n");
        assertThat(house.bean(CreditorExport.class).sums(today.plusDays(1), today.plusDays(1)))
                .allSatisfy(sum -> assertThat(sum.paid()).isZero());
    }

    /** Municipalities settle when the month is over, and then its first payments are gone. */
    @Test
    void whatWasPaidStaysASumWhenThePaymentIsGone() {
        house.jdbc().sql("""
                        insert into fees (card, fee_type, amount, created_at)
                        values ('2000012345', '04', 3.00, '2026-11-01 12:00+02')""").update();
        LocalDate today = LocalDate.now(house.clock());
        CreditorDays days = house.bean(CreditorDays.class);
        assertThat(lieto.say("37{now}0400EURBV2.00|AOLIETO|BKa|" + MAKELA)).startsWith("38Y");
        assertThat(days.letGoOf("2000012345")).as("somebody is erased").isOne();
        assertThat(lieto.say("37{now}0400EURBV1.00|AOLIETO|BKb|" + MAKELA)).startsWith("38Y");

        house.clock().pass(Duration.ofDays(32));
        days.letGo();
        days.letGo();

        assertThat(rows("payments")).isZero();
        assertThat(house.bean(CreditorExport.class).sums(today, today))
                .anySatisfy(sum -> assertThat(sum.paid()).isEqualByComparingTo("3.00"));
        house.clock().pass(Duration.ofDays(731));
        days.letGo();
        assertThat(rows("creditor_days")).isZero();
    }

    @Test
    void aFeeOfAnEarlierGatewayIsPaidToTheMunicipalityOfTheCard() {
        house.jdbc().sql("""
                        insert into fees (card, fee_type, amount, created_at)
                        values ('2000012345', '04', 2.00, '2026-11-01 12:00+02')""").update();
        assertThat(lieto.say("37{now}0400EURBV2.00|AOLIETO|" + MAKELA)).startsWith("38Y");
        assertThat(house.value(String.class, "select creditor || ' ' || amount from payment_parts"))
                .isEqualTo("TURKU 2.00");
    }

    @Test
    void aLoanThatIsTakenBackCostsNothing() {
        agreed(", loan_fee", ", 150");
        lend(LEHTONEN, ofTurku, "BOY|");
        assertThat(lieto.say("09N{now}{now}APLIETO|AOLIETO|AB" + ofTurku + "|AC|BIY|"))
                .startsWith("101");
        assertThat(rows("fees where card = '2000012379'")).isZero();
    }

    @Test
    void aRenewalThatCostsIsMadeWhenThePatronHasAcceptedAndIsOwedToTheOwner() {
        agreed(", renewal_fee", ", 50");
        assertThat(lend(LEHTONEN, ofTurku, "")).as("the loan itself is free").startsWith("121");
        String second = lieto.tick().text();
        String wish = "29NN" + second + second + "AOLIETO|AB" + ofTurku + "|" + LEHTONEN;
        assertThat(lieto.hear(wish))
                .startsWith("300")
                .contains("BT06|", "BV0.50|", "BHEUR|", "AFLainan uusimisesta menee 0,50 EUR.");
        assertThat(lieto.hear(wish + "BON|")).startsWith("300").contains("BV0.50|");
        assertThat(rows("fees where card = '2000012379'")).isZero();

        String yes = wish + "BOY|";
        assertThat(lieto.hear(yes))
                .as("in the same second: no repeat of the one that was refused")
                .startsWith("301")
                .contains("AFMaksu: 0,50 EUR.|")
                .doesNotContain("|BV");
        assertThat(lieto.hear(yes)).as("the very same again").startsWith("301");
        assertThat(lieto.say("29NN{now}{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN + "BOY|"))
                .as("another one of the same day changes nothing")
                .startsWith("301");
        assertThat(
                        house.value(
                                String.class,
                                "select creditor || ' ' || fee_type || ' ' || amount || ' ' || item from fees where card = '2000012379'"))
                .isEqualTo("TURKU 06 0.50 " + ofTurku);
    }

    @Test
    void aRenewalWithinTheBorderOrThatHasHappenedCostsNothing() {
        agreed(", renewal_fee", ", 50");
        lend(MAKELA, ofTurku, "");
        assertThat(lieto.say("29NN{now}{now}AOLIETO|AB" + ofTurku + "|" + MAKELA))
                .startsWith("301")
                .doesNotContain("|BV");
        lieto.say("09N{now}{now}APLIETO|AOLIETO|AB" + ofTurku + "|AC|");
        lend(LEHTONEN, ofTurku, "");
        assertThat(lieto.say("29NY{now}{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN))
                .startsWith("301");
        assertThat(rows("fees where card in ('2000012379', '2000012345')")).isZero();
    }

    @Test
    void allIsRenewedButWhatCostsUntilThePatronHasAccepted() {
        agreed(", renewal_fee", ", 50");
        lend(LEHTONEN, ofTurku, "");
        lend(LEHTONEN, ofAura, "");
        assertThat(lieto.say("65{now}AOLIETO|" + LEHTONEN))
                .startsWith("66100010001")
                .contains("BM" + ofAura + "|", "BN" + ofTurku + "|")
                .contains("AF" + ofTurku + ": Lainan uusimisesta menee 0,50 EUR.")
                .endsWith("AB" + ofTurku + "|BT06|BHEUR|BV0.50|");
        assertThat(lieto.say("65{now}AOLIETO|" + LEHTONEN + "BOY|"))
                .startsWith("66100020000")
                .contains("AFMaksu: 0,50 EUR.|")
                .doesNotContain("|BV");
        assertThat(rows("fees where card = '2000012379'")).isOne();
    }

    @Test
    void aRenewalByAnotherLoanIsAskedAboutAndCostsNothingWhenItIsTakenBack() {
        agreed(", renewal_fee", ", 50");
        lend(LEHTONEN, ofTurku, "");
        String again = "11YN{now}{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN;
        assertThat(lieto.say(again)).startsWith("120").contains("BV0.50|", "AFLainan uusimisesta menee 0,50 EUR.");
        assertThat(lieto.say(again + "BOY|")).startsWith("121Y").contains("AFMaksu: 0,50 EUR.|");
        assertThat(rows("fees where card = '2000012379'")).isOne();
        assertThat(lieto.say("09N{now}{now}APLIETO|AOLIETO|AB" + ofTurku + "|AC|BIY|"))
                .startsWith("101");
        assertThat(rows("loans where card = '2000012379' and renewals = 0")).isOne();
        assertThat(rows("fees where card = '2000012379'")).isZero();
    }

    @Test
    void whatAHoldCostsIsNotToldToWhoMayNotPlaceIt() {
        agreed(", hold_fee, holds", ", 100, false");
        assertThat(lieto.say("15+{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN))
                .startsWith("160")
                .doesNotContain("|BV");
    }

    @Test
    void aHoldThatCostsIsPlacedWhenThePatronHasAccepted() {
        agreed(", hold_fee", ", 100");
        assertThat(lieto.say("15+{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN))
                .startsWith("160")
                .contains("AFTästä varauksesta menee 1,00 EUR.")
                .contains("|BT09|BHEUR|BV1.00|");
        assertThat(lieto.say("15+{now}AOLIETO|AB" + ofTurku + "|" + LEHTONEN + "BON|"))
                .startsWith("160")
                .contains("|BV1.00|");
        assertThat(rows("holds where card = '2000012379'")).isZero();
        assertThat(rows("fees where card = '2000012379'")).isZero();

        String accepted = "AOLIETO|AB" + ofTurku + "|" + LEHTONEN + "BOY|";
        String line = "15+" + lieto.tick().text() + accepted;
        assertThat(lieto.hear(line)).startsWith("161").doesNotContain("|BV");
        assertThat(lieto.hear(line)).as("the very same again").startsWith("161");
        assertThat(lieto.say("15+{now}" + accepted))
                .as("another one")
                .startsWith("160")
                .doesNotContain("|BV");
        assertThat(rows("holds where card = '2000012379'")).isOne();
        assertThat(house.value(
                        String.class,
                        "select creditor || ' ' || fee_type || ' ' || amount from fees where card = '2000012379'"))
                .isEqualTo("TURKU 09 1.00");
    }
}
