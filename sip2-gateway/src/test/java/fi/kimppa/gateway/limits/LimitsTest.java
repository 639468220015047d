package fi.kimppa.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.limits.PinTries.Pause;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tries of logins and PINs on a real database, two gateways on it where that matters. */
class LimitsTest {
    private static final String CARD = "2000012345";

    private static BackHalf house;
    private static BackHalf neighbour;

    private PinTries pins;
    private LoginTries logins;
    private UnknownLogins unknown;

    @BeforeEach
    void meet() {
        pins = house.bean(PinTries.class);
        logins = house.bean(LoginTries.class);
        unknown = house.bean(UnknownLogins.class);
    }

    @BeforeAll
    static void start() {
        house = BackHalf.start();
        neighbour = BackHalf.on(house.database());
    }

    @AfterAll
    static void stop() {
        neighbour.close();
        house.close();
    }

    @AfterEach
    void forget() {
        house.clock().reset();
        for (String table : List.of("try_counts", "failed_tries", "pauses", "unknown_logins")) {
            house.jdbc().sql("delete from " + table).update();
        }
    }

    // ---- PINs --------------------------------------------------------------------------------------------

    @Test
    void letsACardTryFourTimesAtAllGatewaysTogether() {
        assertThat(pins.begin(BackHalf.TURKU, CARD)).isEmpty();
        assertThat(neighbour.bean(PinTries.class).begin(BackHalf.DOOR, CARD)).isEmpty();
        assertThat(pins.begin(BackHalf.LIETO, CARD)).isEmpty();
        assertThat(pins.begin(BackHalf.LIETO, CARD)).isEmpty();
        assertThat(neighbour.bean(PinTries.class).begin(BackHalf.AURA, CARD).map(Pause::wholeTerminal))
                .contains(false);
        assertThat(pins.begin(BackHalf.TURKU, "2000012353")).isEmpty();
    }

    @Test
    void neverLetsACrowdPassTheLimitAtOneMoment() throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            PinTries at = i % 2 == 0 ? pins : neighbour.bean(PinTries.class);
            crowd.add(Thread.startVirtualThread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (at.begin(BackHalf.TURKU, CARD).isEmpty()) {
                    granted.incrementAndGet();
                }
            }));
        }
        start.countDown();
        for (Thread one : crowd) {
            one.join();
        }
        assertThat(granted).hasValue(4);
    }

    @Test
    void aRightPinGivesAllTriesBackAndAnUnaskedOneItsOwn() {
        for (int i = 0; i < 3; i++) {
            pins.begin(BackHalf.TURKU, CARD);
        }
        pins.right(CARD);
        for (int i = 0; i < 10; i++) {
            assertThat(pins.begin(BackHalf.TURKU, CARD)).isEmpty();
            pins.unasked(CARD);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(pins.begin(BackHalf.TURKU, CARD)).isEmpty();
        }
        assertThat(pins.begin(BackHalf.TURKU, CARD)).isPresent();
    }

    @Test
    void pauseLastsUntilTheCardHasBeenQuietAndRefusedTriesDoNotProlongIt() {
        for (int i = 0; i < 4; i++) {
            pins.begin(BackHalf.TURKU, CARD);
        }
        house.clock().pass(Duration.ofMinutes(9));
        assertThat(pins.begin(BackHalf.TURKU, CARD)).isPresent();
        assertThat(pins.pause(BackHalf.TURKU, CARD).map(Pause::until))
                .contains(house.clock().instant().plus(Duration.ofMinutes(1)));
        house.clock().pass(Duration.ofMinutes(1));
        assertThat(pins.pause(BackHalf.TURKU, CARD)).isEmpty();
        assertThat(pins.begin(BackHalf.TURKU, CARD)).isEmpty();
    }

    @Test
    void slowTriesAreCountedTogetherUntilTheCardIsQuiet() {
        for (int i = 0; i < 4; i++) {
            assertThat(pins.begin(BackHalf.TURKU, CARD)).isEmpty();
            house.clock().pass(Duration.ofMinutes(9));
        }
        assertThat(pins.begin(BackHalf.TURKU, CARD)).isPresent();
    }

    @Test
    void aMachineWaitsAfterTwoHundredWrongPinsAndADoorAfterFive() {
        for (int i = 0; i < 200; i++) {
            assertThat(pins.pause(BackHalf.TURKU, "card-" + i)).isEmpty();
            pins.wrong(BackHalf.TURKU, "card-" + i);
        }
        assertThat(pins.begin(BackHalf.TURKU, CARD).map(Pause::wholeTerminal)).contains(true);
        assertThat(pins.begin(BackHalf.LIETO, CARD)).isEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(pins.pause(BackHalf.DOOR, "other-" + i)).isEmpty();
            pins.wrong(BackHalf.DOOR, "other-" + i);
        }
        assertThat(pins.pause(BackHalf.DOOR, CARD).map(Pause::wholeTerminal)).contains(true);
    }

    @Test
    void noCardNumberStandsInTheDatabase() {
        pins.begin(BackHalf.TURKU, CARD);
        pins.wrong(BackHalf.TURKU, CARD);
        assertThat(house.value(String.class, "select string_agg(t::text, ' ') from try_counts t"))
                .startsWith("(pin-card:")
                .doesNotContain(CARD);
        assertThat(house.value(String.class, "select string_agg(t::text, ' ') from failed_tries t"))
                .doesNotContain(CARD);
    }

    // ---- logins ------------------------------------------------------------------------------------------

    @Test
    void waitsDoubleForTheLoginThatFailsAtItsAddress() throws UnknownHostException {
        InetAddress branch = InetAddress.getByName("192.0.2.1");
        assertThat(logins.waitOf(branch, "kiosk-turku", true)).isZero();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            logins.failed(branch, "kiosk-turku", true);
            waits.add(logins.waitOf(branch, "kiosk-turku", true).toMillis());
        }
        assertThat(waits).containsExactly(250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L);
        assertThat(neighbour.bean(LoginTries.class).waitOf(branch, "kiosk-turku", true))
                .isEqualTo(Duration.ofSeconds(5));
        house.clock().pass(Duration.ofSeconds(5));
        assertThat(logins.waitOf(branch, "kiosk-turku", true)).isZero();
    }

    @Test
    void othersAtTheAddressHardlyWaitForOneThatFails() throws UnknownHostException {
        InetAddress branch = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 20; i++) {
            logins.failed(branch, "made-up-" + i, false);
        }
        assertThat(logins.waitOf(branch, "kiosk-turku", true)).isZero();
        assertThat(logins.waitOf(branch, "made-up-99", false)).isEqualTo(Duration.ofSeconds(5));
        for (int i = 0; i < 100; i++) {
            logins.failed(branch, "made-up-" + i, false);
        }
        assertThat(logins.waitOf(branch, "kiosk-turku", true)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nobodyKeepsALoginOutByFailingInItsNameElsewhere() throws UnknownHostException {
        for (int i = 0; i < 200; i++) {
            logins.failed(InetAddress.getByName("198.51.100." + i), "kiosk-turku", true);
        }
        assertThat(logins.waitOf(InetAddress.getByName("192.0.2.1"), "kiosk-turku", true))
                .isEqualTo(Duration.ofMillis(500));
        assertThat(logins.waitOf(InetAddress.getByName("192.0.2.1"), "kiosk-lieto", true))
                .isZero();
    }

    @Test
    void whoHasANetworkOfAddressesHasOneCount() throws UnknownHostException {
        for (int i = 0; i < 10; i++) {
            logins.failed(InetAddress.getByName("2001:db8::" + i), "kiosk-turku", true);
        }
        assertThat(logins.waitOf(InetAddress.getByName("2001:db8::ffff"), "kiosk-turku", true))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(logins.waitOf(InetAddress.getByName("2001:db8:0:1::1"), "kiosk-turku", true))
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aRightLoginForgetsItsFailures() throws UnknownHostException {
        InetAddress branch = InetAddress.getByName("192.0.2.1");
        logins.failed(branch, "kiosk-turku", true);
        logins.succeeded(branch, "kiosk-turku");
        assertThat(logins.waitOf(branch, "kiosk-turku", true)).isZero();
    }

    // ---- unknown logins ----------------------------------------------------------------------------------

    @Test
    void listsRefusedLoginsWithAddressTimesAndCount() throws UnknownHostException {
        InetAddress branch = InetAddress.getByName("192.0.2.1");
        unknown.refused(branch, "selfcheck\u00071", false);
        house.clock().pass(Duration.ofMinutes(5));
        unknown.refused(branch, "selfcheck\u00071", false);
        unknown.refused(branch, "kiosk-turku", true);
        assertThat(unknown.all()).hasSize(2).anySatisfy(row -> {
            assertThat(row.login()).isEqualTo("selfcheck\uFFFD1");
            assertThat(row.address()).isEqualTo("192.0.2.1");
            assertThat(row.known()).isFalse();
            assertThat(Duration.between(row.firstSeen(), row.lastSeen())).isEqualTo(Duration.ofMinutes(5));
            assertThat(row.times()).isEqualTo(2);
        });
    }

    @Test
    void doesNotKeepTheNumberOfACardThatWasScannedAsALogin() throws UnknownHostException {
        InetAddress branch = InetAddress.getByName("192.0.2.77");
        unknown.refused(branch, "2000012345", false);
        unknown.refused(branch, "self2000012345check", false);
        unknown.refused(branch, "kiosk-2026", false);
        unknown.refused(branch, "12345678", true);
        assertThat(unknown.all())
                .filteredOn(row -> row.address().equals("192.0.2.77"))
                .extracting(UnknownLogin::login)
                .containsExactlyInAnyOrder("20••••45", "self20••••45check", "kiosk-2026", "12345678");
    }

    @Test
    void keepsNoMoreThanTheNewestAndNoneForEver() throws UnknownHostException {
        InetAddress branch = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < UnknownLogins.MOST + 5; i++) {
            unknown.refused(branch, "login-" + i, false);
            house.clock().pass(Duration.ofSeconds(1));
        }
        assertThat(unknown.all())
                .hasSize(UnknownLogins.MOST)
                .extracting(UnknownLogin::login)
                .doesNotContain("login-0", "login-4")
                .contains("login-5");
        house.clock().pass(Duration.ofDays(31));
        unknown.forgetOld();
        assertThat(unknown.all()).isEmpty();
    }
}
