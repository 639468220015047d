package fi.kimppa.gateway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.Eventually;
import fi.kimppa.gateway.OldLibrary;
import fi.kimppa.gateway.circulation.PatronMail;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.limits.CardHash;
import fi.kimppa.gateway.mail.MailSettings.Security;
import fi.kimppa.gateway.mail.ReceiptDesk.Answer;
import fi.kimppa.sip2.wire.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;

/** Receipts of patrons whose address another library system knows, over real SIP2 and SMTP. */
class ReceiptElsewhereTest {
    private static final String CARD = "2000012345";
    private static final String OTHER_CARD = "2000012353";
    private static final String ITEM = "9000000011";
    private static final String TEXT = "LAINAT  1 kpl\n\nMuumipappa\n  Eräpäivä 22.12.2026\n";

    private static OldLibrary library;
    private static BackHalf house;
    private static GreenMail server;
    private static ReceiptDesk desk;
    private static Postman postman;

    @BeforeAll
    static void start() throws IOException {
        library = new OldLibrary("TURKU");
        library.item(ITEM, "Muumipappa");
        List.of(CARD, OTHER_CARD).forEach(library::card);
        library.mailbox(CARD, "lukija@example.fi");
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        house = BackHalf.on(
                TestPostgres.demo(template -> BackHalf.on(template).close()),
                Map.of(
                        "kimppa.circulation.backend", "naapuri",
                        "kimppa.deadlines.backend", "4s",
                        "kimppa.backends.sip2.naapuri.address", library.server.address(),
                        "kimppa.backends.sip2.naapuri.preset", "koha",
                        "kimppa.backends.sip2.naapuri.answer", "1s",
                        "kimppa.backends.sip2.naapuri.accounts.common.user", "kimppa",
                        "kimppa.backends.sip2.naapuri.accounts.common.password", "secret",
                        "kimppa.backends.sip2.naapuri.accounts.common.institution", "TURKU"));
        MailSettings settings = new MailSettings(
                "localhost",
                server.getSmtp().getPort(),
                Security.NONE,
                "",
                Secret.empty(),
                "kirjasto@example.fi",
                null,
                Duration.ofSeconds(5),
                Duration.ofHours(24),
                Duration.ofDays(90));
        Smtp smtp = new Smtp(settings);
        desk = new ReceiptDesk(
                settings,
                house.bean(Settings.class),
                house.bean(PatronMail.class),
                house.bean(Outbox.class),
                house.bean(ReceiptBox.class),
                smtp,
                house.bean(CardHash.class),
                house.bean(PlatformTransactionManager.class),
                house.clock());
        postman = new Postman(
                house.bean(Outbox.class),
                settings,
                house.beans(LetterWriter.class),
                new ReceiptLetters(house.bean(ReceiptBox.class), house.bean(PatronMail.class), house.consortium()),
                house.bean(ReceiptBox.class),
                new LetterTexts(house.bean(Settings.class), house.consortium(), settings),
                smtp,
                new SimpleMeterRegistry(),
                house.clock());
    }

    @AfterAll
    static void stop() throws IOException {
        house.close();
        server.stop();
        library.close();
    }

    @BeforeEach
    void somebodyHasBorrowed() throws Exception {
        library.speak();
        speaks();
        server.purgeEmailFromAllMailboxes();
        house.jdbc().sql("delete from mail_outbox").update();
        for (String card : List.of(CARD, OTHER_CARD)) {
            Asking kiosk = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
            assertThat(kiosk.lend(card, ITEM).ok()).isTrue();
            kiosk.bringBack(ITEM);
            house.clock().pass(Duration.ofSeconds(10));
        }
    }

    private static void speaks() {
        Eventually.await(house.circulation()::online);
    }

    private static Answer take(String card) {
        return desk.take(BackHalf.TURKU, UUID.randomUUID(), card, "fi", TEXT);
    }

    private static String outbox() {
        return house.value(
                String.class,
                "select coalesce(string_agg(state || ' ' || tries || ' ' || reason, ', ' order by id), '') from mail_outbox");
    }

    @Test
    void theAddressIsAskedForWithoutAPinAndNeverWithAnEmptyOne() {
        assertThat(take(CARD)).isEqualTo(Answer.TAKEN);
        assertThat(take(OTHER_CARD)).isEqualTo(Answer.NO_ADDRESS);
        postman.deliver();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(library.server.heard("63")).isNotEmpty().noneMatch(line -> line.contains("|AD"));
        assertThat(house.value(
                        Integer.class,
                        "select count(*) from mail_outbox o left join mail_receipts r on r.mail = o.id"
                                + " where (o::text || r::text) like '%lukija%'"))
                .isZero();
    }

    @Test
    void aSilentLibrarySystemIsASilenceWhenItIsAskedFor() {
        library.fallSilent();
        assertThat(take(CARD)).isEqualTo(Answer.SILENT);
        assertThat(outbox()).isEmpty();
    }

    @Test
    void aSilentLibrarySystemIsWaitedForWhenTheMailShallGo() {
        assertThat(take(CARD)).isEqualTo(Answer.TAKEN);
        library.fallSilent();
        postman.deliver();
        assertThat(outbox()).isEqualTo("QUEUED 1 library");
        library.speak();
        speaks();
        house.clock().pass(Duration.ofMinutes(1));
        postman.deliver();
        assertThat(outbox()).isEqualTo("SENT 2 ");
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void whoHasNoAddressAnyMoreGetsNothingAndTheTextIsGone() {
        assertThat(take(CARD)).isEqualTo(Answer.TAKEN);
        library.mailbox(CARD, " ");
        try {
            postman.deliver();
        } finally {
            library.mailbox(CARD, "lukija@example.fi");
        }
        assertThat(outbox()).isEqualTo("OVER 1 ");
        assertThat(house.value(Integer.class, "select count(body) from mail_receipts"))
                .isZero();
        assertThat(server.getReceivedMessages()).isEmpty();
    }
}
