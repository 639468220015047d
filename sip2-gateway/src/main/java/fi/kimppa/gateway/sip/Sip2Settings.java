package fi.kimppa.gateway.sip;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the SIP2 server listens and what it allows. Every ceiling has its unit in its type.
 *
 * @param plain the listener without encryption
 * @param tls the listener with TLS 1.2 and 1.3
 * @param listeners further ones, by name
 * @param https SIP2 messages in HTTPS requests
 * @param backlog connections that may wait to be accepted; a consortium's machines come back together after a cut
 * @param maxConnections open connections, all listeners together; one more is closed at once
 * @param maxFrame the longest line
 * @param maxFields the most coded fields in one message
 * @param arrivalTimeout from the connection to the end of its PROXY header and TLS handshake
 * @param loginTimeout from there to the login
 * @param idleTimeout from one line to the next; machines say 99 every 5 to 7 minutes
 * @param standstill how long the process may stand still before whoever was connected has to connect anew; shorter than a balancer or a
 *     terminal waits before it turns to another gateway
 * @param retriesAllowed what 98 tells terminals to try
 * @param profile what is agreed with machines unless the database says otherwise: settings of {@link ProfileKeys},
 *     without the {@code sip.} before them
 * @param terminals by login: what differs for this terminal
 * @param traceFile where the labelled, masked conversation is appended; no trace if absent
 */
@Validated
@ConfigurationProperties("kimppa.sip")
record Sip2Settings(
        @Valid @DefaultValue Plain plain,
        @Valid @DefaultValue Tls tls,
        @DefaultValue Map<String, @Valid Listener> listeners,
        @DefaultValue Https https,
        @Min(1) @DefaultValue("4096") int backlog,
        @Min(1) @DefaultValue("16384") int maxConnections,
        @DefaultValue("64KB") DataSize maxFrame,
        @Min(1) @DefaultValue("10000") int maxFields,
        @DefaultValue("10s") Duration arrivalTimeout,
        @DefaultValue("60s") Duration loginTimeout,
        @DefaultValue("10m") Duration idleTimeout,
        @DefaultValue("2s") Duration standstill,
        @Min(0) @Max(998) @DefaultValue("3") int retriesAllowed,
        @DefaultValue Map<String, String> profile,
        @DefaultValue Map<String, Map<String, String>> terminals,
        @Nullable Path traceFile) {

    /**
     * The listener without encryption.
     *
     * @param enabled whether it listens at all
     * @param address where; outside loopback only if the next setting says so
     * @param port 0 lets the system choose
     * @param cardsAndPinsMayTravelUnencrypted allows an address outside loopback
     * @param proxies see {@link Listener}
     */
    record Plain(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") InetAddress address,
            @Min(0) @Max(65_535) @DefaultValue("6001") int port,
            @DefaultValue("false") boolean cardsAndPinsMayTravelUnencrypted,
            @DefaultValue List<Subnet> proxies) {}

    /**
     * The listener with TLS.
     *
     * @param enabled whether it listens at all
     * @param address where
     * @param port 0 lets the system choose
     * @param proxies see {@link Listener}
     * @param clientCertificates see {@link Listener}
     */
    record Tls(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") InetAddress address,
            @Min(0) @Max(65_535) @DefaultValue("6443") int port,
            @DefaultValue List<Subnet> proxies,
            @DefaultValue ClientCertificates clientCertificates) {}

    /**
     * Any listener.
     *
     * @param enabled whether it listens at all
     * @param address where
     * @param port 0 lets the system choose; must be given
     * @param tls whether TLS 1.2 or 1.3 is spoken
     * @param cardsAndPinsMayTravelUnencrypted allows an address outside loopback without TLS
     * @param proxies who is believed about the addresses of others: if any, then every connection must come from one
     *     of them and begin with a PROXY header
     * @param clientCertificates what is asked of the other end in the handshake
     */
    record Listener(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") InetAddress address,
            @Min(0) @Max(65_535) @DefaultValue("-1") int port,
            @DefaultValue("true") boolean tls,
            @DefaultValue("false") boolean cardsAndPinsMayTravelUnencrypted,
            @DefaultValue List<Subnet> proxies,
            @DefaultValue ClientCertificates clientCertificates) {
        boolean exposed() {
            return !tls && !address.isLoopbackAddress();
        }
    }

    /**
     * Certificates of terminals.
     *
     * @param ask whether one is asked for
     * @param authorities PEM file with the certificates of those whose signature is enough; without it a certificate
     *     must be known by its fingerprint
     * @param logIn whether a terminal's certificate stands for its 93
     */
    record ClientCertificates(
            @DefaultValue("NONE") Ask ask,
            @Nullable Path authorities,
            @DefaultValue("false") boolean logIn) {
        /** Whether a certificate is asked for. */
        enum Ask {
            /** No. */
            NONE,
            /** Yes, but a terminal may have none. One that is not known ends the handshake all the same. */
            WANT,
            /** Yes, and without one there is no connection. */
            NEED
        }
    }

    /**
     * SIP2 in HTTPS requests, on the gateway's HTTP port.
     *
     * @param enabled whether they are answered
     * @param queryParameterAllowed whether the message may stand in the address, where every access log on the way keeps
     *     the terminal's password and the patron's PIN
     */
    record Https(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean queryParameterAllowed) {}

    /** Checks what no single annotation can. */
    Sip2Settings {
        listeners = Map.copyOf(listeners);
        profile = Map.copyOf(profile);
        terminals = Map.copyOf(terminals);
        everyListener(plain, tls, listeners).forEach((name, listener) -> {
            if (listener.enabled() && listener.exposed() && !listener.cardsAndPinsMayTravelUnencrypted()) {
                throw new IllegalArgumentException(key(name) + ".address is "
                        + listener.address().getHostAddress()
                        + ", outside loopback, where cards and PINs would travel unencrypted. Use a TLS listener"
                        + " (kimppa.sip.tls.address), or set "
                        + key(name) + ".cards-and-pins-may-travel-unencrypted=true");
            }
            if (!listener.tls() && listener.clientCertificates().ask() != ClientCertificates.Ask.NONE) {
                throw new IllegalArgumentException(key(name) + ".client-certificates need TLS");
            }
        });
    }

    /** Every listener by its name, the two that are always there first. */
    Map<String, Listener> everyListener() {
        return everyListener(plain, tls, listeners);
    }

    private static Map<String, Listener> everyListener(Plain plain, Tls tls, Map<String, Listener> further) {
        ClientCertificates none = new ClientCertificates(ClientCertificates.Ask.NONE, null, false);
        Map<String, Listener> every = new LinkedHashMap<>();
        every.put(
                "plain",
                new Listener(
                        plain.enabled(),
                        plain.address(),
                        plain.port(),
                        false,
                        plain.cardsAndPinsMayTravelUnencrypted(),
                        plain.proxies(),
                        none));
        every.put(
                "tls",
                new Listener(
                        tls.enabled(),
                        tls.address(),
                        tls.port(),
                        true,
                        false,
                        tls.proxies(),
                        tls.clientCertificates()));
        new TreeMap<>(further).forEach((name, listener) -> {
            if (name.equals(Arrival.HTTPS) || every.put(name, listener) != null) {
                throw new IllegalArgumentException(
                        "kimppa.sip.listeners." + name + ": the gateway has a listener of that name already");
            }
        });
        return every;
    }

    /** Where the settings of a listener stand. */
    static String key(String listener) {
        return switch (listener) {
            case "plain", "tls" -> "kimppa.sip." + listener;
            default -> "kimppa.sip.listeners." + listener;
        };
    }
}
