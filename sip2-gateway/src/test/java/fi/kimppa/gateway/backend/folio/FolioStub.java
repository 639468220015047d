package fi.kimppa.gateway.backend.folio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fi.kimppa.gateway.backend.folio.FolioState.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A FOLIO tenant over real HTTP, as mod-login, mod-circulation, mod-users, mod-feesfines and mod-inventory behave
 * (backends.md section 6): tokens that end, refresh tokens that are good once, and every way in which an answer can be
 * lost.
 */
final class FolioStub implements AutoCloseable {
    static final String TENANT = "diku";
    static final String USER = "kimppa";
    static final String PASSWORD = "s3cret";

    /** What goes wrong with one call. */
    enum Fault {
        /** None: carried out and answered. */
        NONE,
        /** Carried out, and no answer comes. */
        SILENCE,
        /** Carried out, and the line is cut before the answer. */
        CUT,
        /** Carried out, and the line is cut within the answer. */
        HALF,
        /** Carried out, and answered 500 in plain text. */
        ERROR_AFTER,
        /** Not carried out, and answered 500 in plain text. */
        ERROR_BEFORE,
        /** Carried out, and answered with a page of some proxy. */
        PAGE,
        /** Not carried out, and answered 401. */
        UNAUTHORIZED,
        /** Not carried out, and answered 429. */
        BUSY
    }

    /** One call as it came. */
    record Heard(String call, Map<String, String> query, JsonNode body) {
        String text(String field) {
            return body.path(field).asString();
        }

        boolean has(String field) {
            return body.has(field);
        }
    }

    private record Token(String refresh, Instant ends) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final FolioState state;
    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger logins = new AtomicInteger();
    final AtomicInteger refreshes = new AtomicInteger();
    volatile boolean letsIn = true;
    volatile boolean refreshesTokens = true;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Map<String, Boolean> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, List<Fault>> faults = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Clock clock;

    FolioStub(Clock clock) throws IOException {
        this.clock = clock;
        this.state = new FolioState(clock);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next calls like this go wrong so, one after the other. */
    void fail(String call, Fault... next) {
        faults.computeIfAbsent(call, _ -> new CopyOnWriteArrayList<>()).addAll(Arrays.asList(next));
    }

    /** How often this call came, whatever became of it. */
    long count(String call) {
        return heard.stream().filter(one -> one.call.equals(call)).count();
    }

    /** The last call like this. */
    Heard last(String call) {
        return heard.reversed().stream()
                .filter(one -> one.call.equals(call))
                .findFirst()
                .orElseThrow();
    }

    /** No token is good any more, as after a restart of FOLIO. */
    void forgetTokens() {
        tokens.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String call = exchange.getRequestMethod() + " " + path;
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode json = body.length == 0 ? JsonNodeFactory.instance.missingNode() : JSON.readTree(body);
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            heard.add(new Heard(call, query, json));
            Optional<Fault> fault = next(call).filter(wrong -> wrong != Fault.NONE);
            if (fault.equals(Optional.of(Fault.ERROR_BEFORE))) {
                answer(exchange, Result.text(500, "Internal server error"));
                return;
            }
            if (fault.equals(Optional.of(Fault.UNAUTHORIZED))) {
                answer(exchange, Result.text(401, "Invalid token"));
                return;
            }
            if (fault.equals(Optional.of(Fault.BUSY))) {
                answer(exchange, Result.text(429, "Too many requests"));
                return;
            }
            Result result = carryOut(exchange, call, query, json);
            if (fault.isEmpty()) {
                answer(exchange, result);
            } else {
                spoil(exchange, result, fault.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Fault> next(String call) {
        List<Fault> waiting = faults.getOrDefault(call, List.of());
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeFirst());
    }

    private Result carryOut(HttpExchange exchange, String call, Map<String, String> query, JsonNode body) {
        if (!TENANT.equals(exchange.getRequestHeaders().getFirst("x-okapi-tenant"))) {
            return Result.text(400, "Unable to determine tenant");
        }
        if (call.equals("POST /authn/login-with-expiry")) {
            return logIn(exchange, body);
        }
        if (call.equals("POST /authn/refresh")) {
            return refresh(exchange);
        }
        Token token = tokens.get(String.valueOf(exchange.getRequestHeaders().getFirst("x-okapi-token")));
        if (token == null || !clock.instant().isBefore(token.ends)) {
            return Result.text(401, "Invalid token");
        }
        synchronized (state) {
            return state.carryOut(call, query, body);
        }
    }

    private Result logIn(HttpExchange exchange, JsonNode body) {
        String user = body.path("username").asString();
        String password = body.path("password").asString();
        if (user.equals(USER)) {
            logins.incrementAndGet();
        }
        boolean right =
                user.equals(USER) ? letsIn && password.equals(PASSWORD) : password.equals(state.passwords.get(user));
        return right
                ? issue(exchange)
                : Result.refused("Password does not match", "password.incorrect", "username", user);
    }

    private Result refresh(HttpExchange exchange) {
        refreshes.incrementAndGet();
        String cookies = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        String refresh = Arrays.stream(cookies.split(";\\s*"))
                .filter(cookie -> cookie.startsWith("folioRefreshToken="))
                .map(cookie -> cookie.substring("folioRefreshToken=".length()))
                .findFirst()
                .orElse("");
        // Good for one use only.
        return refreshesTokens && refreshTokens.remove(refresh) != null
                ? issue(exchange)
                : Result.refused("Invalid refresh token", "token.refresh.unprocessable", "token", "");
    }

    private Result issue(HttpExchange exchange) {
        int number = numbers.incrementAndGet();
        String refresh = "refresh-" + number;
        Instant ends = clock.instant().plus(Duration.ofMinutes(10));
        tokens.put("access-" + number, new Token(refresh, ends));
        refreshTokens.put(refresh, true);
        String rest = "Secure; HTTPOnly; SameSite=Strict";
        exchange.getResponseHeaders()
                .add("Set-Cookie", "folioAccessToken=access-" + number + "; Max-Age=600; Path=/; " + rest);
        exchange.getResponseHeaders()
                .add("Set-Cookie", "folioRefreshToken=" + refresh + "; Max-Age=604800; Path=/authn; " + rest);
        return new Result(
                201,
                JSON.createObjectNode()
                        .put("accessTokenExpiration", ends.toString())
                        .put(
                                "refreshTokenExpiration",
                                ends.plus(Duration.ofDays(7)).toString()),
                "");
    }

    private void spoil(HttpExchange exchange, Result result, Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case SILENCE -> closing.await();
            case HALF -> {
                byte[] whole = result.bytes();
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(result.status(), whole.length + 100L);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
            }
            case ERROR_AFTER -> answer(exchange, Result.text(500, "Internal server error"));
            case PAGE -> answer(exchange, Result.text(200, "<html><body>Please sign in</body></html>"));
            case CUT, NONE, ERROR_BEFORE, UNAUTHORIZED, BUSY -> {}
        }
    }

    private static void answer(HttpExchange exchange, Result result) throws IOException {
        byte[] bytes = result.bytes();
        exchange.getResponseHeaders().add("Content-Type", result.text().isEmpty() ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(result.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        return raw == null
                ? Map.of()
                : Arrays.stream(raw.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
