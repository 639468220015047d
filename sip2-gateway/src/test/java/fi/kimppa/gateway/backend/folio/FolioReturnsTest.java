package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.EERO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.IN;
import static fi.kimppa.gateway.backend.folio.FolioHouse.MUUMI;
import static fi.kimppa.gateway.backend.folio.FolioHouse.NOW;
import static fi.kimppa.gateway.backend.folio.FolioHouse.SINUHE;
import static fi.kimppa.gateway.backend.folio.FolioHouse.bringBack;
import static fi.kimppa.gateway.backend.folio.FolioHouse.in;
import static fi.kimppa.gateway.backend.folio.FolioHouse.lend;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.folio.FolioHouse.Wish;
import fi.kimppa.gateway.backend.folio.FolioSettings.ClaimedReturned;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 09: what comes back, when, and where it goes. */
class FolioReturnsTest {
    private final FolioHouse house = new FolioHouse();
    private final FolioStub stub = house.stub;

    @AfterEach
    void close() {
        house.close();
    }

    private static Checkout offline(String transactionDate) {
        return (Checkout) Asking.request(
                "11NY" + transactionDate + "20261222    235959AOTURKU|AA" + AINO + "|AB" + SINUHE + "|AC|");
    }

    @Test
    void takesBackAsOfTheReturnDateInUniversalTime() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        CheckinResponse answer = backend.checkin(in(SINUHE, "N", "20261124    020000", "TURKU"), BackHalf.TURKU);
        assertThat(answer.ok()).isTrue();
        assertThat(answer.resensitize()).isTrue();
        assertThat(answer.alertType()).isEmpty();
        assertThat(answer.patronIdentifier()).isEmpty();
        assertThat(stub.last(IN).body().path("checkInDate").asString()).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(stub.state.openLoan(SINUHE)).isEmpty();
    }

    @Test
    void sendsHomeWhatBelongsToAnotherBranch() {
        assertThat(bringBack(house.backend(), MUUMI))
                .satisfies(answer -> assertThat(answer.alertType()).contains(AlertType.SEND_ELSEWHERE))
                .satisfies(answer -> assertThat(answer.alert()).isTrue())
                .satisfies(answer -> assertThat(answer.destinationLocation()).contains("LIETO"))
                .satisfies(answer -> assertThat(answer.screenMessages()).isEmpty());
    }

    @Test
    void namesAServicePointThatIsNoBranchOfOursAsFolioDoes() {
        stub.state.item("3000000042", "Kalevala", "far");
        assertThat(bringBack(house.backend(), "3000000042").destinationLocation())
                .contains("Somewhere else");
    }

    @Test
    void takesTheBranchThatTheMachineNamesForThePlaceOfTheReturn() {
        assertThat(house.backend()
                        .checkin(in(MUUMI, "N", NOW, "LIETO"), BackHalf.TURKU)
                        .alertType())
                .isEmpty();
        assertThat(stub.last(IN).body().path("servicePointId").asString()).isEqualTo(FolioState.id("lie"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Page", "Hold", "Recall"})
    void raisesTheAlertOfARequestOfAnyKindThatIsCaughtHere(String type) {
        stub.state.request(EERO, SINUHE, type, "Item", "tku");
        assertThat(bringBack(house.backend(), SINUHE))
                .satisfies(answer -> assertThat(answer.alertType()).contains(AlertType.HOLD_HERE))
                .satisfies(answer -> assertThat(answer.destinationLocation()).isEmpty())
                .satisfies(answer -> assertThat(answer.holdPatronId()).isEmpty())
                .satisfies(answer -> assertThat(answer.holdPatronName()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Page", "Hold", "Recall"})
    void raisesTheAlertOfARequestOfAnyKindThatIsCaughtForAnotherBranch(String type) {
        stub.state.request(EERO, SINUHE, type, "Title", "lie");
        assertThat(bringBack(house.backend(), SINUHE))
                .satisfies(answer -> assertThat(answer.alertType()).contains(AlertType.HOLD_ELSEWHERE))
                .satisfies(answer -> assertThat(answer.destinationLocation()).contains("LIETO"));
    }

    @Test
    void takesBackTwiceWhatWasBroughtBackOnce() {
        FolioBackend backend = house.backend();
        lend(backend, AINO, SINUHE);
        assertThat(bringBack(backend, SINUHE).ok()).isTrue();
        assertThat(bringBack(backend, SINUHE).ok()).isTrue();
    }

    @Test
    void leavesALoanAloneThatIsYoungerThanAReturnThatWaited() {
        FolioBackend backend = house.backend();
        lend(backend, EERO, SINUHE);
        CheckinResponse late = backend.checkin(in(SINUHE, "Y", "20261124    100000", "TURKU"), BackHalf.TURKU);
        assertThat(late.ok()).isTrue();
        assertThat(stub.state.openLoan(SINUHE)).isPresent();
        assertThat(stub.count(IN)).isZero();
    }

    @Test
    void takesBackWhatWasLentJustNowThoughOurClockIsBehind() {
        FolioBackend backend = house.backend();
        lend(backend, EERO, SINUHE);
        house.clock.pass(Duration.ofMinutes(-10));
        assertThat(backend.checkin(in(SINUHE, "Y", "20261124    193100", "TURKU"), BackHalf.TURKU)
                        .ok())
                .isTrue();
        assertThat(stub.state.openLoan(SINUHE)).isEmpty();
    }

    @Test
    void doesAReturnThatWaitedAsOfItsOwnDay() {
        FolioBackend backend = house.backend();
        backend.checkout(offline("20261120    101500"), BackHalf.TURKU);
        assertThat(backend.checkin(in(SINUHE, "Y", "20261122    120000", "TURKU"), BackHalf.TURKU)
                        .ok())
                .isTrue();
        assertThat(stub.last(IN).body().path("checkInDate").asString()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(stub.state.openLoan(SINUHE)).isEmpty();
    }

    @Test
    void leavesAClaimedReturnToTheStaff() {
        stub.state.status(stub.state.item(SINUHE).orElseThrow(), "Claimed returned");
        assertThat(bringBack(house.backend(), SINUHE))
                .satisfies(answer -> assertThat(answer.ok()).isFalse())
                .satisfies(answer -> assertThat(answer.alertType()).contains(AlertType.OTHER))
                .satisfies(
                        answer -> assertThat(answer.screenMessages()).containsExactly("Vie aineisto henkilökunnalle."));
        assertThat(stub.count(IN)).isEqualTo(1);
    }

    @Test
    void resolvesAClaimedReturnWhereTheLibrarySaysHowAndSaysItOfNoOtherItem() {
        stub.state.status(stub.state.item(SINUHE).orElseThrow(), "Claimed returned");
        FolioBackend backend = house.backend(Wish.USUAL.claimed(ClaimedReturned.RETURNED_BY_PATRON));
        assertThat(bringBack(backend, SINUHE).ok()).isTrue();
        assertThat(stub.last(IN).body().path("claimedReturnedResolution").asString())
                .isEqualTo("Returned by patron");
        assertThat(bringBack(backend, MUUMI).ok()).isTrue();
        assertThat(stub.last(IN).body().has("claimedReturnedResolution")).isFalse();
    }

    @Test
    void doesNotTakeBackWhatItDoesNotKnow() {
        assertThat(bringBack(house.backend(), "3000099999"))
                .satisfies(answer -> assertThat(answer.ok()).isFalse())
                .satisfies(answer -> assertThat(answer.resensitize()).isFalse());
    }
}
