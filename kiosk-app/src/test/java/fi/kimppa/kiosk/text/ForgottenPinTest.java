package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.screen.Gallery;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A PIN is a matter of memory: after the first wrong try the screen says who helps (A35). */
class ForgottenPinTest {
    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#languages")
    void theFirstWrongTryNamesTheLibrarysPhone(Language language) {
        AskingPin wrong = (AskingPin) Gallery.state(language, "05-pin-wrong");
        assertThat(wrong.wrong()).isEqualTo(1);
        String phone = wrong.around().settings().telephone();
        assertThat(phone).isNotBlank();
        assertThat(Wording.complaint(Texts.in(language), wrong))
                .hasSize(2)
                .last()
                .asString()
                .contains(phone);
    }

    @Test
    void nothingIsSaidBeforeTheFirstTry() {
        AskingPin fresh = (AskingPin) Gallery.state(Language.FINNISH, "04-pin");
        assertThat(Wording.complaint(Texts.in(Language.FINNISH), fresh)).isEmpty();
    }
}
