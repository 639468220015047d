package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.TerminalClockWrong.Fault;
import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Notices terminals whose clock stands still or is far off, by the transaction dates of their changes, and reports
 * each once a day. What waited while a machine was off-line ("no block") says nothing about its clock. In memory only;
 * that a clock stood still never depends on it, see {@link Journal#open}. May be used by several threads.
 */
@Component
class TerminalClocks {
    /** As in the journal: a clock that moves has another date by then. */
    private static final Duration STANDS_STILL = Duration.ofMinutes(1);

    private static final Duration FAR_OFF = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(TerminalClocks.class);

    private final Map<String, Seen> last = new ConcurrentHashMap<>();
    private final Map<String, Map<Fault, LocalDate>> reported = new ConcurrentHashMap<>();
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
        Seen before = last.get(terminal.login());
        if (before == null || !before.date.equals(date)) {
            last.put(terminal.login(), new Seen(date, what, now));
        } else if (before.what != what && before.since.plus(STANDS_STILL).isBefore(now)) {
            report(Fault.STANDS_STILL, terminal, now);
        }
        change.transactionDate()
                .instant(clock.getZone())
                .filter(theirs -> Duration.between(theirs, now).abs().compareTo(FAR_OFF) > 0)
                .ifPresent(_ -> report(Fault.FAR_OFF, terminal, now));
    }

    private void report(Fault fault, Terminal terminal, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, clock.getZone());
        Map<Fault, LocalDate> days = reported.computeIfAbsent(terminal.login(), _ -> new EnumMap<>(Fault.class));
        synchronized (days) {
            if (today.equals(days.put(fault, today))) {
                return;
            }
        }
        LOG.warn("The clock of {} cannot be trusted: {}", terminal.login(), fault);
        events.publishEvent(new TerminalClockWrong(now, terminal, fault));
    }

    /**
     * The date that a terminal sent last.
     *
     * @param what a hash of the first change that carried it
     * @param since when that came, by our clock
     */
    private record Seen(String date, int what, Instant since) {}
}
