package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.wire.CodedField;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a kiosk does of which not everything is on, and how it changes between visits. */
class OfferingTest {
    private static final PadTag BOOK = Play.tag(1, "3000000011");

    private static KioskSettings only(Offering first, Offering... rest) {
        return Play.steered(EnumSet.of(first, rest), "");
    }

    private static List<Choice> offered(Play play) {
        return Keypad.pages(play.state).getFirst().choices();
    }

    @Test
    void whatIsOffIsOfferedNowhereAndBeginsNothing() {
        Play play = new Play(only(Offering.BORROW, Offering.RETURN));
        assertThat(offered(play))
                .contains(new Choice.Borrow(), new Choice.Return())
                .doesNotContain(new Choice.Account());
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        play.login();
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        assertThat(Keypad.pages(play.state)).noneMatch(page -> page.choices().contains(new Choice.Account()));
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
    }

    @Test
    void takesBackAtOnceWhatIsLaidWhereNothingIsLent() {
        Play play = new Play(only(Offering.RETURN, Offering.ACCOUNT));
        play.lay(BOOK);
        assertThat(play.sent(Checkin.class)).hasSize(1);
    }

    @Test
    void asksForACardWhereThingsAreOnlyLent() {
        Play play = new Play(only(Offering.BORROW, Offering.ACCOUNT));
        play.lay(BOOK);
        assertThat(play.state).isInstanceOf(KioskState.AskingCard.class);
    }

    @Test
    void leavesThingsAloneWhereThereIsTheAccountAlone() {
        Play play = new Play(only(Offering.ACCOUNT));
        play.lay(BOOK);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(offered(play))
                .contains(new Choice.Account())
                .doesNotContain(new Choice.Borrow(), new Choice.Return());
    }

    @Test
    void aCardWithoutAWordIsForTheAccountWhereNothingIsLent() {
        Play play = new Play(only(Offering.RETURN, Offering.ACCOUNT));
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(((KioskState.AskingPin) play.state).goal()).isEqualTo(Goal.ACCOUNT);
    }

    // ---- beside them -------------------------------------------------------------------------------------

    private static Play without(Extra off) {
        return new Play(
                Play.steered(EnumSet.allOf(Offering.class), EnumSet.complementOf(EnumSet.of(off)), "0f5a9c1d2e3b4a58"));
    }

    private static final Feed FEED = new Feed(
            List.of(new Feed.News.NewTitle("Sopimuksen synty", "Kaisa Kontti")),
            List.of(new Feed.EResource(
                    new Feed.InLanguages("E-kirjasto", "E-biblioteket", "E-library"), "https://www.e-kirjasto.fi/")));

    @Test
    void nothingIsSearchedWhereThatIsOff() {
        Play play = without(Extra.SEARCH);
        assertThat(offered(play)).doesNotContain(new Choice.Search());
        play.touch(new Choice.Search());
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        play.touch(new Choice.Account());
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of()));
        assertThat(Keypad.pages(play.state)).noneMatch(page -> page.choices().contains(new Choice.Search()));
        play.touch(new Choice.Search());
        assertThat(play.state).isInstanceOf(KioskState.Account.class);
    }

    @Test
    void theFrontPageTellsNothingWhereNewsAreOffAndHasItsCollections() {
        Play play = without(Extra.NEWS);
        play.on(new KioskEvent.Fed(FEED));
        assertThat(play.state.around().feed().shown(play.state.around())).isEmpty();
        assertThat(offered(play)).contains(new Choice.ShowCollections());
    }

    @Test
    void collectionsAreNotShownWhereTheyAreOffAndTheFrontPageHasItsNews() {
        Play play = without(Extra.COLLECTIONS);
        play.on(new KioskEvent.Fed(FEED));
        assertThat(play.state.around().feed().shown(play.state.around())).isPresent();
        assertThat(offered(play)).doesNotContain(new Choice.ShowCollections());
        play.touch(new Choice.ShowCollections());
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void whereRoomsAreBookedIsToldThoughCollectionsAreOff() {
        Play play = without(Extra.COLLECTIONS);
        play.on(new KioskEvent.Fed(FEED));
        Feed.EResource rooms =
                new Feed.EResource(new Feed.InLanguages("Tilat", "Rum", "Rooms"), "https://tilat.example.fi/");
        play.on(new KioskEvent.Staff(new StaffNews.BranchTold(
                new BranchNow("LIETO", false, Optional.empty(), Optional.empty(), Optional.of(rooms)))));
        assertThat(offered(play)).contains(new Choice.ShowCollections());
        assertThat(play.state.around().feed().resources()).containsExactly(rooms);
    }

    @Test
    void whereNoReceiptGoesByMailTheLibraryIsNotAskedForAnAddressAndOneThatComesIsForgotten() {
        Play play = without(Extra.MAIL);
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        assertThat(play.sent(PatronInformation.class))
                .noneMatch(asked -> asked.extras().toString().contains("tell=mail"));
        play.answer(Play.patron(List.of(), true, true, List.of(new CodedField.Text("PE", "k***@e***.fi"))));
        assertThat(((KioskState.Borrowing) play.state).patron().mailbox()).isEmpty();
    }

    // ---- from the gateway --------------------------------------------------------------------------------

    private static final KioskSettings WANTED = Play.steered(EnumSet.of(Offering.RETURN), "0f5a9c1d2e3b4a58");

    private static String version(Play play) {
        return play.state.around().settings().steering();
    }

    @Test
    void isOtherwiseAtOnceWhereNobodyIsHere() {
        Play play = new Play();
        play.on(new KioskEvent.Steered(WANTED));
        assertThat(version(play)).isEqualTo(WANTED.steering());
        assertThat(play.state.around().machine().next()).isEmpty();
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void isNeverOtherwiseWhileSomebodyIsHere() {
        Play play = new Play();
        play.login();
        play.on(new KioskEvent.Steered(WANTED));
        assertThat(version(play)).isEmpty();
        play.touch(new Choice.Finish());
        while (!(play.state instanceof KioskState.Idle)) {
            assertThat(version(play)).isEmpty();
            play.seconds(1);
        }
        assertThat(version(play)).isEqualTo(WANTED.steering());
    }

    @Test
    void waitsWhileSomebodyHasJustChosenALanguage() {
        Play play = new Play();
        play.touch(new Choice.Speak(Language.SWEDISH));
        play.on(new KioskEvent.Steered(WANTED));
        assertThat(version(play)).isEmpty();
        play.seconds(40);
        assertThat(version(play)).isEqualTo(WANTED.steering());
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
    }

    @Test
    void startsAnewForStaffElsewhereOnceNobodyIsHereAndOnlyOnce() {
        Play play = new Play();
        play.login();
        play.on(new KioskEvent.Staff(new StaffNews.RestartWanted()));
        assertThat(restarts(play)).isZero();
        play.touch(new Choice.Finish());
        while (!(play.state instanceof KioskState.Idle)) {
            assertThat(restarts(play)).isZero();
            play.seconds(1);
        }
        play.seconds(5);
        assertThat(restarts(play)).isEqualTo(1);
        play.on(new KioskEvent.Staff(new StaffNews.RestartWanted()));
        assertThat(restarts(play)).as("asked for again at rest").isEqualTo(2);
    }

    private static long restarts(Play play) {
        return play.all(Effect.Staff.class).stream()
                .filter(effect -> effect.task() instanceof StaffTask.Restart)
                .count();
    }

    @Test
    void theNewestOfSeveralIsTaken() {
        Play play = new Play();
        play.touch(new Choice.Return());
        play.on(new KioskEvent.Steered(Play.steered(EnumSet.of(Offering.BORROW), "1")));
        play.on(new KioskEvent.Steered(WANTED));
        play.touch(new Choice.Finish());
        assertThat(version(play)).isEqualTo(WANTED.steering());
    }
}
