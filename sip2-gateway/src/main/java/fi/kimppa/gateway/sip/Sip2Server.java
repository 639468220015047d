package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.circulation.Deadlines;
import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminals;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The SIP2 server: one listener without encryption, one with TLS, one virtual thread per accepted connection, and
 * one timer that closes connections which are overdue. Starts last and stops first of all that the gateway runs.
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
    /** Whether the ceiling has been reported since there was room last; a flood must not flood the log. */
    private final AtomicBoolean full = new AtomicBoolean();

    private final List<ServerSocket> listeners = new ArrayList<>();
    private volatile boolean running;
    private volatile OptionalInt plainPort = OptionalInt.empty();
    private volatile OptionalInt tlsPort = OptionalInt.empty();
    private volatile Optional<String> fingerprint = Optional.empty();

    Sip2Server(
            Sip2Settings settings,
            Deadlines deadlines,
            @Value("${kimppa.data-directory:./data/gateway}") Path dataDirectory,
            Clock clock,
            Consortium consortium,
            Terminals terminals,
            Circulation circulation,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        this.settings = settings;
        this.dataDirectory = dataDirectory;
        this.house = new Sip2Context(
                settings,
                deadlines,
                clock,
                consortium,
                terminals,
                circulation,
                events,
                new SipMetrics(meters),
                new WireTrace(settings.traceFile(), clock));
        house.metrics().watch(sessions.keySet(), house.present());
    }

    /** The port of the listener without encryption; empty while it does not listen. */
    public OptionalInt plainPort() {
        return plainPort;
    }

    /** The port of the TLS listener; empty while it does not listen. */
    public OptionalInt tlsPort() {
        return tlsPort;
    }

    /** SHA-256 of the TLS certificate, 64 lower-case hexadecimal digits, for terminals to pin. */
    public Optional<String> fingerprint() {
        return fingerprint;
    }

    @Override
    public void start() {
        running = true;
        Sip2Settings.Plain plain = settings.plain();
        if (plain.enabled()) {
            plainPort = OptionalInt.of(listen("plain", plain.address(), plain.port(), Optional.empty()));
        }
        Sip2Settings.Tls tls = settings.tls();
        if (tls.enabled()) {
            TlsIdentity identity = TlsIdentity.in(dataDirectory, house.clock().instant());
            fingerprint = Optional.of(identity.fingerprint());
            tlsPort = OptionalInt.of(listen(
                    "tls",
                    tls.address(),
                    tls.port(),
                    Optional.of(identity.context().getSocketFactory())));
            log.info("SIP2 certificate, SHA-256: {}", identity.fingerprint());
        }
        Thread.ofPlatform().name("sip2-sweeper").daemon().start(this::sweep);
    }

    private int listen(String kind, InetAddress address, int port, Optional<SSLSocketFactory> tls) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(address, port), settings.backlog());
            listeners.add(listener);
            Thread.ofPlatform().name("sip2-accept-" + kind).start(() -> accept(listener, tls));
            log.info("SIP2 ({}) on {}:{}", kind, address.getHostAddress(), listener.getLocalPort());
            return listener.getLocalPort();
        } catch (IOException e) {
            stop();
            throw new CannotStartException(
                    "SIP2 cannot listen on " + address.getHostAddress() + ":" + port
                            + ", something else may be using it; kimppa.sip." + kind + ".port chooses another",
                    e);
        }
    }

    private void accept(ServerSocket listener, Optional<SSLSocketFactory> tls) {
        while (running) {
            try {
                admit(listener.accept(), tls);
            } catch (IOException e) {
                if (running) {
                    log.warn("A SIP2 connection could not be accepted: {}", e.getMessage());
                }
            }
        }
    }

    private void admit(Socket socket, Optional<SSLSocketFactory> tls) throws IOException {
        if (sessions.size() >= settings.maxConnections()) {
            house.metrics().count("turned_away");
            if (full.compareAndSet(false, true)) {
                log.warn("{} connections are open, the ceiling: others are turned away", settings.maxConnections());
            }
            socket.close();
            return;
        }
        full.set(false);
        int ceiling = Math.toIntExact(settings.maxFrame().toBytes());
        long number = numbers.incrementAndGet();
        Sip2Session session =
                new Sip2Session(number, new Sip2Connection(socket, tls, ceiling, settings.loginTimeout()), house);
        Thread thread = Thread.ofVirtual().name("sip2-" + number).unstarted(() -> {
            try {
                session.run();
            } finally {
                sessions.remove(session);
            }
        });
        sessions.put(session, thread);
        thread.start();
    }

    /** Closes what is overdue, four times a second. */
    private void sweep() {
        while (running) {
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
        for (ServerSocket listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                log.debug("A SIP2 listener did not close: {}", e.getMessage());
            }
        }
        listeners.clear();
        plainPort = OptionalInt.empty();
        tlsPort = OptionalInt.empty();
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
