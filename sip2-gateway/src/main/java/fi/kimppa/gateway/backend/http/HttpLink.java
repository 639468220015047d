package fi.kimppa.gateway.backend.http;

import fi.kimppa.gateway.backend.http.Answer.Content;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.net.URIBuilder;
import org.apache.hc.core5.net.WWWFormCodec;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connections to one library system. A call is sent once: nothing is tried again, no redirect is followed, no cookie
 * is kept. May be used by several threads; calls block.
 */
public final class HttpLink implements AutoCloseable {
    private static final String SENT = "kimppa.sent";
    private static final String DEADLINE = "kimppa.deadline";

    /**
     * A connection that was idle may have been closed by the other side, so it is looked at first; zero would mean never
     * (httpcore5 5.4, {@code Deadline.calculate}).
     */
    private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(1);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String name;
    private final HttpSettings settings;
    private final Semaphore free;
    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor cutter;

    /**
     * A link that connects at its first call.
     *
     * @param name of the library system, for logs
     */
    public HttpLink(String name, HttpSettings settings) {
        this.name = name;
        this.settings = settings;
        this.free = new Semaphore(settings.connections(), true);
        this.cutter = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines of " + name).factory());
        cutter.setRemoveOnCancelPolicy(true);
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(settings.connections())
                        .setMaxConnPerRoute(settings.connections())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connect()))
                                .setSocketTimeout(Timeout.of(settings.connect()))
                                .setValidateAfterInactivity(LOOK_AFTER)
                                .build())
                        .build())
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "sent", (request, scope, chain) -> {
                    if (scope.clientContext.getAttribute(DEADLINE) instanceof Deadline deadline
                            && deadline.left().isZero()) {
                        // Whoever cuts it off stood still as well, if the process did.
                        throw new InterruptedIOException("the deadline has passed");
                    }
                    scope.clientContext.setAttribute(SENT, true);
                    return chain.proceed(request, scope);
                })
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /**
     * Asks and waits for the whole answer.
     *
     * @param deadline when the answer is given up
     * @return a yes (2xx) or a no (4xx)
     * @throws BackendBusyException if no connection became free in time, or the system says that it has no time (429);
     *     nothing was done
     * @throws BackendSilentException if there was no whole answer in time or one that says nothing: 3xx, 408, 5xx, a
     *     yes with a body that is not JSON, a body beyond the largest. Nothing was done if the call changes nothing
     *     or was never sent; else nobody knows
     */
    public Answer exchange(Call call, Deadline deadline) {
        return exchange(call, deadline, Set.of());
    }

    /** The same, where these statuses are a no as well. */
    public Answer exchange(Call call, Deadline deadline, Set<Integer> alsoNo) {
        take(call, deadline);
        try {
            return send(call, deadline, alsoNo);
        } finally {
            free.release();
        }
    }

    private void take(Call call, Deadline deadline) {
        Duration wait = settings.patience().compareTo(deadline.left()) < 0 ? settings.patience() : deadline.left();
        boolean taken = false;
        try {
            taken = free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw new BackendBusyException(name + ": none of " + settings.connections()
                    + " connections became free within " + wait.toMillis() + " ms for " + call);
        }
    }

    private Answer send(Call call, Deadline deadline, Set<Integer> alsoNo) {
        Duration left = deadline.left();
        if (left.isZero()) {
            throw new BackendSilentException(
                    name + ": no time is left for " + call, true, new IOException("the deadline has passed"));
        }
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(DEADLINE, deadline);
        HttpUriRequestBase request = request(call);
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(left))
                .setResponseTimeout(Timeout.of(left))
                .build());
        long begun = System.nanoTime();
        Future<?> cut = cutter.schedule(request::cancel, left.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return http.execute(request, context, response -> read(response, request, call, alsoNo));
        } catch (IOException | IllegalStateException e) {
            // One that is cancelled just before it connects finds its connection gone.
            if (e instanceof IllegalStateException fault && !request.isCancelled()) {
                throw fault;
            }
            boolean sent = context.getAttribute(SENT) != null;
            throw new BackendSilentException(
                    "%s: %s: %s after %d ms: %s"
                            .formatted(
                                    name,
                                    call,
                                    sent ? "no whole answer" : "not sent",
                                    Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                                    e.getClass().getSimpleName()),
                    !sent || !call.changes(),
                    e);
        } finally {
            cut.cancel(false);
        }
    }

    private HttpUriRequestBase request(Call call) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), address(call));
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        call.headers().forEach(header -> request.setHeader(header.name(), header.value()));
        switch (call.body()) {
            case Call.Body.Nothing _ -> {}
            case Call.Body.Json(Object value) ->
                request.setEntity(new ByteArrayEntity(JSON.writeValueAsBytes(value), ContentType.APPLICATION_JSON));
            case Call.Body.Form(List<Call.Pair> fields) ->
                request.setEntity(new ByteArrayEntity(
                        WWWFormCodec.format(pairs(fields), StandardCharsets.UTF_8)
                                .getBytes(StandardCharsets.UTF_8),
                        ContentType.APPLICATION_FORM_URLENCODED));
        }
        return request;
    }

    private URI address(Call call) {
        try {
            URIBuilder address = new URIBuilder(settings.url()).appendPathSegments(call.path());
            call.query().forEach(pair -> address.addParameter(pair.name(), pair.value()));
            return address.build();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("an address cannot be built for " + call);
        }
    }

    private static List<BasicNameValuePair> pairs(List<Call.Pair> fields) {
        return fields.stream()
                .map(field -> new BasicNameValuePair(field.name(), field.value()))
                .toList();
    }

    private Answer read(ClassicHttpResponse response, HttpUriRequestBase request, Call call, Set<Integer> alsoNo)
            throws IOException {
        int status = response.getCode();
        if (status == 429) {
            throw new BackendBusyException(name + ": " + call + " was answered 429");
        }
        boolean yes = status >= 200 && status < 300;
        boolean no = (status >= 400 && status < 500 && status != 408) || alsoNo.contains(status);
        if (!yes && !no) {
            throw nonsense(call, "status " + status);
        }
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : whole(entity, request, call);
        return new Answer(status, headers(response), content(body, yes, call, status));
    }

    private byte[] whole(HttpEntity entity, HttpUriRequestBase request, Call call) throws IOException {
        int most = Math.toIntExact(settings.largestAnswer().toBytes());
        byte[] body = entity.getContent().readNBytes(most + 1);
        if (body.length > most) {
            // What is left of it is not read: the connection is of no more use.
            request.cancel();
            throw nonsense(call, "a body beyond " + settings.largestAnswer());
        }
        return body;
    }

    private Content content(byte[] body, boolean yes, Call call, int status) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return new Content.Nothing();
        }
        try {
            JsonNode tree = JSON.readTree(body);
            return new Content.Json(tree);
        } catch (JacksonException e) {
            // Its message would quote the body, and so it is no cause either.
            if (yes) {
                throw nonsense(call, "status " + status + " with a body that is not JSON");
            }
            return new Content.Text(text);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private BackendSilentException nonsense(Call call, String what) {
        return new BackendSilentException(
                name + ": " + call + " was answered with " + what,
                !call.changes(),
                new IOException("an answer that says nothing"));
    }

    private static Map<String, List<String>> headers(ClassicHttpResponse response) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(header.getValue());
        }
        return headers;
    }

    @Override
    public void close() {
        cutter.shutdownNow();
        try {
            http.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(name + ": the connections could not be closed", e);
        }
    }
}
