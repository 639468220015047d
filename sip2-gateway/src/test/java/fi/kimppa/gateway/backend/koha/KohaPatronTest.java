package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.gateway.circulation.PatronProfile;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 23, 63 and 17 over Koha's REST interface, and who speaks there. */
class KohaPatronTest extends KohaCase {
    KohaPatronTest() throws IOException {}

    private PatronInformationResponse patron(String summary, String card, String more) {
        return patron(summary, card, more, BackHalf.TURKU);
    }

    private PatronInformationResponse patron(String summary, String card, String more, Terminal terminal) {
        String line = "6300120261124    193000" + summary + "AOTURKU|AA" + card + "|AC|" + more;
        return backend.patronInformation(ask(PatronInformation.class, line), terminal);
    }

    private static String want(ItemList list) {
        return ItemList.summary(Optional.of(list));
    }

    private ItemInformationResponse item(String number) {
        return backend.itemInformation(
                ask(ItemInformation.class, "1720261124    193000AOTURKU|AB" + number + "|"), BackHalf.TURKU);
    }

    @Test
    void tellsWhoItIsWithAllCountsAndTheListThatIsAskedFor() {
        koha.loan(100, 5, 7, "2026-11-20T23:59:00+02:00");
        koha.loan(101, 5, 8, "2026-12-20T23:59:00+02:00");
        koha.hold(200, 5, 70, 7, "W");
        koha.hold(201, 5, 80, null, null);
        koha.debt(300, 5, "2.50", 7);
        koha.debt(301, 15, "9.00", null);
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|"))
                .satisfies(answer -> assertThat(answer.counts())
                        .isEqualTo(Map.of(
                                ItemList.CHARGED, 2,
                                ItemList.OVERDUE, 1,
                                ItemList.HOLD, 1,
                                ItemList.UNAVAILABLE_HOLDS, 1,
                                ItemList.FINE, 1)))
                .satisfies(answer ->
                        assertThat(answer.items()).isEqualTo(Map.of(ItemList.CHARGED, List.of(ITEM, "53000000011"))))
                .satisfies(answer -> assertThat(answer.personalName()).isEqualTo("Aino Virtanen"))
                .satisfies(answer -> assertThat(answer.validPatronPassword()).contains(true))
                .satisfies(
                        answer -> assertThat(answer.feeAmount().orElseThrow()).isEqualTo("2.50"))
                .satisfies(answer -> assertThat(answer.patronStatus()).isEqualTo(PatronStatus.CLEAR))
                .satisfies(answer ->
                        assertThat(answer.extras()).extracting(Object::toString).contains("PCPT", "AQTURKU"))
                .satisfies(answer -> assertThat(
                                PatronProfile.of(answer, clock.getZone()).birthDate())
                        .contains(LocalDate.of(1980, 2, 29)));
        assertThat(patron(want(ItemList.OVERDUE), CARD, "").items()).isEqualTo(Map.of(ItemList.OVERDUE, List.of(ITEM)));
        assertThat(patron(want(ItemList.HOLD), CARD, "").items()).isEqualTo(Map.of(ItemList.HOLD, List.of(ITEM)));
        assertThat(patron(want(ItemList.UNAVAILABLE_HOLDS), CARD, "").items())
                .isEqualTo(Map.of(ItemList.UNAVAILABLE_HOLDS, List.of("Tuntematon / Waltari, Mika")));
        assertThat(patron(want(ItemList.FINE), CARD, "").items())
                .isEqualTo(Map.of(ItemList.FINE, List.of(ITEM + " 2.50")));
        assertThat(patron(want(ItemList.CHARGED), CARD, "BP2|BQ9|").items())
                .isEqualTo(Map.of(ItemList.CHARGED, List.of("53000000011")));
    }

    @Test
    void sendsNoEmptyPinAndChecksNoneThatNobodyGave() {
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD|").validPatronPassword())
                .isEmpty();
        assertThat(patron(want(ItemList.CHARGED), CARD, "").validPatronPassword())
                .isEmpty();
        assertThat(koha.http.heard("POST /api/v1/auth")).isEmpty();
    }

    @Test
    void tellsTheAddressForMailToTheGatewayWhichAsksWithoutAPin() {
        koha.all("patrons").forEach(row -> row.put("email", "aino@example.fi"));
        assertThat(patron(want(ItemList.CHARGED), CARD, "").emailAddress()).contains("aino@example.fi");
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|"))
                .satisfies(answer -> assertThat(answer.identified()).isTrue())
                .satisfies(answer -> assertThat(answer.emailAddress()).isEmpty());
    }

    @Test
    void tellsThePatronsOwnLanguageToWhoeverAsksWithTheRightPin() {
        koha.all("patrons").forEach(row -> row.put("lang", "sv-SE"));
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|CHtell=pickup-name;tell=language|")
                        .language())
                .isEqualTo("006");
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|").language()).isEqualTo("001");
        assertThat(patron(want(ItemList.CHARGED), CARD, "CHtell=language|").language())
                .isEqualTo("001");
        koha.all("patrons").forEach(row -> row.put("lang", "default"));
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|CHtell=language|")
                        .language())
                .isEqualTo("001");
    }

    @Test
    void tellsNothingOfAPatronWhosePinIsWrongAndAsksForItOnce() {
        koha.loan(100, 5, 7, "2026-11-20T23:59:00+02:00");
        koha.debt(300, 5, "2.50", null);
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD4321|"))
                .satisfies(answer -> assertThat(answer.validPatronPassword()).contains(false))
                .satisfies(answer -> assertThat(answer.validPatron()).contains(true))
                .satisfies(answer -> assertThat(answer.personalName()).isEmpty())
                .satisfies(answer -> assertThat(answer.items()).isEmpty())
                .satisfies(answer -> assertThat(answer.counts()).isEmpty())
                .satisfies(answer -> assertThat(answer.feeAmount()).isEmpty())
                .satisfies(answer -> assertThat(answer.extras()).isEmpty())
                .satisfies(answer -> assertThat(answer.patronStatus()).isEqualTo(PatronStatus.UNKNOWN_CARD));
        assertThat(koha.http.heard("POST /api/v1/auth")).hasSize(1);
        assertThat(koha.http.heard("GET /api/v1/checkouts")).isEmpty();
        PatronStatusResponse status = backend.patronStatus(
                ask(PatronStatusRequest.class, "2300120261124    193000AOTURKU|AA" + CARD + "|AC|AD4321|"),
                BackHalf.TURKU);
        assertThat(status.personalName()).isEmpty();
        assertThat(status.feeAmount()).isEmpty();
    }

    @Test
    void takesNoPinOfSomebodyWhoseUserNameIsThisCardNumber() {
        koha.all("patrons").getLast().put("userid", CARD);
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD9999|").validPatronPassword())
                .contains(false);
    }

    @Test
    void asksNoMoreAboutAPinThatWasRightAMomentAgo() {
        sessions.remember(BackHalf.TURKU, CARD, Secret.of("1234"));
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|").validPatronPassword())
                .contains(true);
        assertThat(koha.http.heard("POST /api/v1/auth")).isEmpty();
    }

    @Test
    void takesARequestThatAnOldReleaseDoesNotUnderstandForNoWrongPin() {
        koha.http.next(
                "POST /api/v1/auth",
                _ -> Reply.json(400, "{\"errors\":[{\"message\":\"Missing property.\",\"path\":\"/body/userid\"}]}"));
        isSilent(true, () -> patron(want(ItemList.CHARGED), CARD, "AD1234|"));
    }

    @Test
    void findsNobodyWhoseNumberOnlyContainsTheOneThatWasScanned() {
        for (String card : List.of("20000", "2000012345%", "%", "_000012345", "5200001234_")) {
            assertThat(patron(want(ItemList.CHARGED), card, "").validPatron())
                    .as(card)
                    .contains(false);
        }
        for (String number : List.of("300000", "%", "3_00000011", "00000011")) {
            assertThat(item(number).titleIdentifier()).as(number).isEmpty();
        }
        koha.loan(100, 15, 8, "2026-12-20T23:59:00+02:00");
        koha.hold(200, 15, 80, 8, "W");
        assertThat(patron(want(ItemList.CHARGED), CARD, "").counts())
                .containsEntry(ItemList.CHARGED, 0)
                .containsEntry(ItemList.HOLD, 0);
        assertThat(koha.http.heard("GET").stream()
                        .filter(asked -> asked.query().keySet().stream().anyMatch(name -> name.matches("[a-p].*"))))
                .allSatisfy(asked -> assertThat(asked.query()).containsEntry("_match", "exact"));
    }

    @Test
    void knowsNobodyWhereTwoPatronsHaveTheCard() {
        koha.patron(6, CARD, "LIE");
        assertThat(patron(want(ItemList.CHARGED), CARD, ""))
                .satisfies(answer -> assertThat(answer.validPatron()).contains(false))
                .satisfies(answer -> assertThat(answer.personalName()).isEmpty());
    }

    @Test
    void servesNobodyWhoseValuesAreHiddenFromTheBranchsUser() {
        koha.othersHidden = true;
        koha.all("patrons").getFirst().put("library_id", "LIE");
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|"))
                .satisfies(answer -> assertThat(answer.patronStatus()).isEqualTo(PatronStatus.UNKNOWN_CARD))
                .satisfies(answer -> assertThat(answer.validPatronPassword()).isEmpty())
                .satisfies(answer -> assertThat(answer.screenMessages())
                        .containsExactly("The card cannot be used in this library. Ask the staff."));
        assertThat(koha.http.heard("POST /api/v1/auth")).isEmpty();
    }

    @Test
    void tellsWhatKohaWillDeny() {
        Map<String, Object> row = koha.all("patrons").getFirst();
        row.put("expiry_date", "2026-11-23");
        assertThat(patron(want(ItemList.CHARGED), CARD, "").patronStatus().has(Flag.CHARGE_PRIVILEGES_DENIED))
                .isTrue();
        row.put("expiry_date", "2026-11-24");
        assertThat(patron(want(ItemList.CHARGED), CARD, "").patronStatus()).isEqualTo(PatronStatus.CLEAR);
        row.put("patron_card_lost", true);
        assertThat(patron(want(ItemList.CHARGED), CARD, "").patronStatus().has(Flag.CARD_REPORTED_LOST))
                .isTrue();
        row.put("patron_card_lost", false);
        row.put("restricted", true);
        assertThat(patron(want(ItemList.CHARGED), CARD, "").screenMessages())
                .containsExactly("The card may not borrow. Ask the staff.");
        row.put("restricted", false);
        koha.debt(300, 5, "20.01", null);
        assertThat(patron(want(ItemList.CHARGED), CARD, ""))
                .satisfies(answer -> assertThat(answer.patronStatus().has(Flag.EXCESSIVE_OUTSTANDING_FEES))
                        .isTrue())
                .satisfies(answer -> assertThat(answer.screenMessages())
                        .containsExactly("You owe 20.01 EUR, the limit is 20.00 EUR. No loans."));
    }

    @Test
    void doesWithoutFeesWhereTheUserMayNotSeeThem() {
        koha.seesAccounts = false;
        assertThat(patron(want(ItemList.CHARGED), CARD, "AD1234|"))
                .satisfies(answer -> assertThat(answer.personalName()).isEqualTo("Aino Virtanen"))
                .satisfies(answer -> assertThat(answer.feeAmount()).isEmpty())
                .satisfies(answer -> assertThat(answer.counts()).doesNotContainKey(ItemList.FINE));
    }

    @Test
    void readsListsToTheirEndAlthoughKohaGivesTwentyRows() {
        for (int i = 0; i < 230; i++) {
            koha.item(5_000 + i, 70, "4%09d".formatted(i), "Sinuhe");
            koha.loan(6_000 + i, 5, 5_000 + i, "2026-12-20T23:59:00+02:00");
        }
        PatronInformationResponse answer = patron(want(ItemList.CHARGED), CARD, "");
        assertThat(answer.counts()).containsEntry(ItemList.CHARGED, 230);
        assertThat(answer.items().get(ItemList.CHARGED)).hasSize(230).doesNotHaveDuplicates();
    }

    @Test
    void namesRecordsByTheirNumberWhereAReleaseDoesNotListThem() {
        koha.hold(201, 5, 80, null, null);
        koha.listsBiblios = false;
        assertThat(patron(want(ItemList.UNAVAILABLE_HOLDS), CARD, "").items())
                .isEqualTo(Map.of(ItemList.UNAVAILABLE_HOLDS, List.of("80")));
    }

    @Test
    void takesAnEmptyAnswerForNone() {
        koha.http.next("GET /api/v1/patrons", _ -> new Reply.Said(200, Map.of(), ""));
        isSilent(true, () -> patron(want(ItemList.CHARGED), CARD, ""));
        koha.http.next("GET /api/v1/checkouts", _ -> new Reply.Said(200, Map.of(), ""));
        isSilent(true, () -> patron(want(ItemList.CHARGED), CARD, ""));
    }

    @Test
    void isSilentWhileKohaIsUnderMaintenance() {
        assertThat(backend.online()).isTrue();
        koha.maintenance = true;
        assertThat(backend.online()).isFalse();
        isSilent(true, () -> patron(want(ItemList.CHARGED), CARD, ""));
        koha.maintenance = false;
        assertThat(backend.online()).isTrue();
    }

    @Test
    void keepsItsTokenUntilShortlyBeforeItExpires() {
        item(ITEM);
        clock.pass(Duration.ofSeconds(3_560));
        item(ITEM);
        assertThat(koha.http.heard("POST /api/v1/oauth")).hasSize(1);
        clock.pass(Duration.ofSeconds(15));
        item(ITEM);
        assertThat(koha.http.heard("POST /api/v1/oauth")).hasSize(2);
    }

    @Test
    void getsOneNewTokenWhereKohaHasForgottenTheOldOneAndGivesUpThen() {
        item(ITEM);
        koha.forgetTokens();
        assertThat(item(ITEM).titleIdentifier()).isEqualTo("Sinuhe / Waltari, Mika");
        assertThat(koha.http.heard("POST /api/v1/oauth")).hasSize(2);
        koha.http.next("GET", _ -> Reply.json(401, "{}")).next("GET", _ -> Reply.json(401, "{}"));
        isSilent(true, () -> item(ITEM));
        assertThat(koha.http.heard("POST /api/v1/oauth")).hasSize(3);
    }

    @Test
    void speaksForEachBranchAsItsOwnUserAndForTheOthersAsTheCommonOne() {
        patron(want(ItemList.CHARGED), CARD, "", BackHalf.TURKU);
        patron(want(ItemList.CHARGED), CARD, "", BackHalf.AURA);
        assertThat(koha.http.heard("POST /api/v1/oauth"))
                .extracting(asked -> asked.form().get("client_id"))
                .containsExactly("kimppa-tku", "kimppa-all");
    }

    @Test
    void isSilentWhereKohaLetsTheUserNotIn() {
        koha.users.clear();
        isSilent(true, () -> item(ITEM));
        assertThat(backend.online()).isFalse();
    }

    @Test
    void tellsWhereAnItemIs() {
        assertThat(item(ITEM))
                .satisfies(answer -> assertThat(answer.circulationStatus()).isEqualTo(CirculationStatus.AVAILABLE))
                .satisfies(answer -> assertThat(answer.titleIdentifier()).isEqualTo("Sinuhe / Waltari, Mika"))
                .satisfies(answer -> assertThat(answer.permanentLocation()).contains("TURKU"))
                .satisfies(answer -> assertThat(answer.currentLocation()).contains("LIE"))
                .satisfies(answer -> assertThat(answer.holdQueueLength()).contains("0"));
        koha.hold(200, 5, 70, 7, "W");
        assertThat(item(ITEM).circulationStatus()).isEqualTo(CirculationStatus.WAITING_ON_HOLD_SHELF);
        koha.all("holds").getFirst().put("status", "T");
        assertThat(item(ITEM).circulationStatus()).isEqualTo(CirculationStatus.IN_TRANSIT);
        koha.loan(100, 5, 7, "2026-12-22T23:59:00+02:00");
        assertThat(item(ITEM))
                .satisfies(answer -> assertThat(answer.circulationStatus()).isEqualTo(CirculationStatus.CHARGED))
                .satisfies(answer -> assertThat(answer.dueDate()).contains("20261222    235900"));
        koha.all("items").getFirst().put("lost_status", 2);
        assertThat(item(ITEM).circulationStatus()).isEqualTo(CirculationStatus.LOST);
        assertThat(item("777").titleIdentifier()).isEmpty();
    }
}
