package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.ProductOnly;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A gateway whose own database dies under it and is kept from coming back for a while. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "kimppa.clock.start=2026-11-24T19:30:00+02:00",
            "kimppa.sip.plain.port=0",
            "kimppa.sip.tls.port=0",
            "kimppa.sip.standstill=1h"
        })
@ActiveProfiles("demo")
@TypeExcludeFilters(ProductOnly.class)
@DirtiesContext
class DatabaseGoneTest {
    private static final Path HOME = Path.of(
                    "target", "gateway-data", "gone-" + ProcessHandle.current().pid())
            .toAbsolutePath();
    private static final Path DATABASE = HOME.resolve("database");
    private static final Path HIDDEN = HOME.resolve("database.hidden");
    private static final String LOGIN = "9300CNkiosk-turku|COdemo-kiosk-turku|";
    private static final String RETURN = "09N20261124    19310020261124    193100APTURKU|AOTURKU|AB3000000042|AC|BIN|";
    private static final String LOAN =
            "11NN20261124    19310020261124    193100AOTURKU|AA2000012345|AB3000000011|AC|AD1234|";

    @Autowired
    Sip2Server server;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void ownData(DynamicPropertyRegistry settings) {
        settings.add("kimppa.data-directory", () -> TestPostgres.home(HOME));
    }

    @AfterEach
    void bringBack() throws IOException {
        if (Files.exists(HIDDEN)) {
            Files.move(HIDDEN, DATABASE);
        }
    }

    @Test
    void refusesNothingWithoutItsDatabaseSaysThatItIsOffLineAndComesBackByItself() throws Exception {
        try (Peer returning = loggedIn();
                Peer borrowing = loggedIn();
                Peer later = loggedIn()) {
            kill();

            assertThat(neither(returning, RETURN))
                    .as("a return is neither taken nor refused")
                    .isTrue();
            assertThat(neither(borrowing, LOAN)).as("nor is a loan").isTrue();

            eventually("it says that it is off-line", () -> says(later, "98NNN"));
            assertThat(later.ask(numbered(LOAN)))
                    .as("off-line in place of an answer")
                    .startsWith("98NNN");
            try (Peer next = new Peer(server.plainPort().orElseThrow())) {
                assertThat(next.ask(LOGIN)).as("nor is a login refused").startsWith("98NNN");
            }

            bringBack();
            awaitDatabase();
            eventually("it says that it is on-line", () -> says(later, "98Y"));
            assertThat(later.ask(numbered(LOAN)))
                    .as("the very same is not answered from memory")
                    .startsWith("12");
        }
        try (Peer returning = loggedIn()) {
            assertThat(returning.ask(RETURN)).startsWith("101");
        }
        // Promised at once, done as soon as the library system has answered again.
        eventually(
                "the return is done",
                () -> jdbc.sql("select count(*) from loans where item = '3000000042' and returned_at is null")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    /** With a number, so that it is known again when it is repeated. */
    private static String numbered(String line) {
        FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
        Frame frame = ((Decoded.Complete) codec.decode(line.getBytes(StandardCharsets.UTF_8))).frame();
        return new String(codec.encode(frame.withSequence(OptionalInt.of(3)), true), StandardCharsets.UTF_8).strip();
    }

    /** Whether there is no answer, or only the word that the library is off-line: the gateway may know that already. */
    private static boolean neither(Peer peer, String line) throws IOException {
        peer.say(line);
        try {
            return peer.hear().map(heard -> heard.startsWith("98NNN")).orElse(true);
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // a reset
        }
    }

    private static boolean says(Peer peer, String status) {
        try {
            return peer.ask("9900302.00").startsWith(status);
        } catch (IOException e) {
            return false;
        }
    }

    private Peer loggedIn() throws IOException {
        Peer peer = new Peer(server.plainPort().orElseThrow());
        assertThat(peer.ask(LOGIN)).isEqualTo("941");
        return peer;
    }

    /** The server goes as with kill -9, and whoever starts it again finds no data for the time being. */
    private static void kill() throws Exception {
        long pid = Long.parseLong(Files.readAllLines(DATABASE.resolve("postmaster.pid"))
                .getFirst()
                .strip());
        Files.move(DATABASE, HIDDEN);
        ProcessHandle postgres = ProcessHandle.of(pid).orElseThrow();
        assertThat(postgres.destroyForcibly()).isTrue();
        postgres.onExit().get();
    }

    private void awaitDatabase() {
        eventually("the database answers", () -> {
            try {
                return jdbc.sql("select 1").query(Integer.class).single() == 1;
            } catch (RuntimeException e) {
                return false;
            }
        });
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
