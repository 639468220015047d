package fi.kimppa.gateway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.Eventually;
import fi.kimppa.gateway.ProductOnly;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.sip.Sip2Server;
import fi.kimppa.sip2.message.CheckoutResponse;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Receipts from a kiosk's call to the patron's mailbox: a gateway of its own, with a mail server. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"kimppa.clock.start=2026-11-24T19:30:00+02:00", "kimppa.sip.plain.port=0", "kimppa.sip.tls.port=0"
        })
@ActiveProfiles("demo")
@TypeExcludeFilters(ProductOnly.class)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiptApiTest {
    private static final Path HOME = Path.of(
                    "target",
                    "gateway-data",
                    "receipts-" + ProcessHandle.current().pid())
            .toAbsolutePath();
    private static final Path CONTRACT = Path.of("..", "deploy", "contract", "receipt-request.json");
    private static final String CARD = "2000012345";
    private static final String NEIGHBOUR = "2000012395";
    private static final String ITEM = "3000000011";
    private static final GreenMail MAIL = mail();

    @DynamicPropertySource
    static void withAMailServer(DynamicPropertyRegistry settings) {
        settings.add("kimppa.data-directory", () -> TestPostgres.home(HOME));
        settings.add("kimppa.mail.host", () -> "localhost");
        settings.add("kimppa.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("kimppa.mail.security", () -> "none");
        settings.add("kimppa.mail.sender", () -> "kirjasto@example.fi");
    }

    private static GreenMail mail() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    Settings settings;

    @Autowired
    Circulation circulation;

    @Autowired
    Postman postman;

    @Autowired
    PersonInTheMail person;

    @Autowired
    Sip2Server sip;

    @Autowired
    Clock clock;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Each goes on with its own seconds: a loan with the same one would be a repeat. */
    private final Map<Terminal, Asking> kiosks = new HashMap<>();

    @BeforeAll
    void haveAddresses() {
        jdbc.sql("update patrons set email = 'ake.makela@example.fi' where card = :card")
                .param("card", CARD)
                .update();
    }

    @AfterAll
    void stop() {
        MAIL.stop();
    }

    @BeforeEach
    void borrowed() throws Exception {
        MAIL.purgeEmailFromAllMailboxes();
        jdbc.sql("delete from mail_outbox").update();
        jdbc.sql("delete from journal where card in (:cards)")
                .param("cards", List.of(CARD, NEIGHBOUR))
                .update();
        lend(BackHalf.TURKU, CARD);
    }

    private void lend(Terminal terminal, String card) {
        Asking kiosk = kiosks.computeIfAbsent(terminal, who -> new Asking(circulation, who, clock));
        jdbc.sql(
                        "update loans set returned_at = lent_at, returned_branch = 'TURKU' where item = :item and returned_at is null")
                .param("item", ITEM)
                .update();
        CheckoutResponse loan = kiosk.lend(card, ITEM);
        assertThat(loan.ok()).as(loan.toString()).isTrue();
    }

    private String body(String card, UUID number) throws IOException {
        ObjectNode body = (ObjectNode) json.readTree(Files.readString(CONTRACT));
        body.put("card", card).put("number", number.toString());
        return json.writeValueAsString(body);
    }

    private HttpResponse<String> post(String login, String body) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((login + ":demo-" + login).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/receipts"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int code(String login, String card) throws Exception {
        return post(login, body(card, UUID.randomUUID())).statusCode();
    }

    private String outbox() {
        return jdbc.sql("""
                        select coalesce(string_agg(o.kind || ' ' || o.state || ' ' || coalesce(o.card, '-') || ' '
                                                   || (r.body is not null), ', ' order by o.id), '')
                          from mail_outbox o join mail_receipts r on r.mail = o.id
                        """).query(String.class).single();
    }

    private void sent() {
        postman.deliver();
        Eventually.await(() -> outbox().contains("SENT"));
    }

    // ---- taken -------------------------------------------------------------------------------------------

    @Test
    void whatTheContractSaysGoesToTheAddressOfTheRecordAndIsForgotten() throws Exception {
        HttpResponse<String> answer = post("kiosk-turku", Files.readString(CONTRACT));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(outbox()).isEqualTo("RECEIPT QUEUED " + CARD + " true");
        sent();

        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("ake.makela@example.fi");
        assertThat(mail.getSubject()).isEqualTo("Kuittisi kirjastosta");
        assertThat(mail.getFrom()[0].toString()).contains("kirjasto@example.fi");
        Multipart parts = (Multipart) mail.getContent();
        String plain = String.valueOf(parts.getBodyPart(0).getContent()).replace("\r\n", "\n");
        String paper = json.readTree(Files.readString(CONTRACT)).get("text").asString();
        assertThat(plain).contains(paper.stripTrailing()).doesNotContain(CARD, "Mäkelä");
        assertThat(String.valueOf(parts.getBodyPart(1).getContent()).replace("\r\n", "\n"))
                .contains("<pre>" + paper + "</pre>");
        assertThat(outbox()).isEqualTo("RECEIPT SENT - false");
        assertThat(everything()).doesNotContain("ake.makela");
    }

    /** All that the outbox has of anybody. */
    private String everything() {
        return jdbc.sql(
                        "select string_agg(o::text || r::text, ' ') from mail_outbox o left join mail_receipts r on r.mail = o.id")
                .query(String.class)
                .single();
    }

    @Test
    void theSameNumberAgainIsTheSameReceipt() throws Exception {
        UUID number = UUID.randomUUID();
        assertThat(post("kiosk-turku", body(CARD, number)).statusCode()).isEqualTo(202);
        assertThat(post("kiosk-turku", body(CARD, number)).statusCode()).isEqualTo(202);
        sent();
        assertThat(post("kiosk-turku", body(CARD, number)).statusCode())
                .as("after it has gone")
                .isEqualTo(202);
        assertThat(outbox()).isEqualTo("RECEIPT SENT - false");
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
    }

    @Test
    void theSameNumberManyTimesAtOnceIsOneMail() throws Exception {
        String body = body(CARD, UUID.randomUUID());
        List<Integer> codes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                running.add(threads.submit(() -> post("kiosk-turku", body).statusCode()));
            }
            for (Future<Integer> one : running) {
                codes.add(one.get());
            }
        }
        assertThat(codes).containsOnly(202);
        assertThat(jdbc.sql("select count(*) from mail_outbox")
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    // ---- not taken ---------------------------------------------------------------------------------------

    @Test
    void aCardThatDidNothingHereIsAnsweredLikeOneWithoutAnAddress() throws Exception {
        lend(BackHalf.TURKU, NEIGHBOUR);
        HttpResponse<String> noAddress = post("kiosk-turku", body(NEIGHBOUR, UUID.randomUUID()));
        assertThat(noAddress.statusCode()).isEqualTo(404);
        HttpResponse<String> elsewhere = post("kiosk-lieto", body(CARD, UUID.randomUUID()));
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(elsewhere.body()).isEqualTo(noAddress.body());
        jdbc.sql("update journal set opened_at = opened_at - interval '16 minutes' where card = :card")
                .param("card", CARD)
                .update();
        assertThat(code("kiosk-turku", CARD)).as("long ago").isEqualTo(404);
        assertThat(outbox()).isEmpty();
    }

    @Test
    void aRefusedLoanIsNoReasonForAReceipt() throws Exception {
        jdbc.sql("update journal set ok = false where card = :card")
                .param("card", CARD)
                .update();
        assertThat(code("kiosk-turku", CARD)).isEqualTo(404);
    }

    @Test
    void whatIsNoAddressIsNone() throws Exception {
        jdbc.sql("update patrons set email = 'ake at example' where card = :card")
                .param("card", CARD)
                .update();
        try {
            assertThat(code("kiosk-turku", CARD)).isEqualTo(404);
        } finally {
            haveAddresses();
        }
    }

    @Test
    void onlyAKioskWithItsPasswordMayAsk() throws Exception {
        assertThat(code("door-lieto", CARD)).isEqualTo(403);
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/receipts"))
                                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "[",
                "{\"number\":\"one\",\"card\":\"2000012345\",\"language\":\"fi\",\"text\":\"x\"}",
                "{\"card\":\"2000012345\",\"language\":\"fi\",\"text\":\"x\"}",
                "{\"number\":\"6f9619ff-8b86-4d01-b42d-00c04fc964ff\",\"card\":\"\",\"language\":\"fi\",\"text\":\"x\"}",
                "{\"number\":\"6f9619ff-8b86-4d01-b42d-00c04fc964ff\",\"card\":\"1\",\"language\":\"f!\",\"text\":\"x\"}",
                "{\"number\":\"6f9619ff-8b86-4d01-b42d-00c04fc964ff\",\"card\":\"1\",\"language\":\"fi\",\"text\":\" \"}",
                "{\"number\":\"6f9619ff-8b86-4d01-b42d-00c04fc964ff\",\"card\":\"1\",\"language\":\"fi\",\"text\":\"a\\u0007\"}"
            })
    void aBodyThatCannotBeReadIsAProblem(String body) throws Exception {
        HttpResponse<String> answer = post("kiosk-turku", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", CARD);
    }

    @Test
    void nobodyGetsReceiptsByTheDozen() throws Exception {
        for (int i = 0; i < ReceiptDesk.MOST_OF_A_READER; i++) {
            assertThat(code("kiosk-turku", CARD)).isEqualTo(202);
        }
        HttpResponse<String> oneMore = post("kiosk-turku", body(CARD, UUID.randomUUID()));
        assertThat(oneMore.statusCode()).isEqualTo(429);
        assertThat(oneMore.headers().firstValue("Retry-After")).isPresent();
        jdbc.sql("update mail_receipts set reader = 'somebody else'").update();
        assertThat(code("kiosk-turku", CARD)).isEqualTo(202);
        jdbc.sql("""
                        with mails as (
                            insert into mail_outbox (kind, state, day, message_id, next_at, until, queued_at, settled_at)
                            select 'RECEIPT', 'SENT', day, '<' || n || '@x>', queued_at, until, queued_at, queued_at
                              from mail_outbox, generate_series(1, :most) n where id = (select max(id) from mail_outbox)
                            returning id)
                        insert into mail_receipts (mail, terminal, number, branch, language, asked_at)
                        select mails.id, 'kiosk-turku', gen_random_uuid(), 'TURKU', 'fi', asked_at
                          from mails, (select max(asked_at) as asked_at from mail_receipts) one
                        """).param("most", ReceiptDesk.MOST_OF_A_TERMINAL).update();
        jdbc.sql("update mail_receipts set reader = 'somebody else'").update();
        assertThat(code("kiosk-turku", CARD)).as("the kiosk itself").isEqualTo(429);
    }

    @Test
    void aBranchCanDoWithout() throws Exception {
        Scope turku = Scope.branch("TURKU");
        assertThat(settings.change(turku, Map.of(MailKeys.RECEIPTS.name(), Optional.of("no")), "anna"))
                .isEmpty();
        try {
            assertThat(code("kiosk-turku", CARD)).isEqualTo(503);
            assertThat(whoIs(CARD, "1234", "CHtell=mail|")).doesNotContain("|PE");
        } finally {
            assertThat(settings.change(turku, Map.of(MailKeys.RECEIPTS.name(), Optional.empty()), "anna"))
                    .isEmpty();
        }
        assertThat(code("kiosk-turku", CARD)).isEqualTo(202);
    }

    // ---- whether it is offered ---------------------------------------------------------------------------

    /** A 64 as it is on the wire. */
    private String whoIs(String card, String pin, String more) throws IOException {
        try (Socket line =
                new Socket(InetAddress.getLoopbackAddress(), sip.plainPort().orElseThrow())) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
            line.getOutputStream().write("9300CNkiosk-turku|COdemo-kiosk-turku|\r".getBytes(StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("941");
            line.getOutputStream()
                    .write(("6300020261124    193100          AOTURKU|AA" + card + "|AC|AD" + pin + "|" + more + "\r")
                            .getBytes(StandardCharsets.UTF_8));
            return in.readLine();
        }
    }

    @Test
    void aKioskLearnsThatThereIsAnAddressAndNotWhich() throws Exception {
        assertThat(whoIs(CARD, "1234", "CHtell=pickup-name;tell=mail|"))
                .contains("|PEa***@e***.fi|", "|PN")
                .doesNotContain("ake.makela", "|BE");
        assertThat(whoIs(CARD, "1234", "CHtell=pickup-name|")).doesNotContain("|PE", "ake.makela");
        assertThat(whoIs(CARD, "1234", "")).doesNotContain("|PE", "ake.makela");
        assertThat(whoIs(CARD, "", "CHtell=mail|")).as("without a PIN").doesNotContain("|PE", "ake.makela");
        assertThat(whoIs(CARD, "9999", "CHtell=mail|"))
                .as("with a wrong PIN")
                .startsWith("64")
                .doesNotContain("|PE", "ake.makela");
        jdbc.sql("delete from try_counts").update();
        jdbc.sql("delete from pin_failures").update();
    }

    // ---- what is held ------------------------------------------------------------------------------------

    @Test
    void aPersonIsToldOfItAndItIsErased() throws Exception {
        assertThat(code("kiosk-turku", CARD)).isEqualTo(202);
        assertThat(person.about(CARD))
                .singleElement()
                .satisfies(held -> assertThat(held.facts())
                        .containsEntry("about", "RECEIPT")
                        .containsEntry("terminal", "kiosk-turku")
                        .hasEntrySatisfying("text", text -> assertThat(text).contains("Sopimuksen synty")));
        sent();
        assertThat(person.about(CARD))
                .as("by the hash, for a day")
                .singleElement()
                .satisfies(held -> assertThat(held.facts()).doesNotContainKey("text"));
        assertThat(person.erase(CARD).erased()).isOne();
        assertThat(outbox()).isEmpty();
        assertThat(code("kiosk-turku", CARD)).isEqualTo(202);
        jdbc.sql("update mail_receipts set asked_at = asked_at - interval '25 hours'")
                .update();
        sent();
        postman.forget();
        assertThat(person.about(CARD)).as("a day later").isEmpty();
    }
}
