package fi.kimppa.sip2.conformance;

import java.util.Locale;
import java.util.Optional;

/** What carries a conversation. */
public enum Link {
    TCP,
    TLS,
    /** SIP2 over HTTPS: one message a request, no connection of its own. */
    HTTPS;

    /** The word that stands for it in a file and in an address. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Link> of(String word) {
        for (Link link : values()) {
            if (link.word().equals(word)) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }
}
