package fi.kimppa.gateway.backend.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A library system's HTTP rim on a real socket: what it knows is a function, and each answer of it can be lost, cut,
 * dripped or replaced by a fault, after the request has been carried out.
 */
public final class HttpStub implements AutoCloseable {
    /**
     * A request as it came.
     *
     * @param path after the host, without the query
     * @param query the first value of each parameter, decoded
     * @param headers the first value of each, by name in small letters
     */
    public record Asked(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        /** {@code GET /path}. */
        public String line() {
            return method + " " + path;
        }

        /** The fields of a form in the body. */
        public Map<String, String> form() {
            return parameters(body);
        }
    }

    /** What it does. */
    public sealed interface Reply {
        /** Answers. */
        record Said(int status, Map<String, String> headers, String body) implements Reply {}

        /** Says nothing and keeps the connection open. */
        record Silence() implements Reply {}

        /** Hangs up. */
        record HangUp() implements Reply {}

        /** Says the first half of this and hangs up. */
        record Half(Said said) implements Reply {}

        /** Says it byte by byte, and never the last one. */
        record Drip(Said said) implements Reply {}

        /** JSON with a status. */
        static Said json(int status, String body) {
            return new Said(status, Map.of("Content-Type", "application/json"), body);
        }
    }

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, List<UnaryOperator<Reply>>> faults = new ConcurrentHashMap<>();
    public final List<Asked> heard = new CopyOnWriteArrayList<>();

    /** Answers with what the library says. */
    public HttpStub(Function<Asked, Reply> library) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> serve(exchange, library));
        server.start();
    }

    /** Its base address with this path. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** What becomes of the next answer to a request whose line begins so; several are used up in order. */
    public HttpStub next(String line, UnaryOperator<Reply> fault) {
        faults.computeIfAbsent(line, _ -> new CopyOnWriteArrayList<>()).add(fault);
        return this;
    }

    /** The requests whose line begins so. */
    public List<Asked> heard(String line) {
        return heard.stream().filter(asked -> asked.line().startsWith(line)).toList();
    }

    private void serve(HttpExchange exchange, Function<Asked, Reply> library) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Asked asked = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                parameters(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                        .orElse("")),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        heard.add(asked);
        try {
            answer(exchange, fault(asked).apply(library.apply(asked)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private UnaryOperator<Reply> fault(Asked asked) {
        return faults.entrySet().stream()
                .filter(entry -> asked.line().startsWith(entry.getKey()))
                .flatMap(entry -> takeFirst(entry.getValue()).stream())
                .findFirst()
                .orElse(reply -> reply);
    }

    private static Optional<UnaryOperator<Reply>> takeFirst(List<UnaryOperator<Reply>> planned) {
        synchronized (planned) {
            return planned.isEmpty() ? Optional.empty() : Optional.of(planned.removeFirst());
        }
    }

    private void answer(HttpExchange exchange, Reply reply) throws IOException, InterruptedException {
        switch (reply) {
            case Reply.Said said -> {
                byte[] body = begin(exchange, said);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            }
            case Reply.Silence _ -> closed.await();
            case Reply.HangUp _ -> {}
            case Reply.Half(Reply.Said said) -> {
                byte[] body = begin(exchange, said);
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
            }
            case Reply.Drip(Reply.Said said) -> {
                byte[] body = begin(exchange, said);
                OutputStream out = exchange.getResponseBody();
                for (int i = 0; i < body.length - 1; i++) {
                    out.write(body[i]);
                    out.flush();
                    if (closed.await(20, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
                closed.await();
            }
        }
    }

    private static byte[] begin(HttpExchange exchange, Reply.Said said) throws IOException {
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        said.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
        return body;
    }

    private static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
