package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A set of which not all parts can be read on the pad is lent by a word of whoever has it, where the branch wants that. */
class PartsInCaseTest {
    private static final String SET = "3000000066";
    private static final PadTag FIRST = Play.part(1, SET, 1, 3);
    private static final PadTag SECOND = Play.part(2, SET, 2, 3);
    private static final PadTag THIRD = Play.part(3, SET, 3, 3);

    private final Play play = new Play(Play.settings(new PileRules(false, true, PileRules.AskForAll.NEVER)));

    private Play laid() {
        play.login();
        play.lay(FIRST);
        play.lay(SECOND);
        assertThat(play.loan(0)).isEqualTo(new LoanState.Incomplete(2, 3));
        return play;
    }

    private void written(Uid uid) {
        play.on(new KioskEvent.SecurityWritten(1, uid, Optional.of(new SecurityWrite.Verified(true))));
    }

    @Test
    void isLentOnceAndWhatLiesThereIsSwitchedOff() {
        lend();
    }

    private void lend() {
        laid().touch(new Choice.PartsInCase(1));
        assertThat(play.sent(Checkout.class))
                .extracting(Checkout::itemIdentifier)
                .containsExactly(SET);
        play.answer(play.lent());
        assertThat(play.writes()).extracting(Effect.SetSecurity::uid).containsExactly(FIRST.uid(), SECOND.uid());
        written(FIRST.uid());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
        written(SECOND.uid());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
    }

    @Test
    void aPartThatComesOutOfTheCaseAfterwardsIsSwitchedOffToo() {
        lend();
        play.lay(THIRD);
        assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
        assertThat(play.writes().getLast().uid()).isEqualTo(THIRD.uid());
        written(THIRD.uid());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.sent(Checkout.class)).as("it is one loan").hasSize(1);
        assertThat(play.borrowing().rows()).hasSize(1);
    }

    @Test
    void whoeverHasItOnLoanAlreadyIsAskedAboutARenewal() {
        play.login(SET);
        play.lay(Play.unsecured(FIRST));
        play.touch(new Choice.PartsInCase(1));
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.RenewOffer.class);
        assertThat(play.sent(Checkout.class)).isEmpty();
    }

    @Test
    void whatWasSaidHoldsWhileTheLineIsAway() {
        laid();
        play.line(Surroundings.Line.DOWN);
        play.touch(new Choice.PartsInCase(1));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Offline.class);
        play.seconds(2);
        assertThat(play.loan(0)).isInstanceOf(LoanState.Offline.class);
        play.line(Surroundings.Line.UP);
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    @Test
    void isForgottenWithTheSetThatIsTakenAway() {
        laid();
        play.line(Surroundings.Line.DOWN);
        play.touch(new Choice.PartsInCase(1));
        play.lift(FIRST);
        play.lift(SECOND);
        assertThat(play.borrowing().rows()).isEmpty();
        play.lay(FIRST);
        assertThat(play.loan(0)).isEqualTo(new LoanState.Incomplete(1, 3));
    }

    @Test
    void saysNothingOfPartsThatContradictEachOther() {
        play.login();
        play.lay(FIRST);
        play.lay(Play.part(4, SET, 1, 3));
        play.touch(new Choice.PartsInCase(1));
        assertThat(play.sent(Checkout.class)).isEmpty();
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.STAFF);
    }

    @Test
    void isSaidByKeypadToo() {
        laid();
        assertThat(Keypad.pages(play.state).stream()
                        .filter(page -> page.at() == 1)
                        .map(Keypad.Page::choices))
                .singleElement()
                .satisfies(choices -> assertThat(choices).startsWith(new Choice.PartsInCase(1)));
    }

    @Test
    void isNotOfferedWhereTheBranchDoesNotWantIt() {
        Play usual = new Play();
        usual.login();
        usual.lay(FIRST);
        assertThat(usual.borrowing().mayBeInCase(usual.borrowing().rows().getFirst()))
                .isFalse();
        usual.touch(new Choice.PartsInCase(1));
        assertThat(usual.sent(Checkout.class)).isEmpty();
        assertThat(usual.loan(0)).isEqualTo(new LoanState.Incomplete(1, 3));
    }
}
