package fi.kimppa.gateway.sip;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket for one connection's requests: each takes a token, tokens come back at the rate, and who finds none
 * waits for the next. For one thread; has no clock of its own.
 */
final class RequestRate {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double perNano;
    private final double most;
    private final int flood;
    private double tokens;
    private long filledAt;
    private int impatient;

    RequestRate(Sip2Limits limits, long nowNanos) {
        this.perNano = limits.requestsPerSecond() / SECOND;
        this.most = limits.requestsAtOnce();
        this.flood = limits.floodRequests();
        this.tokens = most;
        this.filledAt = nowNanos;
    }

    /**
     * Takes a token for a request.
     *
     * @param nowNanos {@link System#nanoTime()}
     * @return nanoseconds that the request has to wait
     */
    long take(long nowNanos) {
        tokens = Math.min(most, tokens + (nowNanos - filledAt) * perNano) - 1;
        filledAt = nowNanos;
        if (tokens >= 0) {
            impatient = 0;
            return 0;
        }
        return (long) Math.ceil(-tokens / perNano);
    }

    /**
     * Whether the connection should end, after a request that has to wait.
     *
     * @param moreWaits whether the peer has sent more already, without waiting for this request's answer
     */
    boolean isFlood(boolean moreWaits) {
        impatient = moreWaits ? impatient + 1 : 0;
        return impatient >= flood;
    }
}
