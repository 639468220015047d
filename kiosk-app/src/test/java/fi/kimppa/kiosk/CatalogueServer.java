package fi.kimppa.kiosk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What a kiosk asks of the gateway's catalogue, with the bodies of {@code deploy/contract}. Threads: any. */
final class CatalogueServer implements AutoCloseable {
    private static final int OK = 200;

    /** A gateway that never answers stars in time. */
    static final int SILENT = 0;

    private final HttpServer server;
    private final CountDownLatch end = new CountDownLatch(1);

    /** What the feed is answered with: 200 with the feed, or another code without a body. */
    final AtomicInteger feedCode = new AtomicInteger(OK);

    /** What stars are answered with. */
    final AtomicInteger starsCode = new AtomicInteger(OK);

    final AtomicInteger feedsAsked = new AtomicInteger();
    final List<String> stars = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    CatalogueServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/catalogue/feed", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, feedCode.get(), "catalogue-feed.json");
            feedsAsked.incrementAndGet();
        });
        server.createContext("/api/catalogue/ratings", exchange -> {
            stars.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (starsCode.get() == SILENT) {
                waitForTheEnd();
            }
            answer(exchange, starsCode.get(), "catalogue-rating-answer.json");
        });
        server.start();
    }

    static String contract(String name) throws IOException {
        return Files.readString(Path.of("..", "deploy", "contract", name));
    }

    private static void answer(HttpExchange exchange, int code, String name) throws IOException {
        byte[] body = contract(name).getBytes(StandardCharsets.UTF_8);
        if (code == OK) {
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        } else {
            exchange.sendResponseHeaders(code == SILENT ? 503 : code, -1);
        }
        exchange.close();
    }

    private void waitForTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
