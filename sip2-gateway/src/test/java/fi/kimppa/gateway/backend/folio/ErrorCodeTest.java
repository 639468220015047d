package fi.kimppa.gateway.backend.folio;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.circulation.ScreenTexts;
import fi.kimppa.sip2.message.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The table of FOLIO's refusals. */
class ErrorCodeTest {
    private static Problem coded(String code) {
        return new Problem(Optional.of(code), "", Set.of());
    }

    private static Problem uncoded(String message) {
        return new Problem(Optional.empty(), message, Set.of());
    }

    @ParameterizedTest
    @EnumSource
    void hasASentenceInEveryLanguageForEveryRow(ErrorCode row) {
        ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.backend.folio.messages");
        for (Language language : List.of(Language.FINNISH, Language.SWEDISH, Language.ENGLISH)) {
            assertThat(texts.text(language, row.sentence())).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "USER_BARCODE_NOT_FOUND, card.unknown",
        "USER_IS_INACTIVE_OR_EXPIRED, card.expired",
        "USER_IS_BLOCKED_MANUALLY, card.blocked",
        "USER_IS_BLOCKED_AUTOMATICALLY, card.limit",
        "ITEM_BARCODE_NOT_FOUND, item.unknown",
        "ITEM_NOT_LOANABLE, item.reference",
        "ITEM_HAS_OPEN_LOAN, item.lent",
        "ITEM_LIMIT_MATERIAL_TYPE, loans.limit",
        "ITEM_CHECKED_OUT_TO_DIFFERENT_USER, renew.none",
        "LOAN_RENEWAL_LIMIT_REACHED, renew.limit",
        "LOAN_NOT_RENEWABLE, renew.never",
        "RENEWAL_BLOCKED_BY_HOLD_REQUEST, renew.held",
        "RENEWAL_BLOCKED_BY_RECALL, renew.held",
        "RENEWAL_WOULD_NOT_CHANGE_DUE_DATE, renew.early",
        "CALENDAR_TIMETABLE_ABSENT, staff",
        "SOMETHING_OF_A_LATER_RELEASE, staff",
        "HTTP_403, staff"
    })
    void tellsACodeAsItsSentence(String code, String sentence) {
        assertThat(ErrorCode.sentence(List.of(coded(code)))).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "Cannot check out to inactive user, card.expired",
        "Item is already checked out, item.lent",
        "No item with barcode 3 could be found, item.unknown",
        "Sinuhe (book) (Barcode: 3) has the item status Missing and cannot be checked out, item.staff",
        "Sinuhe (Barcode: 3) cannot be checked out to user Laine because it has been requested by another patron, item.held",
        "'Item is claimed returned, a resolution is required to check in', item.claimed",
        "Something else, staff"
    })
    void knowsARefusalWithoutACodeByItsMessage(String message, String sentence) {
        assertThat(ErrorCode.sentence(List.of(uncoded(message)))).isEqualTo(sentence);
    }

    @Test
    void tellsOfSeveralProblemsTheFirstInTheTable() {
        assertThat(ErrorCode.sentence(List.of(
                        coded("ITEM_LIMIT_LOAN_TYPE"),
                        coded("NEVER_HEARD_OF"),
                        coded("ITEM_NOT_LOANABLE"),
                        coded("USER_IS_BLOCKED_MANUALLY"))))
                .isEqualTo("card.blocked");
    }

    @Test
    void readsTheErrorsOfARefusalAndPrintsNoNamesAndNumbers() {
        var body = JsonMapper.builder().build().readTree("""
                {"errors":[{"message":"Laine may not have 3000000011","code":"ITEM_NOT_LOANABLE",
                  "parameters":[{"key":"userBarcode","value":"2000012345"}]}]}""");
        List<Problem> problems = Problem.of(new Answer(422, Map.of(), new Answer.Content.Json(body)));
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).contains("ITEM_NOT_LOANABLE"));
        assertThat(problems.toString()).isEqualTo("[ITEM_NOT_LOANABLE about userBarcode]");
    }

    @Test
    void readsARefusalThatIsNoJsonAsItsStatus() {
        assertThat(Problem.of(new Answer(404, Map.of(), new Answer.Content.Text("Not found"))))
                .extracting(Problem::code)
                .containsExactly(Optional.of("HTTP_404"));
    }
}
