package fi.kimppa.kiosk.speech;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.screen.Gallery;
import fi.kimppa.kiosk.session.Aided;
import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.KeyStrikes;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.Preference;
import fi.kimppa.kiosk.session.Preferences;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of accessibility for speech and keys, by their numbers in the checklist (kiosk-ux.md B.2), as far as software can prove
 * them. What is heard is judged by the script, without sound.
 */
class SpeechRulesTest {
    private static Map<String, KioskState> all(Language language) {
        Map<String, KioskState> states = new LinkedHashMap<>(Gallery.states(language));
        states.putAll(Gallery.corners(language));
        return states;
    }

    private static KioskState state(String name) {
        return Gallery.state(Language.FINNISH, name);
    }

    private static String heard(KioskState state) {
        return Script.say(Optional.empty(), Aided.listening(state))
                .map(Utterance::text)
                .orElse("");
    }

    private static String heard(KioskState before, KioskState now) {
        return Script.say(Optional.of(before), now).map(Utterance::text).orElse("");
    }

    @Test
    void a16EverythingThatCanBeChosenHasAKeyThatCanBeFelt() {
        // KeypadReachTest holds the keys against the glass; here: no page asks for more keys than there are.
        all(Language.FINNISH)
                .forEach((name, state) -> Keypad.pages(state)
                        .forEach(page -> assertThat(page.choices()).as(name).hasSizeLessThan(Keypad.SOFTER)));
    }

    @Test
    void a17TheKeysAreThoseOfATelephone() {
        Stream.of('1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#')
                .forEach(key -> assertThat(Key.of(key)).as("%s", key).isPresent());
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void a18EveryScreenSpeaksAndNamesTheKeyOfEveryChoice(Language language) {
        all(language).forEach((name, state) -> {
            String heard = heard(state);
            assertThat(heard).as(name).isNotBlank();
            for (int key = 1; key <= Keypad.page(state).choices().size(); key++) {
                assertThat(heard).as(name).contains(" " + key + ".");
            }
        });
    }

    @Test
    void a18ABlindPersonHearsWhatBecameOfAPile() {
        KioskState before = Aided.listening(state("09-borrowing-work"));
        KioskState now = Aided.listening(state("11-borrowing-mixed"));
        assertThat(heard(before, now))
                .contains("Juoksuhaudantie, Kari Hotakainen. Ei lainattu. Varattu toiselle asiakkaalle.")
                .contains("Sinulla lainassa. Eräpäivä tiistaina kahdeskymmenestoinen joulukuuta.")
                .contains("Älä uusi: paina 1.");
    }

    @Test
    void a19PluggingInBeginsToSpeakAndSaysWhatToDo() {
        KioskState idle = state("01-idle");
        assertThat(Script.say(Optional.empty(), idle)).isEmpty();
        KioskState plugged =
                KioskSession.step(idle, new KioskEvent.Headphones(true)).next();
        assertThat(heard(idle, plugged))
                .startsWith("Tervetuloa kirjastoon.")
                .contains("Lainaa: paina 1.", "Palauta: paina 2.", "Nolla toistaa.");
    }

    @Test
    void a18PreferencesAreSpokenAndConfirmed() {
        KioskState idle = Aided.listening(state("01-idle"));
        assertThat(heard(idle)).contains("Helppokäyttö: paina 5.");
        KioskState open = press(idle, 5);
        assertThat(heard(idle, open))
                .startsWith("Helppokäyttö. Valinnat ovat voimassa, kunnes lopetat.")
                .contains("Suuri teksti: paina 2.", "Valmis: paina 6.")
                .doesNotContain("Nyt päällä.");
        KioskState large = press(open, 2);
        assertThat(heard(open, large)).isEqualTo("Suuri teksti: päällä.");
        assertThat(heard(large)).contains("Suuri teksti: paina 2. Nyt päällä.");
        assertThat(heard(large, press(large, 2))).isEqualTo("Suuri teksti: pois.");
        assertThat(heard(large, press(large, 6))).startsWith("Tervetuloa kirjastoon.");
        KioskState warned = Aided.listening(state("24-warning"));
        assertThat(heard(warned, press(warned, 2))).startsWith("Lisää aikaa: päällä.");
    }

    @Test
    void a18LettersOfASearchAreHeardByThePersonAlone() {
        KioskState letters = Aided.listening(state("70-search-letters"));
        assertThat(heard(letters)).contains("Kirjoita kirjaimet numeroilla kuin puhelimella.");
        KioskState first = press(letters, 2);
        assertThat(heard(letters, first)).isEqualTo("a.");
        KioskState second = press(first, 2);
        assertThat(heard(first, second)).isEqualTo("b.");
        assertThat(Script.say(Optional.of(first), second).orElseThrow().aloud().isEmpty())
                .isTrue();
        assertThat(heard(state("68-keypad-search-finds")))
                .contains("Muumipappa ja meri, Tove Jansson. Hyllyssä täällä 1. Muualla hyllyssä 2.")
                .contains("Katso: paina 1.");
    }

    private static KioskState press(KioskState state, int digit) {
        return KioskSession.step(state, new KioskEvent.Pressed(new Key.Digit(digit)))
                .next();
    }

    @Test
    void a21WhateverIsSaidCanBeHeardAgain() {
        KioskState asking = Aided.listening(state("03-card"));
        KioskState again = KioskSession.step(asking, new KioskEvent.Pressed(new Key.Digit(Keypad.AGAIN)))
                .next();
        assertThat(heard(asking, again)).isEqualTo(heard(asking));
        // That a key or a touch ends what is being said: NarratorTest.
    }

    @Test
    void a22NoDigitOfAPinIsEverSpoken() {
        KioskState.AskingPin none = pin(0);
        KioskState one = pin(1);
        Utterance tick = Script.say(Optional.of(Aided.listening(none)), Aided.listening(one))
                .orElseThrow();
        assertThat(tick.text()).isEqualTo("Numero.");
        all(Language.FINNISH)
                .forEach((name, state) ->
                        assertThat(heard(state)).as(name).doesNotContain("2000012345", "1234", "1111"));
    }

    private static AskingPin pin(int digits) {
        AskingPin asking = (AskingPin) state("04-pin");
        return new AskingPin(
                asking.around(),
                asking.goal(),
                new CardNumber("2000012345"),
                Secret.of("1".repeat(digits)),
                digits,
                0,
                false,
                asking.patience());
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void a22WhatIsPersonalIsHeardInHeadphonesOnly(Language language) {
        all(language).forEach((name, state) -> {
            Utterance all = Script.say(Optional.empty(), Aided.listening(state)).orElseThrow();
            assertThat(all.aloud().text())
                    .as(name)
                    .doesNotContain("Sinuhe", "Waltari", "Muumipappa", "Kalevala", "kultainen kirja", "45", "30 euro");
        });
        assertThat(heard(Gallery.state(language, "10-borrowing-done"))).contains("Muumipappa");
    }

    @Test
    void a23TheVolumeHasEighteenDecibelsWithAStepAtTwelveAndGoesBackAfterTheSession() {
        // One step is 6 dB: LoudnessTest.
        assertThat(Aids.LOUDEST * 6).isGreaterThanOrEqualTo(18);
        KioskState loud = Aided.with(state("61-keypad-idle"), new Aids(true, true, true, Aids.LOUDEST, 0, 0));
        KioskState pulled =
                KioskSession.step(loud, new KioskEvent.Headphones(false)).next();
        assertThat(pulled.around().aids().volume()).isEqualTo(Aids.USUAL);
    }

    @Test
    void a24TheVolumeIsSetWithoutSightAndNoSoundOfOursIsLongerThanThreeSeconds() {
        KioskState asking = Aided.listening(state("03-card"));
        KioskState louder = KioskSession.step(asking, new KioskEvent.Pressed(new Key.Digit(Keypad.LOUDER)))
                .next();
        assertThat(heard(asking, louder)).isEqualTo("Ääni kovemmalla.");
        for (Chime chime : Chime.values()) {
            assertThat(chime.samples(8_000, 0).length / 2).isLessThan(3 * 8_000);
        }
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void a25TheVoiceSpeaksTheLanguageOfTheScreenOrTheOneThatStandsInForIt(Language language) {
        all(language)
                .forEach((name, state) -> assertThat(Script.say(Optional.empty(), Aided.listening(state))
                                .orElseThrow()
                                .language())
                        .as(name)
                        .isEqualTo(Texts.in(language).readAloud()));
    }

    /** No engine has a voice for Northern Sámi, and a Finnish one makes nonsense of its words. */
    @Test
    void a25NorthernSamiIsSpokenInFinnishAndTheVoiceSaysSo() {
        Language northernSami = Texts.language("se").orElseThrow();
        KioskState idle = Aided.listening(Gallery.state(northernSami, "01-idle"));
        KioskState card = Aided.listening(Gallery.state(northernSami, "03-card"));
        assertThat(heard(idle))
                .startsWith("Ääni puhuu suomea. Tervetuloa kirjastoon.")
                .contains("Lainaa: paina 1.");
        assertThat(heard(idle, card)).as("said once").startsWith("Lue kirjastokortti.");
        assertThat(heard(Aided.listening(state("01-idle")), idle)).startsWith("Ääni puhuu suomea.");
        assertThat(heard(state("01-idle"))).doesNotContain("Ääni puhuu");
    }

    @Test
    void a25ErrorsAreSpoken() {
        assertThat(heard(state("05-pin-wrong"))).startsWith("Kortti tai tunnusluku on väärin.");
        assertThat(heard(state("07-blocked-fees"))).contains("Maksuja on 45 euroa. Raja on 30 euroa.");
        assertThat(heard(state("25-offline-idle"))).contains("Yhteys on poikki.");
        assertThat(heard(state("19-returning-parts"))).contains("Osia näkyy 2. Osia on 3.");
    }

    @Test
    void a25WhatTheReceiptSaysCanBeHeardLineByLine() {
        KioskState receipt = OfferedReceipt.state();
        assertThat(heard(receipt)).contains("Kuule kuitti rivi riviltä: paina 9.");
        StringBuilder lines = new StringBuilder();
        KioskState before = Aided.listening(receipt);
        for (int line = 1; line <= 3; line++) {
            KioskState now = Aided.listening(receipt, line);
            lines.append(heard(before, now));
            before = now;
        }
        assertThat(lines.toString())
                .contains("Rivi 1. Rivejä on 3.")
                .contains("Sinuhe egyptiläinen, Mika Waltari. Lainattu. Eräpäivä lauantaina yhdeksästoista joulukuuta.")
                .contains("Puhdistus. Ei lainattu. Varattu toiselle asiakkaalle.")
                .contains("Kalevala. Tarkistetaan…");
    }

    @Test
    void a26EverySoundComesWithWordsThatStandOnTheScreen() {
        KioskState working = state("09-borrowing-work");
        assertThat(Chime.between(working, state("10-borrowing-done"))).contains(Chime.DONE);
        assertThat(Chime.between(state("10-borrowing-done"), state("11-borrowing-mixed")))
                .contains(Chime.REFUSED);
        assertThat(Chime.between(state("06-checking"), state("05-pin-wrong"))).contains(Chime.REFUSED);
        assertThat(Chime.between(state("10-borrowing-done"), state("24-warning")))
                .contains(Chime.WARNING);
        // A change of nothing that is shown has no sound.
        all(Language.FINNISH)
                .forEach((name, state) -> assertThat(Chime.between(state, Aided.listening(state)))
                        .as(name)
                        .isEmpty());
    }

    @Test
    void a29AStrikeWithinHalfASecondOfTheSameKeyCanBeFilteredAndAHeldKeyNeverRepeats() {
        KeyStrikes strikes = new KeyStrikes(Duration.ofMillis(500));
        Key key = new Key.Digit(5);
        assertThat(strikes.counts(key, 0, Preferences.NONE)).isTrue();
        for (long millis = 400; millis < 5_000; millis += 400) {
            assertThat(strikes.counts(key, Duration.ofMillis(millis).toNanos(), Preferences.NONE))
                    .isFalse();
        }
        assertThat(strikes.counts(key, Duration.ofMillis(5_400).toNanos(), Preferences.NONE))
                .isTrue();
        KeyStrikes usual = new KeyStrikes(Duration.ofMillis(100));
        Preferences patient = Preferences.NONE.with(Preference.MORE_TIME, true);
        assertThat(usual.counts(key, 0, patient)).isTrue();
        assertThat(usual.counts(key, Duration.ofMillis(499).toNanos(), patient)).isFalse();
        assertThat(usual.counts(key, Duration.ofMillis(998).toNanos(), Preferences.NONE))
                .isTrue();
    }

    @Test
    void a30TheWarningIsSpokenOnceWithItsTime() {
        KioskState warned = Aided.listening(state("24-warning"));
        assertThat(heard(Aided.listening(state("10-borrowing-done")), warned))
                .isEqualTo("Oletko vielä paikalla? Käyntisi päättyy 60 sekunnin kuluttua. Jatka: paina 1."
                        + " Tarvitsen lisää aikaa: paina 2.");
        assertThat(Script.say(Optional.of(warned), warned)).isEmpty();
        assertThat(warned.waiting().map(Patience::warned)).contains(true);
    }

    @Test
    void a36TheNumbersFollowTheOrderOfTheScreen() {
        assertThat(Keypad.page(state("01-idle")).choices())
                .startsWith(new Choice.Borrow(), new Choice.Return(), new Choice.Account());
        assertThat(Keypad.page(state("11-borrowing-mixed")).choices())
                .endsWith(new Choice.Account(), new Choice.Return(), new Choice.Finish());
        // That numbers and ring are on the glass: KeypadReachTest.
    }
}
