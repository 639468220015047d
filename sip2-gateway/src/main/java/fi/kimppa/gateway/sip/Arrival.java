package fi.kimppa.gateway.sip;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What is known of the other end before anything has been said: enough to choose a profile, to count by address and
 * to name the peer in logs.
 *
 * @param listener name of the listener that it came in by, such as {@code plain}, {@code tls} or {@code https}
 * @param localPort port of that listener
 * @param peer the terminal's own address, also when a balancer stands between (PROXY protocol)
 * @param certificate what it showed in the TLS handshake and was accepted with
 */
record Arrival(String listener, int localPort, InetSocketAddress peer, Optional<ClientCertificate> certificate) {
    /** The listener of messages that come over HTTPS. */
    static final String HTTPS = "https";

    /** Address and port of the other end, for logs. */
    String peerName() {
        return peer.getAddress().getHostAddress() + ":" + peer.getPort();
    }
}
