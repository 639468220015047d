package fi.kimppa.gateway.backend.koha;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.sip2.message.PatronInformationResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Circulation in front of a Koha: the journal, the guard of PINs, and what becomes of answers that nobody saw. */
class KohaHouseTest {
    private static final String CARD = "2000012345";
    private static final String ITEM = "3000000011";

    private static KohaStub koha;
    private static BackHalf house;
    private static Asking turku;

    @BeforeAll
    static void start() throws IOException {
        koha = new KohaStub();
        house = BackHalf.on(
                TestPostgres.demo(template -> BackHalf.on(template).close()),
                Map.of(
                        "kimppa.circulation.backend", "vaski",
                        "kimppa.deadlines.backend", "6s",
                        "kimppa.backends.koha.vaski.rest.url",
                                koha.http.url("/api/v1").toString(),
                        "kimppa.backends.koha.vaski.answer", "5s",
                        "kimppa.backends.koha.vaski.clients.TURKU.id", "kimppa-tku",
                        "kimppa.backends.koha.vaski.clients.TURKU.secret", "kimppa-tku-secret",
                        "kimppa.backends.koha.vaski.clients.TURKU.library", "TKU",
                        "kimppa.backends.koha.vaski.checkins", "rest"));
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
    }

    @AfterAll
    static void stop() {
        house.close();
        koha.close();
    }

    @BeforeEach
    void freshStart() {
        house.jdbc().sql("delete from journal").update();
        koha.all("checkouts").clear();
        koha.http.heard.clear();
    }

    private List<String> states() {
        return house.jdbc()
                .sql("select state from journal")
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Test
    void settlesALoanAndAPaymentWhoseAnswersWereLostByAskingAndDoesNeitherTwice() {
        koha.debt(300, 5, "2.50", null);
        koha.http.next("POST /api/v1/checkouts", _ -> new Reply.HangUp());
        turku.lend(CARD, ITEM);
        await(() -> states().equals(List.of("SETTLED")));
        assertThat(koha.all("checkouts")).hasSize(1);
        assertThat(koha.http.heard("POST /api/v1/checkouts")).hasSize(1);

        koha.http.next("POST /api/v1/patrons", _ -> new Reply.Half(Reply.json(201, "{\"account_line_id\": 1}")));
        String paid = "3720261124    1930590102EURBV2.50|AOTURKU|AA" + CARD + "|AC|AD|BK4711|";
        turku.hear(paid);
        await(() -> states().equals(List.of("SETTLED", "SETTLED")));
        assertThat(turku.hear(paid)).startsWith("38Y");
        assertThat(koha.all("credits")).hasSize(1);
        assertThat(koha.http.heard("POST /api/v1/patrons")).hasSize(1);
    }

    @Test
    void asksKohaForARightPinOnceForAPileOfBooksAndForAWrongOneNoOftenerThanTheGuardAllows() {
        PatronInformationResponse aino = turku.who(CARD, "1234");
        assertThat(aino.personalName()).isEqualTo("Aino Virtanen");
        turku.hear("11NN20261124    193100                  AOTURKU|AA" + CARD + "|AB" + ITEM + "|AC|AD1234|");
        assertThat(koha.all("checkouts")).hasSize(1);
        assertThat(koha.http.heard("POST /api/v1/auth")).hasSize(1);
        turku.end(CARD);
        for (int i = 0; i < 20; i++) {
            assertThat(turku.who(CARD, "4321").personalName()).isEmpty();
        }
        assertThat(koha.all("patrons").getFirst().get("login_attempts"))
                .asString()
                .matches("[1-9]");
    }
}
