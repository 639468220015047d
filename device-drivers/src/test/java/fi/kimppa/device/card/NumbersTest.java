package fi.kimppa.device.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import fi.kimppa.device.card.CardNumberRules.Length;
import fi.kimppa.device.card.CardNumberRules.Letters;
import fi.kimppa.device.card.CardNumberRules.Rule;
import fi.kimppa.device.card.ItemNumberRules.Verdict;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of items and cards: check characters, patterns, the form that the library system knows. */
class NumbersTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        # computed with independent scripts; the EAN is that of a real book
        LUHN,    2285300012345, 1
        CODE_39, 853N0624060,   E
        EAN,     978951011369,  1
        # the usual example of Luhn's sum
        LUHN,    7992739871,    3
        # by hand: 12 + 24 + 13 + 14 + 38 + 3 + 9 = 113, 27 over 86
        CODE_39, CODE 39,       R
        """)
    void computesTheCheckCharacter(CheckDigit check, String payload, char expected) {
        assertThat(check.of(payload)).isEqualTo(expected);
        assertThat(check.holds(payload + expected)).isTrue();
        assertThat(check.holds(payload)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void noticesEveryWrongCharacter(CheckDigit check) {
        String characters = check == CheckDigit.CODE_39 ? "0123456789ABCXYZ-. $/+%" : "0123456789";
        var random = new Random(43);
        for (int i = 0; i < 200; i++) {
            var payload = new StringBuilder();
            for (int c = 0; c < 13; c++) {
                payload.append(characters.charAt(random.nextInt(characters.length())));
            }
            String number = payload.toString() + check.of(payload.toString());
            assertThat(check.holds(number)).as(number).isTrue();
            int at = random.nextInt(number.length());
            char other = characters.charAt(random.nextInt(characters.length()));
            String wrong = number.substring(0, at) + other + number.substring(at + 1);
            assertThat(check.holds(wrong)).as(wrong).isEqualTo(wrong.equals(number));
        }
    }

    @Test
    void hasNoCheckCharacterForOtherCharacters() {
        assertThat(CheckDigit.LUHN.holds("")).isFalse();
        assertThat(CheckDigit.LUHN.holds("0")).isFalse();
        assertThat(CheckDigit.LUHN.holds("853N")).isFalse();
        assertThat(CheckDigit.EAN.holds("٣٣")).isFalse();
        assertThat(CheckDigit.NONE.holds("")).isTrue();
        assertThatThrownBy(() -> CheckDigit.CODE_39.of("abc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CheckDigit.NONE.of("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        A22853000123451B, ]F0, 22853000123451
        a22853000123451d, ]F0, 22853000123451
        A12-3:B,          ]F0, 12-3:
        A22853000123451B, '',  22853000123451
        # a wrong check digit, another length, another symbology: the letters belong to the number
        A22853000123452B, '',  A22853000123452B
        A123B,            '',  A123B
        A22853000123451B, ]C0, A22853000123451B
        22853000123451,   ]F0, 22853000123451
        AB,               ]F0, AB
        """)
    void stripsStartAndStopOfACodabar(String code, String aim, String expected) {
        assertThat(Symbology.withoutStartAndStop(code, aim.isEmpty() ? Optional.empty() : Optional.of(aim)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"]C0, CODE_128", "]A1, CODE_39", "]F0, CODABAR", "]E0, EAN", "]I0, INTERLEAVED_2_OF_5", "]Q3, QR"})
    void knowsTheSymbologies(String aim, Symbology symbology) {
        assertThat(Symbology.of(aim)).contains(symbology);
        assertThat(Symbology.of("]X0")).isEmpty();
        assertThat(Symbology.of("C0")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        853N06240600,        '',  ACCEPTED
        611N00576578,        ]C0, ACCEPTED
        32853000123459,      '',  ACCEPTED
        32853000123450,      '',  WRONG_CHECK
        LVASK123997709,      '',  NO_PATTERN
        9789510113691,       '',  TRADE_NUMBER
        9789510113691,       ]E0, TRADE_NUMBER
        9771234567898,       ]E0, TRADE_NUMBER
        '9771234567898 01',  ]E0, TRADE_NUMBER
        977123456789812345,  '',  TRADE_NUMBER
        # thirteen digits that are no trade number: wrong check digit, or another symbology
        9789510113692,       '',  NO_PATTERN
        9789510113691,       ]C0, NO_PATTERN
        """)
    void acceptsWhatLooksLikeTheSitesNumbers(String code, String aim, Verdict expected) {
        var rules = new ItemNumberRules(
                List.of(
                        NumberPattern.of("[0-9]{3}N[0-9]{8}", CheckDigit.NONE),
                        NumberPattern.of("3[0-9]{13}", CheckDigit.LUHN)),
                false);
        var scan = new Scan(code, aim.isEmpty() ? Optional.empty() : Optional.of(aim));
        assertThat(rules.judge(scan)).isEqualTo(expected);
        assertThat(new ItemNumberRules(List.of(), true).judge(scan)).isEqualTo(Verdict.ACCEPTED);
        assertThat(new ItemNumberRules(List.of(), false).judge(scan))
                .isEqualTo(expected == Verdict.TRADE_NUMBER ? Verdict.TRADE_NUMBER : Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # separators, strip, length, change,       letters, add,   read,           number
        false,        '',    '',     '',           AS_READ, '',    lvask123,       lvask123
        false,        '',    '',     '',           UPPER,   '',    lvask123,       LVASK123
        false,        '',    '',     '',           LOWER,   '',    LVASK123,       lvask123
        true,         '',    '',     '',           AS_READ, '',    '2285 3000-12', 2285300012
        false,        '',    11,     PAD,          AS_READ, '',    7800116607,     07800116607
        false,        '',    10,     STRIP,        AS_READ, '',    07800116607,    7800116607
        false,        '',    10,     STRIP,        AS_READ, '',    17800116607,    17800116607
        false,        '',    10,     STRIP,        AS_READ, '',    007,            007
        false,        '',    11,     PAD_OR_STRIP, AS_READ, '',    0007800116607,  07800116607
        false,        '',    11,     PAD_OR_STRIP, AS_READ, '',    7800116607,     07800116607
        false,        '',    11,     PAD,          AS_READ, '',    A123,           A123
        false,        FI-,   '',     '',           AS_READ, '',    fi-123,         123
        false,        FI-,   '',     '',           AS_READ, '',    FI-,            FI-
        false,        '',    '',     '',           AS_READ, K,     123,            K123
        false,        '',    '',     '',           AS_READ, K,     k123,           k123
        true,         fi,    6,      PAD,          UPPER,   k,     'FI 12-34',     k001234
        """)
    void bringsCardNumbersToTheSitesForm(
            boolean separators,
            String strip,
            String length,
            String change,
            Letters letters,
            String add,
            String read,
            String number) {
        var rules = new CardNumberRules(
                separators,
                strip,
                length.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Length(Integer.parseInt(length), Length.Change.valueOf(change))),
                letters,
                add);
        assertThat(rules.apply(read).number()).isEqualTo(number);
        assertThat(CardNumberRules.AS_READ.apply(read).number()).isEqualTo(read);
        assertThat(CardNumberRules.AS_READ.apply(read).steps()).isEmpty();
    }

    @Test
    void showsWhatItDidToANumber() {
        var rules = new CardNumberRules(true, "FI", Optional.of(new Length(6, Length.Change.PAD)), Letters.LOWER, "K");
        CardNumberRules.Result result = rules.apply("FI 12-34");
        assertThat(result.read()).isEqualTo("FI 12-34");
        assertThat(result.steps())
                .extracting(CardNumberRules.Step::rule, CardNumberRules.Step::number)
                .containsExactly(
                        tuple(Rule.SEPARATORS, "FI1234"),
                        tuple(Rule.STRIP, "1234"),
                        tuple(Rule.LENGTH, "001234"),
                        tuple(Rule.ADD, "K001234"));
        assertThat(result.toString()).doesNotContain("1234");
        assertThatThrownBy(() -> new Length(0, Length.Change.PAD)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # uid,          part,       order,    digits,         number
        04A1B2C3D4E5F6, ALL,        AS_READ,  HEX_UPPER,      04A1B2C3D4E5F6
        04A1B2C3D4E5F6, ALL,        REVERSED, HEX_LOWER,      f6e5d4c3b2a104
        04A1B2C3D4E5F6, FIRST_FOUR, AS_READ,  DECIMAL,        77705923
        04A1B2C3D4E5F6, FIRST_FOUR, AS_READ,  DECIMAL_PADDED, 0077705923
        04A1B2C3D4E5F6, LAST_FOUR,  REVERSED, HEX_UPPER,      F6E5D4C3
        04A1B2C3D4E5F6, LAST_FOUR,  AS_READ,  DECIMAL,        3285509622
        01020304,       ALL,        REVERSED, DECIMAL,        67305985
        01020304,       LAST_FOUR,  AS_READ,  DECIMAL_PADDED, 0016909060
        """)
    void writesAChipNumberAsSystemsDo(
            String uid, UidNumber.Part part, UidNumber.Order order, UidNumber.Digits digits, String number) {
        byte[] bytes = HexFormat.of().parseHex(uid);
        var way = new UidNumber(part, order, digits);
        assertThat(way.of(bytes)).isEqualTo(number);
        assertThat(UidNumber.all(bytes)).containsValue(number);
    }

    @Test
    void showsEveryWayToWriteAChipNumberOnce() {
        assertThat(UidNumber.all(HexFormat.of().parseHex("04A1B2C3D4E5F6")))
                .hasSizeBetween(20, 24)
                .doesNotContainValue("")
                .containsEntry(
                        new UidNumber(UidNumber.Part.ALL, UidNumber.Order.AS_READ, UidNumber.Digits.HEX_UPPER),
                        "04A1B2C3D4E5F6");
        // Of four bytes the parts are the whole.
        assertThat(UidNumber.all(HexFormat.of().parseHex("A1B2C3D4")).keySet())
                .allSatisfy(way -> assertThat(way.part()).isEqualTo(UidNumber.Part.ALL));
        assertThat(new UidNumber(UidNumber.Part.FIRST_FOUR, UidNumber.Order.REVERSED, UidNumber.Digits.DECIMAL))
                .hasToString("first four, reversed, decimal");
        assertThatThrownBy(() -> UidNumber.all(new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }
}
