package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.Presence;
import fi.kimppa.gateway.sip.TerminalProfile.SecondConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two gateways on one database. */
class ConnectedTerminalsTest {
    private static BackHalf house;
    private static BackHalf neighbour;

    private ConnectedTerminals here;
    private ConnectedTerminals there;
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void meet() {
        here = at(house);
        there = at(neighbour);
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
        house.jdbc().sql("delete from sip_connections").update();
    }

    @Test
    void aReplacedConnectionIsClosedAtWhicheverGatewayItIs() {
        arrive(here, "first", SecondConnection.REPLACE);
        arrive(there, "second", SecondConnection.REPLACE);
        assertThat(closed).isEmpty();
        here.closeTheReplaced();
        assertThat(closed).containsExactly("first");
        arrive(there, "third", SecondConnection.REPLACE);
        assertThat(closed).containsExactly("first", "second");
    }

    @Test
    void aSecondConnectionIsRefusedUntilTheFirstHasEnded() {
        OptionalLong first = arrive(here, "first", SecondConnection.REFUSE);
        assertThat(arrive(there, "second", SecondConnection.REFUSE)).isEmpty();
        here.left(first.orElseThrow());
        assertThat(arrive(there, "third", SecondConnection.REFUSE)).isPresent();
        assertThat(closed).isEmpty();
    }

    @Test
    void otherwiseBothStayUpToTheCeilingOfOneLogin() {
        for (int i = 0; i < 3; i++) {
            assertThat(arrive(i % 2 == 0 ? here : there, "one", SecondConnection.WARN))
                    .isPresent();
        }
        assertThat(arrive(there, "one too many", SecondConnection.WARN)).isEmpty();
        assertThat(here.arrived(BackHalf.LIETO, "192.0.2.1", SecondConnection.WARN, 3, () -> {}))
                .isPresent();
        assertThat(closed).isEmpty();
    }

    @Test
    void ofTwoThatArriveAtOneMomentOneIsRefused() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<OptionalLong> places = new CopyOnWriteArrayList<>();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ConnectedTerminals at = i % 2 == 0 ? here : there;
            crowd.add(Thread.startVirtualThread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                places.add(arrive(at, "one", SecondConnection.REFUSE));
            }));
        }
        start.countDown();
        for (Thread one : crowd) {
            one.join();
        }
        assertThat(places).filteredOn(OptionalLong::isPresent).hasSize(1);
    }

    @Test
    void aGatewayThatDiedKeepsNobodyOut() {
        BackHalf dying = BackHalf.on(house.database());
        arrive(at(dying), "lost", SecondConnection.REFUSE);
        assertThat(arrive(here, "kept out", SecondConnection.REFUSE)).isEmpty();
        dying.close();
        assertThat(arrive(here, "in", SecondConnection.REFUSE)).isPresent();
        there.forgetTheDead();
        assertThat(house.value(Long.class, "select count(*) from sip_connections"))
                .isEqualTo(1);
    }

    private OptionalLong arrive(ConnectedTerminals at, String name, SecondConnection policy) {
        return at.arrived(BackHalf.TURKU, "192.0.2.1", policy, 3, () -> closed.add(name));
    }

    private static ConnectedTerminals at(BackHalf gateway) {
        return new ConnectedTerminals(
                gateway.jdbc(),
                new TransactionTemplate(gateway.bean(PlatformTransactionManager.class)),
                gateway.bean(Presence.class),
                gateway.clock());
    }
}
