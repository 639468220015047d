package fi.kimppa.kiosk.screen;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What went wrong is on the glass, with what can be done about it. */
class ToldOnScreenTest {
    /** What is seen of a state, and whether a button can be pressed there. */
    private record Seen(List<String> words, boolean pressable) {
        boolean says(String sentence) {
            return words.stream().anyMatch(word -> word.contains(sentence));
        }
    }

    private static Seen seen(KioskState state, String button) {
        return seen(DeviceProfile.LARGE, state, button);
    }

    private static Seen seen(DeviceProfile display, KioskState state, String button) {
        try (var window = KioskWindow.offScreen(display, _ -> {})) {
            window.show(state);
            List<String> words =
                    Glass.onFxThread(() -> Glimpse.of(window.glass().scene()).stream()
                            .map(Glimpse::what)
                            .toList());
            return new Seen(words, window.canPress(button));
        }
    }

    @Test
    void aFailedReturnHasAButtonToTryAgain() {
        assertThat(seen(Gallery.state(Language.FINNISH, "18-returning-failed"), "retry-2")
                        .pressable())
                .isTrue();
        assertThat(seen(Gallery.state(Language.FINNISH, "18-returning-refused"), "retry-2")
                        .pressable())
                .isFalse();
    }

    @Test
    void whileThePadIsAwayBarCodesAreAskedForOnlyWhereNoAlarmFollows() {
        String scan = Texts.in(Language.FINNISH).say("out.scan");
        String returns = Texts.in(Language.FINNISH).say("err.pad.returns");
        Seen barCodes = seen(Gallery.state(Language.FINNISH, "31-pad-lost-bar-codes"), "finish");
        assertThat(barCodes.says(scan)).isTrue();
        assertThat(barCodes.says(returns)).isFalse();
        Seen nothing = seen(Gallery.state(Language.FINNISH, "31-pad-lost-borrowing"), "finish");
        assertThat(nothing.says(scan)).isFalse();
        assertThat(nothing.says(returns)).isTrue();
    }

    @Test
    void aWrongPinNamesThePhoneOfWhoHelps() {
        KioskState wrong = Gallery.state(Language.FINNISH, "05-pin-wrong");
        String phone = wrong.around().settings().telephone();
        assertThat(seen(wrong, "cancel").says("Unohtuiko? Soita " + phone)).isTrue();
        assertThat(seen(Gallery.state(Language.FINNISH, "04-pin"), "cancel").says("Unohtuiko"))
                .isFalse();
    }

    @Test
    void whatTakesLongSaysSoAtItsRow() {
        String slow = Texts.in(Language.FINNISH).say("common.wait.long");
        for (String screen : List.of("09-borrowing-slow", "20-returning-slow")) {
            assertThat(seen(Gallery.state(Language.FINNISH, screen), "finish").says(slow))
                    .as(screen)
                    .isTrue();
        }
        for (String screen : List.of("09-borrowing-work", "20-returning-work")) {
            assertThat(seen(Gallery.state(Language.FINNISH, screen), "finish").says(slow))
                    .as(screen)
                    .isFalse();
        }
    }

    @Test
    void whatTheLibraryTellsStandsBeforeThePileAmongItAndInTheAccount() {
        String notice = Texts.in(Language.FINNISH).say("auth.notice");
        assertThat(seen(Gallery.state(Language.FINNISH, "39-borrowing-notice"), "finish")
                        .says("Tarkistathan yhteystietosi"))
                .isTrue();
        for (String screen : List.of("39-borrowing-notice-pile", "39-account-notice")) {
            assertThat(seen(Gallery.state(Language.FINNISH, screen), "finish").says(notice))
                    .as(screen)
                    .isTrue();
        }
        assertThat(seen(Gallery.state(Language.FINNISH, "11-borrowing-mixed"), "finish")
                        .says(notice))
                .isFalse();
    }

    /** A headline over an empty half would look as if there were no more. */
    @ParameterizedTest
    @CsvSource({
        "10.1-inch, standard", "10.1-inch, high-contrast", "15.6-inch, standard", "15.6-inch, reach",
        "15.6-inch, large-text", "15.6-inch, large-contrast", "21.5-inch, large-text", "upright, large-text"
    })
    void anOverdueLoanAndAHoldThatIsReadyAreSeenWithoutPaging(String display, String look) {
        for (Language language : List.of(Language.FINNISH, Language.SWEDISH, Language.ENGLISH)) {
            Map<String, KioskState> states = Gallery.states(language, ScreenLayoutTest.preferences(look));
            Seen loans = seen(
                    ScreenLayoutTest.profile(display),
                    Objects.requireNonNull(states.get("30-account-loans")),
                    "renew-all");
            assertThat(loans.says("Sinuhe egyptiläinen")).as("%s", language).isTrue();
            assertThat(loans.says(Texts.in(language).say("acc.overdue")))
                    .as("%s", language)
                    .isTrue();
            Seen holds = seen(
                    ScreenLayoutTest.profile(display),
                    Objects.requireNonNull(states.get("34-account-holds")),
                    "finish");
            assertThat(holds.says("Tuntematon sotilas")).as("%s", language).isTrue();
        }
    }
}
