package fi.kimppa.gateway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.circulation.PatronMail;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.mail.FaultySmtp.Fault;
import fi.kimppa.gateway.mail.LetterTexts.Written;
import fi.kimppa.gateway.mail.MailSettings.Security;
import fi.kimppa.sip2.wire.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.PlatformTransactionManager;

/** Mails from the outbox to real servers on real ports: each once, and what becomes of it when a server does wrong. */
@ExtendWith(OutputCaptureExtension.class)
class PostmanTest {
    private static final String DUE = "2026-11-27";
    private static final int PATRONS = 12;

    private static BackHalf house;
    private static GreenMail server;

    @BeforeAll
    static void start() {
        house = BackHalf.startWith();
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        house.close();
    }

    @BeforeEach
    void nobodyHasHadAnything() throws Exception {
        server.purgeEmailFromAllMailboxes();
        house.clock().reset();
        for (String sql : List.of(
                "delete from mail_outbox",
                "delete from mail_rounds",
                "delete from loans where card like '29990%'",
                "delete from items where number like '39990%'",
                "delete from patrons where card like '29990%'")) {
            house.jdbc().sql(sql).update();
        }
        house.jdbc().sql("""
                        insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin,
                                             expires_on, email, language)
                        select '29990' || lpad(n::text, 5, '0'), 'Koivu', 'Kaino', '1980-05-17', 'ADULT', 'LIETO', 'x',
                               '2099-12-31', 'reader' || n || '@example.fi', 'fi'
                          from generate_series(1, :count) n
                        """).param("count", PATRONS).update();
    }

    private static String card(int patron) {
        return "29990" + "%05d".formatted(patron);
    }

    /** A loan that falls due on the usual day. */
    private static Notice loan(int patron, int number) {
        String item = "39990" + "%05d".formatted(number);
        house.jdbc().sql("""
                        insert into items (number, title_id, type, home_branch, current_branch)
                        select :item, min(id), 'BOOK', 'LIETO', 'LIETO' from titles
                        """).param("item", item).update();
        long loan = house.jdbc()
                .sql("""
                        insert into loans (item, card, lent_at, lent_branch, due_at)
                        values (:item, :card, '2026-10-30 12:00+02', 'LIETO', '2026-11-27 23:59+02') returning id
                        """)
                .param("item", item)
                .param("card", card(patron))
                .query(Long.class)
                .single();
        return new Notice(NoticeKind.DUE_SOON, loan, DUE, card(patron));
    }

    /** A gateway's part that sends, to a server on this port. */
    private record Gateway(Mail mail, Postman postman, SimpleMeterRegistry meters) {
        void queues(Notice... notices) {
            mail.queue(() -> List.of(notices));
        }
    }

    private static Gateway gateway(int port) {
        return gateway(settings(port, Security.NONE, null, ""));
    }

    /** Settings with a log-in if there is a password. */
    private static MailSettings settings(int port, Security security, @Nullable Path certificate, String password) {
        return new MailSettings(
                "localhost",
                port,
                security,
                password.isEmpty() ? "" : "kimppa",
                Secret.of(password),
                "kirjasto@example.fi",
                certificate,
                Duration.ofSeconds(5),
                Duration.ofHours(24),
                Duration.ofDays(90));
    }

    private static Gateway gateway(MailSettings settings) {
        Outbox outbox = house.bean(Outbox.class);
        Smtp smtp = new Smtp(settings);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new Gateway(
                new Mail(
                        outbox,
                        settings,
                        house.bean(Settings.class),
                        smtp,
                        house.bean(PlatformTransactionManager.class),
                        house.clock()),
                new Postman(
                        outbox,
                        settings,
                        house.beans(LetterWriter.class),
                        new ReceiptLetters(
                                house.bean(ReceiptBox.class), house.bean(PatronMail.class), house.consortium()),
                        house.bean(ReceiptBox.class),
                        new LetterTexts(house.bean(Settings.class), house.consortium(), settings),
                        smtp,
                        meters,
                        house.clock()),
                meters);
    }

    private static String outbox() {
        return house.value(
                String.class,
                "select coalesce(string_agg(state || ' ' || tries || ' ' || reason, ', ' order by id), '') from mail_outbox");
    }

    private static String messageId() {
        return house.value(String.class, "select message_id from mail_outbox");
    }

    // ---- each once ---------------------------------------------------------------------------------------

    @Test
    void oneMailTellsOfAllLoansThatFallDue() throws Exception {
        Gateway gateway = gateway(server.getSmtp().getPort());
        Notice one = loan(1, 1);
        Notice other = loan(1, 2);
        gateway.queues(one, other);
        gateway.queues(other, one);
        String messageId = messageId();
        gateway.postman().deliver();
        gateway.postman().deliver();

        assertThat(server.getReceivedMessages()).hasSize(1);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Lainojesi eräpäivä lähestyy");
        assertThat(mail.getMessageID()).isEqualTo(messageId);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("Content-Language")).containsExactly("fi");
        assertThat(mail.getFrom()[0].toString()).contains("Lieto, ", "kirjasto@example.fi");
        assertThat(mail.getSentDate()).isEqualTo(Date.from(MovableClock.EVENING));
        Multipart parts = (Multipart) mail.getContent();
        String title = house.value(String.class, "select title from titles order by id limit 1");
        for (int part = 0; part < 2; part++) {
            String text = (String) parts.getBodyPart(part).getContent();
            assertThat(text).contains("Nämä 2 lainaa", "27.11.2026").doesNotContain(card(1), "Koivu", "Kaino");
            assertThat(text.split(Pattern.quote(title), -1)).hasSize(3);
        }
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(outbox()).isEqualTo("SENT 1 ");
        assertThat(house.value(Integer.class, "select count(card) from mail_outbox"))
                .isZero();
        assertThat(gateway.meters()
                        .counter("kimppa.mail.messages", "outcome", "sent")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void twoGatewaysAtOnceSendEachOnce() throws Exception {
        List<Gateway> gateways = List.of(
                gateway(server.getSmtp().getPort()), gateway(server.getSmtp().getPort()));
        Notice[] all = IntStream.rangeClosed(1, PATRONS)
                .mapToObj(patron -> loan(patron, patron))
                .toArray(Notice[]::new);
        CountDownLatch both = new CountDownLatch(gateways.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = gateways.stream()
                    .<Future<?>>map(gateway -> threads.submit(() -> {
                        both.countDown();
                        both.await();
                        gateway.queues(all);
                        gateway.postman().deliver();
                        return gateway;
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
        gateways.forEach(gateway -> gateway.queues(all));
        gateways.forEach(gateway -> gateway.postman().deliver());

        List<String> recipients = Arrays.stream(server.getReceivedMessages())
                .map(PostmanTest::recipient)
                .toList();
        assertThat(recipients).hasSize(PATRONS).doesNotHaveDuplicates();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getRecipients(Message.RecipientType.TO)[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverIsKilledWhileSendingIsTakenOverAndChangesNothingAfterwards() {
        Gateway gateway = gateway(server.getSmtp().getPort());
        gateway.queues(loan(1, 1));
        Outbox outbox = house.bean(Outbox.class);
        Outbox.Mine killed = outbox.take(house.clock().instant()).orElseThrow();
        gateway.postman().deliver();
        assertThat(server.getReceivedMessages()).as("somebody is at it").isEmpty();

        house.jdbc()
                .sql("update mail_outbox set claimed_at = claimed_at - interval '11 minutes'")
                .update();
        gateway.postman().deliver();
        assertThat(server.getReceivedMessages()).hasSize(1);
        outbox.later(killed, "silence", house.clock().instant());
        assertThat(outbox()).isEqualTo("SENT 2 ");
    }

    @Test
    void whatIsNotTrueAnyMoreIsNotSaidAndMayBeSaidWhenItIsTrueAgain() {
        Gateway gateway = gateway(server.getSmtp().getPort());
        Notice renewed = loan(1, 1);
        Notice stays = loan(1, 2);
        Notice returned = loan(2, 3);
        gateway.queues(renewed, stays, returned);
        house.jdbc()
                .sql("update loans set due_at = '2026-12-22 23:59+02' where id = :id")
                .param("id", renewed.subject())
                .update();
        house.jdbc()
                .sql("update loans set returned_at = '2026-11-24 19:00+02', returned_branch = 'LIETO' where id = :id")
                .param("id", returned.subject())
                .update();
        gateway.postman().deliver();

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(outbox()).isEqualTo("SENT 1 , OVER 1 ");
        gateway.queues(renewed, stays, returned);
        assertThat(outbox()).isEqualTo("SENT 1 , OVER 1 , QUEUED 0 ");
    }

    @Test
    void whatWasSettledLongAgoIsForgottenAndNothingElse() {
        Gateway gateway = gateway(server.getSmtp().getPort());
        gateway.queues(loan(1, 1));
        gateway.postman().deliver();
        house.clock().pass(Duration.ofDays(89));
        gateway.queues(loan(2, 2));
        gateway.postman().forget();
        assertThat(outbox()).isEqualTo("SENT 1 , QUEUED 0 ");
        house.clock().pass(Duration.ofDays(2));
        gateway.postman().forget();
        assertThat(outbox()).isEqualTo("QUEUED 0 ");
        assertThat(house.value(Integer.class, "select count(*) from mail_notices"))
                .isOne();
    }

    // ---- servers that do wrong ---------------------------------------------------------------------------

    @Test
    void aServerThatIsGoneAfterTheTextGetsTheSameMailAgain() throws Exception {
        try (FaultySmtp faulty = new FaultySmtp(Fault.GONE_AFTER_DATA)) {
            Gateway gateway = gateway(faulty.port());
            gateway.queues(loan(1, 1));
            gateway.postman().deliver();
            assertThat(outbox()).isEqualTo("QUEUED 1 silence");
            gateway.postman().deliver();
            assertThat(faulty.texts()).as("not before its time").hasSize(1);

            house.clock().pass(Duration.ofMinutes(1));
            gateway.postman().deliver();
            assertThat(outbox()).isEqualTo("SENT 2 ");
            assertThat(faulty.texts()).hasSize(2).allMatch(text -> text.contains("Message-ID: " + messageId()));
        }
    }

    @Test
    void aServerThatSaysLaterIsAskedLaterAndTheNextMailAtOnce(CapturedOutput output) throws Exception {
        try (FaultySmtp faulty = new FaultySmtp(Fault.LATER_AT_RCPT)) {
            Gateway gateway = gateway(faulty.port());
            gateway.queues(loan(1, 1), loan(2, 2));
            gateway.postman().deliver();
            assertThat(outbox()).isEqualTo("QUEUED 1 451 4.7.1, SENT 1 ");
            house.clock().pass(Duration.ofMinutes(1));
            gateway.postman().deliver();
            assertThat(outbox()).isEqualTo("SENT 2 , SENT 1 ");
            assertThat(output).doesNotContain("reader1@", card(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"NEVER_AT_RCPT, 550 5.1.1", "NEVER_AFTER_DATA, 554 5.7.1"})
    void aServerThatSaysNoIsNotAskedAgainUnlessStaffWantIt(Fault fault, String reason, CapturedOutput output)
            throws Exception {
        try (FaultySmtp faulty = new FaultySmtp(fault)) {
            Gateway gateway = gateway(faulty.port());
            gateway.queues(loan(1, 1));
            gateway.postman().deliver();
            house.clock().pass(Duration.ofHours(3));
            gateway.postman().deliver();
            assertThat(outbox()).isEqualTo("FAILED 1 " + reason);
            assertThat(gateway.meters()
                            .counter("kimppa.mail.messages", "outcome", "failed")
                            .count())
                    .isEqualTo(1);
            assertThat(output).contains("left to staff: " + reason).doesNotContain("reader1@", card(1));

            long id = house.value(Long.class, "select id from mail_outbox");
            assertThat(house.bean(Outbox.class).again(id, house.clock().instant(), Duration.ofHours(24)))
                    .isTrue();
            gateway.postman().deliver();
            assertThat(outbox()).isEqualTo("SENT 2 ");
        }
    }

    @Test
    void aSilentServerHoldsUpAllAndIsGivenUpAfterADay() throws Exception {
        try (FaultySmtp faulty = new FaultySmtp(Fault.GONE_AT_ONCE)) {
            Gateway gateway = gateway(faulty.port());
            gateway.queues(loan(1, 1), loan(2, 2));
            gateway.postman().deliver();
            assertThat(outbox()).as("the second is not tried").isEqualTo("QUEUED 1 silence, QUEUED 0 ");
        }
        Gateway gateway = gateway(1);
        for (int hour = 0; hour < 26; hour++) {
            house.clock().pass(Duration.ofHours(1));
            gateway.postman().deliver();
            gateway.postman().deliver();
        }
        assertThat(house.jdbc()
                        .sql("select state from mail_outbox")
                        .query(String.class)
                        .list())
                .containsOnly("FAILED");
    }

    @Test
    void anAddressThatIsNoneIsLeftToStaff() {
        Gateway gateway = gateway(server.getSmtp().getPort());
        house.jdbc()
                .sql("update patrons set email = 'reader1 at example.fi' where card = :card")
                .param("card", card(1))
                .update();
        gateway.queues(loan(1, 1));
        gateway.postman().deliver();
        assertThat(outbox()).isEqualTo("FAILED 1 address");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "7, 64", "8, 120", "100, 120"})
    void pausesGrowUpToTwoHours(int tries, int minutes) {
        assertThat(Postman.pause(tries)).isEqualTo(Duration.ofMinutes(minutes));
    }

    // ---- the line ----------------------------------------------------------------------------------------

    /** A server's key and certificate for localhost, which nobody has signed. */
    private record Identity(Path store, Path certificate) {
        static Identity in(Path folder) throws Exception {
            Identity made = new Identity(folder.resolve("server.p12"), folder.resolve("server.pem"));
            made.keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
            made.keytool("-exportcert", "-rfc", "-file", made.certificate.toString());
            return made;
        }

        private void keytool(String... words) throws Exception {
            List<String> line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
            line.addAll(List.of(words));
            line.addAll(List.of("-alias", "mail", "-storepass", "changeit", "-keystore", store.toString()));
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }

        SSLContext context() throws Exception {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        }
    }

    @Test
    void anEncryptedLineWithALogInGoesToWhomTheCertificateNamesOnly(@TempDir Path folder, CapturedOutput output)
            throws Exception {
        Identity identity = Identity.in(folder);
        System.setProperty("greenmail.tls.keystore.file", identity.store().toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
        GreenMail encrypted = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        encrypted.setUser("kimppa@example.fi", "kimppa", "s3cr3t-of-ours");
        encrypted.start();
        try {
            int port = encrypted.getSmtps().getPort();
            Gateway stranger = gateway(settings(port, Security.TLS, null, "s3cr3t-of-ours"));
            stranger.queues(loan(1, 1));
            stranger.postman().deliver();
            assertThat(outbox()).as("nobody whom Java trusts has signed it").isEqualTo("QUEUED 1 tls");

            house.clock().pass(Duration.ofMinutes(1));
            gateway(settings(port, Security.TLS, identity.certificate(), "s3cr3t-of-others"))
                    .postman()
                    .deliver();
            assertThat(outbox()).isEqualTo("QUEUED 2 login");

            house.clock().pass(Duration.ofMinutes(2));
            gateway(settings(port, Security.TLS, identity.certificate(), "s3cr3t-of-ours"))
                    .postman()
                    .deliver();
            assertThat(outbox()).isEqualTo("SENT 3 ");
            assertThat(encrypted.getReceivedMessages()).hasSize(1);
            assertThat(output).doesNotContain("s3cr3t");
        } finally {
            encrypted.stop();
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void startsTlsWhereTheServerOffersIt(@TempDir Path folder) throws Exception {
        Identity identity = Identity.in(folder);
        try (FaultySmtp offering = new FaultySmtp(identity.context())) {
            Gateway gateway = gateway(settings(offering.port(), Security.STARTTLS, identity.certificate(), ""));
            gateway.queues(loan(1, 1));
            gateway.postman().deliver();
            assertThat(outbox()).isEqualTo("SENT 1 ");
            assertThat(offering.texts()).hasSize(1);
        }
    }

    @Test
    void aServerWithoutEncryptionGetsNothingWhereItIsWanted() {
        Gateway gateway = gateway(settings(server.getSmtp().getPort(), Security.STARTTLS, null, ""));
        gateway.queues(loan(1, 1));
        gateway.postman().deliver();
        assertThat(outbox()).isEqualTo("QUEUED 1 tls");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    // ---- texts -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            DUE_SOON; fi; 1; Lainasi eräpäivä lähestyy; Tämä laina erääntyy pian:; eräpäivä 27.11.2026
            DUE_SOON; sv; 2; Förfallodagen för dina lån närmar sig; De här 2 lånen förfaller snart:; förfallodag 27.11.2026
            DUE_SOON; en; 2; Your loans are due soon; These 2 loans are due soon:; due on 27 November 2026
            DUE_SOON; se; 1; Lainasi eräpäivä lähestyy; Tämä laina erääntyy pian:; eräpäivä 27.11.2026
            OVERDUE; en; 1; Your loan is overdue; This loan is past its due date:; was due on 27 November 2026
            OVERDUE; sv; 1; Ditt lån är försenat; Förfallodagen för det här lånet har passerat:; förfallodagen var 27.11.2026
            HOLD_READY; fi; 1; Varauksesi on noudettavissa; Varauksesi on noudettavissa:; Lieto, noutotunnus Kettu, nouda viimeistään 27.11.2026
            HOLD_READY; en; 2; 2 of your holds are ready; These 2 holds are ready to be picked up:; Lieto, pick-up name Kettu, pick up by 27 November 2026
            """)
    void saysItInTheLanguageOfThePatron(
            NoticeKind kind, String language, int count, String subject, String opening, String line) {
        Letter.Thing thing = new Letter.Thing(
                "A <b>title</b>\r\nBcc: x",
                LocalDate.parse(DUE),
                Optional.of("Lieto").filter(_ -> kind == NoticeKind.HOLD_READY),
                Optional.of("Kettu").filter(_ -> kind == NoticeKind.HOLD_READY));
        Written mail = house.bean(LetterTexts.class)
                .write(kind, new Letter("reader1@example.fi", language, "LIETO", Collections.nCopies(count, thing)));
        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.plain()).contains(opening, line, "* A <b>title</b> Bcc: x");
        assertThat(mail.html())
                .contains(opening, line, "A &lt;b&gt;title&lt;/b&gt; Bcc: x")
                .doesNotContain("<b>");
    }

    @Test
    void aMunicipalityHasItsOwnWords() {
        Settings settings = house.bean(Settings.class);
        Scope lieto = Scope.municipality("LIETO");
        assertThat(settings.change(
                        lieto,
                        Map.of(
                                "mail.due-soon.fi", Optional.of("Moi, kirjat kotiin:"),
                                "mail.closing.fi", Optional.of("Kirjasto on remontissa."),
                                "mail.sender", Optional.of("lieto@example.fi"),
                                "mail.sender-name", Optional.of("Liedon kirjasto"),
                                "mail.reply-to", Optional.of("palaute@example.fi")),
                        "tester"))
                .isEmpty();
        LetterTexts texts = house.bean(LetterTexts.class);
        Written ours = texts.example(NoticeKind.DUE_SOON, "fi", "LIETO", LocalDate.parse("2026-11-24"));
        assertThat(ours.plain()).contains("Moi, kirjat kotiin:", "Kirjasto on remontissa.", "Liedon kirjasto");
        assertThat(ours.sender()).isEqualTo("lieto@example.fi");
        assertThat(ours.replyTo()).contains("palaute@example.fi");
        assertThat(texts.example(NoticeKind.DUE_SOON, "fi", "TURKU", LocalDate.parse("2026-11-24"))
                        .plain())
                .contains("Nämä 2 lainaa");
        for (String key : settings.at(lieto).keySet()) {
            settings.change(lieto, key, Optional.empty(), "tester");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            mail.sender; no address
            mail.reply-to; a@example.fi, b@example.fi
            mail.overdue-days; 0
            mail.overdue-days; 1, 2, 3, 4, 5, 6
            mail.overdue-days; soon
            """)
    void refusesSettingsThatMeanNothing(String key, String value) {
        assertThat(house.bean(Settings.class).change(Scope.CONSORTIUM, key, Optional.of(value), "tester"))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, STARTTLS, '', 20s, sender",
        "kirjasto@example.fi, 70000, STARTTLS, '', 20s, port",
        "kirjasto@example.fi, 0, NONE, kimppa, 20s, security",
        "kirjasto@example.fi, 0, TLS, kimppa, 0s, timeout",
    })
    void saysAtStartWhatIsWrong(String sender, int port, Security security, String user, String timeout, String name) {
        assertThatThrownBy(() -> new MailSettings(
                        "localhost",
                        port,
                        security,
                        user,
                        null,
                        sender,
                        null,
                        DurationStyle.detectAndParse(timeout),
                        Duration.ofHours(24),
                        Duration.ofDays(90)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
