package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.Checkout;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A thing that is lent for a fee only: the person is asked, once for each, and nothing is lent without a yes. */
class LoanFeeTest {
    private static final String ONE = "3000000011";
    private static final String TWO = "3000000028";

    private final Play play = new Play().login();

    private static Money euros(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }

    private List<Checkout> asked() {
        return play.sent(Checkout.class);
    }

    private void layWhatCosts(int uid, String item) {
        play.lay(Play.tag(uid, item));
        play.answer(play.loanCosts("1.50"));
    }

    @Test
    void isAskedAboutAndLentWithAYes() {
        layWhatCosts(1, ONE);
        assertThat(asked().getFirst().feeAcknowledged()).isEmpty();
        assertThat(play.state.question())
                .contains(new Question.LoanCosts(1, Optional.of("Nimeke " + ONE), euros("1.50")));
        assertThat(play.loan(0).isLoan()).as("not yet").isFalse();
        assertThat(play.writes()).isEmpty();
        play.touch(new Choice.Answer(true));
        assertThat(play.state.question()).isEmpty();
        assertThat(asked()).hasSize(2);
        assertThat(asked().getLast().feeAcknowledged()).contains(true);
        play.answer(play.lent());
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        play.lay(Play.tag(2, TWO));
        assertThat(asked().getLast().feeAcknowledged()).as("for that one alone").isEmpty();
    }

    @Test
    void isNotLentWithANo() {
        layWhatCosts(1, ONE);
        play.touch(new Choice.Answer(false));
        assertThat(play.loan(0)).isEqualTo(LoanState.Refused.costing(euros("1.50")));
        play.seconds(5);
        assertThat(asked()).hasSize(1);
    }

    /** Whoever thinks again is asked again: the price may be another one by then. */
    @Test
    void isAskedAboutAgainByWhoeverThinksAgain() {
        layWhatCosts(1, ONE);
        play.touch(new Choice.Answer(false));
        play.touch(new Choice.Retry(1));
        assertThat(asked().getLast().feeAcknowledged()).isEmpty();
        play.answer(play.loanCosts("2.00"));
        assertThat(play.state.question())
                .contains(new Question.LoanCosts(1, Optional.of("Nimeke " + ONE), euros("2.00")));
        play.touch(new Choice.Answer(true));
        play.answer(play.lent());
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
    }

    @Test
    void isNotLentForNothingWhenTheLineIsGone() {
        layWhatCosts(1, ONE);
        play.touch(new Choice.Answer(false));
        play.line(Surroundings.Line.DOWN);
        play.touch(new Choice.Retry(1));
        assertThat(play.loan(0)).isEqualTo(LoanState.Refused.costing(euros("1.50")));
    }

    @Test
    void isNotLentWithoutAnAnswer() {
        layWhatCosts(1, ONE);
        play.seconds(25);
        assertThat(play.state.question()).isEmpty();
        play.touch(new Choice.Answer(true));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Refused.class);
        assertThat(asked()).hasSize(1);
    }

    @Test
    void oneAfterTheOther() {
        layWhatCosts(1, ONE);
        play.lay(Play.tag(2, TWO));
        assertThat(asked()).as("what comes after may cost too").hasSize(1);
        play.touch(new Choice.Answer(false));
        assertThat(asked()).hasSize(2);
        play.answer(play.loanCosts("2.00"));
        assertThat(play.state.question())
                .contains(new Question.LoanCosts(2, Optional.of("Nimeke " + TWO), euros("2.00")));
        play.touch(new Choice.Answer(true));
        play.answer(play.lent());
        play.verified();
        assertThat(play.borrowing().done()).isEqualTo(1);
        assertThat(play.borrowing().notDone()).isEqualTo(1);
    }

    @Test
    void isNotAskedInACircle() {
        layWhatCosts(1, ONE);
        play.touch(new Choice.Answer(true));
        play.answer(play.loanCosts("1.50"));
        assertThat(play.state.question()).isEmpty();
        assertThat(play.loan(0).isLoan()).isFalse();
    }

    /** Whoever takes the thing away while they think has thought better of it. */
    @Test
    void whatIsTakenAwayMeanwhileIsNotLent() {
        layWhatCosts(1, ONE);
        play.lift(Play.tag(1, ONE));
        play.touch(new Choice.Answer(true));
        assertThat(asked()).hasSize(1);
        assertThat(play.writes()).isEmpty();
    }

    @Test
    void anotherCardTakesTheQuestionsPlaceAndNothingIsLent() {
        layWhatCosts(1, ONE);
        play.on(new KioskEvent.Scanned("2000099999"));
        assertThat(play.state.question()).contains(new Question.ChangeCustomer(new CardNumber("2000099999")));
        play.touch(new Choice.Answer(false));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Refused.class);
        assertThat(asked()).hasSize(1);
    }

    @Test
    void aRefusalWithoutASumIsAsEver() {
        play.lay(Play.tag(1, ONE));
        play.answer(play.loanCosts("0.00"));
        assertThat(play.state.question()).isEmpty();
    }

    @Test
    void whoIsDoneIsNotAskedAnyMore() {
        play.lay(Play.tag(1, ONE));
        play.touch(new Choice.Finish());
        play.answer(play.loanCosts("1.50"));
        assertThat(play.state.question()).isEmpty();
        assertThat(asked()).hasSize(1);
    }
}
