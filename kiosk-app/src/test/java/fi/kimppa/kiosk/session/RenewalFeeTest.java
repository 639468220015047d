package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.AccountLoan.Manner;
import fi.kimppa.kiosk.session.AccountLoan.State;
import fi.kimppa.kiosk.session.AccountLoan.Why;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A loan that is renewed for a fee only: the person is asked, once for each, and nothing is renewed without a yes. */
class RenewalFeeTest {
    private static final String ONE = "3000000011";
    private static final String TWO = "3000000028";
    private static final State COSTS = new State.Costs(euros("1.50"));

    private final Play play = new Play();

    private static Money euros(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }

    private static Question asked(int row, String item, String amount) {
        return new Question.RenewalCosts(row, Optional.of("Nimeke " + item), euros(amount));
    }

    private List<Renew> sent() {
        return play.sent(Renew.class);
    }

    private State loan(String item) {
        return play.account().loans().stream()
                .filter(row -> row.item().hasNumber(item))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private void open(String... items) {
        play.openAccount(Play.loans(items));
        for (String _ : items) {
            play.answer(play.onLoan("20261130"));
        }
    }

    private void wishForWhatCosts() {
        open(ONE, TWO);
        play.touch(new Choice.Renew(1));
        play.answer(play.renewalCosts("1.50"));
    }

    // ---- in the account ----------------------------------------------------------------------------------

    @Test
    void isAskedAboutAndRenewedWithAYes() {
        wishForWhatCosts();
        assertThat(sent().getFirst().feeAcknowledged()).isEmpty();
        assertThat(play.state.question()).contains(asked(1, ONE, "1.50"));
        assertThat(loan(ONE)).as("true already").isEqualTo(COSTS);
        play.touch(new Choice.Answer(true));
        assertThat(play.state.question()).isEmpty();
        assertThat(loan(ONE)).isEqualTo(new State.Renewing(Manner.FOR_ITS_PRICE));
        assertThat(sent()).hasSize(2);
        assertThat(sent().getLast().feeAcknowledged()).contains(true);
        play.answer(play.renewed(true));
        assertThat(loan(ONE)).isEqualTo(new State.Renewed());
        play.touch(new Choice.Renew(2));
        assertThat(sent().getLast().feeAcknowledged()).as("for that one alone").isEmpty();
    }

    @Test
    void isLeftAsItIsWithANoAndAskedAboutAgainByWhoeverThinksAgain() {
        wishForWhatCosts();
        play.touch(new Choice.Answer(false));
        play.seconds(5);
        assertThat(loan(ONE)).isEqualTo(COSTS);
        assertThat(sent()).hasSize(1);
        play.touch(new Choice.Renew(1));
        assertThat(sent().getLast().feeAcknowledged()).as("asked anew").isEmpty();
        play.answer(play.renewalCosts("2.00"));
        assertThat(play.state.question()).contains(asked(1, ONE, "2.00"));
    }

    @Test
    void isLeftAsItIsWithoutAnAnswer() {
        wishForWhatCosts();
        play.seconds(25);
        assertThat(play.state.question()).isEmpty();
        play.touch(new Choice.Answer(true));
        assertThat(loan(ONE)).isEqualTo(COSTS);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void oneAfterTheOther() {
        open(ONE, TWO);
        play.touch(new Choice.Renew(1));
        play.touch(new Choice.Renew(2));
        play.answer(play.renewalCosts("1.50"));
        assertThat(sent()).as("what comes after may cost too").hasSize(1);
        play.touch(new Choice.Answer(false));
        assertThat(sent()).hasSize(2);
        play.answer(play.renewalCosts("2.00"));
        assertThat(play.state.question()).contains(asked(2, TWO, "2.00"));
        play.touch(new Choice.Answer(true));
        play.answer(play.renewed(true));
        assertThat(loan(ONE)).isEqualTo(COSTS);
        assertThat(loan(TWO)).isEqualTo(new State.Renewed());
    }

    @Test
    void isNotAskedInACircle() {
        wishForWhatCosts();
        play.touch(new Choice.Answer(true));
        play.answer(play.renewalCosts("1.50"));
        assertThat(play.state.question()).isEmpty();
        play.answer(play.onLoan("20261130"));
        assertThat(loan(ONE)).isEqualTo(new State.NotRenewed(Optional.of(Why.OTHER), List.of("Maksullinen uusinta")));
    }

    /** The answer to the yes is lost: it is looked, and not sent once more, or it would cost twice. */
    @Test
    void looksWhatBecameOfAYesWithoutAnAnswer() {
        wishForWhatCosts();
        play.touch(new Choice.Answer(true));
        play.noAnswer(false);
        assertThat(loan(ONE)).isInstanceOf(State.Checking.class);
        play.answer(play.onLoan("20261228"));
        assertThat(loan(ONE)).isEqualTo(new State.Renewed());
        assertThat(sent()).hasSize(2);
    }

    @Test
    void anotherCardTakesTheQuestionsPlaceAndNothingIsRenewed() {
        wishForWhatCosts();
        play.on(new KioskEvent.Scanned("2000099999"));
        assertThat(play.state.question()).contains(new Question.ChangeCustomer(new CardNumber("2000099999")));
        play.touch(new Choice.Answer(false));
        assertThat(loan(ONE)).isEqualTo(COSTS);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void whoIsDoneIsNotAskedAnyMore() {
        open(ONE);
        play.touch(new Choice.Renew(1));
        play.touch(new Choice.Finish());
        play.answer(play.renewalCosts("1.50"));
        assertThat(play.state.question()).isEmpty();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aRefusalWithoutASumIsAsEver() {
        open(ONE);
        play.touch(new Choice.Renew(1));
        play.answer(play.renewalCosts("0.00"));
        assertThat(play.state.question()).isEmpty();
        assertThat(loan(ONE)).isInstanceOf(State.NotRenewed.class);
    }

    // ---- all at once -------------------------------------------------------------------------------------

    @Test
    void whatCostsIsLeftAsItIsWhenAllIsRenewedAndThenAskedAboutOneByOne() {
        open(ONE, TWO);
        play.touch(new Choice.InAccount.RenewAll());
        assertThat(play.sent(RenewAll.class).getFirst().feeAcknowledged()).isEmpty();
        play.answer(Play.renewedAll(true, List.of(ONE), List.of(TWO), TWO + ": Maksullinen uusinta")
                .pricing(List.of(new Price(TWO, "06", "EUR", new BigDecimal("1.50")))));
        assertThat(play.state.question()).as("nobody is asked about each").isEmpty();
        assertThat(loan(TWO)).isEqualTo(COSTS);
        play.answer(play.onLoan("20261228"));
        assertThat(play.account().renewed()).isOne();
        assertThat(sent()).isEmpty();
        play.touch(new Choice.Renew(2));
        play.answer(play.renewalCosts("1.50"));
        play.touch(new Choice.Answer(true));
        play.answer(play.renewed(true));
        assertThat(play.account().renewed()).isEqualTo(2);
    }

    /** A library that leaves it out of a 66 without a word says in a 30 what it costs. */
    @Test
    void findsOutWhatCostsWhereA66DoesNotSay() {
        open(ONE, TWO);
        play.touch(new Choice.InAccount.RenewAll());
        play.answer(Play.renewedAll(true, List.of(ONE), List.of(TWO)));
        assertThat(sent().getFirst().feeAcknowledged()).isEmpty();
        play.answer(play.renewalCosts("1.50"));
        assertThat(play.state.question()).isEmpty();
        assertThat(loan(TWO)).isEqualTo(COSTS);
        play.answer(play.onLoan("20261228"));
        assertThat(play.account().renewing()).isFalse();
        assertThat(sent()).hasSize(1);
    }

    // ---- on the pile -------------------------------------------------------------------------------------

    private void layOwnLoan() {
        play.login(ONE);
        play.lay(Play.unsecured(Play.tag(1, ONE)));
        play.answer(play.item(CirculationStatus.CHARGED));
        play.touch(new Choice.Renew(1));
        play.answer(play.renewalCosts("1.50"));
    }

    @Test
    void isAskedAboutOnThePileToo() {
        layOwnLoan();
        assertThat(play.state.question()).contains(asked(1, ONE, "1.50"));
        assertThat(play.loan(0))
                .isEqualTo(new LoanState.NotRenewed(List.of("Maksullinen uusinta"), Optional.of(euros("1.50"))));
        play.lay(Play.tag(2, TWO));
        assertThat(play.sent(Checkout.class))
                .as("what comes after may cost too")
                .isEmpty();
        play.touch(new Choice.Answer(true));
        assertThat(sent().getLast().feeAcknowledged()).contains(true);
        play.answer(play.renewed(true));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Renewed.class);
    }

    @Test
    void isKeptOrAskedAboutAgainOnThePile() {
        layOwnLoan();
        play.touch(new Choice.Answer(false));
        assertThat(play.loan(0).isLoan()).as("the old loan stands").isTrue();
        play.touch(new Choice.Renew(1));
        assertThat(sent()).hasSize(2);
        assertThat(sent().getLast().feeAcknowledged()).isEmpty();
        play.answer(play.renewalCosts("1.50"));
        play.touch(new Choice.Answer(false));
        play.touch(new Choice.Keep(1));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Kept.class);
    }
}
