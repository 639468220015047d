package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** 37 over Koha's REST interface. */
class KohaFeeTest extends KohaCase {
    KohaFeeTest() throws IOException {
        koha.debt(300, 5, "2.50", null);
        koha.debt(301, 5, "4.00", null);
    }

    private FeePaidResponse pay(String amount, String more) {
        return backend.feePaid(
                ask(FeePaid.class, "3720261124    1930000102EURBV" + amount + "|AOTURKU|AA2000012345|AC|AD|" + more),
                BackHalf.TURKU);
    }

    private int booked() {
        return koha.all("credits").size();
    }

    private BigDecimal open(int debt) {
        return (BigDecimal)
                Objects.requireNonNull(koha.all("debits").get(debt - 300).get("amount_outstanding"));
    }

    @Test
    void booksAPaymentWithTheTerminalsNumberInItsNote() {
        assertThat(pay("6.50", "BK4711|").paymentAccepted()).isTrue();
        assertThat(koha.all("credits").getFirst())
                .containsEntry("internal_note", "kiosk-turku 4711")
                .containsEntry("library_id", "TKU");
        assertThat(koha.http.heard("POST /api/v1/patrons").getFirst().body())
                .contains("\"amount\":6.50", "\"payment_type\":\"SIP02\"", "\"credit_type\":\"PAYMENT\"");
        assertThat(open(300)).isZero();
        assertThat(open(301)).isZero();
    }

    @Test
    void paysTheFeeThatIsNamedAndNoOther() {
        assertThat(pay("1.00", "BK4711|CG301|").paymentAccepted()).isTrue();
        assertThat(open(300)).isEqualByComparingTo("2.50");
        assertThat(open(301)).isEqualByComparingTo("3");
    }

    @Test
    void booksNoPaymentTwice() {
        koha.http.next("POST /api/v1/patrons", _ -> new Reply.HangUp());
        isSilent(false, () -> pay("2.50", "BK4711|"));
        assertThat(pay("2.50", "BK4711|").paymentAccepted()).isTrue();
        assertThat(booked()).isEqualTo(1);
        assertThat(koha.http.heard("POST /api/v1/patrons")).hasSize(1);
        assertThat(pay("2.50", "BK4712|").paymentAccepted()).isTrue();
        assertThat(booked()).isEqualTo(2);
    }

    /** A machine may begin to count anew: the number alone says nothing. */
    @Test
    void booksAnotherAmountAndAnotherDayUnderTheSameNumberAnew() {
        koha.cash.day = LocalDate.now(clock).toString();
        assertThat(pay("2.50", "BK4711|").paymentAccepted()).isTrue();
        assertThat(pay("1.00", "BK4711|").paymentAccepted()).isTrue();
        assertThat(booked()).isEqualTo(2);
        clock.pass(Duration.ofDays(2));
        assertThat(pay("1.00", "BK4711|").paymentAccepted()).isTrue();
        assertThat(booked()).isEqualTo(3);
    }

    @Test
    void knowsAPaymentAgainAfterMidnight() {
        koha.cash.day = LocalDate.now(clock).toString();
        clock.pass(Duration.ofHours(5));
        assertThat(LocalDate.now(clock)).isAfter(LocalDate.parse(koha.cash.day));
        assertThat(pay("2.50", "BK4711|").paymentAccepted()).isTrue();
        assertThat(pay("2.50", "BK4711|").paymentAccepted()).isTrue();
        assertThat(booked()).isEqualTo(1);
    }

    @Test
    void booksNoPaymentTwiceAlthoughNothingIsOwedAnyMore() {
        assertThat(pay("6.50", "BK4711|").paymentAccepted()).isTrue();
        assertThat(pay("6.50", "BK4711|").paymentAccepted()).isTrue();
        assertThat(booked()).isEqualTo(1);
    }

    @Test
    void booksPaymentsWhereAReleaseListsNone() {
        koha.listsPayments = false;
        assertThat(pay("2.50", "BK4711|").paymentAccepted()).isTrue();
    }

    @Test
    void takesTheShortAnswerOfOldReleases() {
        koha.http.next("POST /api/v1/patrons", _ -> Reply.json(200, "{\"account_line_id\": 17}"));
        assertThat(pay("2.50", "BK4711|").paymentAccepted()).isTrue();
        koha.http.next("POST /api/v1/patrons", _ -> new Reply.Said(200, Map.of(), ""));
        isSilent(false, () -> pay("2.50", "BK4712|"));
    }

    @Test
    void booksNothingThatIsNotOwed() {
        assertThat(pay("6.51", "BK1|").paymentAccepted()).isFalse();
        assertThat(pay("2.51", "BK2|CG300|").paymentAccepted()).isFalse();
        assertThat(pay("1.00", "BK3|CG999|").paymentAccepted()).isFalse();
        assertThat(pay("1.00", "BK4|CG1 or 1|").paymentAccepted()).isFalse();
        assertThat(pay("0.00", "BK5|").paymentAccepted()).isFalse();
        assertThat(pay("0.005", "BK6|").paymentAccepted()).isFalse();
        koha.seesAccounts = false;
        assertThat(pay("1.00", "BK7|").paymentAccepted()).isFalse();
        assertThat(koha.http.heard("POST /api/v1/patrons")).isEmpty();
    }

    @Test
    void knowsThatNothingWasBookedWhereTheAccountCannotBeRead() {
        koha.http.next("GET /api/v1/patrons/5/account", _ -> Reply.json(503, ""));
        isSilent(true, () -> pay("2.50", "BK4711|"));
        assertThat(booked()).isZero();
    }

    @Test
    void tellsThatKohaRefusesAPaymentWithoutItsWords() {
        koha.http.next("POST /api/v1/patrons", _ -> Reply.json(400, KohaStub.error("No such payment type SIP02")));
        assertThat(pay("2.50", "BK4711|"))
                .satisfies(answer -> assertThat(answer.paymentAccepted()).isFalse())
                .satisfies(answer -> assertThat(answer.screenMessages()).containsExactly("Kysy henkilökunnalta."));
    }
}
