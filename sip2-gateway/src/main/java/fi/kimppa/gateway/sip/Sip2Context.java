package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.capture.Captures;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.circulation.Deadlines;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.consortium.Terminals;
import fi.kimppa.gateway.mail.ReceiptOffer;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all sessions of a server share. May be used by several threads.
 *
 * @param settings the server's settings
 * @param deadlines who waits how long
 * @param clock the gateway's clock
 * @param consortium names
 * @param terminals whose certificate is whose
 * @param profiles what is agreed with whom
 * @param institutions who sends a wrong AO
 * @param gate who may log in, and on how many connections
 * @param circulation who answers
 * @param receipts who says whether a receipt can go by e-mail
 * @param activity what terminals do, for staff
 * @param metrics counters and timers
 * @param trace the tap on all conversations
 * @param captures the taps on single terminals
 * @param present which connection each logged-in terminal speaks on, by login
 * @param standstill whether the process has stood still
 */
record Sip2Context(
        Sip2Settings settings,
        Deadlines deadlines,
        Clock clock,
        Consortium consortium,
        Terminals terminals,
        TerminalProfiles profiles,
        WrongInstitutions institutions,
        Gatekeeper gate,
        Circulation circulation,
        ReceiptOffer receipts,
        TerminalActivity activity,
        SipMetrics metrics,
        WireTrace trace,
        Captures captures,
        Map<String, Long> present,
        Standstill standstill) {
    private static final Logger log = LoggerFactory.getLogger(Sip2Context.class);

    Sip2Context(
            Sip2Settings settings,
            Deadlines deadlines,
            Clock clock,
            Consortium consortium,
            Terminals terminals,
            TerminalProfiles profiles,
            Gatekeeper gate,
            Circulation circulation,
            ReceiptOffer receipts,
            TerminalActivity activity,
            SipMetrics metrics,
            WireTrace trace,
            Captures captures,
            Standstill standstill) {
        this(
                settings,
                deadlines,
                clock,
                consortium,
                terminals,
                profiles,
                new WrongInstitutions(clock),
                gate,
                circulation,
                receipts,
                activity,
                metrics,
                trace,
                captures,
                new ConcurrentHashMap<>(),
                standstill);
    }

    /** The library's time for a message. */
    Timestamp now() {
        return Timestamp.of(clock.instant(), GatewayClock.ZONE);
    }

    /** Whether a terminal's certificate stands for its login where it came in. */
    boolean logsIn(Arrival arrival) {
        Sip2Settings.Listener listener = settings.everyListener().get(arrival.listener());
        return listener != null && listener.clientCertificates().logIn();
    }

    /** Whether TLS reaches to this gateway where it came in. */
    boolean encrypted(Arrival arrival) {
        Sip2Settings.Listener listener = settings.everyListener().get(arrival.listener());
        return listener != null && listener.tls();
    }

    /** The terminal that this certificate belongs to. */
    Optional<Terminal> ownerOf(ClientCertificate certificate) {
        return terminals.ofCertificate(certificate.sha256(), certificate.signed() ? certificate.commonName() : "");
    }

    /** A terminal has logged in on this connection. */
    void arrived(Terminal terminal, long connection) {
        present.put(terminal.login(), connection);
        log.info("{} ({}) has logged in", terminal.login(), terminal.branchCode());
    }

    /** A terminal has left this connection. */
    void departed(Terminal terminal, long connection) {
        present.remove(terminal.login(), connection);
    }
}
