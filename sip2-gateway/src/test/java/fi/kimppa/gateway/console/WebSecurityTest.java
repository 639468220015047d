package fi.kimppa.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.GatewayTest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

class WebSecurityTest extends GatewayTest {
    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private final HttpClient staff =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeEach
    @AfterEach
    void nobodyHasTried() {
        jdbc.sql("delete from failed_tries").update();
        jdbc.sql("delete from pauses").update();
    }

    @Test
    void fifthWrongPasswordLocksTheUserOutEvenWithTheRightOne() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("staff", "wrong")).endsWith("/sign-in?wrong");
        }
        assertThat(signIn("staff", "demo-staff")).endsWith("/sign-in?paused");
        assertThat(jdbc.sql("select string_agg(subject, ' ') from pauses")
                        .query(String.class)
                        .single())
                .doesNotContain("staff");
    }

    @Test
    void unknownUserIsAnsweredLikeAWrongPassword() throws Exception {
        assertThat(signIn("nobody", "demo-staff")).endsWith("/sign-in?wrong");
        assertThat(signIn("STAFF", "demo-staff")).endsWith("/");
    }

    @Test
    void formWithoutItsTokenIsRefused() throws Exception {
        assertThat(post("name=staff&password=demo-staff").statusCode()).isEqualTo(403);
    }

    @Test
    void pagesMayRunNothingThatWasNotWrittenHere() throws Exception {
        HttpResponse<String> page = get("/sign-in");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.body())
                .doesNotContain("<style")
                .doesNotContain(" style=")
                .doesNotContain("onclick");
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health, '', 200",
        "/actuator/prometheus, '', 200",
        "/actuator/prometheus, 192.0.2.7, 401",
        "/actuator/env, '', 404",
        "/api/reports, '', 401",
    })
    void answersOnlyWhom(String path, String passedOnFor, int status) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (!passedOnFor.isEmpty()) {
            request.header("X-Forwarded-For", passedOnFor);
        }
        HttpResponse<String> answer = staff.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void healthSaysNoMoreThanThatItIsWell() throws Exception {
        assertThat(get("/actuator/health").body()).doesNotContain("components").contains("UP");
    }

    @Test
    void metricsCountSip2MessagesByCommand() throws Exception {
        assertThat(get("/actuator/prometheus").body())
                .contains("kimppa_sip_exchange_seconds_count")
                .contains("command=\"11\"")
                .contains("kimppa_sip_terminals");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, , true", "192.0.2.7, , true", "127.0.0.1, , false", "::1, , false", "0.0.0.0, web, false"})
    void httpOutsideLoopbackNeedsTls(String address, @Nullable String bundle, boolean refused) {
        MockEnvironment environment = new MockEnvironment().withProperty("server.address", address);
        if (bundle != null) {
            environment.setProperty("server.ssl.bundle", bundle);
        }
        HttpPlacement placement = new HttpPlacement(environment);
        TomcatServletWebServerFactory server = new TomcatServletWebServerFactory();
        if (refused) {
            assertThatThrownBy(() -> placement.customize(server)).hasMessageContaining("server.ssl.certificate");
        } else {
            placement.customize(server);
        }
    }

    /** Where a sign-in leads. */
    private String signIn(String name, String password) throws IOException, InterruptedException {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(get("/sign-in").body());
        assertThat(token.find()).isTrue();
        return post("name=" + name + "&password=" + password + "&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<String> post(String form) throws IOException, InterruptedException {
        return staff.send(
                HttpRequest.newBuilder(uri("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return staff.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
