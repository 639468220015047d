package fi.kimppa.gateway.backend;

import static fi.kimppa.gateway.backend.Case.explained;
import static fi.kimppa.gateway.backend.Case.refused;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.FeePaidResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 37: exactly what was paid is booked, once, or nothing. */
public interface FeeContract extends Case {
    /** BK of this case. */
    private String bk() {
        return "BK" + machine().transaction() + "|";
    }

    private void owes(String amount) {
        assertThat(library().debt(card())).isEqualByComparingTo(amount);
    }

    @Test
    default void booksAPayment() {
        String fee = library().owe(card(), "5.00");
        FeePaidResponse paid = pay("5.00", "CG" + fee + "|" + bk());
        assertThat(paid.paymentAccepted()).isTrue();
        assertThat(paid.transactionId()).contains(machine().transaction());
        assertThat(paid.patronIdentifier()).isEqualTo(card());
        explained(paid.screenMessages());
        owes("0");
        assertThat(status().feeAmount())
                .hasValueSatisfying(owed -> assertThat(owed).isEqualByComparingTo("0"));
    }

    @Test
    default void booksAPartOfAFee() {
        String fee = library().owe(card(), "5.00");
        assertThat(pay("2.00", "CG" + fee + "|" + bk()).paymentAccepted()).isTrue();
        owes("3.00");
    }

    @Test
    default void booksWhatIsPaidForEverything() {
        library().owe(card(), "5.00");
        library().owe(card(), "2.40");
        assertThat(pay("7.40", bk()).paymentAccepted()).isTrue();
        owes("0");
    }

    @Test
    default void booksWhatIsPaidForOneFeeAmongSeveral() {
        library().owe(card(), "5.00");
        String second = library().owe(card(), "2.40");
        assertThat(pay("2.40", "CG" + second + "|" + bk()).paymentAccepted()).isTrue();
        owes("5.00");
        refused(pay("2.40", "CG" + second + "|BK" + machine().transaction() + "b|"));
        owes("5.00");
    }

    @Test
    default void readsAnAmountWithAComma() {
        library().owe(card(), "5.00");
        assertThat(pay("5,00", bk()).paymentAccepted()).isTrue();
        owes("0");
    }

    // ---- once --------------------------------------------------------------------------------------------

    /** A terminal that heard no answer sends it again. */
    @Test
    default void booksThePaymentOfOneTransactionOnce() {
        String fee = library().owe(card(), "5.00");
        assertThat(pay("2.00", "CG" + fee + "|" + bk()).paymentAccepted()).isTrue();
        assertThat(pay("2.00", "CG" + fee + "|" + bk()).paymentAccepted()).isTrue();
        owes("3.00");
    }

    @Test
    default void booksOnceAlsoWhatClosedTheFee() {
        String fee = library().owe(card(), "5.00");
        library().owe(card(), "5.00");
        pay("5.00", "CG" + fee + "|" + bk());
        assertThat(pay("5.00", "CG" + fee + "|" + bk()).paymentAccepted()).isTrue();
        owes("5.00");
    }

    @Test
    default void booksTwoTransactionsOfTheSameAmount() {
        String fee = library().owe(card(), "5.00");
        pay("2.00", "CG" + fee + "|" + bk());
        pay("2.00", "CG" + fee + "|BK" + machine().transaction() + "b|");
        owes("1.00");
    }

    // ---- refusals ----------------------------------------------------------------------------------------

    @Test
    default void booksNoMoreThanIsOwed() {
        String fee = library().owe(card(), "5.00");
        refused(pay("6.00", "CG" + fee + "|" + bk()));
        owes("5.00");
    }

    @Test
    default void booksNoMoreThanIsOwedInAll() {
        library().owe(card(), "5.00");
        library().owe(card(), "2.40");
        refused(pay("7.41", bk()));
        owes("7.40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00", "-1.00", "0.001", "abc", "", "1000000", "5.00 EUR"})
    default void booksNoAmountThatIsNone(String amount) {
        library().owe(card(), "5.00");
        refused(pay(amount, bk()));
        owes("5.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEK", "USD", "eur"})
    default void booksNoOtherMoney(String currency) {
        library().owe(card(), "5.00");
        refused(say(FeePaidResponse.class, "37{now}0100" + currency + "BV5.00|AO{AO}|AA{card}|AC|AD{pin}|" + bk()));
        owes("5.00");
    }

    @Test
    default void booksNothingWhereNothingIsOwed() {
        refused(pay("5.00", bk()));
        owes("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "%", "*", "x", "' OR '1'='1"})
    default void booksNothingForAFeeThatIsNone(String fee) {
        library().owe(card(), "5.00");
        refused(pay("5.00", "CG" + fee + "|" + bk()));
        owes("5.00");
    }

    @Test
    default void booksNothingForSomebodyElsesFee() {
        library().owe(card(), "5.00");
        String theirs = library().owe(other(), "5.00");
        refused(pay("5.00", "CG" + theirs + "|" + bk()));
        owes("5.00");
        assertThat(library().debt(other())).isEqualByComparingTo("5.00");
    }

    @Test
    default void booksNothingForNobody() {
        refused(say(FeePaidResponse.class, "37{now}0100EURBV5.00|AO{AO}|AA" + Machine.NO_CARD + "|AC|AD{pin}|" + bk()));
    }
}
