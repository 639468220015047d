package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.speech.Script;
import fi.kimppa.kiosk.speech.Utterance;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.sip2.message.PatronInformationResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody is greeted, or by the first letter of the first name, as the branch wants. */
class GreetingTest {
    private static final PatronInformationResponse AINO = Play.named("Virtanen, Aino Helena");

    private static Play borrowing(Play play) {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
        play.answer(AINO);
        return play;
    }

    private static Optional<String> greeting(Play play) {
        return Wording.greeting(Texts.in(Language.FINNISH), play.state);
    }

    @Test
    void nobodyIsGreetedUnlessTheBranchWantsIt() {
        Play play = borrowing(new Play());
        assertThat(greeting(play)).isEmpty();
        assertThat(play.borrowing().patron().initial()).isEmpty();
    }

    @Test
    void whoeverIsKnownIsGreetedByALetterOnEveryScreenOfTheVisitAndNobodyAfterwards() {
        Play play = new Play(Play.settings(new Personal(true, false)));
        assertThat(greeting(play)).isEmpty();
        borrowing(play);
        assertThat(greeting(play)).contains("Hei, A!");
        assertThat(play.borrowing().patron().toString()).doesNotContain("A");
        play.touch(new Choice.Return());
        assertThat(greeting(play)).contains("Hei, A!");
        play.touch(new Choice.Account());
        assertThat(play.state).isInstanceOf(KioskState.Account.class);
        assertThat(greeting(play)).contains("Hei, A!");
        play.touch(new Choice.Finish());
        assertThat(greeting(play)).isEmpty();
    }

    @Test
    void theHeadphonesSayItAndTheLoudspeakerDoesNot() {
        Play play = borrowing(new Play(Play.settings(new Personal(true, false))));
        Utterance heard =
                Script.say(Optional.empty(), Aided.listening(play.state)).orElseThrow();
        assertThat(heard.text()).contains("Hei, A!");
        assertThat(heard.aloud().text()).doesNotContain("Hei, A!");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Virtanen, Aino    | A
            'Virtanen,  åke ' | Å
            Aino Virtanen     | A
            Áhčážan           | Á
            Virtanen,         | ''
            ''                | ''
            'Virtanen, (Äiti)'| ''
            """)
    void theFirstNameStandsBehindTheCommaOrFirst(String name, String initial) {
        assertThat(Initial.of(name).orElse("")).isEqualTo(initial);
    }
}
