package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.ProductOnly;
import fi.kimppa.gateway.database.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        properties = {"kimppa.clock.start=2026-11-24T19:30:00+02:00", "kimppa.sip.plain.port=0", "kimppa.sip.tls.port=0"
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
        settings.add("kimppa.data-directory", DatabaseGoneTest::home);
    }

    /** Unpacking takes seconds; the programs of the shared server will do. */
    private static String home() {
        try (var files = Files.list(TestPostgres.folder())) {
            Path binaries = files.filter(file -> file.getFileName().toString().startsWith("postgres-"))
                    .findFirst()
                    .orElseThrow();
            Path link = Files.createDirectories(HOME).resolve(binaries.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, binaries);
            }
            return HOME.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void bringBack() throws IOException {
        if (Files.exists(HIDDEN)) {
            Files.move(HIDDEN, DATABASE);
        }
    }

    @Test
    void refusesNothingWithoutItsDatabaseAndComesBackByItself() throws Exception {
        try (Peer returning = loggedIn();
                Peer borrowing = loggedIn()) {
            kill();

            returning.say(RETURN);
            assertThat(returning.hungUp())
                    .as("a return is neither taken nor refused")
                    .isTrue();
            borrowing.say(LOAN);
            assertThat(borrowing.hungUp()).as("nor is a loan").isTrue();
        }
        try (Peer next = new Peer(server.plainPort().orElseThrow())) {
            next.say(LOGIN);
            assertThat(next.hungUp()).as("nor a login").isTrue();
        }

        bringBack();
        awaitDatabase();
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
