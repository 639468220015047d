package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.capture.Captures;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.circulation.Deadlines;
import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminals;
import fi.kimppa.gateway.mail.ReceiptOffer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The SIP2 server: its listeners, one virtual thread per accepted connection, and one timer that closes connections
 * which are overdue. Starts last and stops first of all that the gateway runs.
 *
 * <p>Threads: may be shared.
 */
@Component
public class Sip2Server implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sip2Server.class);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(9);
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final Sip2Settings settings;
    private final Path dataDirectory;
    private final Sip2Context house;
    private final Map<Sip2Session, Thread> sessions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final OncePerMinute turnedAway = new OncePerMinute();

    private final Map<String, Sip2Listener> listeners = new ConcurrentHashMap<>();
    private volatile boolean running;
    private volatile Optional<String> fingerprint = Optional.empty();

    Sip2Server(
            Sip2Settings settings,
            Deadlines deadlines,
            @Value("${kimppa.data-directory:./data/gateway}") Path dataDirectory,
            Clock clock,
            Consortium consortium,
            Terminals terminals,
            TerminalProfiles profiles,
            Gatekeeper gate,
            Circulation circulation,
            ReceiptOffer receipts,
            TerminalActivity activity,
            MeterRegistry meters,
            Captures captures,
            Standstill standstill) {
        this.settings = settings;
        this.dataDirectory = dataDirectory;
        this.house = new Sip2Context(
                settings,
                deadlines,
                clock,
                consortium,
                terminals,
                profiles,
                gate,
                circulation,
                receipts,
                activity,
                new SipMetrics(meters),
                new WireTrace(settings.traceFile(), clock),
                captures,
                standstill);
        house.metrics().watch(sessions.keySet(), house.present());
    }

    /** The port of the listener without encryption; empty while it does not listen. */
    public OptionalInt plainPort() {
        return port("plain");
    }

    /** The port of the TLS listener; empty while it does not listen. */
    public OptionalInt tlsPort() {
        return port("tls");
    }

    /** The port of any listener; empty while it does not listen. */
    OptionalInt port(String name) {
        Sip2Listener listener = listeners.get(name);
        return listener == null ? OptionalInt.empty() : OptionalInt.of(listener.port());
    }

    /** SHA-256 of the TLS certificate, 64 lower-case hexadecimal digits, for terminals to pin. */
    public Optional<String> fingerprint() {
        return fingerprint;
    }

    @Override
    public void start() {
        running = true;
        house.standstill().begin();
        Backlog.warning(settings.backlog(), Backlog.SYSTEM_LIMIT).ifPresent(log::warn);
        settings.everyListener().forEach((name, listener) -> {
            if (listener.enabled()) {
                listen(name, listener);
            }
        });
        Thread.ofPlatform().name("sip2-sweeper").daemon().start(this::sweep);
    }

    private void listen(String name, Sip2Settings.Listener wanted) {
        try {
            Optional<ListenerTls> tls = wanted.tls() ? Optional.of(tls(wanted.clientCertificates())) : Optional.empty();
            Sip2Listener listener = new Sip2Listener(name, wanted, settings.backlog(), tls);
            listeners.put(name, listener);
            Thread.ofPlatform()
                    .name("sip2-accept-" + name)
                    .start(() -> listener.accept(socket -> admit(socket, listener)));
            log.info("SIP2 ({}) on {}:{}", name, wanted.address().getHostAddress(), listener.port());
        } catch (IOException e) {
            stop();
            throw new CannotStartException(
                    "SIP2 cannot listen on " + wanted.address().getHostAddress() + ":" + wanted.port()
                            + ", something else may be using it; " + Sip2Settings.key(name) + ".port chooses another",
                    e);
        } catch (CannotStartException e) {
            stop();
            throw e;
        }
        if (wanted.exposed()) {
            log.warn(
                    "CARDS AND PINS TRAVEL UNENCRYPTED: SIP2 ({}) listens on {} without TLS, as {} says",
                    name,
                    wanted.address().getHostAddress(),
                    Sip2Settings.key(name) + ".cards-and-pins-may-travel-unencrypted");
        }
    }

    private ListenerTls tls(Sip2Settings.ClientCertificates certificates) {
        TlsIdentity identity = TlsIdentity.in(dataDirectory, house.clock().instant());
        if (!fingerprint.equals(Optional.of(identity.fingerprint()))) {
            fingerprint = Optional.of(identity.fingerprint());
            log.info("SIP2 certificate, SHA-256: {}", identity.fingerprint());
        }
        TerminalTrust trust =
                new TerminalTrust(Optional.ofNullable(certificates.authorities()), house.terminals()::haveCertificate);
        return new ListenerTls(identity, trust, certificates.ask());
    }

    private void admit(Socket socket, Sip2Listener listener) {
        Sip2Connection connection = new Sip2Connection(
                socket, listener, Math.toIntExact(settings.maxFrame().toBytes()), settings.arrivalTimeout());
        if (!room()) {
            connection.close();
            return;
        }
        Sip2Session session = new Sip2Session(numbers.incrementAndGet(), connection, house);
        Thread thread = Thread.ofVirtual().name("sip2").unstarted(() -> run(session));
        sessions.put(session, thread);
        thread.start();
    }

    /**
     * Holds a conversation whose messages have all arrived, on the caller's thread.
     *
     * @return whether there was room for it
     */
    boolean serve(HttpsLine line) {
        if (!running || !room()) {
            return false;
        }
        Sip2Session session = new Sip2Session(numbers.incrementAndGet(), line, house);
        sessions.put(session, Thread.currentThread());
        run(session);
        return true;
    }

    private boolean room() {
        if (sessions.size() < settings.maxConnections()) {
            return true;
        }
        house.metrics().count("turned_away");
        long times = turnedAway.count();
        if (times > 0) {
            log.warn("{} connections are open, the ceiling: {} were turned away", settings.maxConnections(), times);
        }
        return false;
    }

    private void run(Sip2Session session) {
        try {
            session.run();
        } finally {
            sessions.remove(session);
        }
    }

    /** Closes what is overdue, four times a second. */
    private void sweep() {
        while (running) {
            long _ = house.standstill().times();
            for (Sip2Session session : sessions.keySet()) {
                if (session.overdue()) {
                    house.metrics().count("overdue");
                    session.abort();
                }
            }
            try {
                Thread.sleep(SWEEP);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** Accepts nobody more, lets answers under way go out, then closes all. */
    @Override
    public void stop() {
        running = false;
        listeners.values().forEach(Sip2Listener::close);
        listeners.clear();
        Map<Sip2Session, Thread> open = Map.copyOf(sessions);
        open.keySet().forEach(Sip2Session::finish);
        long end = System.nanoTime() + PATIENCE_AT_STOP.toNanos();
        try {
            for (Thread thread : open.values()) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        open.keySet().forEach(Sip2Session::abort);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
