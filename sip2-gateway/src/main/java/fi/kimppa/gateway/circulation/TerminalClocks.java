package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.TerminalClockSeen.Fault;
import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Notices terminals whose clock stands still or is far off, by the transaction dates of their changes: tells
 * listeners of each and the log once a day. What waited while a machine was off-line ("no block") says nothing about its clock. In memory only;
 * that a clock stood still never depends on it, see {@link Journal#open}. May be used by several threads.
 */
@Component
class TerminalClocks {
    /** As in the journal: a clock that moves has another date by then. */
    private static final Duration STANDS_STILL = Duration.ofMinutes(1);

    private static final Duration FAR_OFF = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(TerminalClocks.class);

    private final Map<String, Seen> last = new ConcurrentHashMap<>();
    private final Map<String, Map<Fault, LocalDate>> logged = new ConcurrentHashMap<>();
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TerminalClocks(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Looks at the date of a change. */
    void see(Change change, Terminal terminal) {
        if (change.noBlock()) {
            return;
        }
        Instant now = clock.instant();
        String date = change.transactionDate().text();
        int what = 31 * (change.command() + change.item()).hashCode()
                + change.card().hashCode();
        Optional<Instant> says = change.transactionDate().instant(clock.getZone());
        boolean farOff = says.filter(
                        theirs -> Duration.between(theirs, now).abs().compareTo(FAR_OFF) > 0)
                .isPresent();
        boolean standsStill = false;
        Seen before = last.get(terminal.login());
        if (before == null || !before.date.equals(date)) {
            last.put(terminal.login(), new Seen(date, what, now));
        } else {
            standsStill = before.what != what && before.since.plus(STANDS_STILL).isBefore(now);
        }
        Optional<Fault> fault =
                standsStill ? Optional.of(Fault.STANDS_STILL) : farOff ? Optional.of(Fault.FAR_OFF) : Optional.empty();
        fault.ifPresent(wrong -> log(wrong, terminal, now));
        events.publishEvent(new TerminalClockSeen(now, terminal, says, fault));
    }

    private void log(Fault fault, Terminal terminal, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, clock.getZone());
        Map<Fault, LocalDate> days = logged.computeIfAbsent(terminal.login(), _ -> new EnumMap<>(Fault.class));
        synchronized (days) {
            if (today.equals(days.put(fault, today))) {
                return;
            }
        }
        LOG.warn("The clock of {} cannot be trusted: {}", terminal.login(), fault);
    }

    /**
     * The date that a terminal sent last.
     *
     * @param what a hash of the first change that carried it
     * @param since when that came, by our clock
     */
    private record Seen(String date, int what, Instant since) {}
}
