package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.Eventually.await;
import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.IN;
import static fi.kimppa.gateway.backend.folio.FolioHouse.MUUMI;
import static fi.kimppa.gateway.backend.folio.FolioHouse.OUT;
import static fi.kimppa.gateway.backend.folio.FolioHouse.SINUHE;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.folio.FolioStub.Fault;
import fi.kimppa.gateway.circulation.CirculationEvent.CheckoutSettledLate;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What circulation makes of FOLIO's lost answers, by asking FOLIO. */
class FolioSettlementTest {
    private static final FolioHouse HOUSE = new FolioHouse();
    private static final FolioStub STUB = HOUSE.stub;
    private static final String KALEVALA = "3000000042";

    private static BackHalf gateway;
    private static Asking turku;

    @BeforeAll
    static void start() {
        STUB.state.item(KALEVALA, "Kalevala", "tku");
        gateway = BackHalf.on(
                TestPostgres.demo(template -> BackHalf.on(template).close()),
                Map.of(
                        "kimppa.circulation.backend",
                        "diku",
                        "kimppa.backends.folio.diku.http.url",
                        STUB.url().toString(),
                        "kimppa.backends.folio.diku.tenant",
                        FolioStub.TENANT,
                        "kimppa.backends.folio.diku.user",
                        FolioStub.USER,
                        "kimppa.backends.folio.diku.password",
                        FolioStub.PASSWORD,
                        "kimppa.backends.folio.diku.service-points.TURKU",
                        "tku",
                        "kimppa.backends.folio.diku.service-points.LIETO",
                        FolioState.id("lie")));
        turku = new Asking(gateway.circulation(), BackHalf.TURKU, gateway.clock());
    }

    @BeforeEach
    void folioSpeaks() {
        await(gateway.circulation()::online);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        HOUSE.close();
    }

    /** How many rows of the journal are not settled. */
    private static int open() {
        return gateway.value(Integer.class, "select count(*) from journal where state <> 'SETTLED'");
    }

    /** A while passes after the change was sent, and once more after the first answer to a question about it. */
    private static void settled() {
        gateway.pass(Duration.ofMinutes(1));
        await(() -> open() == 0
                || gateway.value(
                                Integer.class,
                                "select count(*) from journal where state <> 'SETTLED' and answering_since is null")
                        == 0);
        gateway.pass(Duration.ofMinutes(1));
        await(() -> open() == 0);
    }

    private static long sent(String call, String item) {
        return STUB.heard.stream()
                .filter(heard ->
                        heard.call().equals(call) && heard.text("itemBarcode").equals(item))
                .count();
    }

    @Test
    void settlesALoanAsLentThatWasMadeBeforeA500InPlainText() {
        Checkout checkout = turku.checkout(AINO, SINUHE, turku.tick());
        STUB.fail(OUT, Fault.ERROR_AFTER);
        CheckoutResponse unknown = turku.send(checkout);
        assertThat(unknown.ok()).isFalse();
        assertThat(unknown.itemProperties()).contains("outcome=unknown");

        await(() -> gateway.events().stream().anyMatch(CheckoutSettledLate.class::isInstance));
        CheckoutResponse lent = turku.send(checkout);
        assertThat(lent.ok()).isTrue();
        assertThat(lent.titleIdentifier()).isEqualTo("Sinuhe");
        assertThat(lent.dueDate()).startsWith("20261222");
        assertThat(sent(OUT, SINUHE)).isEqualTo(1);
        assertThat(STUB.state.openLoan(SINUHE)).isPresent();
    }

    @Test
    void settlesALoanAsNotMadeAndMakesItWhenTheMachineSaysItAgain() {
        Checkout checkout = turku.checkout(AINO, MUUMI, turku.tick());
        STUB.fail(OUT, Fault.ERROR_BEFORE);
        assertThat(turku.send(checkout).ok()).isFalse();
        settled();
        assertThat(turku.send(checkout).ok()).isTrue();
        assertThat(sent(OUT, MUUMI)).isEqualTo(2);
        assertThat(STUB.state.openLoan(MUUMI)).isPresent();
    }

    @Test
    void doesAReturnLaterWithItsOwnDateThatWasAcceptedForASilentFolio() {
        turku.lend(AINO, KALEVALA);
        gateway.clock().pass(Duration.ofHours(2));
        Checkin checkin = turku.checkin(KALEVALA, turku.tick());
        String cameBack = checkin.returnDate()
                .instant(gateway.clock().getZone())
                .orElseThrow()
                .toString();
        STUB.fail(IN, Fault.ERROR_BEFORE);
        assertThat(turku.send(checkin).ok()).as("a promise").isTrue();
        settled();

        assertThat(sent(IN, KALEVALA)).isEqualTo(2);
        assertThat(STUB.last(IN).text("checkInDate")).isEqualTo(cameBack);
        assertThat(STUB.state.openLoan(KALEVALA)).isEmpty();
    }
}
