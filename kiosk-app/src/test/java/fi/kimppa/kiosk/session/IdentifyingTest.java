package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.wire.CodedField;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifyingTest {
    private final Play play = new Play();

    @Test
    void isOutOfServiceUntilLineAndDevicesAreKnown() {
        KioskState state = KioskSession.start(Play.settings(false, true), Play.EVENING);
        assertThat(state).isInstanceOf(KioskState.OutOfService.class);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void isOutOfServiceWhenTheGatewayRefusesItsLogin() {
        play.line(Surroundings.Line.REFUSED);
        assertThat(((KioskState.OutOfService) play.state).cause())
                .isEqualTo(KioskState.OutOfService.Cause.LOGIN_REFUSED);
        play.line(Surroundings.Line.UP);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void isOutOfServiceWithoutPadAndScannerAndComesBackByItself() {
        play.absent(DeviceKind.PAD);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        play.seconds(5);
        assertThat(play.state.around().banners()).contains(Banner.PAD_LOST_RETURNS);
        play.absent(DeviceKind.SCANNER);
        assertThat(((KioskState.OutOfService) play.state).cause()).isEqualTo(KioskState.OutOfService.Cause.NO_DEVICES);
        play.ready(DeviceKind.PAD);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void asksForPatronStatusWithThePinBeforeAnyCheckout() {
        play.lay(Play.tag(1, "3000000011"));
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        assertThat(play.sends()).isEmpty();
        play.touch(new Choice.Ok());
        assertThat(play.sent(Checkout.class)).isEmpty();
        PatronInformation asked = play.sent(PatronInformation.class).getFirst();
        assertThat(asked.patronPassword().orElseThrow().reveal()).containsExactly('1', '2', '3', '4');
        assertThat(asked.summary()).isEqualTo("  Y       ");
        assertThat(asked.language()).isEqualTo("007");
        play.answer(Play.patron(List.of()));
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    @Test
    void neverSubmitsAPinByItselfAndNeverOneThatIsTooShort() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.touch(new Choice.Ok());
        play.type("123");
        play.touch(new Choice.Ok());
        assertThat(play.sends()).isEmpty();
        play.type("45678901234");
        assertThat(((KioskState.AskingPin) play.state).digits()).isEqualTo(10);
        play.touch(new Choice.Erase());
        assertThat(((KioskState.AskingPin) play.state).digits()).isEqualTo(9);
    }

    @Test
    void endsAfterThreeWrongPins() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        for (int i = 1; i <= 2; i++) {
            play.type("9999");
            play.touch(new Choice.Ok());
            play.answer(Play.patron(List.of(), true, false, List.of()));
            assertThat(((KioskState.AskingPin) play.state).wrong()).isEqualTo(i);
        }
        play.type("9999");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(), true, false, List.of()));
        assertThat(((KioskState.Blocked) play.state).reason()).isEqualTo(KioskState.Blocked.Reason.WRONG_PIN);
        assertThat(play.sent(EndPatronSession.class)).hasSize(1);
    }

    @Test
    void saysTheSameOfAnUnknownCardAsOfAWrongPin() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(), false, false, List.of()));
        assertThat(((KioskState.AskingPin) play.state).wrong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "CARD_REPORTED_LOST, CARD_LOST",
        "EXCESSIVE_OUTSTANDING_FEES, FEES",
        "TOO_MANY_ITEMS_OVERDUE, OVERDUE",
        "TOO_MANY_ITEMS_CHARGED, LIMIT",
        "CHARGE_PRIVILEGES_DENIED, BAN"
    })
    void tellsABlockedPatronWhyBeforeAnythingIsLent(Flag flag, KioskState.Blocked.Reason reason) {
        play.lay(Play.tag(1, "3000000011"));
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(), Flag.CHARGE_PRIVILEGES_DENIED, flag));
        KioskState.Blocked blocked = (KioskState.Blocked) play.state;
        assertThat(blocked.reason()).isEqualTo(reason);
        assertThat(blocked.owed().isPresent()).isEqualTo(reason == KioskState.Blocked.Reason.FEES);
        assertThat(blocked.libraryLines()).containsExactly("Kirjaston rivi");
        assertThat(play.sent(Checkout.class)).isEmpty();
        play.touch(new Choice.Return());
        assertThat(play.state).isInstanceOf(KioskState.Returning.class);
    }

    @Test
    void recognisesAnExpiredCardByItsLastDay() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(
                List.of(),
                true,
                true,
                List.of(new CodedField.Text("PX", "20260101    235900")),
                Flag.CHARGE_PRIVILEGES_DENIED));
        assertThat(((KioskState.Blocked) play.state).reason()).isEqualTo(KioskState.Blocked.Reason.CARD_EXPIRED);
    }

    @Test
    void recognisesAnExpiredCardAtOurOwnGatewayByTheFourDenials() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of(), PatronStatus.UNKNOWN_CARD.flags().toArray(Flag[]::new)));
        assertThat(((KioskState.Blocked) play.state).reason()).isEqualTo(KioskState.Blocked.Reason.CARD_EXPIRED);
    }

    @Test
    void letsAPatronWithTheMostLoansInWhenChargingIsNotDenied() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of("3000000097"), Flag.TOO_MANY_ITEMS_CHARGED));
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
    }

    @Test
    void erasesThePinWhereverTheSessionEnds() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        KioskState.AskingPin asking = (KioskState.AskingPin) play.state;
        List<Effect> effects = play.touch(new Choice.Cancel());
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
        assertThat(effects).containsExactly(new Effect.Erase(asking.pin()));
    }

    @Test
    void asksForThePinAgainWhenNobodyAnswers() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.noAnswer(false);
        KioskState.AskingPin asking = (KioskState.AskingPin) play.state;
        assertThat(asking.unreachable()).isTrue();
        assertThat(asking.wrong()).isZero();
        assertThat(asking.digits()).isZero();
    }

    /** The PIN is erased by then, so that OK alone would do nothing. */
    @Test
    void saysThatThePinIsAskedForAgainAndNotThatOkIsEnough() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.noAnswer(false);
        assertThat(((KioskState.AskingPin) play.state).complete()).isFalse();
        Map<Language, String> asked = Map.of(
                Language.FINNISH, "Anna tunnusluku",
                Language.SWEDISH, "Ange PIN-koden",
                Language.ENGLISH, "Enter your PIN");
        asked.forEach((language, words) -> assertThat(Texts.in(language).say("auth.unreachable"))
                .contains(words)
                .doesNotContain("OK"));
    }

    /** The gateway lives, the library behind it does not: nobody is asked for the PIN again and again. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void endsWhereTheLibrarySystemSaysNothingOfTheCard(boolean account) {
        if (account) {
            play.touch(new Choice.Account());
        }
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.silentPatron());
        KioskState.Blocked blocked = (KioskState.Blocked) play.state;
        assertThat(blocked.reason()).isEqualTo(KioskState.Blocked.Reason.LIBRARY_SILENT);
        assertThat(blocked.patron()).isEmpty();
        assertThat(play.all(Effect.Erase.class)).isNotEmpty();
        play.touch(new Choice.Return());
        play.lay(Play.tag(1, "3000000011"));
        play.noAnswer(false);
        assertThat(play.all(Effect.Spool.class))
                .as("returns are taken and done later")
                .hasSize(1);
    }

    @Test
    void takesTheCardAnewWhereTheLibrarySystemSaidNothingOfIt() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.silentPatron());
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(((KioskState.AskingPin) play.state).wrong())
                .as("it was no wrong try")
                .isZero();
        play.seconds(20);
        play.seconds(20);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void lendsNothingWithoutALine() {
        play.line(Surroundings.Line.DOWN);
        assertThat(play.state.around().banners()).contains(Banner.OFFLINE);
        play.touch(new Choice.Borrow());
        assertThat(((KioskState.Blocked) play.state).reason()).isEqualTo(KioskState.Blocked.Reason.OFFLINE);
    }

    @Test
    void warnsBeforeItForgetsAndAnyTouchKeepsIt() {
        play.touch(new Choice.Borrow());
        play.seconds(19);
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(1);
        Patience warned = play.state.waiting().orElseThrow();
        assertThat(warned.warned()).isTrue();
        assertThat(warned.secondsLeft(play.now)).isEqualTo(20);
        play.seconds(19);
        play.touch(new Choice.StillHere());
        assertThat(play.state.waiting().orElseThrow().warned()).isFalse();
        play.seconds(20);
        play.seconds(20);
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void goesBackToTheBranchesLanguage() {
        play.touch(new Choice.Speak(Language.SWEDISH));
        assertThat(play.state.language()).isEqualTo(Language.SWEDISH);
        play.touch(new Choice.Borrow());
        assertThat(play.state.language()).isEqualTo(Language.SWEDISH);
        play.touch(new Choice.Cancel());
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
        play.touch(new Choice.Speak(Language.ENGLISH));
        play.seconds(30);
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
    }

    @Test
    void asksWhatTheItemsOnThePadAreFor() {
        play.lay(Play.tag(1, "3000000011"));
        assertThat(play.state).isInstanceOf(KioskState.Choosing.class);
        assertThat(play.sends()).isEmpty();
        play.lift(Play.tag(1, "3000000011"));
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    @Test
    void printsNoSecretInItsStates() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        assertThat(play.state.toString()).doesNotContain(Play.CARD).doesNotContain("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.patron(List.of("3000000097")));
        assertThat(play.state.toString()).doesNotContain(Play.CARD).doesNotContain("1234");
        assertThat(new KioskEvent.Scanned(Play.CARD).toString()).doesNotContain(Play.CARD);
    }
}
