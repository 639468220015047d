package fi.kimppa.gateway.sip;

import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the whole process stood still: a virtual machine that was moved, a stopped process, a host without memory. What lies in
 * its connections since then is old: who sent it has gone to another gateway and was answered there, perhaps with a no. So whoever had a
 * connection before is hung up on, and says again what still has to be said. May be used by several threads.
 */
final class Standstill {
    /** Shorter than a balancer or a terminal waits before it turns to another gateway. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Standstill.class);

    private OptionalLong looked = OptionalLong.empty();
    private long times;

    /** How often it has stood still. To be asked a few times a second from the start on, and before anything is done for a terminal. */
    synchronized long times() {
        long now = System.nanoTime();
        Duration still = Duration.ofNanos(now - looked.orElse(now));
        looked = OptionalLong.of(now);
        if (still.compareTo(LONGEST) > 0) {
            times++;
            log.warn(
                    "The gateway stood still for {} ms; terminals that were connected have to connect anew",
                    still.toMillis());
        }
        return times;
    }
}
