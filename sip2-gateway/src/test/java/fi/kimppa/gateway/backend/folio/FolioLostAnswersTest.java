package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.OUT;
import static fi.kimppa.gateway.backend.folio.FolioHouse.SINUHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.backend.folio.FolioHouse.Wish;
import fi.kimppa.gateway.backend.folio.FolioStub.Fault;
import fi.kimppa.gateway.circulation.BackendSilentException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are lost: what is known of the outcome, and never a second loan. */
class FolioLostAnswersTest {
    private final FolioHouse house = new FolioHouse();
    private final FolioStub stub = house.stub;

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENCE", "CUT", "HALF", "ERROR_AFTER", "ERROR_BEFORE", "PAGE"})
    void doesNotKnowWhatBecameOfALoanWhoseAnswerDidNotComeAndAsksForItOnce(Fault fault) {
        FolioBackend backend = house.backend(Wish.USUAL.answer(Duration.ofMillis(900)));
        backend.online();
        stub.fail(OUT, fault);
        assertThatThrownBy(() -> FolioHouse.lend(backend, AINO, SINUHE))
                .isInstanceOfSatisfying(BackendSilentException.class, e -> {
                    assertThat(e.outcomeKnown()).isFalse();
                    assertThat(e.getMessage()).doesNotContain(AINO, SINUHE);
                });
        assertThat(stub.count(OUT)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENCE", "CUT", "HALF", "ERROR_AFTER", "PAGE"})
    void knowsThatNothingWasDoneWhenTheQuestionBeforeTheLoanIsNotAnswered(Fault fault) {
        FolioBackend backend = house.backend(Wish.USUAL.answer(Duration.ofMillis(900)));
        backend.online();
        stub.fail("GET /users", fault);
        assertThatThrownBy(() -> FolioHouse.lend(backend, AINO, SINUHE))
                .isInstanceOfSatisfying(BackendSilentException.class, e -> {
                    assertThat(e.outcomeKnown()).isTrue();
                    assertThat(e.getMessage()).doesNotContain(AINO, SINUHE);
                });
        assertThat(stub.count(OUT)).isZero();
    }

    @Test
    void knowsThatNothingWasDoneWhereNobodyListens() {
        FolioBackend backend = house.backend();
        stub.close();
        assertThatThrownBy(() -> FolioHouse.lend(backend, AINO, SINUHE))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isTrue());
        assertThat(backend.online()).isFalse();
    }

    @Test
    void doesNotKnowWhatToSayOfALoanThatStandsWhenFolioGoesSilentThen() {
        FolioBackend backend = house.backend();
        FolioHouse.lend(backend, AINO, SINUHE);
        stub.fail("GET /inventory/items", Fault.CUT);
        assertThatThrownBy(() -> FolioHouse.lend(backend, AINO, SINUHE))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isFalse());
    }
}
