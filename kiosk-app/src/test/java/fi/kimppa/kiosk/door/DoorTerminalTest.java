package fi.kimppa.kiosk.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualKeypad;
import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The real terminal at a virtual door, with the answers of deploy/contract behind a real socket. */
class DoorTerminalTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
    private final VirtualKeypad keypad = VirtualKeypad.start(0);
    private volatile String answer = "entry-granted.json";
    private HttpServer gateway;
    private DoorTerminal door;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        gateway.createContext("/api/entries", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = Files.readAllBytes(CONTRACT.resolve(answer));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
        door = new DoorTerminal(
                new DoorSettings(
                        URI.create("http://127.0.0.1:" + gateway.getAddress().getPort()),
                        Optional.empty(),
                        "door-lieto",
                        Secret.of("demo-door-lieto"),
                        desk.door().address(),
                        desk.scanner().address(),
                        Optional.of(keypad.address()),
                        "02 000 0000",
                        Duration.ofSeconds(5)),
                InstantSource.system(),
                incidents::add);
        door.start();
        await(() -> door.scene() instanceof DoorScene.Idle);
    }

    @AfterEach
    void stop() {
        door.close();
        gateway.stop(0);
        keypad.close();
        desk.close();
    }

    @Test
    void aGrantReleasesTheLockAndItCatchesAgain() throws IOException {
        showCard();
        await(() -> desk.door().released());
        await(() -> door.scene() instanceof DoorScene.Welcome);
        JsonMapper json = new JsonMapper();
        assertThat(json.readTree(asked.getFirst()))
                .isEqualTo(json.readTree(Files.readString(CONTRACT.resolve("entry-request.json"))));
        assertThat(authorizations.getFirst()).isEqualTo("Basic ZG9vci1saWV0bzpkZW1vLWRvb3ItbGlldG8=");
    }

    @Test
    void aDenialLeavesTheLockAlone() {
        answer = "entry-denied.json";
        showCard();
        await(() -> door.scene() instanceof DoorScene.Refused refused
                && refused.reason() == DoorScene.Refusal.CLOSED
                && "6.00".equals(refused.parameters().get("from")));
        assertThat(desk.door().released()).isFalse();
    }

    @Test
    void aSilentGatewayIsARefusalWithTheHelpNumber() {
        gateway.stop(0);
        showCard();
        await(() -> door.scene() instanceof DoorScene.Refused refused && refused.reason() == DoorScene.Refusal.FAULT);
        assertThat(desk.door().released()).isFalse();
    }

    @Test
    void staffAreToldOfADoorThatIsForced() {
        desk.door().force();
        await(() -> incidents.stream().anyMatch(incident -> incident.kind() == Incident.Kind.DOOR_FORCED));
    }

    @Test
    void aLockThatIsAwayPutsTheDoorOutOfOrderAndItComesBackByItself() {
        desk.door().unplug();
        await(() -> door.scene() instanceof DoorScene.OutOfOrder);
        desk.door().replug();
        await(() -> door.scene() instanceof DoorScene.Idle);
    }

    private void showCard() {
        // What is shown before the terminal's connection was accepted reaches nobody.
        await(() -> desk.scanner().scan("2000012395") > 0);
        await(() -> door.scene() instanceof DoorScene.AskingPin);
        await(() -> keypad.press("246810#") > 0);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 15 s").isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }
}
