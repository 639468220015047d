package fi.kimppa.gateway.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The live stream as a browser hears it. */
@Timeout(30)
class FleetStreamTest extends GatewayTest {
    @LocalServerPort
    int port;

    @Autowired
    Fleet fleet;

    private final HttpClient staff =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @Test
    void reconnectedListenerHearsExactlyWhatItMissed() throws Exception {
        signIn();
        fleet.noticed(List.of(new Noticed("kiosk-turku", Instant.EPOCH, "RETURN_WAITING", "first")));
        long seen = fleet.lastChange();
        List<String> live;
        try (BufferedReader stream = listen(Optional.of(seen))) {
            fleet.noticed(List.of(new Noticed("kiosk-turku", Instant.EPOCH, "RETURN_WAITING", "second")));
            live = until(stream, "second");
        }
        assertThat(String.join("\n", live)).doesNotContain("first").contains("event:event");
        fleet.noticed(List.of(new Noticed("kiosk-turku", Instant.EPOCH, "RETURN_WAITING", "<third>")));
        try (BufferedReader stream = listen(Optional.of(lastId(live)))) {
            assertThat(String.join("\n", until(stream, "third")))
                    .doesNotContain("second")
                    .contains("&lt;third&gt;");
        }
    }

    @Test
    void newListenerHearsEverythingFirst() throws Exception {
        signIn();
        fleet.noticed(List.of(new Noticed("kiosk-turku", Instant.EPOCH, "RETURN_WAITING", "before")));
        try (BufferedReader stream = listen(Optional.empty())) {
            assertThat(until(stream, "before")).isNotEmpty();
        }
    }

    private static long lastId(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("id:"))
                .mapToLong(line -> Long.parseLong(line.substring(3)))
                .max()
                .orElseThrow();
    }

    private static List<String> until(BufferedReader stream, String word) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            lines.add(line);
            if (line.contains(word)) {
                return lines;
            }
        }
        throw new AssertionError("the stream ended before " + word);
    }

    private BufferedReader listen(Optional<Long> last) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/fleet/stream")).header("Accept", "text/event-stream");
        last.ifPresent(id -> request.header("Last-Event-ID", id.toString()));
        HttpResponse<InputStream> answer = staff.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private void signIn() throws IOException, InterruptedException {
        String page = staff.send(HttpRequest.newBuilder(uri("/sign-in")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        String form =
                "name=staff&password=demo-staff&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        HttpResponse<String> answer = staff.send(
                HttpRequest.newBuilder(uri("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
