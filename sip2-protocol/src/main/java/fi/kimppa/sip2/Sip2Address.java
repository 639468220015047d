package fi.kimppa.sip2;

import fi.kimppa.sip2.wire.SipEnvelope;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a SIP2 server listens, and how: {@code sip2:tcp:127.0.0.1:6001}, {@code sip2:tls:sip.example.fi:6443}, {@code
 * sip2:https:koha.example.fi}, or one of the latter two with {@code ?pin=} and the SHA-256 of the server's certificate
 * in hex.
 *
 * @param transport what carries the messages
 * @param host name or address
 * @param port 1 to 65535
 * @param path of the service, over HTTPS; elsewhere empty
 * @param pin SHA-256 of the server's certificate in lower-case hex; with it nothing else about the certificate counts
 */
public record Sip2Address(Transport transport, String host, int port, String path, Optional<String> pin) {
    /** What carries the messages. */
    public enum Transport {
        /** A connection without encryption. */
        TCP,
        /** A connection with TLS 1.2 or 1.3. */
        TLS,
        /** One HTTPS request for each message, in the form of the Koha-Suomi plugin. */
        HTTPS
    }

    private static final Pattern FORM = Pattern.compile("sip2:(tcp|tls|https):"
            + "(?:\\[([0-9a-fA-F:]+)]|([^:/?\\[\\]]+))(?::(\\d{1,5}))?(/[^?#]*)?(?:\\?pin=([0-9a-fA-F:]+))?");
    private static final String HTTPS_PORT = "443";

    /** Checks the ranges. */
    public Sip2Address {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, found " + port);
        }
        if (transport != Transport.HTTPS && !path.isEmpty()) {
            throw new IllegalArgumentException("a path is for sip2:https only, found " + path);
        }
        if (pin.isPresent() && transport == Transport.TCP) {
            throw new IllegalArgumentException("a certificate can be pinned for sip2:tls and sip2:https only");
        }
        pin = pin.map(text -> text.replace(":", "").toLowerCase(Locale.ROOT));
        if (pin.isPresent() && pin.get().length() != 64) {
            throw new IllegalArgumentException("a pin is the 64 hex digits of a certificate's SHA-256");
        }
    }

    /** An address over TCP, or over TLS. */
    public Sip2Address(String host, int port, boolean tls, Optional<String> pin) {
        this(tls ? Transport.TLS : Transport.TCP, host, port, "", pin);
    }

    /**
     * Reads an address. Over HTTPS the port is 443 and the path the plugin's own unless given.
     *
     * @throws IllegalArgumentException with the forms that are understood
     */
    public static Sip2Address parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || (form.group(4) == null && !form.group(1).equals("https"))) {
            throw new IllegalArgumentException("a SIP2 address is sip2:tcp:HOST:PORT, sip2:tls:HOST:PORT[?pin=SHA256]"
                    + " or sip2:https:HOST[:PORT][/PATH][?pin=SHA256], found \"" + text + "\"");
        }
        Transport transport = Transport.valueOf(form.group(1).toUpperCase(Locale.ROOT));
        String ownPath = transport == Transport.HTTPS ? SipEnvelope.PATH : "";
        return new Sip2Address(
                transport,
                Optional.ofNullable(form.group(2)).orElse(form.group(3)),
                Integer.parseInt(Optional.ofNullable(form.group(4)).orElse(HTTPS_PORT)),
                Optional.ofNullable(form.group(5)).orElse(ownPath),
                Optional.ofNullable(form.group(6)));
    }

    @Override
    public String toString() {
        return "sip2:" + transport.name().toLowerCase(Locale.ROOT) + ":"
                + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + path;
    }
}
