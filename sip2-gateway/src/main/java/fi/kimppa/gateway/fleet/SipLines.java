package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.circulation.Presence;
import fi.kimppa.gateway.circulation.TerminalClockSeen;
import fi.kimppa.gateway.fleet.TerminalState.Line;
import fi.kimppa.gateway.sip.ExchangeOutcome;
import fi.kimppa.gateway.sip.TerminalActivity;
import fi.kimppa.gateway.sip.TerminalNews;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Brings what terminals did on this gateway's SIP2 lines to the fleet, once a second, all of it in one transaction: a
 * loan must not wait for the staff page. What could not be written stays here for the next time.
 */
@Component
class SipLines implements DisposableBean {
    private final TerminalActivity activity;
    private final Fleet fleet;
    private final Presence presence;
    private final Clock clock;
    private final String name;
    private final Map<String, TerminalNews> waiting = new HashMap<>();
    private final Map<String, TerminalClockSeen> clocks = new ConcurrentHashMap<>();

    SipLines(TerminalActivity activity, Fleet fleet, Presence presence, Clock clock, FleetSettings settings) {
        this.activity = activity;
        this.fleet = fleet;
        this.presence = presence;
        this.clock = clock;
        this.name = settings.gatewayName().isEmpty() ? host() : settings.gatewayName();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "gateway";
        }
    }

    @EventListener
    void on(TerminalClockSeen seen) {
        clocks.put(seen.terminal().login(), seen);
    }

    /** Writes down what is new. */
    @Scheduled(fixedDelayString = "PT1S")
    synchronized void write() {
        activity.take().forEach((terminal, news) -> waiting.merge(terminal, news, TerminalNews::then));
        Map<String, TerminalClockSeen> seen = Map.copyOf(clocks);
        Set<String> terminals = new HashSet<>(waiting.keySet());
        terminals.addAll(seen.keySet());
        if (terminals.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Map<String, UnaryOperator<Line>> changes = new HashMap<>();
        terminals.forEach(terminal -> changes.put(terminal, change(terminal, seen, now)));
        Map<String, Map<ExchangeOutcome, Long>> counts = new HashMap<>();
        waiting.forEach((terminal, news) -> counts.put(terminal, news.counts()));
        fleet.onLines(changes, counts);
        waiting.clear();
        seen.forEach(clocks::remove);
    }

    private UnaryOperator<Line> change(String terminal, Map<String, TerminalClockSeen> seen, Instant now) {
        Optional<TerminalNews> news = Optional.ofNullable(waiting.get(terminal));
        Optional<TerminalClockSeen> said = Optional.ofNullable(seen.get(terminal));
        return before -> {
            Line line = news.map(one -> before.heard(one, presence.number(), name, now))
                    .orElse(before);
            return said.map(line::heard).orElse(line);
        };
    }

    /** Another gateway may have taken this one for dead while it was away from the database. */
    @Scheduled(fixedDelayString = "PT15S")
    void tellConnections() {
        activity.tellConnections();
    }

    /** The last news, when all connections are closed. */
    @Override
    public void destroy() {
        write();
    }
}
