package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.kiosk.session.Feed.EResource;
import fi.kimppa.kiosk.session.Feed.InLanguages;
import fi.kimppa.kiosk.session.Feed.News;
import fi.kimppa.kiosk.text.Elsewhere;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.sip2.message.Checkin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tips, new titles and electronic collections at rest, and stars after a return. */
class ReadingTest {
    private static final News TIP = new News.Tip(
            new InLanguages("Syksyyn", "För hösten", "For autumn"), new InLanguages("Lue.", "Läs.", "Read."));
    private static final News TITLE = new News.NewTitle("Sopimuksen synty", "Kaisa Kontti");
    private static final EResource LIBRARY =
            new EResource(new InLanguages("E-kirjasto", "E-biblioteket", "E-library"), "https://www.e-kirjasto.fi/");
    private static final Feed FEED = new Feed(List.of(TIP, TITLE), List.of(LIBRARY));
    private static final PadTag BOOK = Play.unsecured(Play.tag(1, "3000000042"));
    private static final PadTag OTHER = Play.unsecured(Play.tag(2, "3000000059"));

    private final Play play = new Play();

    private void fed() {
        play.on(new KioskEvent.Fed(FEED));
    }

    private Optional<News> shown() {
        return play.state.around().feed().shown(play.state.around());
    }

    // ---- at rest -----------------------------------------------------------------------------------------

    @Test
    void tellsOneAfterTheOtherForTwelveSecondsEach() {
        assertThat(shown()).isEmpty();
        fed();
        Optional<News> first = shown();
        play.seconds(12);
        Optional<News> second = shown();
        play.seconds(12);
        assertThat(List.of(first, second)).containsExactlyInAnyOrder(Optional.of(TIP), Optional.of(TITLE));
        assertThat(shown()).isEqualTo(first);
        assertThat(play.state).as("time alone begins nothing").isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void changesNothingUnderTheEyesOfWhoeverWantsItStill() {
        fed();
        play.touch(new Choice.Prefer(Preference.CALM, true));
        Optional<News> still = shown();
        assertThat(still).isPresent();
        for (int i = 0; i < 3; i++) {
            play.seconds(7);
            assertThat(play.state.around().preferences().has(Preference.CALM)).isTrue();
            assertThat(shown()).isEqualTo(still);
        }
        assertThat(FEED.ofTheDay(play.state.around().today().plusDays(1)))
                .isPresent()
                .isNotEqualTo(still);
    }

    @Test
    void whatIsToldIsTheMachinesAndStaysWhenAPatronLeaves() {
        fed();
        play.login();
        play.touch(new Choice.Finish());
        play.seconds(30);
        play.seconds(30);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(shown()).isPresent();
        play.on(new KioskEvent.Fed(Feed.NONE));
        assertThat(shown()).isEmpty();
    }

    // ---- what the branch says ----------------------------------------------------------------------------

    private static final EResource ROOMS =
            new EResource(new InLanguages("Tilat", "Rum", "Rooms"), "https://tilat.example.fi/");

    private void says(Optional<BranchNow.Notice> notice, Optional<EResource> rooms) {
        play.on(new KioskEvent.Staff(
                new StaffNews.BranchTold(new BranchNow("LIETO", false, Optional.empty(), notice, rooms))));
    }

    @Test
    void aNoticeStandsUntilItsDayIsOverThoughTheGatewayIsSilent() {
        InLanguages closed = new InLanguages("Huomenna suljettu.", "Stängt i morgon.", "Closed tomorrow.");
        Instant until = play.state.around().now().plusSeconds(3600);
        says(Optional.of(new BranchNow.Notice(closed, until)), Optional.empty());
        assertThat(Wording.notice(Texts.in(Language.SWEDISH), play.state.around()))
                .contains("Stängt i morgon.");
        play.on(new KioskEvent.LineChanged(Surroundings.Line.DOWN));
        play.on(new KioskEvent.Tick(until.minusSeconds(1)));
        assertThat(Wording.notice(Texts.in(Language.FINNISH), play.state.around()))
                .contains("Huomenna suljettu.");
        play.on(new KioskEvent.Tick(until));
        assertThat(Wording.notice(Texts.in(Language.FINNISH), play.state.around()))
                .isEmpty();
    }

    @Test
    void roomsHaveTheirPlaceWhereTheBranchHasThemAndNowhereElse() {
        assertThat(Elsewhere.of(Texts.in(Language.FINNISH), play.state.around()))
                .isEmpty();
        says(Optional.empty(), Optional.of(ROOMS));
        assertThat(Elsewhere.of(Texts.in(Language.FINNISH), play.state.around()))
                .map(Elsewhere::name)
                .contains("Tilat");
        play.touch(new Choice.ShowCollections());
        assertThat(play.state).isInstanceOf(KioskState.ElectronicCollections.class);
        assertThat(play.state.around().feed().resources()).containsExactly(ROOMS);
        fed();
        assertThat(play.state.around().feed().resources()).containsExactly(ROOMS, LIBRARY);
        assertThat(Elsewhere.of(Texts.in(Language.ENGLISH), play.state.around()))
                .contains(new Elsewhere("Rooms and e-resources", "Rooms etc."));
        says(Optional.empty(), Optional.empty());
        assertThat(play.state.around().feed().resources()).containsExactly(LIBRARY);
    }

    // ---- electronic collections --------------------------------------------------------------------------

    @Test
    void collectionsAreOneTouchAwayAndEndByThemselves() {
        play.touch(new Choice.ShowCollections());
        assertThat(play.state).as("where there are none").isInstanceOf(KioskState.Idle.class);
        fed();
        play.touch(new Choice.ShowCollections());
        assertThat(play.state).isInstanceOf(KioskState.ElectronicCollections.class);
        play.seconds(44);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(1);
        assertThat(play.state.waiting().orElseThrow().warned()).isTrue();
        play.touch(new Choice.StillHere());
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(45);
        play.seconds(20);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(play.sends()).isEmpty();
    }

    @Test
    void collectionsGiveWayToWhateverSomebodyBegins() {
        fed();
        play.touch(new Choice.ShowCollections());
        play.touch(new Choice.Cancel());
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        play.touch(new Choice.ShowCollections());
        play.on(new KioskEvent.Fed(Feed.NONE));
        assertThat(play.state).as("nothing is left to show").isInstanceOf(KioskState.Idle.class);
        fed();
        play.touch(new Choice.ShowCollections());
        play.lay(BOOK);
        assertThat(play.state).isInstanceOf(KioskState.Choosing.class);
        play.lift(BOOK);
        play.touch(new Choice.ShowCollections());
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(play.state).isInstanceOf(KioskState.AskingPin.class);
    }

    @Test
    void theKeypadTurnsFromOneCollectionToTheNext() {
        fed();
        play.touch(new Choice.ShowCollections());
        assertThat(Keypad.page(play.state)).isEqualTo(new Keypad.Page(1, List.of(new Choice.Cancel())));
        play.on(new KioskEvent.Pressed(new Key.Back()));
        play.on(new KioskEvent.Pressed(new Key.Back()));
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void anAddressIsShownAsItIsTyped() {
        assertThat(LIBRARY.shortAddress()).isEqualTo("e-kirjasto.fi");
        assertThat(new EResource(LIBRARY.name(), "http://lehdet.example.fi/a/b").shortAddress())
                .isEqualTo("lehdet.example.fi/a/b");
    }

    // ---- stars -------------------------------------------------------------------------------------------

    private void returned(PadTag tag) {
        play.lay(tag);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
    }

    private List<Effect.Rate> ratings() {
        return play.all(Effect.Rate.class);
    }

    @Test
    void aThingThatHasComeBackIsRatedOnceAndNobodyIsNamed() {
        play.touch(new Choice.Return());
        returned(BOOK);
        assertThat(play.returning().rows().getFirst().mayBeRated()).isTrue();
        play.touch(new Choice.Rate(1, 4));
        play.touch(new Choice.Rate(1, 1));
        assertThat(ratings()).containsExactly(new Effect.Rate("3000000042", 4));
        assertThat(play.returning().rows().getFirst().rating()).isEqualTo(new Rating.Given(4));
        play.lift(BOOK);
        play.lay(BOOK);
        assertThat(play.returning().rows()).hasSize(1);
        play.touch(new Choice.Rate(1, 2));
        assertThat(ratings()).hasSize(1);
    }

    @Test
    void nothingIsRatedBeforeTheLibraryHasIt() {
        play.touch(new Choice.Return());
        play.lay(BOOK);
        play.touch(new Choice.Rate(1, 5));
        play.answer(play.returned("1", "", Optional.empty()));
        play.touch(new Choice.Rate(1, 5));
        assertThat(ratings()).as("its tag is still being switched on").isEmpty();
        play.lift(BOOK);
        play.lay(OTHER);
        play.answer(play.notReturned());
        play.touch(new Choice.Rate(2, 5));
        assertThat(ratings()).isEmpty();
    }

    @Test
    void whatOnlyWaitsOnDiskIsNotRated() {
        play.line(Surroundings.Line.DOWN);
        play.touch(new Choice.Return());
        play.lay(BOOK);
        play.on(new KioskEvent.Spooled(play.all(Effect.Spool.class).getLast().request(), true));
        play.verified();
        assertThat(play.back(0)).isInstanceOf(ReturnState.Returned.class);
        assertThat(play.returning().rows().getFirst().mayBeRated()).isFalse();
        play.touch(new Choice.Rate(1, 5));
        assertThat(ratings()).isEmpty();
    }

    @Test
    void starsNeitherHoldUpTheNextReturnNorTheEnd() {
        play.touch(new Choice.Return());
        returned(BOOK);
        play.lay(OTHER);
        play.touch(new Choice.Rate(1, 3));
        assertThat(play.sent(Checkin.class)).hasSize(2);
        assertThat(ratings()).hasSize(1);
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        play.touch(new Choice.Rate(2, 5));
        play.seconds(19);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(1);
        assertThat(play.state.waiting().orElseThrow().warned())
                .as("as after any other touch")
                .isTrue();
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
        assertThat(play.state.toString()).doesNotContain("Given");
    }

    @Test
    void theKeysOneToFiveAreTheStars() {
        play.touch(new Choice.Return());
        returned(BOOK);
        assertThat(Keypad.page(play.state).choices())
                .isEqualTo(IntStream.rangeClosed(1, 6)
                        .<Choice>mapToObj(key -> key <= 5 ? new Choice.Rate(1, key) : new Choice.Finish())
                        .toList());
        play.on(new KioskEvent.Pressed(new Key.Digit(0)));
        play.on(new KioskEvent.Pressed(new Key.Digit(5)));
        assertThat(ratings()).containsExactly(new Effect.Rate("3000000042", 5));
    }

    @Test
    void aKioskThatAsksNobodyTakesNoStars() {
        Play plain = new Play(Play.settings(false, true, false));
        plain.touch(new Choice.Return());
        plain.lay(BOOK);
        plain.answer(plain.returned("1", "", Optional.empty()));
        plain.verified();
        plain.touch(new Choice.Rate(1, 5));
        assertThat(plain.all(Effect.Rate.class)).isEmpty();
        assertThat(Keypad.page(plain.state).choices()).containsExactly(new Choice.Finish());
    }

    @ParameterizedTest
    @CsvSource({"0", "6"})
    void thereAreOneToFiveStars(int stars) {
        assertThatThrownBy(() -> new Choice.Rate(1, stars)).hasMessageContaining("stars are 1 to 5");
    }
}
