package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.OUT;
import static fi.kimppa.gateway.backend.folio.FolioHouse.SINUHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.folio.FolioStub.Fault;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.sip2.message.ItemInformation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logging in, and staying logged in. */
class FolioTokensTest {
    private static final ItemInformation ITEM =
            (ItemInformation) Asking.request("17" + FolioHouse.NOW + "AOTURKU|AB" + SINUHE + "|");

    private final FolioHouse house = new FolioHouse();
    private final FolioStub stub = house.stub;

    @AfterEach
    void close() {
        house.close();
    }

    private static String title(FolioBackend backend) {
        return backend.itemInformation(ITEM, BackHalf.TURKU).titleIdentifier();
    }

    @Test
    void logsInOnceForManyCalls() {
        FolioBackend backend = house.backend();
        for (int turn = 0; turn < 3; turn++) {
            assertThat(title(backend)).isEqualTo("Sinuhe");
        }
        assertThat(stub.logins).hasValue(1);
        assertThat(stub.refreshes).hasValue(0);
    }

    @Test
    void renewsATokenBeforeItEndsBetweenTwoCalls() {
        FolioBackend backend = house.backend();
        title(backend);
        house.clock.pass(Duration.ofSeconds(515));
        assertThat(title(backend)).isEqualTo("Sinuhe");
        assertThat(stub.refreshes).hasValue(1);
        assertThat(stub.logins).hasValue(1);
        assertThat(stub.heard).noneMatch(heard -> heard.call().contains("logout"));
    }

    @Test
    void renewsATokenThatHasEndedBetweenTwoCalls() {
        FolioBackend backend = house.backend();
        title(backend);
        house.clock.pass(Duration.ofHours(3));
        assertThat(title(backend)).isEqualTo("Sinuhe");
        assertThat(stub.refreshes).hasValue(1);
    }

    @Test
    void logsInAgainWhereRefreshingIsRefused() {
        FolioBackend backend = house.backend();
        title(backend);
        stub.refreshesTokens = false;
        house.clock.pass(Duration.ofMinutes(11));
        assertThat(title(backend)).isEqualTo("Sinuhe");
        assertThat(stub.logins).hasValue(2);
    }

    @Test
    void logsInAgainWhenTheRefreshTokenHasEndedToo() {
        FolioBackend backend = house.backend();
        title(backend);
        house.clock.pass(Duration.ofDays(8));
        assertThat(title(backend)).isEqualTo("Sinuhe");
        assertThat(stub.refreshes).hasValue(0);
        assertThat(stub.logins).hasValue(2);
    }

    @Test
    void usesARefreshTokenOnceAlthoughItsAnswerWasLost() {
        FolioBackend backend = house.backend();
        title(backend);
        house.clock.pass(Duration.ofMinutes(11));
        stub.fail("POST /authn/refresh", Fault.CUT);
        assertThatThrownBy(() -> title(backend))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isTrue());
        assertThat(title(backend)).isEqualTo("Sinuhe");
        assertThat(stub.refreshes).hasValue(1);
        assertThat(stub.logins).hasValue(2);
    }

    @Test
    void refreshesOnceWhenTwoThreadsNeedItAtOnce() throws Exception {
        FolioBackend backend = house.backend();
        title(backend);
        for (int round = 0; round < 5; round++) {
            house.clock.pass(Duration.ofMinutes(11));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<String>> titles = new ArrayList<>();
                for (int asker = 0; asker < 4; asker++) {
                    titles.add(threads.submit(() -> title(backend)));
                }
                for (Future<String> title : titles) {
                    assertThat(title.get()).isEqualTo("Sinuhe");
                }
            }
            assertThat(stub.refreshes).hasValue(round + 1);
        }
        assertThat(stub.logins).hasValue(1);
    }

    @Test
    void logsInOnceMoreWhenFolioHasForgottenTheTokenAndRepeatsTheQuestion() {
        FolioBackend backend = house.backend();
        title(backend);
        stub.forgetTokens();
        assertThat(title(backend)).isEqualTo("Sinuhe");
        assertThat(stub.logins).hasValue(2);
    }

    @Test
    void sendsALoanOnceMoreThatWasRefusedForItsTokenAndThusNotMade() {
        FolioBackend backend = house.backend();
        stub.fail(OUT, Fault.UNAUTHORIZED);
        assertThat(FolioHouse.lend(backend, AINO, SINUHE).ok()).isTrue();
        assertThat(stub.count(OUT)).isEqualTo(2);
        assertThat(stub.state.all("loans")).hasSize(1);
    }

    @Test
    void givesUpAfterASecondRefusalAndKnowsThatNothingWasDone() {
        FolioBackend backend = house.backend();
        stub.fail(OUT, Fault.UNAUTHORIZED, Fault.UNAUTHORIZED);
        assertThatThrownBy(() -> FolioHouse.lend(backend, AINO, SINUHE))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isTrue());
        assertThat(stub.count(OUT)).isEqualTo(2);
    }

    @Test
    void isNotLetInAndSaysSoWithoutThePassword() {
        stub.letsIn = false;
        FolioBackend backend = house.backend();
        assertThat(backend.online()).isFalse();
        assertThatThrownBy(() -> title(backend))
                .isInstanceOf(BackendSilentException.class)
                .hasMessageContaining("log-in of the service account was refused")
                .hasMessageNotContaining(FolioStub.PASSWORD);
    }

    @Test
    void doesNotTryARefusedLogInSoOftenThatFolioBlocksTheAccount() {
        stub.letsIn = false;
        FolioBackend backend = house.backend();
        for (int probe = 0; probe < 300; probe++) {
            assertThat(backend.online()).isFalse();
            house.clock.pass(Duration.ofSeconds(2));
        }
        assertThat(stub.logins.get()).as("in ten minutes").isBetween(2, 4);
        stub.letsIn = true;
        house.clock.pass(Duration.ofMinutes(3));
        assertThat(backend.online()).isTrue();
    }

    @Test
    void isOnlineWhenItCanAskSomething() {
        FolioBackend backend = house.backend();
        assertThat(backend.online()).isTrue();
        stub.fail("GET /service-points", Fault.ERROR_BEFORE);
        assertThat(backend.online()).isFalse();
    }
}
