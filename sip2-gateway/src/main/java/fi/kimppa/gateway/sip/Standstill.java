package fi.kimppa.gateway.sip;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Notices that the whole process stood still: a virtual machine that was moved, a stopped process, a host without memory. What lies in
 * its connections since then is old: who sent it has gone to another gateway and was answered there, perhaps with a no. So whoever had a
 * connection before is hung up on, and says again what still has to be said; and so is whoever comes with a whole request at once
 * ({@link #settled}). May be used by several threads.
 */
@Component
final class Standstill {
    /** By then whatever had waited is taken up. */
    private static final Duration WAITED = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Standstill.class);

    private final Duration longest;
    private final LongSupplier nanoTime;
    private OptionalLong looked = OptionalLong.empty();
    private OptionalLong ended = OptionalLong.empty();
    private long times;

    @Autowired
    Standstill(Sip2Settings settings) {
        this(settings.standstill(), System::nanoTime);
    }

    /**
     * One with a clock of its own.
     *
     * @param longest how long the process may be without processor time before it is said to have stood still
     * @param nanoTime as {@link System#nanoTime}
     */
    Standstill(Duration longest, LongSupplier nanoTime) {
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    /** Begins anew: a server that was stopped and is started again did not stand still in between. */
    synchronized void begin() {
        looked = OptionalLong.empty();
    }

    /** How often it has stood still. To be asked a few times a second from the start on, and before anything is done for a terminal. */
    synchronized long times() {
        long now = nanoTime.getAsLong();
        Duration still = Duration.ofNanos(now - looked.orElse(now));
        looked = OptionalLong.of(now);
        if (still.compareTo(longest) > 0) {
            times++;
            ended = OptionalLong.of(now);
            log.warn(
                    "The gateway stood still for {} ms; terminals that were connected have to connect anew",
                    still.toMillis());
        }
        return times;
    }

    /**
     * The same, without the last time while it is a moment ago: a request that comes with its connection, as one over HTTPS does, may have
     * waited for the process to go on, and nothing tells it from one that was sent after that.
     */
    synchronized long settled() {
        long seen = times();
        return ended.isPresent() && nanoTime.getAsLong() - ended.getAsLong() < WAITED.toNanos() ? seen - 1 : seen;
    }
}
