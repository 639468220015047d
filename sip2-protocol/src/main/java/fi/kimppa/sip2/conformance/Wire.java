package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.time.Duration;

/** What a conversation is played on. For one thread. */
sealed interface Wire extends AutoCloseable permits SocketWire, HttpsWire {
    /**
     * A new conversation.
     *
     * @throws LinkException in phase CONNECT; over HTTPS nothing is connected before something is said
     */
    static Wire open(Sip2Address address, Duration timeout, WireProfile profile) {
        return switch (address.transport()) {
            case TCP, TLS -> SocketWire.open(address, timeout);
            case HTTPS -> HttpsWire.open(address, timeout, profile);
        };
    }

    /** What came: a line, nothing in time, or the end. */
    sealed interface Heard {
        /** A line without its end. */
        @SuppressWarnings("ArrayRecordComponent") // handed over at once and never compared
        record Line(byte[] bytes) implements Heard {}

        /** Nothing. */
        record Nothing() implements Heard {}

        /** The peer has closed, after this many bytes of an unfinished line. */
        record End(int bytes) implements Heard {}
    }

    /** Puts bytes on the wire as they are; over HTTPS they must be a whole message. */
    void send(byte[] bytes) throws IOException;

    /** The next line; line feeds in front of it are passed over. */
    Heard hear(Duration timeout);

    /** Whether a line feed follows the CR that ended the last line. */
    boolean lineFeedFollows();

    @Override
    void close();
}
