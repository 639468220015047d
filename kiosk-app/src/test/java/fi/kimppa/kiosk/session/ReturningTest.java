package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.kiosk.session.ReturnState.Destination;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.PatronInformation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturningTest {
    private static final PadTag BOOK = Play.unsecured(Play.tag(1, "3000000042"));

    private final Play play = new Play();

    private void lay(PadTag tag) {
        play.touch(new Choice.Return());
        play.lay(tag);
    }

    private long spooled() {
        return play.all(Effect.Spool.class).getLast().request();
    }

    @Test
    void takesBackWithoutACardAndSwitchesSecurityOnBeforeItNamesTheBin() {
        lay(BOOK);
        Checkin sent = play.sent(Checkin.class).getFirst();
        assertThat(sent.noBlock()).isFalse();
        assertThat(sent.currentLocation()).isEqualTo("TURKU");
        assertThat(sent.itemProperties()).contains("owner=FI-Turku");
        assertThat(sent.returnDate()).isEqualTo(sent.transactionDate());
        play.answer(play.returned("1", "", Optional.empty()));
        assertThat(play.back(0)).isInstanceOf(ReturnState.Securing.class);
        assertThat(play.writes())
                .containsExactly(new Effect.SetSecurity(1, BOOK.uid(), "3000000042", TagSecurity.SECURED));
        play.verified();
        assertThat(play.back(0)).isEqualTo(new ReturnState.Returned(new Destination(Kind.STAYS, "1", "")));
        assertThat(play.sent(PatronInformation.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', TURKU, STAYS, ''",
        "SEND_ELSEWHERE, NAANTALI, TRANSFER, Naantali",
        "'', NAANTALI, TRANSFER, Naantali",
        "HOLD_HERE, TURKU, HOLD_HERE, ''",
        "HOLD_ELSEWHERE, LIETO, HOLD_ELSEWHERE, Lieto",
        "OTHER, '', STAFF, ''"
    })
    void namesBinAndLibrary(String alert, String code, Kind kind, String library) {
        lay(BOOK);
        play.answer(
                play.returned("3", code, alert.isEmpty() ? Optional.empty() : Optional.of(AlertType.valueOf(alert))));
        play.verified();
        Destination bin = new Destination(kind, "3", library);
        assertThat(play.back(0))
                .isEqualTo(kind.hold() ? new ReturnState.ToBin(bin, false) : new ReturnState.Returned(bin));
    }

    @ParameterizedTest
    @CsvSource({
        "true, loan=none, '', ''",
        "true, 'parts=2;loan=none', '', ''",
        "true, '', Item not checked out, ''",
        "false, '', Item not checked out, ''"
    })
    void saysCalmlyThatNobodyHadIt(boolean ok, String word, String sentence, String none) {
        lay(BOOK);
        play.answer(play.notOnLoan(ok, word, sentence));
        play.verified();
        assertThat(play.back(0)).isEqualTo(new ReturnState.Returned(new Destination(Kind.NOT_ON_LOAN, "1", none)));
        assertThat(play.incidents()).isEmpty();
        Upkeep.Day day = play.state.around().machine().upkeep().day();
        assertThat(day.of(Upkeep.Count.NOT_ON_LOAN)).isOne();
        assertThat(day.of(Upkeep.Count.RETURNS_REFUSED)).isZero();
        play.lift(BOOK);
        play.touch(new Choice.Finish());
        Printout.ReturnReceipt receipt = (Printout.ReturnReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.returns()).extracting(Printout.Return::notOnLoan).containsExactly(true);
    }

    @Test
    void keepsTheSlipOfAHoldForStaffWhereNothingCanBePrinted() {
        play.absent(DeviceKind.PRINTER);
        layAHold();
        assertThat(play.all(Effect.Print.class)).isEmpty();
        assertThat(slips()).singleElement().satisfies(slip -> {
            assertThat(slip.bin()).isEqualTo("5");
            assertThat(slip.item()).isEqualTo("3000000042");
            assertThat(slip.toString()).doesNotContain("KOIVU").doesNotContain("2000099999");
        });
    }

    @Test
    void keepsTheSlipThatDidNotComeOut() {
        layAHold();
        Printout slip = play.all(Effect.Print.class).getLast().printout();
        play.on(new KioskEvent.Printed(slip, new PrintOutcome.NotPrinted(StatusReason.PAPER_OUT)));
        assertThat(slips()).hasSize(1);
        play.on(new KioskEvent.Printed(slip, new PrintOutcome.Printed()));
        assertThat(slips()).isEmpty();
    }

    private List<WaitingSlip> slips() {
        return play.state.around().machine().upkeep().slips();
    }

    @Test
    void asksOnceMoreWhoeverGoesBeforeAHoldLiesInItsBinAndThenLetsGo() {
        layAHold();
        play.touch(new Choice.Finish());
        assertThat(play.back(0)).isEqualTo(new ReturnState.ToBin(new Destination(Kind.HOLD_HERE, "5", ""), true));
        assertThat(play.incidents()).isEmpty();
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
        assertThat(play.incidents()).containsExactly(Incident.Kind.RETURN_NOT_PLACED);
    }

    @Test
    void tellsStaffWhereAHoldMayLieWhenSomebodyGoesOnToBorrow() {
        layAHold();
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(play.state).isInstanceOf(KioskState.AskingPin.class);
        assertThat(play.incidents()).containsExactly(Incident.Kind.RETURN_NOT_PLACED);
    }

    @Test
    void asksNothingOfAHoldWhereTheBranchDoesNotWantIt() {
        Play trusting = new Play(Play.trusting());
        trusting.touch(new Choice.Return());
        trusting.lay(BOOK);
        trusting.answer(trusting.returned("5", "", Optional.of(AlertType.HOLD_HERE)));
        trusting.verified();
        assertThat(trusting.back(0)).isEqualTo(new ReturnState.Returned(new Destination(Kind.HOLD_HERE, "5", "")));
        trusting.touch(new Choice.Finish());
        assertThat(trusting.state).isInstanceOf(KioskState.OfferingReceipt.class);
        assertThat(trusting.incidents()).isEmpty();
    }

    private void layAHold() {
        lay(BOOK);
        play.answer(play.returned("5", "", Optional.of(AlertType.HOLD_HERE)));
        play.verified();
        play.lift(BOOK);
    }

    @Test
    void knowsNobodyAndPrintsNobody() {
        lay(BOOK);
        play.answer(play.returned("3", "LIETO", Optional.of(AlertType.HOLD_ELSEWHERE)));
        play.verified();
        assertThat(play.state.toString()).doesNotContain("2000099999").doesNotContain("2000012395");
        Printout.HoldSlip slip =
                (Printout.HoldSlip) play.all(Effect.Print.class).getFirst().printout();
        assertThat(slip.alias()).isEqualTo("KOIVU 4711");
        assertThat(slip.pickupLibrary()).isEqualTo("Lieto");
        assertThat(slip.toString()).doesNotContain("2000012395").doesNotContain("2000099999");
    }

    @Test
    void takesBackWhatLayThereBeforeAReturnOnlyKioskCameIntoService() {
        Play station = new Play(Play.settings(true, true));
        station.line(Surroundings.Line.REFUSED);
        station.lay(BOOK);
        assertThat(station.sends()).isEmpty();
        station.line(Surroundings.Line.UP);
        assertThat(station.sent(Checkin.class)).hasSize(1);
    }

    @Test
    void asksWhatToDoWithWhatLayThereBeforeTheKioskCameIntoService() {
        play.line(Surroundings.Line.REFUSED);
        play.lay(BOOK);
        assertThat(play.state).isInstanceOf(KioskState.OutOfService.class);
        play.line(Surroundings.Line.UP);
        assertThat(play.state).isInstanceOf(KioskState.Choosing.class);
        assertThat(play.sends()).isEmpty();
    }

    @Test
    void leavesARefusedItemAsItIs() {
        lay(BOOK);
        play.answer(play.notReturned());
        assertThat(play.back(0)).isEqualTo(new ReturnState.Refused(ReturnState.Reason.REFUSED, "9", List.of("Rivi")));
        assertThat(play.writes()).isEmpty();
        assertThat(play.incidents()).containsExactly(Incident.Kind.RETURN_REFUSED);
    }

    @Test
    void acceptsReturnsOnDiskWhileTheLineIsDown() {
        play.line(Surroundings.Line.DOWN);
        lay(BOOK);
        assertThat(play.sends()).isEmpty();
        assertThat(play.back(0)).isInstanceOf(ReturnState.CheckingIn.class);
        assertThat(play.writes()).isEmpty();
        play.on(new KioskEvent.Spooled(spooled(), true));
        play.verified();
        assertThat(play.back(0)).isEqualTo(new ReturnState.Returned(new Destination(Kind.LATER, "9", "")));
    }

    @Test
    void putsAnUnansweredReturnOnDiskWithItsOwnTimes() {
        lay(BOOK);
        Checkin sent = play.sent(Checkin.class).getFirst();
        play.seconds(15);
        play.noAnswer(false);
        assertThat(play.all(Effect.Spool.class).getFirst().checkin()).isEqualTo(sent);
        play.on(new KioskEvent.Spooled(spooled(), true));
        play.verified();
        assertThat(play.sent(Checkin.class)).hasSize(1);
        assertThat(play.back(0).isReturned()).isTrue();
    }

    @Test
    void promisesNothingThatCouldNotBeWrittenDown() {
        play.line(Surroundings.Line.DOWN);
        lay(BOOK);
        play.on(new KioskEvent.Spooled(spooled(), false));
        assertThat(((ReturnState.Refused) play.back(0)).reason()).isEqualTo(ReturnState.Reason.FAILED);
        assertThat(play.writes()).isEmpty();
        assertThat(play.incidents()).containsExactly(Incident.Kind.SPOOL_FAILED);
        play.touch(new Choice.Retry(1));
        assertThat(play.all(Effect.Spool.class)).hasSize(2);
    }

    @Test
    void asksForMissingPartsAndTakesThemOnlyWhenTold() {
        lay(Play.part(1, "3000000066", 1, 2));
        assertThat(play.back(0)).isEqualTo(new ReturnState.Incomplete(1, 2));
        assertThat(play.sends()).isEmpty();
        play.touch(new Choice.ReturnIncomplete(1));
        play.answer(play.returned("1", "", Optional.empty()));
        assertThat(play.incidents()).containsExactly(Incident.Kind.PARTS_MISSING);
        play.verified();
        assertThat(play.back(0)).isEqualTo(new ReturnState.Returned(new Destination(Kind.STAFF, "9", "")));
    }

    @Test
    void returnsASetOnce() {
        lay(Play.part(1, "3000000066", 1, 2));
        play.lay(Play.part(2, "3000000066", 2, 2));
        play.answer(play.returned("1", "", Optional.empty()));
        assertThat(play.writes()).hasSize(2);
        assertThat(play.sent(Checkin.class)).hasSize(1);
    }

    @Test
    void tellsNothingTwiceWhenAnItemIsLaidAgain() {
        lay(BOOK);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        play.lift(BOOK);
        play.lay(BOOK);
        play.seconds(1);
        assertThat(play.sent(Checkin.class)).hasSize(1);
    }

    @Test
    void sendsATagThatCannotBeSwitchedOnToTheStaffBin() {
        lay(BOOK);
        play.answer(play.returned("1", "", Optional.empty()));
        play.write(new SecurityWrite.Failed(SecurityWrite.Reason.LOCKED));
        assertThat(play.back(0)).isEqualTo(new ReturnState.Returned(new Destination(Kind.STAFF, "9", "")));
        assertThat(play.incidents()).containsExactly(Incident.Kind.SECURITY_NOT_ON);
    }

    @Test
    void asksToPutBackWhatWasLiftedTooEarly() {
        lay(BOOK);
        play.answer(play.returned("1", "", Optional.empty()));
        play.lift(BOOK);
        play.write(new SecurityWrite.TagGone());
        assertThat(play.back(0)).isInstanceOf(ReturnState.PutBack.class);
        play.lay(BOOK);
        play.verified();
        assertThat(play.back(0)).isInstanceOf(ReturnState.Returned.class);
    }

    @Test
    void takesBackByBarCode() {
        play.absent(DeviceKind.PAD);
        play.touch(new Choice.Return());
        play.on(new KioskEvent.Scanned("3000000042"));
        play.answer(play.returned("1", "", Optional.empty()));
        assertThat(play.back(0)).isInstanceOf(ReturnState.Returned.class);
        assertThat(play.incidents()).containsExactly(Incident.Kind.SECURITY_NOT_ON);
    }

    @Test
    void beginsByItselfOnAMachineThatOnlyTakesBack() {
        Play slot = new Play(Play.settings(true, true));
        slot.lay(BOOK);
        assertThat(slot.sent(Checkin.class)).hasSize(1);
        slot.touch(new Choice.Borrow());
        assertThat(slot.state).isInstanceOf(KioskState.Returning.class);
    }

    @Test
    void offersAReceiptWithoutBorrowerAndEndsByItself() {
        lay(BOOK);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        play.lift(BOOK);
        play.touch(new Choice.Finish());
        Printout.ReturnReceipt receipt = (Printout.ReturnReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.returns()).containsExactly(new Printout.Return("Nimeke 3000000042", "3000000042", false));
        play.touch(new Choice.NoReceipt());
        play.seconds(3);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void letsSomebodyBorrowAfterwards() {
        lay(BOOK);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(play.state).isInstanceOf(KioskState.AskingPin.class);
    }
}
