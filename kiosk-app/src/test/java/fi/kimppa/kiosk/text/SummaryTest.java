package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.KioskState.Result;
import fi.kimppa.kiosk.session.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static List<String> said(int returned, int not) {
        return Summary.of(Texts.in(Language.FINNISH), new Result(Result.Task.RETURNED, returned, not, 0, 0));
    }

    @Test
    void saysHowManyThingsDidNotComeBack() {
        assertThat(said(2, 1)).containsExactly("2 palautettu.", "1 ei palautettu.");
        assertThat(said(2, 0)).containsExactly("2 palautettu.");
    }
}
