package fi.kimppa.gateway.backend.sip2;

import static java.nio.charset.StandardCharsets.UTF_8;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.backend.Adapter;
import fi.kimppa.gateway.backend.BackendContract;
import fi.kimppa.gateway.backend.Machine;
import fi.kimppa.gateway.backend.embedded.StoreLibrary;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.sip.Sip2Server;
import fi.kimppa.sip2.wire.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A SIP2 server over a real line: another gateway with all that it has before its store, so that it shows what is lost on
 * the way. The standard's preset; what other servers do otherwise is in {@link Sip2BackendTest}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class Sip2ContractTest extends GatewayTest implements BackendContract {
    @Autowired
    Sip2Server server;

    @Autowired
    Consortium consortium;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private Sip2Backend backend;
    private StoreLibrary library;
    private Machine machine;

    @BeforeAll
    void connect() {
        backend = new Sip2Backend(
                "upstream",
                new ServerSettings(
                        "sip2:tcp:127.0.0.1:" + server.plainPort().orElseThrow(),
                        Preset.STANDARD,
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(1),
                        true,
                        UTF_8,
                        true,
                        Map.of("TURKU", new Account("kiosk-turku", Secret.of("demo-kiosk-turku"), null, "TURKU"))),
                clock);
        library = new StoreLibrary(Adapter.SIP2, backend, BackHalf.TURKU, consortium, jdbc, clock);
    }

    @AfterAll
    void hangUp() {
        backend.destroy();
        library.close();
        // The gateway may be other tests' as well, and this machine has seen many wrong PINs.
        for (String table : List.of("try_counts", "failed_tries", "pauses")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @BeforeEach
    void arrive() {
        machine = new Machine(library);
    }

    @Override
    public Machine machine() {
        return machine;
    }
}
