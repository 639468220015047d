package fi.kimppa.sip2;

import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.wire.WireProfile;
import java.time.Duration;
import java.util.Optional;

/**
 * One open conversation with a SIP2 server: bytes out, lines in, blocking. Over TCP and TLS it is a connection that
 * stays; over HTTPS every message is a request of its own.
 *
 * <p>Threads: one at a time; {@link #close()} may come from any thread and ends a waiting call.
 */
public sealed interface Sip2Link extends AutoCloseable permits SocketLink, HttpsLink {
    /**
     * Opens a conversation: connects over TCP, and for TLS shakes hands. Over HTTPS nothing is sent before the first
     * message, which must be a 93: login and password of every later request are taken from it.
     *
     * @param address the server
     * @param timeout for the connection and again for the handshake
     * @param profile ceiling of one received line; over HTTPS also charset and delimiter
     * @throws LinkException in phase CONNECT, outcome known
     */
    static Sip2Link open(Sip2Address address, Duration timeout, WireProfile profile) {
        return switch (address.transport()) {
            case TCP, TLS -> SocketLink.open(address, timeout, profile.maxFrameBytes());
            case HTTPS -> new HttpsLink(address, timeout, profile);
        };
    }

    /**
     * Sends a message with its end.
     *
     * @throws LinkException in phase SEND; some of the bytes may have arrived, so the outcome is not known. Over HTTPS
     *     in phase LOGIN, outcome known, if no 93 came before
     */
    void send(byte[] bytes);

    /**
     * Waits for the next line.
     *
     * @param timeout how long to wait, at least a millisecond
     * @return the line without its terminator, or empty when none came in time
     * @throws LinkException in phase CLOSED or RECEIVE, outcome not known; over HTTPS also in phase CONNECT or LOGIN,
     *     outcome known
     */
    Optional<byte[]> receive(Duration timeout);

    /**
     * Whether the server has closed an idle connection. Asking before a request is sent spares most outcomes that
     * would otherwise be unknown after a server's restart.
     */
    boolean stale();

    /** Whether the server remembers its last response on this link, so that it can be asked for with 97. */
    boolean remembered();

    /** The server's address. */
    Sip2Address address();

    /**
     * Ends the conversation with a request that was not answered: what of it still lies in this machine, in front of a
     * network that stands still, is thrown away. After {@link #close()} it would be sent on for minutes, and a library
     * system would do what was long given up.
     */
    void abandon();

    @Override
    void close();
}
