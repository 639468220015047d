package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.capture.Captures;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.circulation.Deadlines;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminals;
import fi.kimppa.gateway.limits.LoginTries;
import fi.kimppa.gateway.limits.UnknownLogins;
import fi.kimppa.gateway.mail.ReceiptOffer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

/** SIP2 servers of a test's own beside the gateway's, each with other settings. */
@Timeout(60)
abstract class OwnServersTest extends GatewayTest {
    static final String LOGIN = Conversation.withChecksum("9300CNkiosk-turku|COdemo-kiosk-turku|AY0AZ?");

    @Autowired
    Deadlines deadlines;

    @Autowired
    Clock clock;

    @Autowired
    Consortium consortium;

    @Autowired
    Terminals terminals;

    @Autowired
    Settings inherited;

    @Autowired
    ArrivalRules rules;

    @Autowired
    LoginTries tries;

    @Autowired
    UnknownLogins unknown;

    @Autowired
    ConnectedTerminals connected;

    @Autowired
    Circulation circulation;

    @Autowired
    ReceiptOffer receipts;

    @Autowired
    TerminalActivity activity;

    @Autowired
    Captures captures;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<Sip2Server> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(Sip2Server::stop);
    }

    void start(Map<String, String> differing) {
        start(differing, DATA);
    }

    /** Its machine may stand still, and the server does not. */
    void start(Map<String, String> differing, Path data) {
        start(differing, data, new Standstill(Duration.ofHours(1), System::nanoTime));
    }

    void start(Map<String, String> differing, Path data, Standstill standstill) {
        Sip2Settings settings = settings(differing);
        Sip2Server server = new Sip2Server(
                settings,
                deadlines,
                data,
                clock,
                consortium,
                terminals,
                new TerminalProfiles(settings, inherited, rules),
                new Gatekeeper(limits(differing), terminals, tries, unknown, connected),
                circulation,
                receipts,
                activity,
                meters,
                captures,
                standstill);
        servers.add(server);
        server.start();
    }

    static Sip2Settings settings(Map<String, String> differing) {
        return binder(differing).bindOrCreate("kimppa.sip", Sip2Settings.class);
    }

    private static Sip2Limits limits(Map<String, String> differing) {
        return binder(differing).bindOrCreate("kimppa.sip.limits", Sip2Limits.class);
    }

    private static Binder binder(Map<String, String> differing) {
        Map<String, String> all = new TreeMap<>(Map.of("kimppa.sip.plain.port", "0", "kimppa.sip.tls.port", "0"));
        differing.forEach((name, value) -> all.put("kimppa.sip." + name, value));
        return new Binder(
                List.of(new MapConfigurationPropertySource(all)),
                null,
                ApplicationConversionService.getSharedInstance(),
                null);
    }

    Peer peer() throws IOException {
        return new Peer(servers.getLast().plainPort().orElseThrow());
    }

    double counted(String incident) {
        return meters.counter("kimppa.sip.incidents", "what", incident).count();
    }

    /** Counted once, perhaps a moment after the peer has noticed. */
    void eventuallyCounted(String what) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (counted(what) < 1) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(counted(what)).isEqualTo(1);
    }
}
