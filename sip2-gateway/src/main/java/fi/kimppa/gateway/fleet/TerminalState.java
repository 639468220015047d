package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.circulation.TerminalClockSeen;
import fi.kimppa.gateway.circulation.TerminalClockSeen.Fault;
import fi.kimppa.gateway.sip.ExchangeOutcome;
import fi.kimppa.gateway.sip.TerminalNews;
import fi.kimppa.gateway.sip.TerminalNews.Connections;
import fi.kimppa.gateway.sip.TerminalNews.Done;
import fi.kimppa.gateway.sip.TerminalNews.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one terminal is. Immutable; what happens makes a new one, and two that staff could not tell apart are equal
 * but for {@code change}.
 *
 * @param terminal login
 * @param change number of the last change
 * @param condition the state in one word
 * @param since when the condition began
 * @param report what it last said of itself
 * @param line what is known of it from SIP2, if it has ever come to a gateway
 * @param lastHour how its lines on SIP2 ended, about an hour back
 */
record TerminalState(
        String terminal,
        long change,
        Condition condition,
        Instant since,
        Optional<Report> report,
        Optional<Line> line,
        Map<ExchangeOutcome, Long> lastHour) {

    /** A machine without reports and without a connection is taken as working for so long after its last request. */
    static final Duration QUIET = Duration.ofHours(1);

    /** What a terminal that serves nobody says it is doing. */
    static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";

    /** A 99 with this code wants new receipt paper. */
    static final String OUT_OF_PAPER = "1";

    /** The state of a terminal in one word, from good to bad. */
    enum Condition {
        WORKING,
        /** Nothing was ever heard of it. */
        UNKNOWN,
        /** It works, but somebody should look. */
        ATTENTION,
        /** A device is missing or the terminal is out of service. */
        FAULT,
        /** It has stopped reporting. */
        SILENT
    }

    /**
     * The last report, without its number and its time, which say nothing about the terminal.
     *
     * @param software version
     * @param state what it is doing
     * @param spooled returns and loans that wait
     * @param pendingSecurity tags that wait
     * @param devices all of them
     * @param spooledLoans how many of what waits are loans; nothing where the terminal did not say
     * @param configuration settings that it got from here; nothing where the terminal did not say
     */
    record Report(
            String software,
            String state,
            int spooled,
            int pendingSecurity,
            List<DeviceReport.Device> devices,
            @Nullable Integer spooledLoans,
            DeviceReport.@Nullable Configuration configuration) {
        /** How many loans wait. */
        int loans() {
            return spooledLoans == null ? 0 : spooledLoans;
        }

        /** Why it does not take the settings that it got from here. */
        Optional<DeviceReport.Configuration> refusal() {
            return Optional.ofNullable(configuration)
                    .filter(said -> !said.refused().isEmpty());
        }

        boolean any(String status) {
            return devices.stream().anyMatch(device -> device.status().equals(status));
        }
    }

    /**
     * What is known of a terminal from SIP2. Times of what it does again and again are whole minutes, as staff see them:
     * a machine that says 99 every second is news once a minute.
     *
     * @param links the gateways that have connections open with it, the longest first
     * @param lost when it was connected last; empty while it is, and if it never was
     * @param passing its last request over HTTPS
     * @param status its last 99
     * @param done the last request that was answered with yes
     * @param clock what is wrong with its clock
     */
    record Line(
            List<Link> links,
            Optional<Instant> lost,
            Optional<Instant> passing,
            Optional<Status> status,
            Optional<Done> done,
            Optional<WrongClock> clock) {
        static final Line NONE = new Line(
                List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** A gateway tells what has happened there. */
        Line heard(TerminalNews news, int gateway, String name, Instant now) {
            List<Link> next = Stream.concat(
                            links.stream().filter(link -> link.gateway() != gateway),
                            news.open().stream().map(open -> new Link(gateway, name, open)))
                    .sorted(Comparator.comparing(link -> link.connections().since()))
                    .toList();
            return new Line(
                    next,
                    lost(next, now),
                    news.passing().map(Line::minute).or(() -> passing),
                    news.status()
                            .map(last -> new Status(minute(last.at()), last.code()))
                            .or(() -> status),
                    news.done()
                            .map(last -> new Done(minute(last.at()), last.command()))
                            .or(() -> done),
                    clock);
        }

        /** The clock has said something. */
        Line heard(TerminalClockSeen seen) {
            Optional<WrongClock> next = seen.fault()
                    .map(fault -> new WrongClock(
                            fault,
                            clock.filter(known -> known.fault() == fault)
                                    .map(WrongClock::since)
                                    .orElse(seen.at()),
                            seen.says()));
            // A clock that stood still at this date stands still, whatever else is to be said of the date.
            boolean still = clock.filter(known ->
                            known.fault() == Fault.STANDS_STILL && known.says().equals(seen.says()))
                    .isPresent();
            return new Line(links, lost, passing, status, done, still ? clock : next);
        }

        /** Only these gateways are alive. */
        Line of(Set<Integer> living, Instant now) {
            List<Link> next = links.stream()
                    .filter(link -> living.contains(link.gateway()))
                    .toList();
            return new Line(next, lost(next, now), passing, status, done, clock);
        }

        private Optional<Instant> lost(List<Link> next, Instant now) {
            return !next.isEmpty() ? Optional.empty() : links.isEmpty() ? lost : Optional.of(now);
        }

        private static Instant minute(Instant at) {
            return at.truncatedTo(ChronoUnit.MINUTES);
        }
    }

    /**
     * A gateway that has connections open.
     *
     * @param gateway number of its process
     * @param name what people call it
     * @param connections what it has
     */
    record Link(int gateway, String name, Connections connections) {}

    /**
     * A clock that cannot be trusted.
     *
     * @param since when this was noticed
     * @param says what it said last
     */
    record WrongClock(Fault fault, Instant since, Optional<Instant> says) {}

    /** A terminal of which nothing was heard. */
    static TerminalState unheard(String terminal, Instant now) {
        return new TerminalState(terminal, 0, Condition.UNKNOWN, now, Optional.empty(), Optional.empty(), Map.of());
    }

    /** It has reported. */
    TerminalState reported(DeviceReport news, Instant now) {
        Report next = new Report(
                news.software(),
                news.state(),
                news.spooled(),
                news.pendingSecurity(),
                List.copyOf(news.devices()),
                news.spooledLoans(),
                news.configuration());
        return with(Optional.of(next), line, now);
    }

    /** It has not reported for too long, last at that time. */
    TerminalState fellSilent(Instant lastReport) {
        return new TerminalState(terminal, change, Condition.SILENT, lastReport, report, line, lastHour);
    }

    /** This is known from SIP2 now. */
    TerminalState onLine(Line next, Instant now) {
        if (condition == Condition.SILENT) {
            return new TerminalState(terminal, change, condition, since, report, Optional.of(next), lastHour);
        }
        return with(report, Optional.of(next), now);
    }

    private TerminalState with(Optional<Report> nextReport, Optional<Line> nextLine, Instant now) {
        Condition next = condition(nextReport, nextLine, now);
        return new TerminalState(
                terminal, change, next, next == condition ? since : now, nextReport, nextLine, lastHour);
    }

    TerminalState numbered(long number) {
        return new TerminalState(terminal, number, condition, since, report, line, lastHour);
    }

    /** A report knows more than the line; a machine that sends none is judged by its line. */
    private static Condition condition(Optional<Report> report, Optional<Line> line, Instant now) {
        boolean wrongClock = line.flatMap(Line::clock).isPresent();
        if (report.isPresent()) {
            Report last = report.get();
            if (last.state().equals(OUT_OF_SERVICE) || last.any("ABSENT")) {
                return Condition.FAULT;
            }
            boolean waiting = last.spooled() > 0
                    || last.pendingSecurity() > 0
                    || last.refusal().isPresent()
                    || wrongClock;
            return waiting || last.any("DEGRADED") ? Condition.ATTENTION : Condition.WORKING;
        }
        boolean there = line.filter(known -> !known.links().isEmpty()
                        || known.passing()
                                .filter(at -> at.isAfter(now.minus(QUIET)))
                                .isPresent())
                .isPresent();
        if (!there) {
            return Condition.UNKNOWN;
        }
        boolean outOfPaper = line.flatMap(Line::status)
                .filter(status -> status.code().equals(OUT_OF_PAPER))
                .isPresent();
        return outOfPaper || wrongClock ? Condition.ATTENTION : Condition.WORKING;
    }
}
