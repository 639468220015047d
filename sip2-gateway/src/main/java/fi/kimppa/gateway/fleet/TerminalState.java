package fi.kimppa.gateway.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one terminal is. Immutable; what happens makes a new one, and two that staff could not tell apart are equal
 * but for {@code change}.
 *
 * @param terminal login
 * @param change number of the last change
 * @param condition the state in one word
 * @param since when the condition began
 * @param report what it last said of itself
 * @param line its SIP2 connection
 */
record TerminalState(
        String terminal,
        long change,
        Condition condition,
        Instant since,
        Optional<Report> report,
        Optional<Line> line) {

    /** What a terminal that serves nobody says it is doing. */
    static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";

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
     * @param spooled returns that wait
     * @param pendingSecurity tags that wait
     * @param devices all of them
     */
    record Report(String software, String state, int spooled, int pendingSecurity, List<DeviceReport.Device> devices) {
        boolean any(String status) {
            return devices.stream().anyMatch(device -> device.status().equals(status));
        }
    }

    /**
     * A SIP2 connection.
     *
     * @param since login
     * @param statusAt last 99, if there was one
     * @param statusCode of that 99: 0 ok, 1 out of paper, 2 about to shut down
     * @param transactionAt last other request, if there was one
     */
    record Line(Instant since, Optional<Instant> statusAt, String statusCode, Optional<Instant> transactionAt) {}

    /** A terminal of which nothing was heard. */
    static TerminalState unheard(String terminal, Instant now) {
        return new TerminalState(terminal, 0, Condition.UNKNOWN, now, Optional.empty(), Optional.empty());
    }

    /** It has reported. */
    TerminalState reported(DeviceReport news, Instant now) {
        Report next = new Report(
                news.software(), news.state(), news.spooled(), news.pendingSecurity(), List.copyOf(news.devices()));
        return with(Optional.of(next), line, now);
    }

    /** It has not reported for too long, last at that time. */
    TerminalState fellSilent(Instant lastReport) {
        return new TerminalState(terminal, change, Condition.SILENT, lastReport, report, line);
    }

    /** Its SIP2 connection is this now, or none. */
    TerminalState onLine(Optional<Line> next, Instant now) {
        if (condition == Condition.SILENT) {
            return new TerminalState(terminal, change, condition, since, report, next);
        }
        return with(report, next, now);
    }

    private TerminalState with(Optional<Report> nextReport, Optional<Line> nextLine, Instant now) {
        Condition next = condition(nextReport, nextLine);
        return new TerminalState(terminal, change, next, next == condition ? since : now, nextReport, nextLine);
    }

    TerminalState numbered(long number) {
        return new TerminalState(terminal, number, condition, since, report, line);
    }

    /** A report knows more than the line; a machine that sends none is judged by its line. */
    private static Condition condition(Optional<Report> report, Optional<Line> line) {
        if (report.isPresent()) {
            Report last = report.get();
            if (last.state().equals(OUT_OF_SERVICE) || last.any("ABSENT")) {
                return Condition.FAULT;
            }
            boolean waiting = last.spooled() > 0 || last.pendingSecurity() > 0;
            return waiting || last.any("DEGRADED") ? Condition.ATTENTION : Condition.WORKING;
        }
        return line.map(open -> open.statusCode().equals("1") ? Condition.ATTENTION : Condition.WORKING)
                .orElse(Condition.UNKNOWN);
    }
}
