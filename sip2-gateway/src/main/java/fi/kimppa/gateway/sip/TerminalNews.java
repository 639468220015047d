package fi.kimppa.gateway.sip;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one terminal has done at this gateway since somebody last asked.
 *
 * @param open its connections as they are now; empty if there is none
 * @param passing its last request over HTTPS, which leaves no connection
 * @param status its last 99
 * @param done the last request that was answered with yes; none of 35, 93, 97 and 99
 * @param counts lines by how they ended; none of 93, 97 and 99 unless they were faulty, and no repeats
 */
public record TerminalNews(
        Optional<Connections> open,
        Optional<Instant> passing,
        Optional<Status> status,
        Optional<Done> done,
        Map<ExchangeOutcome, Long> counts) {
    /**
     * The open connections on which it is logged in.
     *
     * @param since login on the oldest
     * @param encrypted whether TLS reaches to this gateway on all of them
     * @param many how many there are
     */
    public record Connections(Instant since, boolean encrypted, int many) {}

    /**
     * A 99.
     *
     * @param code 0 ok, 1 out of paper, 2 about to shut down
     */
    public record Status(Instant at, String code) {}

    /**
     * A request that was done.
     *
     * @param command two digits
     */
    public record Done(Instant at, String command) {}

    /** Takes a copy. */
    public TerminalNews {
        counts = Map.copyOf(counts);
    }

    /** Both in one, where this could not be written down before the next came. */
    public TerminalNews then(TerminalNews later) {
        Map<ExchangeOutcome, Long> sums = new EnumMap<>(ExchangeOutcome.class);
        sums.putAll(counts);
        later.counts.forEach((outcome, times) -> sums.merge(outcome, times, Long::sum));
        return new TerminalNews(
                later.open,
                later.passing.or(() -> passing),
                later.status.or(() -> status),
                later.done.or(() -> done),
                sums);
    }
}
