package fi.kimppa.device.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.card.KeyboardWedge.Heard;
import fi.kimppa.device.card.KeyboardWedge.Rhythm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys with their times in, codes and a person's keys out. */
class KeyboardWedgeTest {
    private static final long MS = 1_000_000;

    private final List<Heard<String>> heard = new ArrayList<>();
    private KeyboardWedge<String> wedge = new KeyboardWedge<>(ScanRules.USUAL, Rhythm.USUAL);
    private long now = 7 * MS;

    @Test
    void hearsACodeAndNoKeyOfIt() {
        types("853N06240600\r", 5);
        assertThat(heard).containsExactly(scanned("853N06240600"));
        quiet();
        assertThat(heard).hasSize(1);
    }

    @Test
    void passesOnWhatAPersonTypes() {
        types("1234\r", 120);
        quiet();
        assertThat(typed()).isEqualTo("1234\r");
        assertThat(scans()).isEmpty();
    }

    @Test
    void holdsAKeyBackForNoLongerThanAFastKeyTakes() {
        press('7');
        assertThat(heard).isEmpty();
        assertThat(wedge.due()).hasValue(now + 40 * MS + 1);
        heard.addAll(wedge.silence(now + 40 * MS));
        assertThat(heard).isEmpty();
        heard.addAll(wedge.silence(wedge.due().getAsLong()));
        assertThat(typed()).isEqualTo("7");
        assertThat(wedge.due()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # ms between keys, scanned, typed
        1,                 true,    false
        40,                true,    false
        41,                false,   true
        300,               false,   true
        """)
    void tellsAScannerByItsPace(int pace, boolean scanned, boolean typed) {
        types("2000012345\r", pace);
        quiet();
        assertThat(scans().equals("2000012345")).isEqualTo(scanned);
        assertThat(typed().equals("2000012345\r")).isEqualTo(typed);
        assertThat(heard).hasSize(scanned ? 1 : 11);
    }

    @Test
    void letsNothingOfABrokenScanThrough() {
        types("2000012345", 5);
        quiet();
        assertThat(heard).isEmpty();
        // Too long, and a character that the site does not have.
        types("7".repeat(500) + "\r", 5);
        wedge = new KeyboardWedge<>(
                new ScanRules(
                        "", new ScanRules.Suffix.Usual(), 1, 64, Duration.ZERO, ScanRules.Alphabet.DIGITS, Set.of()),
                Rhythm.USUAL);
        types("853N06240600\r", 5);
        quiet();
        assertThat(heard).isEmpty();
        types("2000012345\r", 5);
        assertThat(scans()).isEqualTo("2000012345");
    }

    @Test
    void waitsForAScannerThatTheWindowSystemHoldsUp() {
        types("20000", 5);
        now += 140 * MS;
        types("12345\r", 5);
        assertThat(heard).containsExactly(scanned("2000012345"));
    }

    @Test
    void takesTheLineFeedBehindACarriageReturn() {
        types("2000012345\r\n", 5);
        quiet();
        assertThat(heard).containsExactly(scanned("2000012345"));
        press('\n');
        quiet();
        assertThat(typed()).isEqualTo("\n");
    }

    @Test
    void countsACodeThatIsHeldInFrontOnce() {
        types("2000012345\r", 5);
        now += 500 * MS;
        types("2000012345\r", 5);
        now += 2_000 * MS;
        types("2000012345\r", 5);
        assertThat(heard).containsExactly(scanned("2000012345"), scanned("2000012345"));
    }

    @Test
    void takesOffPrefixAndSymbology() {
        wedge = new KeyboardWedge<>(
                new ScanRules(
                        "~",
                        new ScanRules.Suffix.Silence(),
                        1,
                        64,
                        Duration.ZERO,
                        ScanRules.Alphabet.PRINTABLE,
                        Set.of()),
                Rhythm.USUAL);
        types("~]C0853N06240600", 5);
        assertThat(heard).isEmpty();
        quiet();
        assertThat(heard).containsExactly(new Heard.Scanned<>(new Scan("853N06240600", Optional.of("]C0"))));
    }

    @Test
    void doesNotMindTheShiftKeysOfAScanner() {
        for (char c : new char[] {'8', '5', '3', 0, 'N', '0', '6', 0, 'X', '\r'}) {
            press(c);
            now += 5 * MS;
        }
        assertThat(scans()).isEqualTo("853N06X");
        assertThat(typed()).isEqualTo("\0\0");
    }

    @Test
    void letsAHeldBackspaceRepeat() {
        press('1');
        now += 20 * MS;
        types("\b\b\b\b\b\b\b\b", 30);
        assertThat(typed()).isEqualTo("1\b\b\b\b\b\b\b\b");
    }

    @Test
    void neverMixesAPersonAndAScanner() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            wedge = new KeyboardWedge<>(ScanRules.USUAL, Rhythm.USUAL);
            heard.clear();
            var persons = new StringBuilder();
            var scanners = new StringBuilder();
            for (int turns = 1 + random.nextInt(6); turns > 0; turns--) {
                if (random.nextBoolean()) {
                    String code = Long.toString(1_000 + Math.abs(random.nextLong() / 2));
                    types(code + "\r", 1 + random.nextInt(40));
                    scanners.append(code);
                } else {
                    for (int keys = 1 + random.nextInt(8); keys > 0; keys--) {
                        char key = "0123456789\r*".charAt(random.nextInt(12));
                        now += (41 + random.nextInt(500)) * MS;
                        press(key);
                        persons.append(key);
                    }
                }
                now += (151 + random.nextInt(500)) * MS;
            }
            quiet();
            assertThat(typed()).as("seed %d", seed).isEqualTo(persons.toString());
            assertThat(scans()).as("seed %d", seed).isEqualTo(scanners.toString());
        }
    }

    @Test
    void servesAKeypadThatIsAKeyboard() {
        types("12*#\r\b\u001Ba\n", 200);
        quiet();
        List<KeypadKey> keys = typed().chars()
                .mapToObj(c -> KeypadKey.of((char) c))
                .flatMap(Optional::stream)
                .toList();
        assertThat(keys)
                .containsExactly(
                        new KeypadKey.Digit(1),
                        new KeypadKey.Digit(2),
                        new KeypadKey.Clear(),
                        new KeypadKey.Enter(),
                        new KeypadKey.Enter(),
                        new KeypadKey.Clear(),
                        new KeypadKey.Clear());
    }

    @Test
    void refusesARhythmThatTellsNothing() {
        Duration fast = Duration.ofMillis(40);
        assertThatThrownBy(() -> new Rhythm(fast, fast, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rhythm(fast, Duration.ofMillis(39), 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rhythm(Duration.ZERO, fast, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private void types(String text, int pace) {
        for (int i = 0; i < text.length(); i++) {
            press(text.charAt(i));
            now += pace * MS;
        }
    }

    private void press(char c) {
        heard.addAll(wedge.press(String.valueOf(c), c, now));
    }

    private void quiet() {
        now += 1_000 * MS;
        heard.addAll(wedge.silence(now));
    }

    private String typed() {
        return heard.stream()
                .map(event -> event instanceof Heard.Typed<String>(String key) ? key : "")
                .collect(Collectors.joining());
    }

    private String scans() {
        return heard.stream()
                .map(event -> event instanceof Heard.Scanned<String>(Scan scan) ? scan.text() : "")
                .collect(Collectors.joining());
    }

    private static Heard<String> scanned(String code) {
        return new Heard.Scanned<>(new Scan(code, Optional.empty()));
    }
}
