package fi.kimppa.kiosk;

import com.sun.net.httpserver.HttpServer;
import fi.kimppa.kiosk.runtime.SteeringFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes reports as the gateway does and keeps them. Threads: any. */
final class ReportServer implements AutoCloseable {
    private final HttpServer server;
    private final JsonMapper json = JsonMapper.builder().build();

    /** One report and when it came. */
    record Received(JsonNode body, String authorization, long atNanos) {}

    final List<Received> reports = new CopyOnWriteArrayList<>();

    /** What is answered to whoever asks for a permit; empty for no such thing. */
    final AtomicReference<String> permit = new AtomicReference<>("");

    /** The receipts that were handed over, as they came. */
    final List<JsonNode> receipts = new CopyOnWriteArrayList<>();

    /** The codes with which the next receipts are answered, before all others get 202; 0 hangs up without a word. */
    final Queue<Integer> receiptCodes = new ConcurrentLinkedQueue<>();
    /** What the catalogue was asked, address and all. */
    final List<String> catalogueAsked = new CopyOnWriteArrayList<>();

    private final Map<String, Answer> catalogue = new ConcurrentHashMap<>();

    private record Answer(int code, String body) {}

    /** What the kiosk shall have on top of its own file; empty for a gateway that sets nothing. */
    final AtomicReference<String> configuration = new AtomicReference<>("");

    /** How that comes when it is asked for. */
    final AtomicReference<Way> configurationComes = new AtomicReference<>(Way.WHOLE);

    /** How often it was asked for. */
    final AtomicInteger asked = new AtomicInteger();

    /** What comes to whoever asks for a logo; nothing for none. */
    final AtomicReference<byte[]> logo = new AtomicReference<>(new byte[0]);

    final List<String> logosAsked = new CopyOnWriteArrayList<>();

    /** Whether staff elsewhere want the kiosk started anew. */
    final AtomicBoolean restart = new AtomicBoolean();

    /** How an answer comes. */
    enum Way {
        WHOLE,
        /** The line breaks in the middle. */
        CUT,
        /** Half of it is lost and the other half looks whole. */
        HALF
    }

    ReportServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/reports", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            reports.add(new Received(
                    json.readTree(body), exchange.getRequestHeaders().getFirst("Authorization"), System.nanoTime()));
            byte[] answer = answer(reports.getLast().body());
            exchange.sendResponseHeaders(answer.length == 0 ? 204 : 200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.createContext("/api/kiosk/configuration", exchange -> {
            byte[] body = configuration.get().getBytes(StandardCharsets.UTF_8);
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("ETag", "\"" + SteeringFile.version(body) + "\"");
            Way way = configurationComes.get();
            byte[] sent = way == Way.WHOLE ? body : Arrays.copyOf(body, body.length / 2);
            exchange.sendResponseHeaders(200, way == Way.CUT ? body.length : sent.length);
            exchange.getResponseBody().write(sent);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/api/kiosk/logos/", exchange -> {
            logosAsked.add(exchange.getRequestURI().getPath());
            byte[] body = logo.get();
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/api/offline/permit", exchange -> {
            byte[] body = permit.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/api/receipts", exchange -> {
            receipts.add(json.readTree(exchange.getRequestBody().readAllBytes()));
            int code = Optional.ofNullable(receiptCodes.poll()).orElse(202);
            if (code > 0) {
                exchange.sendResponseHeaders(code, -1);
            }
            exchange.close();
        });
        server.createContext("/api/catalogue/", exchange -> {
            catalogueAsked.add(exchange.getRequestURI().toString());
            String call = exchange.getRequestURI().getPath().substring("/api/catalogue/".length());
            Answer answer = catalogue.getOrDefault(call, new Answer(404, ""));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** As the gateway answers: the version that a kiosk has not judged yet. */
    private byte[] answer(JsonNode report) {
        if (restart.get() && report.hasNonNull("run")) {
            return "{\"restart\": true}".getBytes(StandardCharsets.UTF_8);
        }
        String wanted = configuration.get();
        JsonNode said = report.path("configuration");
        if (wanted.isEmpty() || said.isMissingNode()) {
            return new byte[0];
        }
        String version = SteeringFile.version(wanted.getBytes(StandardCharsets.UTF_8));
        boolean known = version.equals(said.get("accepted").stringValue())
                || version.equals(said.get("refused").stringValue());
        return known ? new byte[0] : ("{\"configuration\": \"" + version + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** What the last report says of this part of its settings. */
    String lastSaid(String part) {
        return reports.isEmpty()
                ? ""
                : reports.getLast().body().path("configuration").path(part).asString("");
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What the catalogue answers to a call from now on. */
    void catalogue(String call, int code, String body) {
        catalogue.put(call, new Answer(code, body));
    }

    /** Whether a report says this of a device. */
    boolean saw(String device, String status) {
        return reports.stream()
                .flatMap(report -> report.body().get("devices").valueStream())
                .anyMatch(line -> line.get("device").stringValue().equals(device)
                        && line.get("status").stringValue().equals(status));
    }

    /** Whether a report tells this event. */
    boolean told(String kind) {
        return reports.stream()
                .flatMap(report -> report.body().get("events").valueStream())
                .anyMatch(line -> line.get("kind").stringValue().equals(kind));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
