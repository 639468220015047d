package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemInformation;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No new loan and no renewal is shown before its date was read, whichever way it comes about. */
class NewDueDateTest {
    private static final String ONE = "3000000011";

    private final Play play = new Play();

    /** The last loan, with the tag left as it is: by a no to desensitizing, or by the security inhibit. */
    private CheckoutResponse asItIs(String due, boolean inhibited) {
        CheckoutResponse form = play.lent(due);
        return new CheckoutResponse(
                form.ok(),
                form.renewalOk(),
                form.magneticMedia(),
                inhibited,
                form.transactionDate(),
                form.institutionId(),
                form.patronIdentifier(),
                form.itemIdentifier(),
                form.titleIdentifier(),
                form.dueDate(),
                form.feeType(),
                Optional.of(inhibited),
                form.currencyType(),
                form.feeAmount(),
                form.mediaType(),
                form.itemProperties(),
                form.transactionId(),
                form.screenMessages(),
                form.printLines(),
                form.extras());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aLoanWhoseTagIsLeftAsItIsHasItsMissingDateReadToo(boolean inhibited) {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.answer(asItIs("", inhibited));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Lending.class);
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.answer(play.onLoan("20261222"));
        assertThat(play.loan(0)).isEqualTo(new LoanState.Done(DueDate.of("20261222")));
        assertThat(play.writes()).isEmpty();
        assertThat(play.incidents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void staffHearOfItsImpossibleDate(boolean inhibited) {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.answer(asItIs("20261124    235900", inhibited));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.incidents()).containsExactly(Incident.Kind.DUE_DATE_SUSPICIOUS);
    }

    @Test
    void theLoanStandsWithoutADateWhereNobodyTellsIt() {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.answer(asItIs("", false));
        play.noAnswer(false);
        assertThat(play.loan(0)).isEqualTo(new LoanState.Done(Optional.empty()));
    }

    private void renewAtThePile() {
        play.login(ONE);
        play.lay(Play.unsecured(Play.tag(1, ONE)));
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
    }

    @Test
    void aRenewalAtThePileThatNamesNoDateHasItRead() {
        renewAtThePile();
        play.answer(play.renewedWithoutADate());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Renewing.class);
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.touch(new Choice.Finish());
        assertThat(play.state).as("the receipt waits for the date").isInstanceOf(KioskState.Borrowing.class);
        play.answer(play.onLoan("20261228"));
        Printout.LoanReceipt receipt = (Printout.LoanReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.loans().getFirst().due().flatMap(DueDate::date)).contains(LocalDate.of(2026, 12, 28));
    }

    @Test
    void aRenewalAtThePileStandsWithoutADateWhereNobodyTellsIt() {
        renewAtThePile();
        play.answer(play.renewedWithoutADate());
        play.noAnswer(false);
        assertThat(play.loan(0)).isEqualTo(new LoanState.Renewed(Optional.empty()));
    }

    @Test
    void staffHearOfARenewalThatIsDueToday() {
        renewAtThePile();
        play.answer(play.renewedWithoutADate());
        play.answer(play.onLoan("20261124"));
        assertThat(play.incidents()).containsExactly(Incident.Kind.DUE_DATE_SUSPICIOUS);
    }

    @Test
    void staffHearOfItOnceFromTheAccountToo() {
        play.openAccount(Play.loans(ONE));
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
        play.answer(play.renewedWithoutADate());
        play.answer(play.onLoan("20261124"));
        play.touch(new Choice.InAccount.Turn(KioskState.Account.Page.FEES));
        assertThat(play.incidents()).containsExactly(Incident.Kind.DUE_DATE_SUSPICIOUS);
    }
}
