package fi.kimppa.gateway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.Eventually;
import fi.kimppa.gateway.backend.http.Answer.Content;
import fi.kimppa.gateway.backend.http.HttpStub.Asked;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.TimeLeft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** JSON over real HTTP, and everything that can go wrong with it. */
class HttpLinkTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(250);
    private static final String PATRON = "{\"cardnumber\": \"2000012345\", \"balance\": 10.10}";

    private volatile Reply said = Reply.json(200, PATRON);
    private final HttpStub server = new HttpStub(_ -> said);
    private final AtomicInteger closedOnes = new AtomicInteger();
    private HttpLink link = new HttpLink("north", settings(server.url("/api/v1"), 4));

    HttpLinkTest() throws IOException {}

    @AfterEach
    void close() {
        link.close();
        server.close();
    }

    private static HttpSettings settings(URI url, int connections) {
        return new HttpSettings(
                url, Duration.ofSeconds(2), Duration.ofMillis(200), connections, DataSize.ofKilobytes(64));
    }

    private Answer exchange(Call call) {
        return link.exchange(call, Deadline.in(LONG));
    }

    private void isSilent(Call call, boolean outcomeKnown, String message) {
        isSilent(call, LONG, outcomeKnown, message);
    }

    private void isSilent(Call call, Duration deadline, boolean outcomeKnown, String message) {
        assertThatThrownBy(() -> link.exchange(call, Deadline.in(deadline)))
                .as("%s", call)
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).as(e.getMessage()).isEqualTo(outcomeKnown))
                .hasMessageContaining(message);
    }

    /** A read then ends in silence with a known outcome, a change in one with an unknown outcome. */
    private void losesTheOutcomeOfChangesOnly(UnaryOperator<Reply> fault, String message) {
        losesTheOutcomeOfChangesOnly(fault, LONG, message);
    }

    private void losesTheOutcomeOfChangesOnly(UnaryOperator<Reply> fault, Duration deadline, String message) {
        server.next("GET", fault).next("POST", fault).next("DELETE", fault).next("PUT", fault);
        isSilent(Call.get("patrons"), deadline, true, message);
        isSilent(Call.post("checkouts").json(Map.of("item_id", 7)), deadline, false, message);
        isSilent(Call.delete("holds", "7"), deadline, false, message);
        isSilent(Call.put("holds", "7"), deadline, false, message);
        server.next("POST", fault);
        isSilent(Call.post("auth", "password", "validation").json(Map.of()).reading(), deadline, true, message);
    }

    @Test
    void encodesWhatItAsks() {
        Answer answer = exchange(Call.get("patrons", "a/b c")
                .query("cardnumber", "100% _&=+ä")
                .query("_match", "exact")
                .header("x-koha-embed", "checkouts+count"));
        Asked asked = server.heard.getFirst();
        assertThat(asked.line()).isEqualTo("GET /api/v1/patrons/a/b c");
        assertThat(asked.query()).isEqualTo(Map.of("cardnumber", "100% _&=+ä", "_match", "exact"));
        assertThat(asked.headers()).containsEntry("x-koha-embed", "checkouts+count");
        assertThat(answer.ok()).isTrue();
        assertThat(answer.json().orElseThrow().path("balance").decimalValue()).isEqualTo("10.10");
    }

    @Test
    void sendsJsonAndForms() {
        exchange(Call.post("checkouts").json(Map.of("password", new char[] {'1', '2', 'ä'})));
        assertThat(server.heard.getFirst().body()).isEqualTo("{\"password\":\"12ä\"}");
        assertThat(server.heard.getFirst().headers().get("content-type")).startsWith("application/json");
        Map<String, String> fields = new LinkedHashMap<>(Map.of("client_secret", "a b&c=ä"));
        exchange(Call.post("oauth", "token").form(fields));
        assertThat(server.heard.getLast().form()).isEqualTo(fields);
    }

    @Test
    void sendsABodyWithAGetWhereTheOtherSideWantsOne() {
        exchange(Call.get("borrowers", "ssstatus").form(Map.of("cardnumber", "2000012345")));
        assertThat(server.heard.getFirst().method()).isEqualTo("GET");
        assertThat(server.heard.getFirst().form()).containsEntry("cardnumber", "2000012345");
    }

    @Test
    void takesARefusalForAnAnswerWhateverItsBodyIs() {
        said = Reply.json(403, "{\"error\": \"no\"}");
        assertThat(exchange(Call.post("checkouts")))
                .satisfies(answer -> assertThat(answer.ok()).isFalse())
                .satisfies(answer -> assertThat(answer.json()).isPresent());
        said = new Reply.Said(404, Map.of("Content-Type", "text/html"), "<h1>No</h1>");
        assertThat(exchange(Call.get("patrons")).content()).isEqualTo(new Content.Text("<h1>No</h1>"));
    }

    @Test
    void takesAnEmptyBodyForAValue() {
        said = new Reply.Said(204, Map.of(), "");
        assertThat(exchange(Call.delete("holds", "7")).content()).isEqualTo(new Content.Nothing());
        said = new Reply.Said(200, Map.of(), "");
        assertThat(exchange(Call.get("patrons")).json()).isEmpty();
    }

    @Test
    void showsCookiesAndSendsNoneBack() {
        said = new Reply.Said(201, Map.of("Set-Cookie", "folioAccessToken=abc; Path=/"), "{}");
        assertThat(exchange(Call.post("authn", "login")).header("Set-Cookie"))
                .containsExactly("folioAccessToken=abc; Path=/");
        exchange(Call.get("patrons"));
        assertThat(server.heard.getLast().headers()).doesNotContainKey("cookie");
    }

    @Test
    void losesTheOutcomeOfAChangeThatIsNotAnswered() {
        losesTheOutcomeOfChangesOnly(_ -> new Reply.Silence(), SOON, "no whole answer");
        losesTheOutcomeOfChangesOnly(_ -> new Reply.HangUp(), "no whole answer");
    }

    @Test
    void losesTheOutcomeOfAChangeThatIsHalfAnswered() {
        losesTheOutcomeOfChangesOnly(_ -> new Reply.Half(Reply.json(201, PATRON)), "no whole answer");
        losesTheOutcomeOfChangesOnly(_ -> Reply.json(201, "{\"checkout_id\": 1"), "not JSON");
        losesTheOutcomeOfChangesOnly(_ -> Reply.json(201, PATRON + "}"), "not JSON");
    }

    @Test
    void losesTheOutcomeOfAChangeThatIsAnsweredByAWebPage() {
        losesTheOutcomeOfChangesOnly(
                _ -> new Reply.Said(200, Map.of("Content-Type", "text/html"), "<html>Log in</html>"), "not JSON");
    }

    @Test
    void losesTheOutcomeOfAChangeThatFailsInside() {
        for (int status : new int[] {500, 502, 503, 504, 302, 408}) {
            losesTheOutcomeOfChangesOnly(_ -> Reply.json(status, "{}"), "status " + status);
        }
    }

    @Test
    void followsNoRedirect() {
        said = new Reply.Said(307, Map.of("Location", server.url("/elsewhere").toString()), "{}");
        isSilent(Call.post("checkouts"), false, "307");
        isSilent(Call.get("patrons"), true, "307");
        assertThat(server.heard).hasSize(2);
    }

    @Test
    void sendsNothingTwice() {
        server.next("POST", _ -> new Reply.HangUp()).next("GET", _ -> Reply.json(503, ""));
        isSilent(Call.post("checkouts"), false, "");
        isSilent(Call.get("patrons"), true, "503");
        assertThat(server.heard).hasSize(2);
    }

    @Test
    void isNotHeldByAServerThatDrips() {
        long begun = System.nanoTime();
        losesTheOutcomeOfChangesOnly(
                _ -> new Reply.Drip(Reply.json(200, "[" + " ".repeat(5_000) + "]")), SOON, "no whole");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void takesNoAnswerBeyondTheLargest() {
        losesTheOutcomeOfChangesOnly(_ -> Reply.json(200, "[" + " ".repeat(70_000) + "]"), "beyond 65536B");
        assertThat(exchange(Call.get("patrons")).ok()).isTrue();
    }

    @Test
    void knowsThatNothingWasDoneWhereNobodyListens() {
        server.close();
        isSilent(Call.post("checkouts"), true, "not sent");
    }

    @Test
    void knowsThatNothingWasDoneWhereNoTimeIsLeft() {
        assertThatThrownBy(() -> link.exchange(
                        Call.post("checkouts"), TimeLeft.until(System.nanoTime(), () -> Deadline.in(LONG))))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isTrue());
        assertThatThrownBy(() -> link.exchange(Call.post("checkouts"), Deadline.in(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isTrue());
        assertThat(server.heard).isEmpty();
    }

    @Test
    void isBusyWhereNoConnectionBecomesFree() {
        link.close();
        link = new HttpLink("north", settings(server.url(""), 1));
        server.next("GET", _ -> new Reply.Silence());
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> isSilent(Call.get("patrons"), SOON.multipliedBy(4), true, "no whole"));
        Eventually.await(() -> !server.heard.isEmpty());
        assertThatThrownBy(() -> exchange(Call.post("checkouts"))).isInstanceOf(BackendBusyException.class);
        first.join();
        assertThat(exchange(Call.post("checkouts")).ok()).isTrue();
    }

    @Test
    void isBusyWhereTheSystemSaysSo() {
        said = Reply.json(429, "");
        assertThatThrownBy(() -> exchange(Call.post("checkouts"))).isInstanceOf(BackendBusyException.class);
    }

    @Test
    void hearsANoWhereTheCallerWantsTo() {
        said = Reply.json(501, "{\"error\": \"not configured\"}");
        assertThat(link.exchange(Call.get("borrowers", "ssstatus"), Deadline.in(LONG), Set.of(501))
                        .status())
                .isEqualTo(501);
    }

    @Test
    void usesAnOpenConnectionAgainAndSurvivesThatItWasClosed() throws IOException {
        try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(() -> answerTwice(door));
            link.close();
            link = new HttpLink("north", settings(URI.create("http://127.0.0.1:" + door.getLocalPort()), 1));
            assertThat(exchange(Call.post("one")).ok()).isTrue();
            Eventually.await(() -> closedOnes.get() == 1);
            long closed = System.nanoTime();
            // What was used within this millisecond is not looked at before it is used again.
            Eventually.await(() -> System.nanoTime() - closed > 5_000_000);
            assertThat(exchange(Call.post("two")).ok()).isTrue();
            assertThat(lines.join()).containsExactly("POST /one HTTP/1.1", "POST /two HTTP/1.1");
        }
    }

    /** Answers, and closes each connection without saying that it would. */
    private List<String> answerTwice(ServerSocket door) {
        String first = answer(door);
        closedOnes.incrementAndGet();
        return List.of(first, answer(door));
    }

    private static String answer(ServerSocket door) {
        try (Socket socket = door.accept()) {
            byte[] request = new byte[4_096];
            int length = socket.getInputStream().read(request);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
            return new String(request, 0, length, StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void tellsNobodyWhomItAskedAbout() {
        server.next("GET", _ -> Reply.json(200, "{\"cardnumber\": 2000012345 oops"));
        Call call = Call.get("patrons", "2000012345").query("cardnumber", "2000012345");
        assertThat(call).hasToString("GET patrons/*");
        assertThat(new Answer(200, Map.of(), new Content.Text("2000012345"))).hasToString("200");
        assertThatThrownBy(() -> exchange(call))
                .hasStackTraceContaining("GET patrons/*")
                .satisfies(e -> assertThat(trace(e)).doesNotContain("2000012345"));
        server.next("GET", _ -> new Reply.HangUp());
        assertThatThrownBy(() -> exchange(call))
                .satisfies(e -> assertThat(trace(e)).doesNotContain("2000012345"));
    }

    private static String trace(Throwable e) {
        java.io.StringWriter trace = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void refusesSettingsThatCannotBe() {
        for (String url :
                List.of("koha.example.fi", "ftp://koha.example.fi", "https://u:p@koha.example.fi", "https://a?b=c")) {
            assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create(url), 4));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create("https://koha.example.fi"), 0));
        assertThat(settings(URI.create("https://koha.example.fi/api/v1"), 1).connections())
                .isEqualTo(1);
    }
}
