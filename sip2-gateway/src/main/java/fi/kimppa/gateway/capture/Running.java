package fi.kimppa.gateway.capture;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A capture that runs, as this gateway knows it.
 *
 * @param id its number
 * @param terminal whose messages
 * @param endsAt from when on nothing is taken
 * @param masking what is kept of a message
 * @param dropped messages that could not be kept and are not written down as such yet
 */
record Running(long id, String terminal, Instant endsAt, Masking masking, AtomicLong dropped) {
    Running(long id, String terminal, Instant endsAt, Masking masking) {
        this(id, terminal, endsAt, masking, new AtomicLong());
    }
}
