package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.GatewayTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What Prometheus reads after a conversation. */
class SipMetricsTest extends GatewayTest {
    private static final String DATE = "20261124    193000";

    @LocalServerPort
    int port;

    @Autowired
    Sip2Server sip;

    @Test
    void prometheusReadsRateErrorsAndDurationOfEachMessage() throws Exception {
        String before = scrape();
        try (Peer peer = new Peer(sip.plainPort().orElseThrow())) {
            assertThat(peer.ask("17" + DATE + "AO|AB3000000011|")).startsWith("18");
            assertThat(peer.ask("9300CNkiosk-lieto|COdemo-kiosk-lieto|")).startsWith("941");
            peer.ask("9900802.00");
            peer.ask("17" + DATE + "AOLIETO|AB3000000011|");
            assertThat(peer.ask("23000" + DATE + "AOLIETO|AA2999999999|AC|AD|")).startsWith("24");
            peer.ask("23000");
            assertThat(peer.ask("17" + DATE + "AOLIETO|AB3000000011|AY1AZ0000")).startsWith("96");
        }
        String after = scrape();
        assertThat(more(before, after, "17", "not_allowed")).isEqualTo(1);
        assertThat(more(before, after, "17", "ok")).isEqualTo(1);
        assertThat(more(before, after, "93", "ok")).isEqualTo(1);
        assertThat(more(before, after, "99", "ok")).isEqualTo(1);
        assertThat(more(before, after, "23", "refused")).isEqualTo(1);
        assertThat(more(before, after, "23", "malformed")).isEqualTo(1);
        assertThat(more(before, after, "kimppa_sip_exchange_seconds_count\\{[^}]*command=\"17\"[^}]*}"))
                .isEqualTo(2);
        assertThat(more(before, after, "kimppa_sip_exchange_seconds_sum\\{[^}]*command=\"23\"[^}]*}"))
                .isPositive();
        assertThat(more(before, after, "kimppa_sip_incidents_total\\{[^}]*what=\"bad_checksum\"[^}]*}"))
                .isEqualTo(1);
    }

    @Test
    void seriesAreAsManyAsMessagesAndOutcomesAndNameNobody() throws Exception {
        try (Peer peer = new Peer(sip.plainPort().orElseThrow())) {
            peer.ask("9300CNkiosk-lieto|COdemo-kiosk-lieto|");
            peer.ask("23000" + DATE + "AOLIETO|AA2999999999|AC|AD|");
        }
        String metrics = scrape();
        assertThat(metrics.lines().filter(line -> line.startsWith("kimppa_sip_requests_total{")))
                .hasSize(16 * 5);
        assertThat(metrics).doesNotContain("kiosk-lieto").doesNotContain("2999999999");
    }

    private static double more(String before, String after, String command, String outcome) {
        return more(
                before,
                after,
                "kimppa_sip_requests_total\\{[^}]*command=\"" + command + "\"[^}]*outcome=\"" + outcome + "\"[^}]*}");
    }

    private static double more(String before, String after, String series) {
        return value(after, series) - value(before, series);
    }

    private static double value(String metrics, String series) {
        Matcher found =
                Pattern.compile("^" + series + " (\\S+)", Pattern.MULTILINE).matcher(metrics);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private String scrape() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
