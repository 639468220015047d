package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.fleet.TerminalState.Line;
import fi.kimppa.gateway.sip.TerminalActivity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What this gateway's SIP2 connections do, gathered in memory and written to the fleet a second later at the latest:
 * a loan must not wait for the staff page. Logins and ends are written at once, the time of the last message every 15
 * seconds.
 */
@Component
class SipLines {
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(15);

    private record Known(long connection, Line line, Instant written, boolean urgent) {}

    private final Fleet fleet;
    private final Clock clock;
    private final Map<String, Known> lines = new ConcurrentHashMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    SipLines(Fleet fleet, Clock clock) {
        this.fleet = fleet;
        this.clock = clock;
    }

    @EventListener
    void on(TerminalActivity activity) {
        String terminal = activity.terminal();
        Instant at = activity.at();
        switch (activity.what()) {
            case LOGGED_IN -> {
                lost.remove(terminal);
                Line line = new Line(at, Optional.empty(), "0", Optional.empty());
                lines.put(terminal, new Known(activity.connection(), line, Instant.EPOCH, true));
            }
            case STATUS ->
                lines.computeIfPresent(terminal, (_, known) -> {
                    Line line = known.line();
                    boolean news = !line.statusCode().equals(activity.detail());
                    return new Known(
                            known.connection(),
                            new Line(line.since(), Optional.of(at), activity.detail(), line.transactionAt()),
                            known.written(),
                            known.urgent() || news);
                });
            case TRANSACTION ->
                lines.computeIfPresent(terminal, (_, known) -> {
                    Line line = known.line();
                    return new Known(
                            known.connection(),
                            new Line(line.since(), line.statusAt(), line.statusCode(), Optional.of(at)),
                            known.written(),
                            known.urgent());
                });
            case CLOSED -> {
                Known known = lines.get(terminal);
                if (known != null && known.connection() == activity.connection()) {
                    lines.remove(terminal);
                    lost.add(terminal);
                }
            }
        }
    }

    @Scheduled(fixedDelayString = "PT1S")
    void write() {
        Set<String> gone = new HashSet<>(lost);
        for (String terminal : gone) {
            fleet.onLine(terminal, Optional.empty());
            lost.remove(terminal);
        }
        Instant now = clock.instant();
        lines.forEach((terminal, known) -> {
            if (known.urgent() || known.written().plus(BETWEEN_WRITES).isBefore(now)) {
                fleet.onLine(terminal, Optional.of(known.line()));
                lines.computeIfPresent(
                        terminal,
                        (_, newer) -> new Known(
                                newer.connection(), newer.line(), now, !newer.equals(known) && newer.urgent()));
            }
        });
    }
}
