package fi.kimppa.kiosk.runtime;

import fi.kimppa.sip2.PinnedCertificate;
import fi.kimppa.sip2.wire.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.util.Timeout;

/** How a terminal speaks with the gateway over HTTP: never for long, and with its own login. */
final class GatewayHttp {
    private GatewayHttp() {}

    /**
     * A client that waits some seconds and repeats nothing by itself.
     *
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     */
    static CloseableHttpClient client(Optional<String> certificate) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(3))
                        .setSocketTimeout(Timeout.ofSeconds(5))
                        .build());
        certificate.ifPresent(pin -> connections.setTlsSocketStrategy(
                new DefaultClientTlsStrategy(PinnedCertificate.context(pin), NoopHostnameVerifier.INSTANCE)));
        return HttpClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.ofSeconds(3))
                        .setResponseTimeout(Timeout.ofSeconds(5))
                        .build())
                .disableAutomaticRetries()
                .build();
    }

    /** The value of the header that says who asks. */
    static String basic(String login, Secret secret) {
        char[] password = secret.reveal();
        CharBuffer pair = CharBuffer.allocate(login.length() + 1 + password.length);
        pair.put(login).put(':').put(password).flip();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(pair);
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        Arrays.fill(password, '\0');
        return "Basic " + Base64.getEncoder().encodeToString(exact);
    }
}
