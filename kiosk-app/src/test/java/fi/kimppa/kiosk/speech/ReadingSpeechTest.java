package fi.kimppa.kiosk.speech;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.screen.Gallery;
import fi.kimppa.kiosk.session.Aided;
import fi.kimppa.kiosk.session.Key;
import fi.kimppa.kiosk.session.Keypad;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tips, collections and stars for whoever does not see them. */
class ReadingSpeechTest {
    private static KioskState listening(String name) {
        return Aided.listening(Gallery.state(Language.FINNISH, name));
    }

    private static String heard(Optional<KioskState> before, KioskState now) {
        return Script.say(before, now).map(Utterance::text).orElse("");
    }

    private static KioskState press(KioskState state, int digit) {
        return KioskSession.step(state, new KioskEvent.Pressed(new Key.Digit(digit)))
                .next();
    }

    @Test
    void theTipComesAfterTheKeysAndTimeAloneSaysNothing() {
        KioskState idle = listening("01-idle-tip");
        assertThat(heard(Optional.empty(), idle))
                .contains("E-aineistot: paina 5.")
                .endsWith("Lukuvinkki. Pimeän ajan lukemista. Lainaa Lajien synty, ennen kuin joku muu ehtii.");
        KioskState listening = Gallery.state(Language.FINNISH, "02-collections-idle-keypad");
        KioskState later = KioskSession.step(
                        listening, new KioskEvent.Tick(listening.around().now().plusSeconds(13)))
                .next();
        assertThat(later.around().aids().speaking()).isTrue();
        assertThat(heard(Optional.of(listening), later)).isEmpty();
    }

    @Test
    void collectionsAreReadByNameWithAnAddressThatIsTyped() {
        KioskState collections = listening("02-collections");
        assertThat(heard(Optional.empty(), collections))
                .startsWith(
                        "E-aineistot. Lue koodi puhelimellasi. Rivi 1. Rivejä on 2. E-kirjasto. Osoite: e-kirjasto.fi.")
                .contains("Peruuta: paina 1.")
                .doesNotContain("https");
        KioskState next = press(collections, Keypad.NEXT);
        assertThat(heard(Optional.of(collections), next))
                .startsWith("Rivi 2. Rivejä on 2. Yle Areena. Osoite: areena.yle.fi.");
    }

    @Test
    void whatTheLibrarySaysComesBeforeTheKeysAndRoomsAreReadLikeCollections() {
        assertThat(heard(Optional.empty(), listening("01-idle-notice")))
                .startsWith("Tervetuloa kirjastoon. Kirjasto on huomenna 6.12. suljettu.")
                .contains("Tilat ja e-aineistot: paina 5.");
        assertThat(heard(Optional.empty(), listening("02-elsewhere")))
                .startsWith("Tilat ja e-aineistot. Lue koodi puhelimellasi. Rivi 1. Rivejä on 3. Tilat. Osoite: "
                        + "tilat.example.fi/turku.");
    }

    @Test
    void starsHaveTheirNumbersAndThanks() {
        KioskState returning = listening("20-returning-rate");
        assertThat(heard(Optional.empty(), returning))
                .contains("1 tähti: paina 1.", "5 tähteä: paina 5.", "Lopeta: paina 6.");
        KioskState rated = press(returning, 4);
        assertThat(heard(Optional.of(returning), rated))
                .startsWith("Kiitos arviosta!")
                .contains("Lopeta: paina 1.");
    }
}
