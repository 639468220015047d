package fi.kimppa.kiosk.text;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.DueDate;
import fi.kimppa.kiosk.session.ItemKey;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A due date that cannot be right is marked on the screen as it is on paper. */
class DueDateWordingTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    private final Texts finnish = Texts.in(Language.FINNISH);

    @ParameterizedTest
    @CsvSource({"2026-11-25, false", "2026-11-24, true", "2026-11-01, true", "'', true", "myöhemmin, false"})
    void aFreshLoanIsMarkedUnlessItIsDueAfterToday(String text, boolean marked) {
        Optional<DueDate> due = DueDate.of(text);
        List<LoanState> fresh = List.of(
                new LoanState.Securing(due),
                new LoanState.Done(due),
                new LoanState.PutBack(due),
                new LoanState.SeeStaff(due),
                new LoanState.Renewed(due));
        assertThat(fresh)
                .allSatisfy(state -> assertThat(
                                Wording.loan(finnish, state, TODAY).lines().contains("Tarkista eräpäivä."))
                        .isEqualTo(marked));
    }

    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#usual")
    void theDateIsSaidFirstAndThenThatItWantsChecking(Language language) {
        Texts texts = Texts.in(language);
        LoanState state = new LoanState.PutBack(DueDate.of("2026-11-24"));
        assertThat(Wording.loan(texts, state, TODAY).lines())
                .containsExactly(
                        texts.say("out.due", "date", texts.day(TODAY)),
                        texts.say("out.due.check"),
                        texts.say("out.putback"));
    }

    /** What is due today and was lent long ago is right. */
    @Test
    void aLoanOfBeforeIsNotMarked() {
        Optional<DueDate> today = DueDate.of("2026-11-24");
        for (LoanState old : List.of(new LoanState.RenewOffer(today), new LoanState.Kept(today))) {
            assertThat(Wording.loan(finnish, old, TODAY).lines()).hasSize(1);
        }
    }

    @Test
    void aLoanWithoutConnectionSaysThatItsDateComesLater() {
        LoanRow row = new LoanRow(
                        1,
                        Optional.of(ItemKey.scanned("3000000011")),
                        List.of(),
                        Optional.empty(),
                        new LoanState.Done(Optional.empty()))
                .heardLater(true);
        assertThat(OffLineWording.loan(finnish, row, TODAY).lines()).containsExactly(finnish.say("out.later.nodue"));
    }
}
