package fi.kimppa.sip2;

import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.SipEnvelope;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * SIP2 in HTTPS requests, in the form of the Koha-Suomi plugin SIPoHTTP. Every request carries login and password,
 * which the server uses for a SIP2 session of that one message. So nothing is repeated or asked for again here: no
 * answer, and the empty {@code response} that the plugin gives when its SIP server is silent, leave the outcome unknown.
 */
final class HttpsLink implements Sip2Link {
    private static final String LOGIN_REFUSED = "940";

    /** The connection came too late: the process stood still, or a handshake took all the time. */
    private static final class TooLateException extends IOException {
        private static final long serialVersionUID = 1;

        TooLateException() {
            super("the connection came too late");
        }
    }

    /**
     * A request's body that does not leave any more when it is late: whoever waited for the answer has said it again elsewhere, and was
     * perhaps told no. What has left by then is a head without its message, which nobody carries out.
     *
     * @param latest by {@link System#nanoTime}
     */
    private record Timely(BodyPublisher body, long latest) implements BodyPublisher {
        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> wire) {
            if (System.nanoTime() - latest <= 0) {
                body.subscribe(wire);
                return;
            }
            wire.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long buffers) {
                    wire.onError(new TooLateException());
                }

                @Override
                public void cancel() {}
            });
        }
    }

    private final Sip2Address address;
    private final Duration patience;
    private final WireProfile profile;
    private final FrameCodec codec;
    private final HttpClient http;
    private Optional<Login> login = Optional.empty();
    private boolean loggingIn;
    private @Nullable CompletableFuture<HttpResponse<byte[]>> awaited;

    HttpsLink(Sip2Address address, Duration timeout, WireProfile profile) {
        this(address, timeout, timeout, profile);
    }

    /** @param patience from the moment in which a message is to be sent to that in which there is a connection for it */
    HttpsLink(Sip2Address address, Duration timeout, Duration patience, WireProfile profile) {
        this.address = address;
        this.patience = patience;
        this.profile = profile;
        this.codec = new FrameCodec(profile);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        address.pin().ifPresent(pin -> builder.sslContext(PinnedCertificate.context(pin)));
        this.http = builder.build();
    }

    @Override
    public void send(byte[] bytes) {
        byte[] line = withoutEnd(bytes);
        loggingIn = false;
        if (codec.decode(line) instanceof Decoded.Complete(Frame frame, boolean _)
                && frame.type() == MessageType.LOGIN
                && Request.from(frame) instanceof Login shown) {
            login = Optional.of(shown);
            loggingIn = true;
        }
        Login known = login.orElseThrow(() -> new LinkException(address, Phase.LOGIN, Duration.ZERO, true));
        byte[] xml = SipEnvelope.request(new SipEnvelope.Request(
                known.loginUserId(), known.loginPassword(), new String(line, profile.charset())));
        HttpRequest request = HttpRequest.newBuilder(uri())
                .header("Content-Type", "application/xml; charset=utf-8")
                .header("Accept", "application/xml")
                .POST(new Timely(BodyPublishers.ofByteArray(xml), System.nanoTime() + patience.toNanos()))
                .build();
        // A character may take six bytes in XML, and there is an envelope around it.
        long most = 6L * profile.maxFrameBytes() + 4096;
        awaited = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most))
                .whenComplete((_, _) -> Arrays.fill(xml, (byte) 0));
    }

    private static byte[] withoutEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\r' || bytes[length - 1] == '\n')) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private URI uri() {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        return URI.create("https://" + host + ":" + address.port() + address.path());
    }

    @Override
    public Optional<byte[]> receive(Duration timeout) {
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> asked = awaited;
        if (asked == null) {
            return Optional.empty();
        }
        awaited = null;
        try {
            return line(asked.get(timeout.toNanos(), TimeUnit.NANOSECONDS), start);
        } catch (TimeoutException _) {
            asked.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new LinkException(address, Phase.RECEIVE, since(start), false, e);
        } catch (ExecutionException e) {
            throw broken(e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()), start);
        }
    }

    private Optional<byte[]> line(HttpResponse<byte[]> response, long start) {
        int status = response.statusCode();
        if (status != 200) {
            // 4xx: the request was not taken. 5xx: something broke on the way, before or behind the library system.
            throw new LinkException(
                    address,
                    status / 100 == 4 ? Phase.LOGIN : Phase.RECEIVE,
                    since(start),
                    status / 100 == 4,
                    new IOException("HTTP status " + status));
        }
        Optional<String> message;
        try {
            message = SipEnvelope.readResponse(response.body());
        } catch (IllegalArgumentException _) {
            throw new Sip2Exception.FormatException("the XML of a SIP2 response", "something else", 0, false);
        }
        if (!loggingIn && message.filter(text -> text.startsWith(LOGIN_REFUSED)).isPresent()) {
            throw new LinkException(address, Phase.LOGIN, since(start), true);
        }
        return message.map(text -> text.strip().getBytes(profile.charset()));
    }

    /** Before a connection stands nothing has been sent, so nothing can have been done. */
    private LinkException broken(IOException cause, long start) {
        if (Stream.iterate((Throwable) cause, Objects::nonNull, Throwable::getCause)
                .anyMatch(TooLateException.class::isInstance)) {
            return new LinkException(address, Phase.SEND, since(start), true, cause);
        }
        boolean unconnected = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException;
        return new LinkException(
                address, unconnected ? Phase.CONNECT : Phase.RECEIVE, since(start), unconnected, cause);
    }

    /** A connection that the server has closed is replaced by the next request. */
    @Override
    public boolean stale() {
        return false;
    }

    @Override
    public boolean remembered() {
        return false;
    }

    @Override
    public Sip2Address address() {
        return address;
    }

    /** The request that is under way is cut off. */
    @Override
    public void abandon() {
        close();
    }

    @Override
    public void close() {
        http.shutdownNow();
        login.ifPresent(known -> known.loginPassword().erase());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
