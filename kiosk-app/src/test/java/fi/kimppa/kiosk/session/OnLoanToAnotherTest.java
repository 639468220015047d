package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A thing in the pile that is on loan to somebody else can be given back there and then, where the branch wants it. */
class OnLoanToAnotherTest {
    private static final PadTag THEIRS = Play.tag(1, "3000000011");
    private static final PadTag MINE = Play.tag(2, "3000000028");

    private final Play play = new Play(Play.settings(new PileRules(true, false, PileRules.AskForAll.NEVER)));

    private int theirs(Play at) {
        at.login();
        at.lay(MINE);
        at.answer(at.lent());
        at.verified();
        at.lay(Play.unsecured(THEIRS));
        at.answer(at.refused());
        at.answer(at.item(CirculationStatus.CHARGED));
        LoanRow row = at.borrowing().shown().getFirst();
        assertThat(((LoanState.Refused) row.state()).reason()).isEqualTo(LoanState.Reason.ON_LOAN_OTHER);
        return row.number();
    }

    @Test
    void isGivenBackLikeAnyReturnAndTheVisitGoesOn() {
        play.touch(new Choice.GiveBack(theirs(play)));
        assertThat(play.sent(Checkin.class)).extracting(Checkin::itemIdentifier).containsExactly("3000000011");
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        assertThat(play.writes().getLast().target()).isEqualTo(TagSecurity.SECURED);
        assertThat(play.returning().rows()).as("what was just lent stays").hasSize(1);
        play.touch(new Choice.Borrow());
        assertThat(play.borrowing().rows()).hasSize(1);
        play.lift(THEIRS);
        play.lay(THEIRS);
        assertThat(play.sent(Checkout.class).getLast().itemIdentifier())
                .as("now it can be borrowed")
                .isEqualTo("3000000011");
    }

    @Test
    void saysNothingOfWhoHadIt() {
        play.touch(new Choice.GiveBack(theirs(play)));
        play.answer(play.returned("1", "", Optional.empty()));
        assertThat(play.state.toString()).doesNotContain("2000099999", "2000012395");
    }

    @Test
    void standsOnTheOneReceiptAsReturned() {
        play.touch(new Choice.GiveBack(theirs(play)));
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        play.touch(new Choice.Finish());
        Printout.LoanReceipt receipt = (Printout.LoanReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.loans()).hasSize(1);
        assertThat(receipt.returned()).hasSize(1);
        assertThat(receipt.notLent()).isEmpty();
    }

    @Test
    void isOfferedByKeypadToo() {
        int row = theirs(play);
        assertThat(Keypad.pages(play.state).stream()
                        .filter(page -> page.at() == row)
                        .map(Keypad.Page::choices))
                .singleElement()
                .satisfies(choices ->
                        assertThat(choices).startsWith(new Choice.Acknowledge(row), new Choice.GiveBack(row)));
    }

    @Test
    void isNotOfferedWhereTheBranchDoesNotWantItOrAnythingElseIsWrong() {
        Play usual = new Play();
        int row = theirs(usual);
        usual.touch(new Choice.GiveBack(row));
        assertThat(usual.sent(Checkin.class)).isEmpty();
        play.login();
        play.lay(THEIRS);
        play.answer(play.refused());
        play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF));
        play.touch(new Choice.GiveBack(1));
        assertThat(play.sent(Checkin.class)).isEmpty();
        assertThat(play.borrowing().rows())
                .extracting(play.borrowing()::mayGiveBack)
                .containsExactly(false);
    }

    @Test
    void isNotOfferedOnceItIsLifted() {
        int row = theirs(play);
        play.lift(THEIRS);
        play.touch(new Choice.GiveBack(row));
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        assertThat(play.sent(Checkin.class)).isEqualTo(List.of());
    }
}
