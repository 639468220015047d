package fi.kimppa.gateway.sip;

import static fi.kimppa.sip2.wire.MessageType.END_PATRON_SESSION;
import static fi.kimppa.sip2.wire.MessageType.LOGIN;
import static fi.kimppa.sip2.wire.MessageType.REQUEST_ACS_RESEND;
import static fi.kimppa.sip2.wire.MessageType.SC_STATUS;

import fi.kimppa.gateway.sip.TerminalNews.Connections;
import fi.kimppa.gateway.sip.TerminalNews.Done;
import fi.kimppa.gateway.sip.TerminalNews.Status;
import fi.kimppa.sip2.wire.MessageType;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What terminals do on this gateway's SIP2 lines, in memory until somebody takes it: a conversation only counts, so
 * that no loan ever waits for those who watch.
 *
 * <p>Threads: may be shared.
 */
@Component
public class TerminalActivity {
    private static final Set<MessageType> NOT_COUNTED = Set.of(LOGIN, SC_STATUS, REQUEST_ACS_RESEND);

    private final Clock clock;
    private final Map<String, Diary> terminals = new ConcurrentHashMap<>();

    TerminalActivity(Clock clock) {
        this.clock = clock;
    }

    /** What one terminal does. */
    Diary of(String login) {
        return terminals.computeIfAbsent(login, _ -> new Diary());
    }

    /** What is new of each terminal since the last call, by login. */
    public Map<String, TerminalNews> take() {
        Map<String, TerminalNews> news = new HashMap<>();
        terminals.forEach((login, diary) -> diary.take().ifPresent(one -> news.put(login, one)));
        return news;
    }

    /** Tells with the next news of every connected terminal how it is connected, in case that was lost. */
    public void tellConnections() {
        terminals.values().forEach(Diary::tellConnections);
    }

    /** The notes about one terminal. May be used by all of its connections. */
    final class Diary {
        private final Map<Long, Connections> open = new HashMap<>();
        private final Map<ExchangeOutcome, Long> counts = new EnumMap<>(ExchangeOutcome.class);
        private Optional<Instant> passing = Optional.empty();
        private Optional<Status> status = Optional.empty();
        private Optional<Done> done = Optional.empty();
        private boolean news;

        /** It has logged in on a connection. */
        synchronized void opened(long number, boolean encrypted) {
            open.put(number, new Connections(clock.instant(), encrypted, 1));
            news = true;
        }

        /** It is on this connection no more. */
        synchronized void closed(long number) {
            news |= open.remove(number) != null;
        }

        /** It has come with a single request. */
        synchronized void passed() {
            passing = Optional.of(clock.instant());
            news = true;
        }

        /** A 99. */
        synchronized void status(String code) {
            status = Optional.of(new Status(clock.instant(), code));
            news = true;
        }

        /** A whole request has ended. */
        synchronized void ended(MessageType type, ExchangeOutcome outcome) {
            if (NOT_COUNTED.contains(type)) {
                return;
            }
            count(outcome);
            if (outcome == ExchangeOutcome.OK && type != END_PATRON_SESSION) {
                done = Optional.of(new Done(clock.instant(), type.code()));
            }
        }

        /** A line that was no whole request. */
        synchronized void faulty(ExchangeOutcome fault) {
            count(fault);
        }

        private void count(ExchangeOutcome outcome) {
            counts.merge(outcome, 1L, Long::sum);
            news = true;
        }

        private static Connections together(Connections one, Connections other) {
            return new Connections(
                    one.since().isBefore(other.since()) ? one.since() : other.since(),
                    one.encrypted() && other.encrypted(),
                    one.many() + other.many());
        }

        private synchronized void tellConnections() {
            news |= !open.isEmpty();
        }

        private synchronized Optional<TerminalNews> take() {
            if (!news) {
                return Optional.empty();
            }
            TerminalNews taken =
                    new TerminalNews(open.values().stream().reduce(Diary::together), passing, status, done, counts);
            news = false;
            counts.clear();
            passing = Optional.empty();
            status = Optional.empty();
            done = Optional.empty();
            return Optional.of(taken);
        }
    }
}
