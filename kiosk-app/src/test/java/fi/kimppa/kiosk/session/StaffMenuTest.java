package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.card.CardNumberRules;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import fi.kimppa.kiosk.session.KioskState.OutOfService;
import fi.kimppa.kiosk.session.KioskState.StaffMenu;
import fi.kimppa.kiosk.session.KioskState.StaffPin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StaffMenuTest {
    private static final String PIN = "654321";

    private final Play play = new Play();

    private void show() {
        play.on(new KioskEvent.Scanned(Play.STAFF_CARD));
    }

    private void pin(boolean right) {
        play.type(PIN);
        play.touch(new Choice.Ok());
        StaffTask.CheckPin check = (StaffTask.CheckPin) tasks().getLast();
        play.on(new KioskEvent.Staff(new StaffNews.PinChecked(check.request(), right)));
    }

    private StaffMenu enter() {
        show();
        pin(true);
        return menu();
    }

    private StaffMenu menu() {
        return (StaffMenu) play.state;
    }

    private List<Effect> act(StaffAct act) {
        return play.touch(new Choice.Staff(act));
    }

    private List<StaffTask> tasks() {
        return play.all(Effect.Staff.class).stream().map(Effect.Staff::task).toList();
    }

    private Upkeep upkeep() {
        return play.state.around().machine().upkeep();
    }

    // ---- card and PIN ------------------------------------------------------------------------------------

    @Test
    void opensByCardAndPinAndTellsStaffWhoCame() {
        assertThat(enter().who()).isEqualTo("kortti 3");
        assertThat(play.incidents()).containsExactly(Incident.Kind.STAFF_ENTERED);
        assertThat(tasks()).last().isEqualTo(new StaffTask.Look());
        assertThat(play.sends()).isEmpty();
    }

    @Test
    void opensWithoutTheGatewayAndOutOfService() {
        play.line(Surroundings.Line.REFUSED);
        assertThat(play.state).isInstanceOf(OutOfService.class);
        assertThat(enter().page()).isEqualTo(StaffPage.MAIN);
    }

    @Test
    void takesOverWhereNoPatronIsKnownYet() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("12");
        show();
        assertThat(play.state).isInstanceOf(StaffPin.class);
        assertThat(((StaffPin) play.state).digits()).isZero();
    }

    @Test
    void isNoCardAndNoItemWhilePatronsAreAtWork() {
        play.login();
        show();
        assertThat(play.borrowing().rows()).isEmpty();
        assertThat(play.borrowing().leaving()).isFalse();
        play.touch(new Choice.Finish());
        play.seconds(60);
        play.touch(new Choice.Return());
        show();
        assertThat(play.returning().rows()).isEmpty();
        assertThat(play.sends().toString()).doesNotContain(Play.STAFF_CARD);
    }

    @Test
    void isKnownAsItIsReadAndByTheRulesForNumbers() {
        CardNumberRules upper = new CardNumberRules(false, "", Optional.empty(), CardNumberRules.Letters.UPPER, "FI");
        CardRules cards = new CardRules(Pattern.compile(".*"), upper, List.of(Play.STAFF), CardRules.Typed.NEVER);
        assertThat(cards.staff(" " + Play.STAFF_CARD)).contains(Play.STAFF);
        assertThat(cards.patron(Play.STAFF_CARD)).isEmpty();
        assertThat(cards.patron(" ab12")).contains(new CardNumber("FIAB12"));
    }

    @Test
    void slowsWrongPinsDownAndRemembersThemOverTheEntry() {
        show();
        pin(false);
        assertThat(((StaffPin) play.state).pause()).isEqualTo(Duration.ofSeconds(2));
        play.type(PIN);
        assertThat(play.touch(new Choice.Ok())).isEmpty();
        play.touch(new Choice.Cancel());
        show();
        assertThat(((StaffPin) play.state).complete()).isFalse();
        play.seconds(2);
        pin(false);
        assertThat(((StaffPin) play.state).pause()).isEqualTo(Duration.ofSeconds(4));
        play.seconds(4);
        pin(false);
        play.seconds(8);
        pin(false);
        assertThat(play.state).as("after three wrong ones at once").isInstanceOf(KioskState.Idle.class);
        assertThat(upkeep().wrongPins()).isEqualTo(4);
        assertThat(play.all(Effect.Report.class).getLast().incident())
                .isEqualTo(new Incident(Incident.Kind.STAFF_PIN_WRONG, "kortti 3: 4"));
        play.seconds(16);
        enter();
        assertThat(upkeep().wrongPins()).isZero();
    }

    @Test
    void neverWaitsLongerThanAQuarterOfAnHour() {
        Upkeep upkeep = Upkeep.NONE;
        for (int wrong = 0; wrong < 40; wrong++) {
            upkeep = upkeep.wrongPin(Play.EVENING);
        }
        assertThat(upkeep.pause(Play.EVENING)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void erasesThePin() {
        enter();
        List<Effect.Erase> erased = play.all(Effect.Erase.class);
        assertThat(erased).hasSizeGreaterThanOrEqualTo(PIN.length());
        assertThat(States.pin(play.state)).isEmpty();
    }

    // ---- the menu ----------------------------------------------------------------------------------------

    @Test
    void closesByItselfAfterAMinuteAndKeepsOpenForWhoTouches() {
        enter();
        play.seconds(40);
        act(new StaffAct.Open(StaffPage.BINS));
        play.seconds(59);
        assertThat(play.state).isInstanceOf(StaffMenu.class);
        play.seconds(1);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void knowsNoPatronWhateverIsLaidOrScannedMeanwhile() {
        enter();
        act(new StaffAct.Open(StaffPage.PAD));
        play.on(new KioskEvent.Scanned(Play.CARD));
        PadTag card = new PadTag(
                new Uid(7),
                6,
                new TagContent.Decoded(
                        new ItemTag(
                                Play.CARD,
                                Optional.empty(),
                                1,
                                1,
                                Optional.of(TypeOfUsage.PATRON),
                                TagModel.ISO_28560_2),
                        false),
                Optional.empty());
        play.lay(card);
        assertThat(play.state).isInstanceOf(StaffMenu.class);
        assertThat(play.state.toString()).doesNotContain(Play.CARD);
        assertThat(play.sends()).isEmpty();
    }

    @Test
    void readsTheSecurityOfWhatIsLaidOnThePad() {
        enter();
        act(new StaffAct.Open(StaffPage.PAD));
        PadTag tag = new PadTag(new Uid(5), 6, Play.tag(5, "3000000011").content(), Optional.empty());
        assertThat(play.lay(tag)).containsExactly(new Effect.Staff(new StaffTask.ReadTag(tag.uid())));
        play.on(new KioskEvent.Staff(new StaffNews.TagRead(Optional.of(Play.tag(5, "3000000011")))));
        assertThat(Optional.ofNullable(menu().around().tags().get(tag.uid())).flatMap(PadTag::security))
                .contains(TagSecurity.SECURED);
    }

    @Test
    void testsOneThingAtATimeAndWritesItDown() {
        enter();
        StaffAct test = new StaffAct.SelfTest(DeviceKind.PAD, SelfTestLevel.HEALTHY);
        assertThat(act(test))
                .contains(
                        new Effect.Staff(new StaffTask.SelfTest(DeviceKind.PAD, SelfTestLevel.HEALTHY)),
                        new Effect.Report(new Incident(Incident.Kind.STAFF_ACT, "kortti 3: SELF_TEST PAD HEALTHY")));
        assertThat(act(new StaffAct.TestLine())).as("not while the other runs").isEmpty();
        play.on(new KioskEvent.Staff(new StaffNews.Tested(Optional.empty())));
        assertThat(act(new StaffAct.TestLine())).contains(new Effect.Staff(new StaffTask.TestLine()));
    }

    @Test
    void staysOutOfServiceOverRestartsUntilItIsPutBack() {
        enter();
        act(new StaffAct.TakeOut(Upkeep.Closure.REPAIR));
        act(new StaffAct.Close());
        assertThat(play.state).isEqualTo(new OutOfService(play.state.around(), OutOfService.Cause.STAFF));
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(play.state).isInstanceOf(OutOfService.class);
        play.state = KioskSession.start(Play.settings(false, true), upkeep(), play.now);
        play.line(Surroundings.Line.UP);
        play.ready(DeviceKind.PAD);
        assertThat(play.state).isEqualTo(new OutOfService(play.state.around(), OutOfService.Cause.STAFF));
        enter();
        act(new StaffAct.PutBack());
        act(new StaffAct.Close());
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void sendsThingsIntoAnotherBinWhileTheirsIsFullAndToTheDeskWhenThatIsFullToo() {
        enter();
        act(new StaffAct.BinFull("1"));
        act(new StaffAct.Close());
        assertThat(returned(1, "3000000011")).isEqualTo("2");
        enter();
        act(new StaffAct.BinFull("2"));
        act(new StaffAct.Close());
        assertThat(returned(2, "3000000028")).isEmpty();
        enter();
        act(new StaffAct.BinEmptied("1"));
        act(new StaffAct.Close());
        assertThat(returned(3, "3000000042")).isEqualTo("1");
        assertThat(upkeep().bins())
                .containsEntry("1", new Upkeep.BinFill(1, false))
                .containsEntry("2", new Upkeep.BinFill(1, true));
        assertThat(upkeep().on(play.state.around().today()).of(Upkeep.Count.RETURNS))
                .isEqualTo(3);
    }

    /** The bin that a person is told. */
    private String returned(long uid, String item) {
        play.touch(new Choice.Return());
        PadTag tag = Play.tag(uid, item);
        play.lay(tag);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        String bin = ((ReturnState.Returned) play.back(0)).destination().bin();
        play.lift(tag);
        play.touch(new Choice.Finish());
        play.seconds(60);
        play.seconds(60);
        play.seconds(60);
        return bin;
    }

    @Test
    void printsTheSlipsThatWaitOneAfterTheOtherAndKeepsThoseThatDoNotComeOut() {
        play.absent(DeviceKind.PRINTER);
        for (int i = 1; i <= 3; i++) {
            play.touch(new Choice.Return());
            PadTag tag = Play.tag(i, "300000001" + i);
            play.lay(tag);
            play.answer(play.returned("3", "NAANTALI", Optional.empty()));
            play.verified();
            play.lift(tag);
            play.touch(new Choice.Finish());
            play.seconds(60);
            play.seconds(60);
        }
        play.ready(DeviceKind.PRINTER);
        enter();
        assertThat(upkeep().slips())
                .extracting(WaitingSlip::item)
                .containsExactly("3000000011", "3000000012", "3000000013");
        act(new StaffAct.PrintSlips());
        Printout first = play.all(Effect.Print.class).getLast().printout();
        play.on(new KioskEvent.Printed(first, new PrintOutcome.Printed()));
        Printout second = play.all(Effect.Print.class).getLast().printout();
        assertThat(((Printout.TransferSlip) second).item()).isEqualTo("3000000012");
        play.on(new KioskEvent.Printed(second, new PrintOutcome.NotPrinted(StatusReason.PAPER_OUT)));
        assertThat(menu().running()).isEmpty();
        assertThat(upkeep().slips()).extracting(WaitingSlip::item).containsExactly("3000000012", "3000000013");
        act(new StaffAct.ForgetSlips());
        assertThat(upkeep().slips()).isEmpty();
    }

    @Test
    void countsTheDayWithoutPatronsAndPrintsIt() {
        play.login();
        play.lay(Play.tag(1, "3000000011"));
        play.answer(play.lent());
        enterAfterwards();
        assertThat(upkeep().on(play.state.around().today()).of(Upkeep.Count.LOANS))
                .isOne();
        assertThat(upkeep().toString()).doesNotContain(Play.CARD);
        act(new StaffAct.PrintDay());
        Printout.DaySlip slip =
                (Printout.DaySlip) play.all(Effect.Print.class).getLast().printout();
        assertThat(slip.day().of(Upkeep.Count.LOANS)).isOne();
        play.on(new KioskEvent.Printed(slip, new PrintOutcome.Printed()));
        assertThat(menu().learnt()).contains(new StaffNews.Papered(new PrintOutcome.Printed()));
        assertThat(upkeep().papers()).isOne();
        act(new StaffAct.PaperChanged());
        assertThat(upkeep().papers()).isZero();
        play.after(Duration.ofDays(1));
        assertThat(upkeep().on(play.state.around().today()).of(Upkeep.Count.LOANS))
                .isZero();
    }

    private void enterAfterwards() {
        play.verified();
        play.touch(new Choice.Finish());
        play.touch(new Choice.NoReceipt());
        play.lift(Play.tag(1, "3000000011"));
        play.seconds(5);
        enter();
    }

    // ---- what the machine knows of itself ----------------------------------------------------------------

    @Test
    void tellsPeopleOfALostPadOnlyWhenItDoesNotComeBack() {
        play.absent(DeviceKind.PAD);
        play.seconds(4);
        assertThat(play.state.around().banners()).isEmpty();
        play.seconds(1);
        assertThat(play.state.around().banners()).containsExactly(Banner.PAD_LOST_RETURNS);
        play.ready(DeviceKind.PAD);
        assertThat(play.state.around().banners()).isEmpty();
    }

    @Test
    void asksForAReceiptThatWasLeft() {
        play.on(new KioskEvent.DeviceChanged(
                DeviceKind.PRINTER, new DeviceStatus.Degraded(StatusReason.TICKET_LEFT, Play.EVENING)));
        assertThat(play.state.around().banners()).containsExactly(Banner.TICKET_LEFT);
    }

    @Test
    void tellsStaffOnceThatTheClockIsWrong() {
        clock(60);
        assertThat(play.incidents()).isEmpty();
        clock(-61);
        clock(-62);
        assertThat(play.all(Effect.Report.class))
                .containsExactly(new Effect.Report(new Incident(Incident.Kind.CLOCK_WRONG, "-61")));
        assertThat(FaultCode.of(play.state)).contains(FaultCode.CLOCK_WRONG);
        clock(0);
        assertThat(FaultCode.of(play.state)).isEmpty();
    }

    private void clock(int seconds) {
        play.on(new KioskEvent.Staff(new StaffNews.ClockCompared(Duration.ofSeconds(seconds))));
    }

    @Test
    void startsTheProgramOrTheWholeComputerAnewAndSaysWhich() {
        enter();
        act(new StaffAct.Restart(true));
        assertThat(tasks()).last().isEqualTo(new StaffTask.Restart(true));
        assertThat(play.all(Effect.Report.class).getLast().incident().detail()).endsWith("RESTART_MACHINE");
    }

    @Test
    void turnsTheLoudspeakerStepByStepAndLetsEachBeHeard() {
        enter();
        act(new StaffAct.Open(StaffPage.SOUND));
        for (int times = 0; times < 5; times++) {
            act(new StaffAct.Volume(-1));
            play.on(new KioskEvent.Staff(new StaffNews.Played(true)));
        }
        assertThat(upkeep().softer()).as("never silent").isEqualTo(Upkeep.SOFTEST);
        assertThat(tasks()).last().isEqualTo(new StaffTask.Play(Announcement.TRIAL, Upkeep.SOFTEST));
        act(new StaffAct.Volume(1));
        assertThat(upkeep().softer()).isEqualTo(Upkeep.SOFTEST - 1);
        act(new StaffAct.Play(Announcement.CLOSING));
        assertThat(tasks()).as("one after the other").last().isEqualTo(new StaffTask.Play(Announcement.TRIAL, 2));
        play.on(new KioskEvent.Staff(new StaffNews.Played(true)));
        act(new StaffAct.Play(Announcement.CLOSING));
        assertThat(tasks()).last().isEqualTo(new StaffTask.Play(Announcement.CLOSING, 2));
        act(new StaffAct.Close());
        assertThat(upkeep().softer()).as("it outlives the menu").isEqualTo(2);
    }

    @Test
    void lendsNothingThatItsTagKeepsBackAndTakesItBackAllTheSame() {
        PadTag discarded = new PadTag(
                new Uid(9),
                6,
                new TagContent.Decoded(
                        new ItemTag(
                                "3000000099",
                                Optional.of("FI-Turku"),
                                1,
                                1,
                                Optional.of(new TypeOfUsage(0x70)),
                                TagModel.ISO_28560_2),
                        false),
                Optional.of(TagSecurity.SECURED));
        play.login();
        play.lay(discarded);
        assertThat(play.loan(0)).isEqualTo(LoanState.Refused.because(LoanState.Reason.STAFF));
        Play other = new Play();
        other.touch(new Choice.Return());
        other.lay(discarded);
        assertThat(other.back(0)).isEqualTo(new ReturnState.CheckingIn());
    }
}
