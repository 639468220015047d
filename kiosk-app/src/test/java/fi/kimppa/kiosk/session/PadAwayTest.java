package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Renew;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** While the pad is away nobody leaves with a loan that sets off the gates. */
class PadAwayTest {
    private static final String ONE = "3000000011";
    private static final PadTag BOOK = Play.tag(1, ONE);

    private final Play play = new Play();

    private static Play elsewhere() {
        return new Play(Play.settings(false, Gates.ALARM_OR_ELSEWHERE, true));
    }

    private static void loseThePad(Play play) {
        play.absent(DeviceKind.PAD);
        play.seconds(5);
    }

    private Blocked.Reason stopped() {
        return ((Blocked) play.state).reason();
    }

    @Test
    void onlyReturnsAreOfferedToWhoeverComes() {
        loseThePad(play);
        assertThat(play.state.around().banners()).containsExactly(Banner.PAD_LOST_RETURNS);
        play.touch(new Choice.Borrow());
        assertThat(stopped()).isEqualTo(Blocked.Reason.NO_PAD);
        play.touch(new Choice.Return());
        play.on(new KioskEvent.Scanned(ONE));
        play.answer(play.returned("1", "", Optional.empty()));
        assertThat(play.back(0).isReturned()).isTrue();
    }

    @Test
    void aCardOpensTheAccountMeanwhile() {
        loseThePad(play);
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(((KioskState.AskingPin) play.state).goal()).isEqualTo(Goal.ACCOUNT);
    }

    @Test
    void whoeverWasAtThePinStillSeesTheAccount() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        loseThePad(play);
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of()));
        assertThat(stopped()).isEqualTo(Blocked.Reason.NO_PAD);
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(KioskState.Account.class);
        play.touch(new Choice.Borrow());
        assertThat(play.state).isInstanceOf(KioskState.Account.class);
    }

    @Test
    void aPileWaitsForThePadAndIsLentWhenItIsBack() {
        play.login();
        play.absent(DeviceKind.PAD);
        play.on(new KioskEvent.Scanned(ONE));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Queued.class);
        play.seconds(5);
        assertThat(play.loan(0)).isEqualTo(new LoanState.PadAway());
        assertThat(play.borrowing().inWork()).isZero();
        assertThat(play.sent(Checkout.class)).isEmpty();
        play.ready(DeviceKind.PAD);
        assertThat(play.loan(0)).isInstanceOf(LoanState.Lending.class);
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    @Test
    void whatWasNotLentIsToldAtTheEnd() {
        play.login();
        loseThePad(play);
        play.on(new KioskEvent.Scanned(ONE));
        play.touch(new Choice.Finish());
        assertThat(((KioskState.Farewell) play.state).result())
                .isEqualTo(new KioskState.Result(KioskState.Result.Task.BORROWED, 0, 1, 0, 0));
    }

    @Test
    void whatIsOnTheCardAlreadyIsRenewed() {
        play.login(ONE);
        loseThePad(play);
        play.on(new KioskEvent.Scanned(ONE));
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
        assertThat(play.sent(Renew.class)).hasSize(1);
    }

    @Test
    void aLoanWhoseTagIsStillOnIsAMatterForStaffAndIsFinishedIfThePadComesBack() {
        play.login();
        play.lay(BOOK);
        play.answer(play.lent());
        play.absent(DeviceKind.PAD);
        Effect.SetSecurity write = play.writes().getLast();
        play.on(new KioskEvent.SecurityWritten(write.row(), write.uid(), Optional.empty()));
        assertThat(play.borrowing().shown().getFirst().state()).isInstanceOf(LoanState.PutBack.class);
        play.seconds(5);
        assertThat(play.borrowing().shown().getFirst().state()).isInstanceOf(LoanState.SeeStaff.class);
        play.ready(DeviceKind.PAD);
        play.seconds(1);
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
    }

    @Test
    void thingsAreLentByBarCodeWhereTagsCanBeSwitchedOffElsewhere() {
        Play desk = elsewhere();
        loseThePad(desk);
        assertThat(desk.state.around().banners()).containsExactly(Banner.PAD_LOST);
        desk.login();
        desk.on(new KioskEvent.Scanned(ONE));
        desk.answer(desk.lent());
        assertThat(desk.borrowing().shown().getFirst().state()).isInstanceOf(LoanState.SeeStaff.class);
    }

    @Test
    void thingsAreLentByBarCodeWhereNoGatesStand() {
        Play open = new Play(Play.settings(false, false));
        loseThePad(open);
        open.login();
        open.on(new KioskEvent.Scanned(ONE));
        open.answer(open.lent());
        assertThat(open.loan(0)).isInstanceOf(LoanState.Done.class);
    }
}
