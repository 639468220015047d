package fi.kimppa.gateway.backend.embedded.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.backend.embedded.exchange.Forms.Form;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormsTest {
    private static Form form(String name) {
        return switch (name) {
            case "number" -> Forms::number;
            case "code" -> Forms::code;
            case "truth" -> Forms::truth;
            case "whole" -> Forms.whole(1, 99);
            case "amount" -> Forms::amount;
            case "day" -> Forms::day;
            case "moment" -> Forms::moment;
            case "due" -> Forms::due;
            case "hash" -> Forms::hashOrNone;
            default -> Forms.text(5);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            number | ' 2000012345 '                  | 2000012345
            number | 2000 012345                     |
            number | 123456789012345678901234567890123 |
            code   | turku                           | TURKU
            truth  | TRUE                            | true
            truth  | 0                               | false
            truth  | maybe                           |
            whole  | 007                             | 7
            whole  | 100                             |
            whole  | 1.5                             |
            amount | 2                               | 2.00
            amount | 2.4                             | 2.40
            amount | 2,40                            |
            amount | -1                              |
            day    | 1961-02-28                      | 1961-02-28
            day    | 28.2.1961                       |
            day    | 1961-02-30                      |
            day    | 0001-01-01                      |
            moment | 2026-11-24T17:00:00+02:00       | 2026-11-24T15:00:00Z
            moment | 2026-11-24T15:00:00.1234567Z    | 2026-11-24T15:00:00.123456Z
            moment | 2026-11-24T17:00                | 2026-11-24T15:00:00Z
            moment | 2026-11-24                      | 2026-11-23T22:00:00Z
            due    | 2026-12-24                      | 2026-12-24T21:59:00Z
            moment | 24.11.2026                      |
            moment | +999999999-12-31T23:59:59Z      |
            text   | a  b                            | a  b
            text   | abcdef                          |
            hash   | ''                              | ''
            hash   | $argon2id$v=19$m=9216,t=4,p=1$c29tZXNhbHRzb21l$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGg | $argon2id$v=19$m=9216,t=4,p=1$c29tZXNhbHRzb21l$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGg
            hash   | $argon2id$v=19$m=999999,t=4,p=1$c29tZXNhbHRzb21l$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGg |
            hash   | $2y$10$abcdefghijklmnopqrstuv   |
            hash   | 1234                            |
            """)
    void givesTheCanonicalFormOrNothing(String form, String text, String canonical) {
        if (canonical == null) {
            assertThat(form(form).read(text)).isEmpty();
        } else {
            assertThat(form(form).read(text)).contains(canonical);
            assertThat(form(form).read(canonical)).as("again").contains(canonical);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, abc, true",
        "LUHN, 79927398713, true",
        "LUHN, 79927398710, false",
        "EAN, 4006381333931, true",
        "EAN, 4006381333930, false",
        "EAN, 853N06240600, false",
        "LUHN, 0, false"
    })
    void knowsCheckDigits(CheckDigit check, String number, boolean right) {
        assertThat(check.holds(number)).isEqualTo(right);
    }
}
