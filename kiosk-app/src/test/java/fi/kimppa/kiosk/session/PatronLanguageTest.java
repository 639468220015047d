package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.kiosk.text.QuestionWording;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import org.junit.jupiter.api.Test;

/** The language that the library has down for a patron is offered and never forced. */
class PatronLanguageTest {
    private static final Question SWEDISH = new Question.OtherLanguage(Language.SWEDISH);
    private static final PadTag SINUHE = Play.tag(1, "3000000011");

    private final Play play = new Play();

    private void comeIn(String sip2, Flag... flags) {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(Play.speaking(sip2, flags));
    }

    @Test
    void isAskedForOnceAndGoesWithTheVisit() {
        comeIn("006");
        assertThat(play.sent(PatronInformation.class).getFirst().extras().toString())
                .contains("tell=language");
        assertThat(play.state.question()).contains(SWEDISH);
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.touch(new Choice.Answer(true));
        assertThat(play.state.language()).isEqualTo(Language.SWEDISH);
        assertThat(play.state.question()).isEmpty();
        play.touch(new Choice.Finish());
        while (!(play.state instanceof KioskState.Idle)) {
            play.seconds(1);
        }
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
    }

    @Test
    void nobodyNeedAnswerAndThePileGoesOnBeneath() {
        comeIn("006");
        play.lay(SINUHE);
        assertThat(play.sent(Checkout.class)).hasSize(1);
        play.seconds(20);
        assertThat(play.state.question()).isEmpty();
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
    }

    @Test
    void aNoIsANoForTheWholeVisit() {
        comeIn("006", Flag.CHARGE_PRIVILEGES_DENIED);
        assertThat(play.state).isInstanceOf(KioskState.Blocked.class);
        assertThat(play.state.question()).contains(SWEDISH);
        play.touch(new Choice.Answer(false));
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
        play.touch(new Choice.Account());
        assertThat(play.state.question()).isEmpty();
        play.touch(new Choice.Borrow());
        play.answer(Play.speaking("006"));
        assertThat(play.state.question()).isEmpty();
    }

    @Test
    void whoeverHasChosenALanguageIsNotAsked() {
        play.touch(new Choice.Speak(Language.ENGLISH));
        comeIn("006");
        assertThat(play.state.question()).isEmpty();
        assertThat(play.state.language()).isEqualTo(Language.ENGLISH);
    }

    @Test
    void whatNobodyKnowsOrNobodySpeaksHereIsNotOffered() {
        for (String sip2 : new String[] {"000", "007", "015"}) {
            Play other = new Play();
            other.on(new KioskEvent.Scanned(Play.CARD));
            other.type("1234");
            other.touch(new Choice.Ok());
            other.answer(Play.speaking(sip2));
            assertThat(other.state.question()).as(sip2).isEmpty();
        }
    }

    @Test
    void asksInTheOtherLanguageAndSaysWhyInThisOne() {
        Texts finnish = Texts.in(Language.FINNISH);
        assertThat(QuestionWording.asked(finnish, SWEDISH)).isEqualTo("Vill du fortsätta på svenska?");
        assertThat(QuestionWording.about(finnish, SWEDISH)).containsExactly("Kirjaston tiedoissa kielesi on Svenska.");
    }
}
