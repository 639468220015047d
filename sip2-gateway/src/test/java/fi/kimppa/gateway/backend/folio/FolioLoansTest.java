package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.EERO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.MUUMI;
import static fi.kimppa.gateway.backend.folio.FolioHouse.NOW;
import static fi.kimppa.gateway.backend.folio.FolioHouse.OUT;
import static fi.kimppa.gateway.backend.folio.FolioHouse.SINUHE;
import static fi.kimppa.gateway.backend.folio.FolioHouse.in;
import static fi.kimppa.gateway.backend.folio.FolioHouse.lend;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.folio.FolioStub.Fault;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 11, 29, 65 and 17. */
class FolioLoansTest {
    private final FolioHouse house = new FolioHouse();
    private final FolioStub stub = house.stub;

    @AfterEach
    void close() {
        house.close();
    }

    private static ItemInformationResponse item(FolioBackend backend, String number) {
        return backend.itemInformation(
                (ItemInformation) Asking.request("17" + NOW + "AOTURKU|AB" + number + "|"), BackHalf.TURKU);
    }

    private static Checkout offline(String transactionDate) {
        return (Checkout) Asking.request(
                "11NY" + transactionDate + "20261222    235959AOTURKU|AA" + AINO + "|AB" + SINUHE + "|AC|");
    }

    // ---- 11 ----------------------------------------------------------------------------------------------

    @Test
    void lendsAtTheServicePointOfTheBranchAndTellsTheDueDateInLocalTime() {
        assertThat(lend(house.backend(), AINO, SINUHE))
                .satisfies(lent -> assertThat(lent.ok()).isTrue())
                .satisfies(lent -> assertThat(lent.desensitize()).isTrue())
                .satisfies(lent -> assertThat(lent.titleIdentifier()).isEqualTo("Sinuhe"))
                .satisfies(lent -> assertThat(lent.dueDate()).isEqualTo("20261222    193000"))
                .satisfies(lent -> assertThat(lent.mediaType()).contains("001"));
        assertThat(stub.last(OUT).body().path("servicePointId").asString()).isEqualTo(FolioState.id("tku"));
        assertThat(stub.last(OUT).body().has("loanDate")).isFalse();
        assertThat(stub.last(OUT).body().has("overrideBlocks")).isFalse();
    }

    @Test
    void lendsAsOfTheDayWhatWasLentWhileTheMachineWasOffLine() {
        lendOffline("20261120    101500", "2026-11-20T08:15:00Z");
    }

    @Test
    void readsADateInUniversalTimeAsSuch() {
        lendOffline("20261120   Z101500", "2026-11-20T10:15:00Z");
    }

    @Test
    void lendsNothingAsOfTheFuture() {
        lendOffline("20261224    101500", "2026-11-24T17:30:00Z");
    }

    private void lendOffline(String transactionDate, String loanDate) {
        assertThat(house.backend()
                        .checkout(offline(transactionDate), BackHalf.TURKU)
                        .ok())
                .isTrue();
        assertThat(stub.last(OUT).body().path("loanDate").asString()).isEqualTo(loanDate);
        assertThat(stub.state.openLoan(SINUHE).orElseThrow().path("loanDate").asString())
                .isEqualTo(loanDate);
    }

    @Test
    void refusesWhatSomebodyElseHas() {
        FolioBackend backend = house.backend();
        lend(backend, EERO, SINUHE);
        assertThat(lend(backend, AINO, SINUHE))
                .satisfies(refused -> assertThat(refused.ok()).isFalse())
                .satisfies(refused -> assertThat(refused.desensitize()).isFalse())
                .satisfies(refused ->
                        assertThat(refused.screenMessages()).containsExactly("Lainassa toisella asiakkaalla."));
    }

    @Test
    void callsALoanThatStandsOnThisCardNoRefusal() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        assertThat(lend(backend, AINO, SINUHE))
                .satisfies(lent -> assertThat(lent.ok()).isTrue())
                .satisfies(lent -> assertThat(lent.renewalOk()).isFalse())
                .satisfies(lent -> assertThat(lent.dueDate()).isEqualTo("20261222    193000"));
        assertThat(stub.state.all("loans")).hasSize(1);
    }

    @Test
    void ofA422WithSeveralErrorsTellsTheMostImportantOne() {
        stub.state.refusals.add(FolioState.error("limit", "ITEM_LIMIT_LOAN_TYPE", "loanTypeId", "x"));
        stub.state.refusals.add(FolioState.error("blocked", "USER_IS_BLOCKED_MANUALLY", "reason", "Laine owes"));
        assertThat(lend(house.backend(), AINO, SINUHE).screenMessages())
                .containsExactly("Kortti on suljettu. Kysy henkilökunnalta.");
    }

    @Test
    void ofA422WithSeveralErrorsSeesTheLoanThatStandsOnThisCard() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        stub.state.refusals.add(FolioState.error("limit", "ITEM_LIMIT_LOAN_TYPE", "loanTypeId", "x"));
        assertThat(lend(backend, AINO, SINUHE).ok()).isTrue();
    }

    @Test
    void sendsWhatNobodyHasATableRowForToTheStaff() {
        stub.state.refusals.add(FolioState.error("boom", "A_NEW_CODE", "x", "y"));
        assertThat(lend(house.backend(), AINO, SINUHE).screenMessages()).containsExactly("Kysy henkilökunnalta.");
    }

    @Test
    void knowsNeitherCardNorItem() {
        FolioBackend backend = house.backend();
        assertThat(lend(backend, "2000099999", SINUHE).screenMessages())
                .containsExactly("Kortti tai tunnusluku on väärin.");
        assertThat(lend(backend, AINO, "3000099999").screenMessages())
                .containsExactly("Tuntematon aineisto. Vie henkilökunnalle.");
    }

    @Test
    void undoesNothing() {
        Checkout undo = (Checkout)
                Asking.request("11NN" + NOW + " ".repeat(18) + "AOTURKU|AA" + AINO + "|AB" + SINUHE + "|AC|BIY|");
        assertThat(house.backend().checkout(undo, BackHalf.TURKU).ok()).isFalse();
        assertThat(stub.heard).isEmpty();
    }

    @Test
    void refusesWhereTheServicePointOfTheBranchIsUnknownAndTakesOtherBranchesOn() {
        FolioBackend backend = house.backend();
        assertThat(backend.checkout(FolioHouse.out(AINO, SINUHE), BackHalf.AURA).screenMessages())
                .containsExactly("Laitetta ei ole otettu käyttöön. Kysy henkilökunnalta.");
        assertThat(backend.checkout(FolioHouse.out(AINO, SINUHE), BackHalf.NAANTALI)
                        .ok())
                .isFalse();
        assertThat(backend.checkin(in(SINUHE), BackHalf.TURKU).ok()).isTrue();
        assertThat(lend(backend, AINO, SINUHE).ok()).isTrue();
        assertThat(stub.count("GET /service-points")).isEqualTo(1);
    }

    @Test
    void findsAServicePointThatWasAddedMeanwhile() {
        FolioBackend backend = house.backend();
        assertThat(backend.checkout(FolioHouse.out(AINO, SINUHE), BackHalf.AURA).ok())
                .isFalse();
        stub.state.servicePoint("nowhere", "Aura library");
        house.clock.pass(Duration.ofMinutes(2));
        assertThat(backend.checkout(FolioHouse.out(AINO, SINUHE), BackHalf.AURA).ok())
                .isTrue();
    }

    // ---- 29, 65 ------------------------------------------------------------------------------------------

    private static Renew renewal(String card, String item) {
        return (Renew) Asking.request("29NN" + NOW + " ".repeat(18) + "AOTURKU|AA" + card + "|AB" + item + "|");
    }

    @Test
    void renewsAndTellsTheNewDate() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        house.clock.pass(Duration.ofDays(7));
        assertThat(backend.renew(renewal(AINO, SINUHE), BackHalf.TURKU))
                .satisfies(renewed -> assertThat(renewed.ok()).isTrue())
                .satisfies(renewed -> assertThat(renewed.renewalOk()).isTrue())
                .satisfies(renewed -> assertThat(renewed.dueDate()).isEqualTo("20261229    193000"));
    }

    @Test
    void renewsNothingOfSomebodyElse() {
        FolioBackend backend = house.backend();
        lend(backend, EERO, SINUHE);
        assertThat(backend.renew(renewal(AINO, SINUHE), BackHalf.TURKU).screenMessages())
                .containsExactly("Aineisto ei ole lainassa sinulla.");
        assertThat(backend.renew(renewal(AINO, ""), BackHalf.TURKU).screenMessages())
                .containsExactly("Uusinta tarvitsee niteen numeron.");
    }

    @Test
    void renewsAllThatMayBeRenewedAndSaysWhyTheRestWasNot() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        lend(backend, AINO, MUUMI);
        stub.state.openLoan(MUUMI).orElseThrow().put("renewalCount", 2);
        RenewAll all = (RenewAll) Asking.request("65" + NOW + "AOTURKU|AA" + AINO + "|");
        assertThat(backend.renewAll(all, BackHalf.TURKU))
                .satisfies(answer -> assertThat(answer.ok()).isTrue())
                .satisfies(answer -> assertThat(answer.renewedItems()).containsExactly(SINUHE))
                .satisfies(answer -> assertThat(answer.unrenewedItems()).containsExactly(MUUMI))
                .satisfies(answer ->
                        assertThat(answer.screenMessages()).containsExactly(MUUMI + ": Uusintakerrat ovat täynnä."));
    }

    @Test
    void tellsWhatWasRenewedBeforeFolioWasBusyOrLetNobodyIn() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        lend(backend, AINO, MUUMI);
        RenewAll all = (RenewAll) Asking.request("65" + NOW + "AOTURKU|AA" + AINO + "|");
        for (Fault[] wrong : new Fault[][] {{Fault.BUSY}, {Fault.UNAUTHORIZED, Fault.UNAUTHORIZED}}) {
            stub.fail("POST /circulation/renew-by-barcode", Fault.NONE);
            stub.fail("POST /circulation/renew-by-barcode", wrong);
            assertThat(backend.renewAll(all, BackHalf.TURKU))
                    .as("%s", wrong[0])
                    .satisfies(answer -> assertThat(answer.renewedItems()).hasSize(1))
                    .satisfies(answer -> assertThat(answer.unrenewedItems()).hasSize(1))
                    .satisfies(answer -> assertThat(answer.screenMessages())
                            .singleElement()
                            .asString()
                            .endsWith("Uusinta ei onnistunut nyt. Yritä myöhemmin."));
        }
    }

    // ---- 17 ----------------------------------------------------------------------------------------------

    @Test
    void saysOfAnItemWhetherItIsLentUntilWhenAndHowManyWaitForIt() {
        FolioBackend backend = house.backend();
        assertThat(item(backend, SINUHE).circulationStatus()).isEqualTo(CirculationStatus.AVAILABLE);
        lend(backend, AINO, SINUHE);
        stub.state.request(EERO, SINUHE, "Hold", "Item", "tku");
        assertThat(item(backend, SINUHE))
                .satisfies(item -> assertThat(item.circulationStatus()).isEqualTo(CirculationStatus.CHARGED))
                .satisfies(item -> assertThat(item.titleIdentifier()).isEqualTo("Sinuhe"))
                .satisfies(item -> assertThat(item.dueDate()).contains("20261222    193000"))
                .satisfies(item -> assertThat(item.holdQueueLength()).contains("1"));
    }

    @Test
    void callsAnItemLentThatHasAnOpenLoanWhateverItsOwnRecordSays() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        stub.state.status(stub.state.item(SINUHE).orElseThrow(), "Available");
        assertThat(item(backend, SINUHE).circulationStatus()).isEqualTo(CirculationStatus.CHARGED);
        stub.state.status(stub.state.item(SINUHE).orElseThrow(), "Declared lost");
        assertThat(item(backend, SINUHE).circulationStatus()).isEqualTo(CirculationStatus.LOST);
    }

    @Test
    void servesNoItemWhoseNumberIsNotUnique() {
        stub.state.item("3000000099", "One", "tku");
        stub.state.item("3000000099", "Another", "tku");
        assertThat(item(house.backend(), "3000000099"))
                .satisfies(item -> assertThat(item.titleIdentifier()).isEmpty())
                .satisfies(item -> assertThat(item.screenMessages())
                        .containsExactly("Niteen numero ei ole yksikäsitteinen. Vie henkilökunnalle."));
    }

    @Test
    void letsNoItemNumberWidenTheQuery() {
        FolioBackend backend = house.backend();
        for (String number : new String[] {"*", "30000000??", "\" or barcode=\"*", "3000000011\" or id=\"*"}) {
            assertThat(item(backend, number).titleIdentifier()).as(number).isEmpty();
        }
    }
}
