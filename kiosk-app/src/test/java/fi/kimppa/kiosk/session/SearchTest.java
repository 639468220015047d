package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Idle;
import fi.kimppa.kiosk.session.KioskState.OfferingReceipt;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search.Asked.What;
import fi.kimppa.kiosk.session.Search.View;
import fi.kimppa.kiosk.session.Search.Wish;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private static final String ITEM = "3000000011";

    private final Play play = new Play();

    private static CatalogueTitle title(int number) {
        return new CatalogueTitle(
                "90" + number,
                "Nimeke " + number,
                "Tekijä",
                Optional.empty(),
                Optional.of(new CatalogueTitle.Copies(2, 1)));
    }

    private static CatalogueDetails details() {
        return new CatalogueDetails(
                Optional.of(ITEM),
                Optional.empty(),
                0,
                List.of(new CatalogueDetails.Place("LIETO", "Lieto", List.of(), 1, 0, Optional.empty(), 0, 0, 0)));
    }

    private void type(String text) {
        text.chars().forEach(letter -> play.look(new SearchAct.Letter((char) letter)));
    }

    private void found(int... numbers) {
        play.catalogue(new CatalogueNews.Found(
                play.lastAsked().request(),
                IntStream.of(numbers).mapToObj(SearchTest::title).toList(),
                numbers.length,
                false,
                false));
    }

    private void described() {
        play.catalogue(new CatalogueNews.Described(play.lastAsked().request(), details()));
    }

    /** From the front page to a title whose copies are known. */
    private void openATitle() {
        play.touch(new Choice.Search());
        type("muumi");
        play.look(new SearchAct.Go());
        found(1);
        described();
        play.look(new SearchAct.Open(1));
    }

    private void showCard() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.loans());
    }

    private Wish wish() {
        return ((View.Holding) play.searching().search().view()).wish();
    }

    private List<Hold> placed() {
        return play.sent(Hold.class).stream()
                .filter(hold -> hold.holdMode() == HoldMode.ADD)
                .toList();
    }

    // ---- looking -----------------------------------------------------------------------------------------

    @Test
    void findsWithoutACardAndForgetsWhatWasTyped() {
        play.touch(new Choice.Search());
        type("muumi");
        play.look(new SearchAct.Go());
        assertThat(play.lastAsked()).isInstanceOfSatisfying(CatalogueTask.Titles.class, asked -> {
            assertThat(asked.text()).isEqualTo("muumi");
            assertThat(asked.by()).isEqualTo(SearchBy.ANY);
            assertThat(asked.page()).isOne();
        });
        found(1, 2);
        assertThat(play.searching().search().finds().orElseThrow().rows()).hasSize(2);
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(Idle.class);
        play.touch(new Choice.Search());
        assertThat(play.searching().search()).isEqualTo(Search.NEW);
        assertThat(play.sends()).as("the library is not asked").isEmpty();
    }

    @Test
    void readsTheCopiesOfEachFindOnceAndOneAtATime() {
        play.touch(new Choice.Search());
        type("muumi");
        play.look(new SearchAct.Go());
        found(1, 2);
        described();
        play.seconds(1);
        described();
        play.seconds(1);
        assertThat(play.all(Effect.Catalogue.class))
                .extracting(effect -> effect.task().getClass().getSimpleName())
                .containsExactly("Titles", "Title", "Title");
        play.look(new SearchAct.Open(2));
        assertThat(play.searching().search().asked()).as("known already").isEmpty();
    }

    @Test
    void anAnswerToAnOlderQuestionMeansNothing() {
        play.touch(new Choice.Search());
        type("a");
        play.look(new SearchAct.Go());
        long first = play.lastAsked().request();
        play.look(new SearchAct.LookBy(SearchBy.AUTHOR));
        play.catalogue(new CatalogueNews.Found(first, List.of(title(1)), 1, false, false));
        assertThat(play.searching().search().finds()).isEmpty();
        assertThat(play.searching().search().awaits(What.TITLES)).isTrue();
        found(2);
        assertThat(play.searching().search().finds().orElseThrow().rows())
                .extracting(row -> row.title().id())
                .containsExactly("902");
        assertThat(((CatalogueTask.Titles)
                                play.all(Effect.Catalogue.class).get(1).task())
                        .by())
                .isEqualTo(SearchBy.AUTHOR);
    }

    @Test
    void silenceIsSaidAndIsNotNothing() {
        play.touch(new Choice.Search());
        type("a");
        play.look(new SearchAct.Go());
        play.catalogue(new CatalogueNews.Silent(play.lastAsked().request()));
        assertThat(play.searching().search().silent()).isTrue();
        assertThat(play.searching().search().finds()).isEmpty();
        play.look(new SearchAct.Again());
        assertThat(play.searching().search().silent()).isFalse();
        found();
        assertThat(play.searching().search().silent()).isFalse();
        assertThat(play.searching().search().finds().orElseThrow().rows()).isEmpty();
    }

    @Test
    void bringsFurtherPagesUntilThereAreNoMore() {
        play.touch(new Choice.Search());
        type("a");
        play.look(new SearchAct.Go());
        play.catalogue(new CatalogueNews.Found(play.lastAsked().request(), List.of(title(1)), 3, false, false));
        described();
        play.look(new SearchAct.More());
        assertThat(((CatalogueTask.Titles) play.lastAsked()).page()).isEqualTo(2);
        play.catalogue(
                new CatalogueNews.Found(play.lastAsked().request(), List.of(title(1), title(2)), 3, false, false));
        assertThat(play.searching().search().finds().orElseThrow().rows())
                .extracting(Search.Find::number)
                .containsExactly(1, 2);
        described();
        play.look(new SearchAct.More());
        play.catalogue(new CatalogueNews.Found(play.lastAsked().request(), List.of(), 3, false, false));
        assertThat(play.searching().search().hasMore()).isFalse();
    }

    @Test
    void goesBackStepByStep() {
        openATitle();
        assertThat(play.searching().search().view()).isEqualTo(new View.OneTitle(1));
        play.look(new SearchAct.Back());
        assertThat(play.searching().search().view()).isEqualTo(new View.Listing());
        play.look(new SearchAct.Back());
        assertThat(play.searching().search().view()).isEqualTo(new View.Typing());
        assertThat(play.searching().search().typed().text()).isEqualTo("muumi");
    }

    @Test
    void isNotOfferedWithoutALineAnotherGatewayOrWhereItIsSwitchedOff() {
        assertThat(play.state.around().searchable()).isTrue();
        play.line(Surroundings.Line.DOWN);
        play.touch(new Choice.Search());
        assertThat(play.state).isInstanceOf(Idle.class);
        assertThat(Keypad.page(play.state).choices()).doesNotContain(new Choice.Search());
        assertThat(new Play(Play.settings(true, true)).state.around().searchable())
                .as("takes things back only")
                .isFalse();
    }

    @Test
    void warnsAndForgetsWhoeverWalksAway() {
        play.touch(new Choice.Search());
        type("a");
        play.seconds(46);
        assertThat(play.searching().waiting().orElseThrow().warned()).isTrue();
        play.seconds(21);
        assertThat(play.state).isInstanceOf(Idle.class);
    }

    // ---- holding -----------------------------------------------------------------------------------------

    @Test
    void placesAHoldAfterTheCardThatNobodyHasAskedForBefore() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        assertThat(play.state).isInstanceOf(AskingCard.class);
        showCard();
        assertThat(placed()).singleElement().satisfies(hold -> {
            assertThat(hold.itemIdentifier()).contains(ITEM);
            assertThat(hold.holdType()).contains("2");
            assertThat(hold.titleIdentifier()).isEmpty();
            assertThat(hold.pickupLocation()).contains("TURKU");
            assertThat(hold.patronIdentifier()).isEqualTo(Play.CARD);
        });
        assertThat(wish()).isInstanceOf(Wish.Placing.class);
        play.answer(Play.held(true, "3"));
        assertThat(wish()).isEqualTo(new Wish.Placed(Optional.of("3")));
        play.look(new SearchAct.Back());
        assertThat(play.searching().known()).isTrue();
        play.look(new SearchAct.Open(1));
        assertThat(play.searching().wished()).isTrue();
        play.look(new SearchAct.HoldHere());
        assertThat(placed()).as("once").hasSize(1);
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(Farewell.class);
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void placesAHoldToBeFetchedElsewhere() {
        openATitle();
        play.look(new SearchAct.Elsewhere());
        play.catalogue(new CatalogueNews.PickUps(
                play.lastAsked().request(), List.of(new PickUp("LIETO", "Lieto"), new PickUp("TURKU", "Turku"))));
        View.Choosing choosing = (View.Choosing) play.searching().search().view();
        assertThat(choosing.places()).extracting(PickUp::branch).containsExactly("TURKU", "LIETO");
        play.look(new SearchAct.HoldAt(2));
        showCard();
        assertThat(placed()).singleElement().extracting(Hold::pickupLocation).isEqualTo(Optional.of("LIETO"));
    }

    @Test
    void whoDoesWithoutACardIsBackAtTheTitle() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        play.touch(new Choice.Cancel());
        assertThat(play.searching().search().view()).isEqualTo(new View.OneTitle(1));
        play.look(new SearchAct.HoldHere());
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("12");
        play.touch(new Choice.Cancel());
        assertThat(play.searching().search().view()).isEqualTo(new View.OneTitle(1));
        assertThat(placed()).isEmpty();
    }

    @Test
    void aCardShownInTheMidstOfItIsKnownAfterwards() {
        play.touch(new Choice.Search());
        type("muumi");
        play.look(new SearchAct.Go());
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(play.state).isInstanceOf(AskingPin.class);
        found(1);
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.loans());
        assertThat(play.searching().known()).isTrue();
        assertThat(play.searching().search().awaits(What.TITLES))
                .as("asked anew")
                .isTrue();
        found(1);
        assertThat(play.searching().search().finds()).isPresent();
    }

    @Test
    void aRefusalIsSaidInTheLibrarysWordsAndMayBeTriedElsewhere() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        showCard();
        play.answer(Play.cancelled(false));
        assertThat(wish()).isEqualTo(new Wish.NotPlaced(List.of("Kirjaston rivi")));
        play.look(new SearchAct.Back());
        play.look(new SearchAct.Open(1));
        assertThat(play.searching().mayHold()).isTrue();
    }

    // ---- a hold that costs something ---------------------------------------------------------------------

    private static CodedField[] euro(String amount) {
        return new CodedField[] {
            CodedField.of(Field.BT, "09"), CodedField.of(Field.BH, "EUR"), CodedField.of(Field.BV, amount)
        };
    }

    private void wishForWhatCosts(CodedField... fields) {
        openATitle();
        play.look(new SearchAct.HoldHere());
        showCard();
        assertThat(placed().getFirst().feeAcknowledged()).isEmpty();
        play.answer(Play.holdCosts(fields));
    }

    private void nothingIsAsked() {
        assertThat(play.state.question()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.00", "1,00", " 1.00", "1"})
    void whatCostsIsAskedAndPlacedWithAYes(String amount) {
        wishForWhatCosts(euro(amount));
        assertThat(play.state.question())
                .hasValueSatisfying(question -> assertThat(question)
                        .isInstanceOfSatisfying(Question.HoldCosts.class, costs -> {
                            assertThat(costs.fee().amount()).isEqualByComparingTo("1");
                            assertThat(costs.fee().currency()).isEqualTo("EUR");
                        }));
        assertThat(wish()).as("true already").isInstanceOf(Wish.Costs.class);
        play.touch(new Choice.Answer(true));
        nothingIsAsked();
        assertThat(placed()).hasSize(2);
        assertThat(placed().getLast()).satisfies(hold -> {
            assertThat(hold.feeAcknowledged()).contains(true);
            assertThat(hold.itemIdentifier()).contains(ITEM);
            assertThat(hold.holdType()).contains("2");
            assertThat(hold.pickupLocation()).contains("TURKU");
        });
        play.answer(Play.held(true, "3"));
        assertThat(wish()).isEqualTo(new Wish.Placed(Optional.of("3")));
        assertThat(play.searching().wished()).isTrue();
    }

    @Test
    void aNoPlacesNothingAndItMayBeWishedForAgain() {
        wishForWhatCosts(euro("1.00"));
        play.touch(new Choice.Answer(false));
        nothingIsAsked();
        assertThat(wish()).isInstanceOf(Wish.Costs.class);
        assertThat(placed()).hasSize(1);
        play.look(new SearchAct.Back());
        play.look(new SearchAct.Open(1));
        play.look(new SearchAct.HoldHere());
        assertThat(placed()).hasSize(2);
        assertThat(placed().getLast().feeAcknowledged()).as("asked anew").isEmpty();
        play.answer(Play.holdCosts(euro("1.00")));
        assertThat(play.state.question()).isPresent();
    }

    @Test
    void whoDoesNotAnswerHasNotSaidYesAndIsWaitedForAsEverywhere() {
        wishForWhatCosts(euro("1.00"));
        play.seconds(25);
        nothingIsAsked();
        assertThat(wish()).isInstanceOf(Wish.Costs.class);
        play.touch(new Choice.Answer(true));
        assertThat(placed()).as("too late").hasSize(1);
        play.seconds(60);
        play.seconds(60);
        assertThat(play.state).isInstanceOfAny(Idle.class, Farewell.class);
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void whatCostsAndIsRefusedAllTheSameIsNotAskedInACircle() {
        wishForWhatCosts(euro("1.00"));
        play.touch(new Choice.Answer(true));
        play.answer(Play.holdCosts(euro("1.00")));
        nothingIsAsked();
        assertThat(wish()).isEqualTo(new Wish.NotPlaced(List.of("Kirjaston rivi")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.00", "0,0", "", "-1.00", "free", "1.00 EUR"})
    void whatIsNoSumIsAPlainRefusal(String amount) {
        wishForWhatCosts(euro(amount));
        nothingIsAsked();
        assertThat(wish()).isEqualTo(new Wish.NotPlaced(List.of("Kirjaston rivi")));
    }

    @Test
    void theSumIsEnough() {
        wishForWhatCosts(CodedField.of(Field.BV, "2.50"));
        assertThat(play.state.question()).contains(new Question.HoldCosts(new Money(new BigDecimal("2.50"), "EUR")));
    }

    @Test
    void whatIsAgreedToAndNotAnsweredIsLookedAfterAndNotSentAgain() {
        wishForWhatCosts(euro("1.00"));
        play.touch(new Choice.Answer(true));
        play.noAnswer(false);
        assertThat(wish()).isInstanceOf(Wish.Checking.class);
        play.answer(Play.listed(Map.of(), Map.of(ItemList.UNAVAILABLE_HOLDS, List.of("Nimeke 1 / Tekijä")), List.of()));
        assertThat(wish()).isEqualTo(new Wish.Placed(Optional.empty()));
        assertThat(placed()).hasSize(2);
    }

    @Test
    void whereTheLineHasGoneAYesPlacesNothing() {
        wishForWhatCosts(euro("1.00"));
        play.line(Surroundings.Line.DOWN);
        play.touch(new Choice.Answer(true));
        assertThat(wish()).isEqualTo(new Wish.NotPlaced(List.of()));
        assertThat(placed()).hasSize(1);
    }

    /** Whoever holds the wrong card to the scanner meanwhile is asked that first, and nothing was placed. */
    @Test
    void anotherCardTakesTheQuestionsPlace() {
        wishForWhatCosts(euro("1.00"));
        play.on(new KioskEvent.Scanned("2000099999"));
        assertThat(play.state.question()).contains(new Question.ChangeCustomer(new CardNumber("2000099999")));
        play.touch(new Choice.Answer(false));
        nothingIsAsked();
        assertThat(wish()).isInstanceOf(Wish.Costs.class);
        assertThat(placed()).hasSize(1);
    }

    @Test
    void whoHasSaidYesToAnotherCustomerIsNotAskedForMoney() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        showCard();
        play.on(new KioskEvent.Scanned("2000099999"));
        play.touch(new Choice.Answer(true));
        play.answer(Play.holdCosts(euro("1.00")));
        assertThat(play.state)
                .isInstanceOfSatisfying(
                        AskingPin.class, next -> assertThat(next.card().text()).isEqualTo("2000099999"));
        assertThat(placed()).hasSize(1);
    }

    // ---- what becomes of it ------------------------------------------------------------------------------

    @Test
    void withoutAnAnswerItIsLookedAndNotSentAgain() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        showCard();
        play.noAnswer(false);
        assertThat(wish()).isInstanceOf(Wish.Checking.class);
        assertThat(play.lastSend().message()).isInstanceOf(PatronInformation.class);
        play.answer(Play.listed(Map.of(), Map.of(ItemList.UNAVAILABLE_HOLDS, List.of("Nimeke 1 / Tekijä")), List.of()));
        assertThat(wish()).isEqualTo(new Wish.Placed(Optional.empty()));
        assertThat(placed()).hasSize(1);
    }

    @Test
    void whatNobodyCanSayIsCalledUncertainAndNotOfferedAgain() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        showCard();
        play.answer(Play.holdUnknown());
        for (int i = 0; i < 6; i++) {
            play.answer(Play.listed(Map.of(), Map.of(), List.of()));
            play.seconds(3);
        }
        assertThat(wish()).isEqualTo(new Wish.Doubtful());
        play.look(new SearchAct.Back());
        play.look(new SearchAct.Open(1));
        assertThat(play.searching().mayHold()).isFalse();
        assertThat(placed()).hasSize(1);
    }

    @Test
    void whatNeverWentOutWasNotPlaced() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        showCard();
        play.noAnswer(true);
        assertThat(wish()).isEqualTo(new Wish.NotPlaced(List.of()));
    }

    @Test
    void whoWantsToGoWaitsForAHoldThatIsAtTheLibrary() {
        openATitle();
        play.look(new SearchAct.HoldHere());
        showCard();
        play.touch(new Choice.Finish());
        play.seconds(300);
        assertThat(play.state).as("the clock stands meanwhile").isInstanceOf(Searching.class);
        play.answer(Play.held(true, ""));
        assertThat(play.state).isInstanceOf(Farewell.class);
    }

    // ---- from the account and back -----------------------------------------------------------------------

    @Test
    void turnsFromTheAccountAndBackWithWhatWasRenewed() {
        play.openAccount(Play.loans(ITEM));
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
        play.answer(play.renewed(true));
        play.touch(new Choice.Search());
        assertThat(play.searching().known()).isTrue();
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(Account.class);
        play.answer(Play.loans(ITEM));
        play.touch(new Choice.Search());
        play.touch(new Choice.Finish());
        assertThat(play.state)
                .isInstanceOfSatisfying(
                        OfferingReceipt.class,
                        offer -> assertThat(((Printout.LoanReceipt) offer.receipt()).loans())
                                .hasSize(1));
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    // ---- by keypad ---------------------------------------------------------------------------------------

    /** From the front page to the hold, with headphones on. */
    @Test
    void findsABookAndPlacesAHoldByKeypadAlone() {
        play.on(new KioskEvent.Headphones(true));
        press("4");
        press("68816*886444");
        assertThat(play.searching().search().typed().text()).isEqualTo("muumi");
        press("#");
        assertThat(((CatalogueTask.Titles) play.lastAsked()).text()).isEqualTo("muumi");
        found(1, 2);
        described();
        press("1");
        assertThat(play.searching().search().view()).isEqualTo(new View.OneTitle(1));
        press("#");
        play.on(new KioskEvent.Scanned(Play.CARD));
        press("1234#");
        play.answer(Play.loans());
        play.answer(Play.held(true, "1"));
        assertThat(wish()).isInstanceOf(Wish.Placed.class);
        press("#");
        assertThat(play.state).isInstanceOf(Farewell.class);
    }

    private void press(String keys) {
        keys.chars()
                .forEach(
                        key -> play.on(new KioskEvent.Pressed(Key.of((char) key).orElseThrow())));
    }
}
