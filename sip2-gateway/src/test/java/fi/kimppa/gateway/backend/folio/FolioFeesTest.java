package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.EERO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.folio.FolioStub.Fault;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 37: exactly what was paid, once. */
class FolioFeesTest {
    private static final String PAY = "POST /accounts-bulk/pay";

    private final FolioHouse house = new FolioHouse();
    private final FolioStub stub = house.stub;

    @BeforeEach
    void owe() {
        stub.state.account(AINO, "1", "2.50");
        stub.state.account(AINO, "2", "0.40");
        stub.state.account(EERO, "3", "9.00");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static FeePaidResponse pay(FolioBackend backend, String amount, String rest) {
        return pay(backend, amount, "EUR", rest);
    }

    private static FeePaidResponse pay(FolioBackend backend, String amount, String currency, String rest) {
        return backend.feePaid(
                (FeePaid) Asking.request(
                        "37" + NOW + "0102" + currency + "BV" + amount + "|AOTURKU|AA" + AINO + "|" + rest),
                BackHalf.TURKU);
    }

    private BigDecimal left(String account) {
        return stub.state
                .one("accounts", record -> record.path("id").asString().equals(FolioState.id("account " + account)))
                .orElseThrow()
                .path("remaining")
                .decimalValue();
    }

    @Test
    void booksAPaymentWithTheNumberOfTheCardTerminal() {
        assertThat(pay(house.backend(), "2.9", "BKT-77|"))
                .satisfies(paid -> assertThat(paid.paymentAccepted()).isTrue())
                .satisfies(paid -> assertThat(paid.transactionId()).contains("T-77"))
                .satisfies(paid -> assertThat(paid.screenMessages()).containsExactly("Maksettu 2.90 EUR."));
        assertThat(stub.last(PAY))
                .satisfies(body ->
                        assertThat(body.body().path("amount").isString()).isTrue())
                .satisfies(body -> assertThat(body.text("amount")).isEqualTo("2.90"))
                .satisfies(body -> assertThat(body.text("transactionInfo")).isEqualTo("kiosk-turku T-77"))
                .satisfies(body -> assertThat(body.text("userName")).isEqualTo(FolioStub.USER))
                .satisfies(body ->
                        assertThat(body.body().path("notifyPatron").asBoolean()).isFalse())
                .satisfies(body -> assertThat(body.text("servicePointId")).isEqualTo(FolioState.id("tku")));
        assertThat(left("1")).isEqualByComparingTo("0");
        assertThat(left("2")).isEqualByComparingTo("0");
    }

    @Test
    void booksAPaymentOfOneAccountThere() {
        pay(house.backend(), "0.40", "BK1|CG" + FolioState.id("account 2") + "|");
        assertThat(left("1")).isEqualByComparingTo("2.50");
        assertThat(left("2")).isEqualByComparingTo("0");
    }

    @Test
    void booksAFeeThatIsPaidTwiceOnce() {
        FolioBackend backend = house.backend();
        assertThat(pay(backend, "1.00", "BK77|").paymentAccepted()).isTrue();
        assertThat(pay(backend, "1.00", "BK77|").paymentAccepted()).isTrue();
        assertThat(stub.count(PAY)).isEqualTo(1);
        assertThat(left("1")).isEqualByComparingTo("1.50");
    }

    @Test
    void booksAFeeOnceWhoseFirstAnswerWasLost() {
        FolioBackend backend = house.backend();
        stub.fail(PAY, Fault.CUT);
        assertThatThrownBy(() -> pay(backend, "2.90", "BK77|"))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isFalse());
        assertThat(pay(backend, "2.90", "BK77|").paymentAccepted()).isTrue();
        assertThat(stub.count(PAY)).isEqualTo(1);
        assertThat(stub.state.all("feefineactions")).hasSize(2);
    }

    @Test
    void booksWhatAnotherMachineCountsAlike() {
        FolioBackend backend = house.backend();
        pay(backend, "1.00", "BK77|");
        assertThat(backend.feePaid(
                                (FeePaid) Asking.request("37" + NOW + "0102EURBV1.00|AOLIETO|AA" + AINO + "|BK77|"),
                                BackHalf.LIETO)
                        .paymentAccepted())
                .isTrue();
        assertThat(stub.count(PAY)).isEqualTo(2);
    }

    @Test
    void booksAFeeOnceThatCameWithoutANumber() {
        FolioBackend backend = house.backend();
        pay(backend, "1.00", "");
        pay(backend, "1.00", "");
        assertThat(stub.count(PAY)).isEqualTo(1);
    }

    @Test
    void booksAnotherAmountAndAnotherDayUnderTheSameNumberAnew() {
        FolioBackend backend = house.backend();
        pay(backend, "1.00", "BK77|");
        assertThat(pay(backend, "0.50", "BK77|").paymentAccepted()).isTrue();
        house.clock.pass(Duration.ofDays(2));
        assertThat(pay(backend, "0.50", "BK77|").paymentAccepted()).isTrue();
        assertThat(stub.count(PAY)).isEqualTo(3);
    }

    @Test
    void booksNothingThatIsNotOwedOrNoMoney() {
        FolioBackend backend = house.backend();
        assertThat(pay(backend, "2.91", "BK1|").screenMessages())
                .containsExactly("Maksu on velkaa suurempi. Maksua ei kirjattu.");
        assertThat(pay(backend, "1.00", "BK2|CG" + FolioState.id("account 3") + "|")
                        .screenMessages())
                .containsExactly("Maksettavaa ei ole. Maksua ei kirjattu.");
        assertThat(pay(backend, "1.005", "BK3|").paymentAccepted()).isFalse();
        assertThat(pay(backend, "-1.00", "BK4|").paymentAccepted()).isFalse();
        assertThat(pay(backend, "1.00", "SEK", "BK5|").paymentAccepted()).isFalse();
        assertThat(stub.count(PAY)).isZero();
    }

    @Test
    void sendsThePatronToTheStaffWhereFolioDoesNotBook() {
        stub.state.refusesPayments = true;
        assertThat(pay(house.backend(), "2.90", "BK1|"))
                .satisfies(refused -> assertThat(refused.paymentAccepted()).isFalse())
                .satisfies(refused -> assertThat(refused.screenMessages())
                        .containsExactly("Maksua ei kirjattu. Kysy henkilökunnalta."));
    }
}
