package fi.kimppa.sip2;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a SIP2 server listens, and how: {@code sip2:tcp:127.0.0.1:6001}, {@code sip2:tls:sip.example.fi:6443} or
 * {@code sip2:tls:127.0.0.1:6443?pin=} followed by the SHA-256 of the server's certificate in hex.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param tls whether TLS 1.2 or 1.3 is spoken
 * @param pin SHA-256 of the server's certificate in lower-case hex; with it nothing else about the certificate counts
 */
public record Sip2Address(String host, int port, boolean tls, Optional<String> pin) {
    private static final Pattern FORM = Pattern.compile(
            "sip2:(tcp|tls):(?:\\[([0-9a-fA-F:]+)]|([^:\\[\\]]+)):(\\d{1,5})(?:\\?pin=([0-9a-fA-F:]+))?");

    /** Checks the ranges. */
    public Sip2Address {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, found " + port);
        }
        if (pin.isPresent() && !tls) {
            throw new IllegalArgumentException("a certificate can be pinned for sip2:tls only");
        }
        pin = pin.map(text -> text.replace(":", "").toLowerCase(Locale.ROOT));
        if (pin.isPresent() && pin.get().length() != 64) {
            throw new IllegalArgumentException("a pin is the 64 hex digits of a certificate's SHA-256");
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException with the forms that are understood
     */
    public static Sip2Address parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a SIP2 address is sip2:tcp:HOST:PORT or sip2:tls:HOST:PORT[?pin=SHA256]"
                    + ", found \"" + text + "\"");
        }
        String host = Optional.ofNullable(form.group(2)).orElse(form.group(3));
        return new Sip2Address(
                host, Integer.parseInt(form.group(4)), form.group(1).equals("tls"), Optional.ofNullable(form.group(5)));
    }

    @Override
    public String toString() {
        return "sip2:" + (tls ? "tls" : "tcp") + ":" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
