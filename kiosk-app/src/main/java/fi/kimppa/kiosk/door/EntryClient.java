package fi.kimppa.kiosk.door;

import fi.kimppa.sip2.PinnedCertificate;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the gateway whether somebody may come in: {@code POST /api/entries} (deploy/contract). It is asked once; an
 * answer that does not come is a refusal at the door, and the gateway's log may then hold a grant that opened nothing.
 *
 * <p>Threads: any; calls block.
 */
final class EntryClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EntryClient.class);

    private final JsonMapper json = new JsonMapper();
    private final URI entries;
    private final String authorization;
    private final CloseableHttpClient http;

    EntryClient(DoorSettings settings) {
        this.entries = settings.gateway().resolve("/api/entries");
        this.authorization = basic(settings.login(), settings.password());
        Timeout patience = Timeout.of(settings.answerWithin());
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(patience)
                        .setSocketTimeout(patience)
                        .build());
        settings.certificate()
                .ifPresent(pin -> connections.setTlsSocketStrategy(
                        new DefaultClientTlsStrategy(PinnedCertificate.context(pin), NoopHostnameVerifier.INSTANCE)));
        this.http = HttpClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(patience).build())
                // A second try could be a second entry in the log.
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
    }

    private static String basic(String login, Secret password) {
        String credentials = login + ":" + new String(password.reveal());
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** The decision, or empty when none came in time or none that can be read. */
    Optional<EntryAnswer> ask(String card, Secret pin) {
        char[] digits = pin.reveal();
        byte[] body = json.writeValueAsBytes(Map.of("card", card, "pin", digits));
        Arrays.fill(digits, '\0');
        HttpPost post = new HttpPost(entries);
        post.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        try {
            return http.execute(post, this::read);
        } catch (IOException | JacksonException e) {
            LOG.warn("No decision from {}: {}", entries, e.getMessage());
            return Optional.empty();
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private Optional<EntryAnswer> read(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != 200) {
            LOG.warn("{} answered {}", entries, response.getCode());
            return Optional.empty();
        }
        return Optional.of(json.readValue(response.getEntity().getContent(), EntryAnswer.class));
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
