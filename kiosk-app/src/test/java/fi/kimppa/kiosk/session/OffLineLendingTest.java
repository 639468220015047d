package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.OffLineTerms.Lending;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.PatronInformation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Loans while nobody answers. */
class OffLineLendingTest {
    private static final PadTag BOOK = Play.tag(1, "3000000011");
    private static final PadTag FILM = Play.tag(2, "3000000028");

    private final Play play = new Play();

    private Play permitted(Lending lending, boolean withoutPin, int things, int days) {
        play.on(new KioskEvent.Staff(new StaffNews.ClockCompared(Duration.ofSeconds(2))));
        play.on(new KioskEvent.OffLine(new OffLineNews.Permitted(Optional.of(
                new OffLineTerms(lending, withoutPin, things, days, play.now.plus(Duration.ofHours(24)))))));
        return play;
    }

    private Play down() {
        play.line(Surroundings.Line.DOWN);
        return play;
    }

    private <T extends OffLineTask> T last(Class<T> type) {
        return play.all(Effect.OffLine.class).stream()
                .map(Effect.OffLine::task)
                .filter(type::isInstance)
                .map(type::cast)
                .toList()
                .getLast();
    }

    private List<Checkout> noted() {
        return play.all(Effect.OffLine.class).stream()
                .map(Effect.OffLine::task)
                .filter(OffLineTask.NoteLoan.class::isInstance)
                .map(task -> ((OffLineTask.NoteLoan) task).checkout())
                .toList();
    }

    private List<Effect> known(boolean known, int waiting) {
        return play.on(new KioskEvent.OffLine(new OffLineNews.CardLookedUp(
                last(OffLineTask.LookUp.class).request(), new OffLineCard(known, waiting))));
    }

    private List<Effect> written(boolean written) {
        return play.on(new KioskEvent.Spooled(last(OffLineTask.NoteLoan.class).request(), written));
    }

    private void card() {
        play.touch(new Choice.Borrow());
        play.on(new KioskEvent.Scanned(Play.CARD));
    }

    @Test
    void aKnownCardBorrowsWithoutAPinAndIsToldOnlyWhenTheDiskHasIt() {
        permitted(Lending.KNOWN_CARDS, true, 5, 14);
        down();
        assertThat(play.state.around().banners()).contains(Banner.OFFLINE_LENDS).doesNotContain(Banner.OFFLINE);
        card();
        assertThat(play.state).isInstanceOf(KioskState.Identifying.class);
        known(true, 0);
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.lay(BOOK);
        assertThat(play.loan(0)).isEqualTo(new LoanState.Lending());
        assertThat(play.writes())
                .as("nothing is switched off before the disk has it")
                .isEmpty();
        written(true);
        assertThat(play.loan(0).isLoan()).isTrue();
        assertThat(play.borrowing().rows().getFirst().later()).isTrue();
        assertThat(play.writes())
                .singleElement()
                .satisfies(write -> assertThat(write.target()).isEqualTo(TagSecurity.UNSECURED));
        play.verified();
        assertThat(play.loan(0)).isEqualTo(new LoanState.Done(DueDate.of("20261208    235900")));
        Checkout told = noted().getFirst();
        assertThat(told.noBlock()).isTrue();
        assertThat(told.patronPassword()).isEmpty();
        assertThat(told.patronIdentifier()).isEqualTo(Play.CARD);
        assertThat(told.nbDueDate().text()).isEqualTo("20261208    235900");
        assertThat(told.transactionDate().text()).isEqualTo("20261124    193000");
        assertThat(play.sent(PatronInformation.class)).isEmpty();
    }

    @Test
    void theReceiptSaysThatItWasWithoutConnection() {
        permitted(Lending.KNOWN_CARDS, true, 5, 14);
        down();
        card();
        known(true, 0);
        play.lay(BOOK);
        written(true);
        play.verified();
        play.touch(new Choice.Finish());
        KioskState.OfferingReceipt offer = (KioskState.OfferingReceipt) play.state;
        assertThat(((Printout.LoanReceipt) offer.receipt()).loans())
                .containsExactly(new Printout.Loan("3000000011", DueDate.of("20261208    235900"), true));
        assertThat(play.sent(EndPatronSession.class))
                .as("the library knows of no session")
                .isEmpty();
    }

    @Test
    void withoutADateNoneIsPromised() {
        permitted(Lending.KNOWN_CARDS, true, 5, 0);
        down();
        card();
        known(true, 0);
        play.lay(BOOK);
        written(true);
        play.verified();
        assertThat(play.loan(0)).isEqualTo(new LoanState.Done(Optional.empty()));
        assertThat(noted().getFirst().nbDueDate().text()).isBlank();
    }

    @Test
    void anUnknownCardHearsThatThereIsNoConnection() {
        permitted(Lending.KNOWN_CARDS, true, 5, 14);
        down();
        card();
        known(false, 0);
        assertThat(((Blocked) play.state).reason()).isEqualTo(Blocked.Reason.OFFLINE);
    }

    @Test
    void withoutAPinNobodyNewBorrowsUnlessTheBranchSaysSo() {
        permitted(Lending.KNOWN_CARDS, false, 5, 14);
        down();
        assertThat(play.state.around().banners()).contains(Banner.OFFLINE);
        card();
        assertThat(((Blocked) play.state).reason()).isEqualTo(Blocked.Reason.OFFLINE);
        assertThat(play.all(Effect.OffLine.class)).isEmpty();
    }

    @Test
    void whoHasGivenThePinGoesOnWhenTheLineGoes() {
        permitted(Lending.KNOWN_CARDS, false, 5, 14);
        play.login();
        play.lay(BOOK);
        play.answer(play.lent());
        play.verified();
        down();
        play.lay(FILM);
        known(false, 0);
        written(true);
        play.verified();
        assertThat(play.borrowing().rows()).extracting(LoanRow::later).containsExactly(false, true);
        assertThat(noted()).extracting(Checkout::itemIdentifier).containsExactly("3000000028");
        play.line(Surroundings.Line.UP);
        play.touch(new Choice.Finish());
        assertThat(play.sent(Checkout.class))
                .as("what is on disk is never asked for on the live line")
                .extracting(Checkout::itemIdentifier)
                .containsExactly("3000000011");
    }

    @Test
    void aLoanOfWhichNobodyKnowsIsNotMadeASecondTime() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        play.login();
        play.lay(BOOK);
        play.noAnswer(false);
        down();
        play.seconds(5);
        assertThat(play.loan(0)).isInstanceOf(LoanState.Checking.class);
        assertThat(noted()).isEmpty();
    }

    @Test
    void whatWasNeverSentIsLentFromTheDisk() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        play.login();
        play.lay(BOOK);
        down();
        play.noAnswer(true);
        known(false, 0);
        assertThat(noted()).hasSize(1);
    }

    /** A loan on disk is recorded whatever the rules say, and so could not carry the fee. */
    @Test
    void whatCostsSomethingWaitsForTheLineAfterAYes() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        play.login();
        play.lay(BOOK);
        play.answer(play.loanCosts("1.50"));
        play.touch(new Choice.Answer(true));
        down();
        play.noAnswer(true);
        assertThat(play.loan(0)).isEqualTo(new LoanState.Offline());
        play.lay(FILM);
        known(false, 0);
        written(true);
        play.verified();
        assertThat(noted())
                .as("what costs nothing")
                .extracting(Checkout::itemIdentifier)
                .containsExactly("3000000028");
        assertThat(play.loan(0)).isEqualTo(new LoanState.Offline());
        play.line(Surroundings.Line.UP);
        assertThat(play.sent(Checkout.class).getLast().feeAcknowledged())
                .as("as agreed")
                .contains(true);
        play.answer(play.lent());
        assertThat(play.loan(0).isLoan()).isTrue();
    }

    @Test
    void whatCostsSomethingWaitsForTheLineWhenTheYesComesLater() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        play.login();
        play.lay(BOOK);
        play.answer(play.loanCosts("1.50"));
        down();
        play.touch(new Choice.Answer(true));
        assertThat(play.loan(0)).isEqualTo(new LoanState.Offline());
        play.lift(BOOK);
        play.lay(BOOK);
        assertThat(play.all(Effect.OffLine.class))
                .as("laid anew it costs as much")
                .isEmpty();
    }

    @Test
    void whatCostsSomethingWaitsForTheLineWhereSomebodyThinksAgain() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        play.login();
        play.lay(BOOK);
        play.answer(play.loanCosts("1.50"));
        play.touch(new Choice.Answer(false));
        play.touch(new Choice.Retry(1));
        down();
        play.noAnswer(true);
        assertThat(play.loan(0)).isEqualTo(new LoanState.Offline());
        assertThat(play.all(Effect.OffLine.class)).isEmpty();
    }

    @Test
    void lendsNoMoreThanTheBranchAllows() {
        permitted(Lending.KNOWN_CARDS, true, 3, 14);
        down();
        card();
        known(true, 2);
        play.lay(BOOK);
        written(true);
        play.lay(FILM);
        assertThat(noted()).hasSize(1);
        assertThat(play.loan(1)).isEqualTo(new LoanState.Offline());
    }

    @Test
    void aFullDiskMakesNoLoan() {
        permitted(Lending.KNOWN_CARDS, true, 5, 14);
        down();
        card();
        known(true, 0);
        play.lay(BOOK);
        written(false);
        assertThat(play.loan(0))
                .isInstanceOfSatisfying(
                        LoanState.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(LoanState.Reason.FAILED));
        assertThat(play.writes()).isEmpty();
        assertThat(play.incidents()).contains(Incident.Kind.LOAN_NOT_STORED);
    }

    @Test
    void honoursATagThatForbidsIt() {
        permitted(Lending.KNOWN_CARDS, true, 5, 14);
        down();
        card();
        known(true, 0);
        ItemTag plain = ItemTag.single("3000000011", "FI-Turku", TagModel.ISO_28560_2);
        ItemTag item = new ItemTag(
                plain.identifier(),
                plain.owner(),
                plain.totalParts(),
                plain.ordinal(),
                Optional.of(new TypeOfUsage(0x13)),
                plain.model(),
                plain.extras());
        play.lay(new PadTag(new Uid(1), 6, new TagContent.Decoded(item, false), Optional.of(TagSecurity.SECURED)));
        assertThat(play.loan(0)).isEqualTo(new LoanState.Offline());
        assertThat(noted()).isEmpty();
    }

    @Test
    void aWrongClockLendsNothing() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        play.on(new KioskEvent.Staff(new StaffNews.ClockCompared(Duration.ofSeconds(61))));
        down();
        card();
        assertThat(((Blocked) play.state).reason()).isEqualTo(Blocked.Reason.OFFLINE);
    }

    @Test
    void aPermitEnds() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        down();
        play.after(Duration.ofHours(24));
        assertThat(play.state.around().banners()).contains(Banner.OFFLINE);
        card();
        assertThat(((Blocked) play.state).reason()).isEqualTo(Blocked.Reason.OFFLINE);
    }

    @Test
    void aVisitThatBeganWithoutAPinEndsWhenTheLineIsBack() {
        permitted(Lending.KNOWN_CARDS, true, 5, 14);
        down();
        card();
        known(true, 0);
        play.lay(BOOK);
        written(true);
        play.verified();
        play.line(Surroundings.Line.UP);
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
        assertThat(play.sent(Checkout.class)).isEmpty();
    }

    @Test
    void withALineThatIsBackInTimeThePinIsAskedForAfterAll() {
        permitted(Lending.KNOWN_CARDS, true, 5, 14);
        down();
        card();
        play.line(Surroundings.Line.UP);
        known(true, 0);
        assertThat(play.state).isInstanceOf(KioskState.AskingPin.class);
    }

    @Test
    void theAccountStaysShut() {
        permitted(Lending.ALL_CARDS, true, 5, 14);
        down();
        play.touch(new Choice.Account());
        assertThat(((Blocked) play.state).reason()).isEqualTo(Blocked.Reason.OFFLINE);
    }
}
