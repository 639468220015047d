package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.paper.Layouts;
import fi.kimppa.kiosk.paper.Receipts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a card's number at most the last three digits stand on the receipt of loans, and only where the branch wants that. */
class CardEndTest {
    private static String paper(KioskSettings settings) {
        Play play = new Play(settings);
        play.login();
        play.lay(Play.tag(1, "3000000011"));
        play.answer(play.lent());
        play.verified();
        play.touch(new Choice.Finish());
        Printout receipt = ((KioskState.OfferingReceipt) play.state).receipt();
        return new Receipts(settings, "turku-1", 42, Layouts.BUILT_IN)
                .compose(receipt, Language.FINNISH)
                .toText(42);
    }

    @Test
    void nothingOfTheCardIsPrintedUnlessTheBranchWantsIt() {
        assertThat(paper(Play.settings(false, true))).doesNotContain("päättyy", "345");
    }

    @Test
    void atMostTheEndOfItIs() {
        assertThat(paper(Play.settings(new Personal(false, true))))
                .contains("Kortin numero päättyy: 345")
                .doesNotContain("2345");
    }

    @Test
    void theReceiptOfAReturnHasNoneOfIt() {
        KioskSettings settings = Play.settings(new Personal(false, true));
        Printout back = new Printout.ReturnReceipt(
                Play.EVENING, List.of(new Printout.Return("Taikatalvi / Tove Jansson", "3000000011", false)));
        assertThat(new Receipts(settings, "turku-1", 42, Layouts.BUILT_IN)
                        .compose(back, Language.FINNISH)
                        .toText(42))
                .doesNotContain("päättyy");
    }

    @ParameterizedTest
    @CsvSource({"2000012345, 345", "123456, 456", "12345, ''", "'', ''"})
    void aShortNumberHasNoEndThatWouldNotBeMostOfIt(String number, String end) {
        assertThat(new CardNumber(number).end()).isEqualTo(end);
    }
}
