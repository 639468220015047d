package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.Renew;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BorrowingTest {
    private static final PadTag SINUHE = Play.tag(1, "3000000011");
    private static final PadTag SOTILAS = Play.tag(2, "3000000028");

    private final Play play = new Play();

    private void borrow(PadTag tag) {
        play.login();
        play.lay(tag);
        play.answer(play.lent());
        play.verified();
    }

    @Test
    void lendsAPileThatLayThereBeforeTheLoginOneByOne() {
        play.lay(SINUHE);
        play.lay(SOTILAS);
        play.login();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Lending.class);
        assertThat(play.loan(1)).isInstanceOf(LoanState.Queued.class);
        play.answer(play.lent());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
        assertThat(play.writes())
                .containsExactly(new Effect.SetSecurity(1, SINUHE.uid(), "3000000011", TagSecurity.UNSECURED));
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.loan(0).due().orElseThrow().date()).contains(java.time.LocalDate.of(2026, 12, 22));
        play.answer(play.lent());
        play.verified();
        assertThat(play.borrowing().done()).isEqualTo(2);
        assertThat(play.sent(Checkout.class)).hasSize(2);
        assertThat(play.sent(Checkout.class).getFirst().itemProperties()).contains("owner=FI-Turku");
    }

    @Test
    void sendsNoSecondCheckoutForAnItemThatIsLaidAgain() {
        borrow(SINUHE);
        play.lift(SINUHE);
        play.lay(Play.unsecured(SINUHE));
        play.seconds(1);
        assertThat(play.sent(Checkout.class)).hasSize(1);
        assertThat(play.borrowing().rows()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CHARGED, 0, '', ON_LOAN_OTHER",
        "AVAILABLE, 2, '', HOLD_OTHER",
        "WAITING_ON_HOLD_SHELF, 0, '', HOLD_OTHER",
        "AVAILABLE, 0, 'age=18', AGE",
        "OTHER, 0, 'loan=no', REFERENCE"
    })
    void showsWhyAnItemWasRefusedAndLeavesItsTagAlone(
            CirculationStatus status, String queue, String properties, LoanState.Reason reason) {
        play.login();
        play.lay(SINUHE);
        play.answer(play.refused());
        play.answer(play.item(status, queue, properties));
        LoanState.Refused refused = (LoanState.Refused) play.loan(0);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.libraryLines()).containsExactly("Ei lainata");
        assertThat(refused.ageLimit().isPresent()).isEqualTo(reason == LoanState.Reason.AGE);
        assertThat(play.writes()).isEmpty();
        assertThat(play.loan(0).pinned()).isTrue();
        play.touch(new Choice.Acknowledge(1));
        assertThat(play.loan(0).pinned()).isFalse();
    }

    @Test
    void asksThePatronsStatusWhenTheItemDoesNotTellWhy() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.refused());
        play.answer(play.item(CirculationStatus.AVAILABLE));
        play.answer(Play.patron(List.of(), Flag.TOO_MANY_ITEMS_CHARGED));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.LIMIT);
    }

    @Test
    void showsTheLibrarysOwnWordsWhenNothingTellsWhy() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.refused());
        play.answer(play.item(CirculationStatus.AVAILABLE));
        play.answer(Play.patron(List.of()));
        LoanState.Refused refused = (LoanState.Refused) play.loan(0);
        assertThat(refused.reason()).isEqualTo(LoanState.Reason.NOT_LENT);
        assertThat(refused.libraryLines()).containsExactly("Ei lainata");
    }

    @Test
    void knowsAnItemThatTheLibraryDoesNotKnow() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.refused());
        play.answer(play.item(CirculationStatus.OTHER, "0", "", ""));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.UNKNOWN_ITEM);
    }

    @Test
    void refusesForeignAndUnreadableTagsWithoutAsking() {
        play.login();
        play.lay(Play.foreign(7, "123"));
        play.lay(Play.unreadable(8));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.FOREIGN);
        assertThat(((LoanState.Refused) play.loan(1)).reason()).isEqualTo(LoanState.Reason.UNREADABLE);
        assertThat(play.sent(Checkout.class)).isEmpty();
        play.lift(Play.unreadable(8));
        assertThat(play.borrowing().rows()).hasSize(1);
    }

    @Test
    void offersToRenewWhatIsOnThisCardAlready() {
        play.login("3000000011");
        play.lay(Play.unsecured(SINUHE));
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.RenewOffer.class);
        assertThat(play.loan(0).due()).isPresent();
        play.touch(new Choice.Renew(1));
        assertThat(play.lastSend().message()).isInstanceOf(Renew.class);
        play.answer(play.renewed(true));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Renewed.class);
        assertThat(play.sent(Checkout.class)).isEmpty();
        assertThat(play.writes()).isEmpty();
    }

    @Test
    void keepsTheOldLoanWhenARenewalIsRefused() {
        play.login("3000000011");
        play.lay(Play.unsecured(SINUHE));
        play.answer(play.item(CirculationStatus.CHARGED));
        play.touch(new Choice.Renew(1));
        play.answer(play.renewed(false));
        assertThat(play.loan(0)).isEqualTo(new LoanState.NotRenewed(List.of("Varattu"), Optional.empty()));
        assertThat(play.loan(0).isLoan()).isTrue();
    }

    @Test
    void readsTheDueDateAgainWhenARenewalIsNotAnswered() {
        play.login("3000000011");
        play.lay(Play.unsecured(SINUHE));
        play.answer(play.item(CirculationStatus.CHARGED));
        play.touch(new Choice.Renew(1));
        play.noAnswer(false);
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.RenewOffer.class);
        assertThat(play.sent(Renew.class)).hasSize(1);
    }

    @Test
    void readsTheDueDateAgainWhenTheGatewayDoesNotKnowWhetherItWasRenewed() {
        play.login("3000000011");
        play.lay(Play.unsecured(SINUHE));
        play.answer(play.item(CirculationStatus.CHARGED));
        play.touch(new Choice.Renew(1));
        play.answer(play.renewalUnknown());
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.RenewOffer.class);
        assertThat(play.sent(Renew.class)).hasSize(1);
    }

    @Test
    void finishesALoanThatWasCutOffBetweenTheLibraryAndTheTag() {
        play.login("3000000011");
        play.lay(SINUHE);
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
    }

    @Test
    void lendsAnItemThatHasMeanwhileLeftTheCard() {
        play.login("3000000011");
        play.lay(SINUHE);
        play.answer(play.item(CirculationStatus.AVAILABLE));
        assertThat(play.lastSend().message()).isInstanceOf(Checkout.class);
    }

    @Test
    void lendsASetOnlyWhenAllPartsAreThereAndSwitchesOffEachOfThem() {
        play.login();
        play.lay(Play.part(1, "3000000066", 1, 3));
        assertThat(play.loan(0)).isEqualTo(new LoanState.Incomplete(1, 3));
        play.lay(Play.part(2, "3000000066", 3, 3));
        assertThat(play.loan(0)).isEqualTo(new LoanState.Incomplete(2, 3));
        assertThat(play.sent(Checkout.class)).isEmpty();
        play.lay(Play.part(3, "3000000066", 2, 3));
        assertThat(play.sent(Checkout.class)).hasSize(1);
        play.answer(play.lent());
        assertThat(play.writes()).hasSize(3);
        for (Effect.SetSecurity write : play.writes()) {
            assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
            play.on(new KioskEvent.SecurityWritten(
                    write.row(), write.uid(), Optional.of(new SecurityWrite.Verified(true))));
        }
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.borrowing().rows()).hasSize(1);
    }

    @Test
    void givesAPartThatLiesThereTwiceToStaff() {
        play.login();
        play.lay(Play.part(1, "3000000066", 1, 2));
        play.lay(Play.part(2, "3000000066", 1, 2));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.STAFF);
        play.lift(Play.part(2, "3000000066", 1, 2));
        assertThat(play.loan(0)).isEqualTo(new LoanState.Incomplete(1, 2));
    }

    @Test
    void asksToPutBackWhatWasLiftedTooEarlyAndFinishesThen() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent());
        play.lift(SINUHE);
        play.write(new SecurityWrite.TagGone());
        assertThat(play.loan(0)).isInstanceOf(LoanState.PutBack.class);
        assertThat(play.loan(0).isLoan()).isTrue();
        play.seconds(1);
        assertThat(play.writes()).hasSize(1);
        play.lay(SINUHE);
        assertThat(play.writes()).hasSize(2);
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
    }

    @Test
    void sendsALoanToStaffAfterTheThirdFailedWriteAndKeepsTheLoan() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent());
        for (int i = 0; i < 2; i++) {
            play.write(new SecurityWrite.Failed(SecurityWrite.Reason.NOT_VERIFIED));
            assertThat(play.loan(0)).isInstanceOf(LoanState.PutBack.class);
            play.lift(SINUHE);
            play.lay(SINUHE);
        }
        play.write(new SecurityWrite.Failed(SecurityWrite.Reason.NOT_VERIFIED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.SeeStaff.class);
        assertThat(play.loan(0).isLoan()).isTrue();
        assertThat(play.incidents()).containsExactly(Incident.Kind.SECURITY_NOT_OFF);
        assertThat(play.writes()).hasSize(3);
    }

    @Test
    void sendsALockedTagToStaffAtOnce() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent());
        play.write(new SecurityWrite.Failed(SecurityWrite.Reason.LOCKED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.SeeStaff.class);
    }

    @Test
    void triesAgainWhenThePadIsBack() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent());
        play.absent(DeviceKind.PAD);
        Effect.SetSecurity write = play.writes().getLast();
        play.on(new KioskEvent.SecurityWritten(write.row(), write.uid(), Optional.empty()));
        assertThat(play.loan(0)).isInstanceOf(LoanState.PutBack.class);
        play.seconds(1);
        assertThat(play.writes()).hasSize(1);
        play.ready(DeviceKind.PAD);
        play.seconds(1);
        assertThat(play.writes()).hasSize(2);
    }

    @Test
    void asksWhetherAnUnansweredCheckoutBecameALoanBeforeAnythingElse() {
        play.login();
        play.lay(SINUHE);
        play.lay(SOTILAS);
        play.noAnswer(false);
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        assertThat(play.lastSend().message()).isInstanceOf(PatronInformation.class);
        play.answer(Play.patron(List.of("3000000011")));
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
        assertThat(play.loan(0).due()).isPresent();
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.sent(Checkout.class))
                .extracting(Checkout::itemIdentifier)
                .containsExactly("3000000011", "3000000028");
    }

    @Test
    void asksWhatBecameOfACheckoutWhoseOutcomeTheGatewayDoesNotKnow() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.outcomeUnknown());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        assertThat(play.lastSend().message()).isInstanceOf(PatronInformation.class);
        play.answer(Play.silentPatron());
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        play.seconds(3);
        play.answer(Play.patron(List.of("3000000011")));
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    @Test
    void takesNoWordAboutAnItemFromAnAnswerThatKnowsNothing() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.outcomeUnknown());
        play.seconds(12);
        play.answer(Play.patron(List.of()));
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.answer(play.item(CirculationStatus.OTHER, "", "outcome=unknown", ""));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
    }

    @Test
    void sendsNoCheckoutForALoanOfThisCardThatTheLibraryWasSilentAbout() {
        play.login("3000000011");
        play.lay(Play.unsecured(SINUHE));
        play.answer(play.item(CirculationStatus.OTHER, "", "outcome=unknown", ""));
        assertThat(play.loan(0)).isInstanceOf(LoanState.RenewOffer.class);
        assertThat(play.sent(Checkout.class)).isEmpty();
    }

    @Test
    void believesThatThereIsNoLoanOnlyAfterTheLibraryHasHadItsTime() {
        play.login();
        play.lay(SINUHE);
        play.noAnswer(false);
        play.answer(Play.patron(List.of()));
        play.answer(play.item(CirculationStatus.AVAILABLE));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        play.seconds(12);
        play.answer(Play.patron(List.of()));
        play.answer(play.item(CirculationStatus.AVAILABLE));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.FAILED);
        assertThat(play.sent(Checkout.class)).hasSize(1);
        play.touch(new Choice.Retry(1));
        assertThat(play.sent(Checkout.class)).hasSize(2);
    }

    /** Evergreen lists titles unless it is told otherwise: there is no number to find. */
    @Test
    void findsALoanByItsTitleWhereTheLibraryListsTitles() {
        play.login();
        play.lay(SINUHE);
        play.noAnswer(false);
        play.seconds(12);
        titles("Tuntematon sotilas", "NIMEKE 3000000011 /");
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        play.seconds(3);
        titles("Tuntematon sotilas", "NIMEKE 3000000011 /");
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Securing.class);
        assertThat(play.loan(0).due()).isPresent();
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    private void titles(String... titles) {
        play.answer(Play.patron(List.of(titles)));
    }

    @Test
    void takesNoOtherTitleOnTheCardForThisLoan() {
        play.login();
        play.lay(SINUHE);
        play.noAnswer(false);
        play.seconds(12);
        titles("Tuntematon sotilas");
        play.answer(play.item(CirculationStatus.CHARGED));
        play.seconds(3);
        titles("Tuntematon sotilas");
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.ON_LOAN_OTHER);
    }

    /** Which of two copies it is nobody can tell: neither lent nor failed. */
    @Test
    void leavesToStaffWhatMayBeAnotherCopyThatWasOnTheCardBefore() {
        play.login("Nimeke 3000000011");
        play.lay(SINUHE);
        play.noAnswer(false);
        for (int round = 0; round < 3; round++) {
            play.seconds(12);
            titles("Nimeke 3000000011");
            play.answer(play.item(CirculationStatus.CHARGED));
            assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        }
        play.seconds(3);
        titles();
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.ON_LOAN_OTHER);
    }

    @Test
    void takesNoTitleOnTheCardForALoanOfAThingThatNobodyHas() {
        play.login();
        play.lay(SINUHE);
        play.noAnswer(false);
        titles("Nimeke 3000000011");
        play.answer(play.item(CirculationStatus.AVAILABLE));
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        play.seconds(12);
        titles("Nimeke 3000000011");
        play.answer(play.item(CirculationStatus.AVAILABLE));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHARGED", "CHARGED_NOT_TO_BE_RECALLED_YET", "RECALLED"})
    void tellsWhatIsRecalledAsOnLoanToo(CirculationStatus status) {
        play.login();
        play.lay(SINUHE);
        play.noAnswer(false);
        play.seconds(12);
        titles();
        play.answer(play.item(status, "20261210    235900", "0", "", Optional.empty()));
        play.seconds(3);
        titles();
        play.answer(play.item(status, "20261210    235900", "0", "", Optional.empty()));
        assertThat(((LoanState.Refused) play.loan(0)).reason()).isEqualTo(LoanState.Reason.ON_LOAN_OTHER);
    }

    @Test
    void saysWhichRowsAreLoansWhenTheLineIsLostInMidPile() {
        play.login();
        play.lay(SINUHE);
        play.lay(SOTILAS);
        play.lay(Play.tag(3, "3000000035"));
        play.answer(play.lent());
        play.verified();
        play.line(Surroundings.Line.DOWN);
        play.noAnswer(false);
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.loan(1)).isInstanceOf(LoanState.Checking.class);
        assertThat(play.loan(2)).isInstanceOf(LoanState.Offline.class);
        assertThat(play.borrowing().done()).isEqualTo(1);
        assertThat(play.borrowing().notDone()).isEqualTo(1);
        play.line(Surroundings.Line.UP);
        assertThat(play.lastSend().message()).isInstanceOf(PatronInformation.class);
        play.answer(Play.patron(List.of("3000000028")));
        play.answer(play.item(CirculationStatus.CHARGED));
        play.verified();
        assertThat(play.loan(1)).isInstanceOf(LoanState.Done.class);
        assertThat(play.loan(2)).isInstanceOf(LoanState.Lending.class);
    }

    @Test
    void triesAgainByItselfWhatNeverReachedTheLibrary() {
        play.login();
        play.lay(SINUHE);
        play.noAnswer(true);
        assertThat(play.loan(0)).isInstanceOfAny(LoanState.Lending.class, LoanState.Offline.class);
        play.seconds(1);
        assertThat(play.sent(Checkout.class)).hasSize(2);
        assertThat(play.sent(PatronInformation.class)).hasSize(1);
    }

    @Test
    void tellsStaffWhenTheSessionEndsInDoubt() {
        play.login();
        play.lay(SINUHE);
        play.line(Surroundings.Line.DOWN);
        play.noAnswer(false);
        play.touch(new Choice.Finish());
        assertThat(play.incidents()).containsExactly(Incident.Kind.CHECKOUT_OUTCOME_UNKNOWN);
        KioskState.OfferingReceipt offer = (KioskState.OfferingReceipt) play.state;
        assertThat(offer.result().beingChecked()).isEqualTo(1);
        assertThat(offer.result().notDone()).isZero();
        assertThat(((Printout.LoanReceipt) offer.receipt()).beingChecked()).containsExactly("3000000011");
    }

    @Test
    void readsTheDueDateWhenTheAnswerHasNone() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent(""));
        assertThat(play.lastSend().message()).isInstanceOf(ItemInformation.class);
        play.answer(play.item(CirculationStatus.CHARGED));
        assertThat(play.loan(0).due()).isPresent();
    }

    @Test
    void tellsStaffOfADueDateThatCannotBe() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent("20261124    235900"));
        assertThat(play.incidents()).containsExactly(Incident.Kind.DUE_DATE_SUSPICIOUS);
    }

    @Test
    void lendsByBarCodeAndAsksForTheTagAfterwards() {
        play.login();
        play.on(new KioskEvent.Scanned("3000000011"));
        play.answer(play.lent());
        assertThat(play.loan(0)).isInstanceOf(LoanState.PutBack.class);
        play.lay(SINUHE);
        play.verified();
        assertThat(play.loan(0)).isInstanceOf(LoanState.Done.class);
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    @Test
    void isContentWithABarCodeWhereThereAreNoGates() {
        Play open = new Play(Play.settings(false, false));
        open.login();
        open.on(new KioskEvent.Scanned("3000000011"));
        open.answer(open.lent());
        assertThat(open.loan(0)).isInstanceOf(LoanState.Done.class);
    }

    @Test
    void composesTheReceiptFromItsOwnListAndForgetsThePatron() {
        play.login();
        play.lay(SINUHE);
        play.lay(SOTILAS);
        play.answer(play.lent());
        play.verified();
        play.answer(play.refused());
        play.answer(play.item(CirculationStatus.AVAILABLE, "1", ""));
        List<Effect> effects = play.touch(new Choice.Finish());
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
        assertThat(effects).anyMatch(Effect.Erase.class::isInstance);
        Printout.LoanReceipt receipt = (Printout.LoanReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.loans()).extracting(Printout.Loan::title).containsExactly("Nimeke 3000000011");
        assertThat(receipt.notLent()).extracting(Printout.NotLent::title).containsExactly("Nimeke 3000000028");
        play.lift(SINUHE);
        play.lift(SOTILAS);
        play.touch(new Choice.PrintReceipt());
        assertThat(play.all(Effect.Print.class))
                .extracting(Effect.Print::printout)
                .containsExactly(receipt);
        play.seconds(5);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
        play.on(new KioskEvent.Printed(receipt, new PrintOutcome.Printed()));
        play.seconds(3);
        assertThat(play.state)
                .isEqualTo(new KioskState.Idle(play.state.around()))
                .asString()
                .doesNotContain("3000000011");
    }

    @Test
    void asksForNoReceiptWithoutPaper() {
        play.absent(DeviceKind.PRINTER);
        borrow(SINUHE);
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
    }

    @Test
    void countsNoAnswerToTheReceiptAsNo() {
        borrow(SINUHE);
        play.touch(new Choice.Finish());
        play.seconds(10);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
        assertThat(((KioskState.Farewell) play.state).takeItems()).isTrue();
        assertThat(play.all(Effect.Print.class)).isEmpty();
    }

    @Test
    void endsByItselfAndWithoutAReceiptWhenNobodyIsThereAnyMore() {
        borrow(SINUHE);
        play.seconds(30);
        assertThat(play.state.waiting().orElseThrow().warned()).isTrue();
        play.seconds(20);
        assertThat(play.state).isInstanceOf(KioskState.Farewell.class);
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void warnsOnceInAWhileInASessionThatNeverEnds() {
        borrow(SINUHE);
        for (int i = 0; i < 29; i++) {
            play.seconds(20);
            assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
            play.touch(new Choice.Speak(Language.SWEDISH));
        }
        play.seconds(20);
        assertThat(play.state.waiting().orElseThrow().warned()).isTrue();
        play.touch(new Choice.StillHere());
        play.seconds(20);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
    }

    @Test
    void doesNotGetImpatientWhileTheLibraryIsAsked() {
        play.login();
        play.lay(SINUHE);
        play.seconds(60);
        play.seconds(60);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
    }

    @Test
    void lendsTheRestOfThePileBeforeItEnds() {
        play.login();
        play.lay(SINUHE);
        play.lay(SOTILAS);
        play.touch(new Choice.Finish());
        assertThat(play.borrowing().leaving()).isTrue();
        play.answer(play.lent());
        play.verified();
        play.answer(play.lent());
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.verified();
        assertThat(((KioskState.OfferingReceipt) play.state).result().done()).isEqualTo(2);
    }

    @Test
    void reportsALoanThatIsCarriedAwayWithItsTagOn() {
        play.login();
        play.lay(SINUHE);
        play.answer(play.lent());
        play.lift(SINUHE);
        play.write(new SecurityWrite.TagGone());
        play.touch(new Choice.Finish());
        assertThat(play.incidents()).containsExactly(Incident.Kind.SECURITY_NOT_OFF);
        assertThat(((KioskState.OfferingReceipt) play.state).result().seeStaff())
                .isEqualTo(1);
    }

    @Test
    void ignoresAnswersThatNobodyWaitsFor() {
        play.login();
        play.lay(SINUHE);
        long old = play.lastSend().request();
        play.answer(play.lent());
        KioskState before = play.state;
        play.on(new KioskEvent.Answered(old, Play.patron(List.of())));
        assertThat(play.state).isEqualTo(before);
    }
}
