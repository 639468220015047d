package fi.kimppa.gateway.sip;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a session speaks on: a connection that stays, or the one message of an HTTPS request.
 *
 * <p>Threads: the session's thread opens, receives and sends; the rest may be called by any.
 */
sealed interface Line extends AutoCloseable permits Sip2Connection, HttpsLine {
    /**
     * Makes the line ready to be read.
     *
     * @throws ArrivalRefusedException if the other end does not begin as this listener wants it
     */
    Arrival open() throws IOException;

    /** The next message without its end; empty when there will be none. */
    Optional<byte[]> receive() throws IOException;

    /** Whether the peer has sent more than was received, as far as is known without waiting. */
    boolean moreWaits() throws IOException;

    /** Sends a whole message with its end. */
    void send(byte[] message) throws IOException;

    /** Gives the peer this long from now. */
    void allow(Duration time);

    /** Whether the peer has let its time pass. */
    boolean overdue();

    /** Whether the line stays after an answer, so that its terminal can be called connected. */
    boolean lasting();

    /** Address and port that the bytes come from, for logs before the arrival. */
    String peer();

    /** Ends the line under whatever reads or writes it. */
    @Override
    void close();

    /** The other end was not let in. The message names no secret and no person. */
    final class ArrivalRefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private final String incident;

        ArrivalRefusedException(String incident, String message) {
            super(message);
            this.incident = incident;
        }

        /** The word that it is counted under. */
        String incident() {
            return incident;
        }
    }
}
