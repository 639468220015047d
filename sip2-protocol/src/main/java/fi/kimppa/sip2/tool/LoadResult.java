package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came of a run, or of one thread's share of it. Not for use by several threads. */
final class LoadResult {
    /** How long a connection and its log-in took, from its opening. */
    private final Latencies connects = new Latencies();

    private final Latencies logIns = new Latencies();
    private final Map<String, Latencies> answers = new TreeMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final ByteArrayOutputStream sampled = new ByteArrayOutputStream();
    private Optional<LoadConnection> sampleOf = Optional.empty();
    private boolean sampleWhole;
    private boolean counting;
    private long begun;
    private long ended;
    private int open;

    void connected(long nanos) {
        connects.add(nanos);
    }

    void loggedIn(long nanos) {
        logIns.add(nanos);
    }

    void begin(long nanoTime) {
        begun = nanoTime;
        counting = true;
    }

    void end(long nanoTime) {
        ended = nanoTime;
        counting = false;
    }

    void answered(LoadConnection connection, String code, long nanos) {
        if (counting) {
            answers.computeIfAbsent(code, _ -> new Latencies()).add(nanos);
        }
        if (!sampleWhole && sampleOf.isPresent() && sampleOf.get() == connection) {
            sampleWhole = true;
        }
    }

    void failed(String why) {
        failures.merge(why, 1, Integer::sum);
    }

    void stillOpen() {
        open++;
    }

    /** Where this connection's answer is kept, if it is the one that is shown as an example. */
    Optional<ByteArrayOutputStream> sample(LoadConnection connection) {
        if (sampleWhole) {
            return Optional.empty();
        }
        if (sampleOf.isEmpty()) {
            sampleOf = Optional.of(connection);
        }
        return sampleOf.get() == connection ? Optional.of(sampled) : Optional.empty();
    }

    /** Adds another thread's share; the time counted is this one's. */
    void add(LoadResult other) {
        connects.add(other.connects);
        logIns.add(other.logIns);
        other.answers.forEach((code, latencies) ->
                answers.computeIfAbsent(code, _ -> new Latencies()).add(latencies));
        other.failures.forEach((why, count) -> failures.merge(why, count, Integer::sum));
        open += other.open;
    }

    // ---- what is reported --------------------------------------------------------------------------------

    Latencies connects() {
        return connects;
    }

    Latencies logIns() {
        return logIns;
    }

    /** By the two digits of the request. */
    Map<String, Latencies> answers() {
        return answers;
    }

    /** How many connections or requests failed, by reason. */
    Map<String, Integer> failures() {
        return failures;
    }

    /** Connections that were open at the end. */
    int open() {
        return open;
    }

    /** How long was counted. */
    double seconds() {
        return (ended - begun) / 1e9;
    }

    /** The first answer, labelled, with secrets and persons masked; empty when none was kept. */
    Optional<String> example() {
        return sampleWhole
                        && new FrameCodec(WireProfile.DEFAULT).decode(sampled.toByteArray())
                                instanceof Decoded.Complete(var frame, var _)
                ? Optional.of(frame.toString())
                : Optional.empty();
    }

    /** Bytes of the first answer, without its terminator. */
    int exampleBytes() {
        return sampled.size();
    }
}
