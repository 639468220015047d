package fi.kimppa.gateway.mail;

import fi.kimppa.sip2.wire.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server ({@code kimppa.mail.*}). Without a host nothing is queued and nothing is sent.
 *
 * @param host name of the SMTP server; empty for none
 * @param port 0 for the usual one: 587, with {@code tls} 465, with {@code none} 25
 * @param security how the line is protected
 * @param user for the server's log-in; empty for none
 * @param password of that user
 * @param sender address in whose name mails go, unless a municipality has its own
 * @param certificate PEM file with the certificates that are trusted instead of Java's, for a server of one's own
 * @param timeout for opening the connection and for each answer, 1 to 60 s
 * @param giveUp so long after it was queued a mail that does not go is left to staff
 * @param keep how long it is remembered that a notice went, 45 days or more: longer than the last reminder comes late
 */
@ConfigurationProperties("kimppa.mail")
record MailSettings(
        @DefaultValue("") String host,
        @DefaultValue("0") int port,
        @DefaultValue("starttls") Security security,
        @DefaultValue("") String user,
        @Nullable Secret password,
        @DefaultValue("") String sender,
        @Nullable Path certificate,
        @DefaultValue("20s") Duration timeout,
        @DefaultValue("24h") Duration giveUp,
        @DefaultValue("90d") Duration keep) {
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LEAST_KEPT = Duration.ofDays(45);

    /** How the line to the server is protected. */
    enum Security {
        /** TLS after a word in the clear; a server that does not offer it gets nothing. */
        STARTTLS(587, "smtp"),
        /** TLS from the first byte. */
        TLS(465, "smtps"),
        /** Not at all: for a server on this machine or in a network of its own. */
        NONE(25, "smtp");

        private final int usualPort;
        private final String protocol;

        Security(int usualPort, String protocol) {
            this.usualPort = usualPort;
            this.protocol = protocol;
        }

        String protocol() {
            return protocol;
        }
    }

    /** Checks what is there. */
    MailSettings {
        if (!host.isBlank() && Address.read(sender).isEmpty()) {
            throw new IllegalArgumentException(
                    "sender must be an address when host is set, such as kirjasto@example.fi");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, found " + port);
        }
        if (security == Security.NONE && !user.isEmpty()) {
            throw new IllegalArgumentException("user and password need security starttls or tls");
        }
        if (timeout.toMillis() < 1_000 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout must be 1s to 60s, found " + timeout);
        }
        if (giveUp.isNegative() || keep.compareTo(LEAST_KEPT) < 0) {
            throw new IllegalArgumentException("give-up must not be negative, and keep 45d or more");
        }
    }

    /** Whether mails go at all. */
    boolean on() {
        return !host.isBlank();
    }

    /** Where the server listens. */
    int portOrUsual() {
        return port == 0 ? security.usualPort : port;
    }

    /** What it is told after the user's name. */
    Optional<Secret> secret() {
        return Optional.ofNullable(password);
    }
}
