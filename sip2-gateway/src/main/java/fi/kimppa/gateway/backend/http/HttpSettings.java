package fi.kimppa.gateway.backend.http;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where a library system is and how long it is waited for.
 *
 * @param url http or https, with the path that all calls begin with, such as {@code https://koha.example.fi/api/v1}
 * @param connect how long opening a connection may take
 * @param patience how long a call waits for a free connection before the system counts as busy
 * @param connections how many may be open at once, 1 to 64
 * @param largestAnswer what is longer is no answer, 1 KB to 64 MB
 */
public record HttpSettings(
        URI url,
        @DefaultValue("2s") Duration connect,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("8") int connections,
        @DefaultValue("4MB") DataSize largestAnswer) {
    /** Checks the ranges. */
    public HttpSettings {
        String scheme = url.getScheme() == null ? "" : url.getScheme();
        if (!scheme.matches("https?") || url.getHost() == null) {
            throw new IllegalArgumentException("url must begin with http:// or https:// and name a host");
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("url must have no user, no question mark and no fragment");
        }
        if (connect.toMillis() < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("connect must be 1 ms or more, and patience not negative");
        }
        if (connections < 1 || connections > 64) {
            throw new IllegalArgumentException("connections must be 1 to 64, found " + connections);
        }
        if (largestAnswer.toBytes() < 1_024 || largestAnswer.toMegabytes() > 64) {
            throw new IllegalArgumentException("largest-answer must be 1 KB to 64 MB, found " + largestAnswer);
        }
    }
}
