package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.runtime.StaffPins;
import fi.kimppa.kiosk.session.StaffCard;
import fi.kimppa.sip2.wire.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class StaffCardCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

    private int run(String input, String... args) {
        StaffCardCommand command = new StaffCardCommand(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(complaints, true, StandardCharsets.UTF_8));
        return new CommandLine(command).execute(args);
    }

    @Test
    void makesALineThatTheKioskTakes() {
        assertThat(run("4900000017\n654321\n654321\n", "--name", "kortti 3")).isZero();
        StaffCard card = StaffCard.parse(out.toString(StandardCharsets.UTF_8).strip());
        assertThat(StaffPins.right(card, Secret.of("654321"))).isTrue();
        KioskConfiguration configuration = KioskConfiguration.parse("kiosk.json", """
                {"login": "k", "password": "p", "institution": "T", "branch": "T", "data": "data/kiosk",
                 "gateway": {"sip2": "sip2:tcp:127.0.0.1:6001", "http": "http://127.0.0.1:8080"},
                 "devices": {"keyboardScanner": true}, "switchedOffElsewhere": true,
                 "cardNumbers": {"letters": "upper", "change": "pad", "digits": 11},
                 "staffCards": ["%s"], "bins": {"other": {"1": "2"}}, "lend": {"acquisition": false}}
                """.formatted(card.line()));
        assertThat(configuration.settings().cards().staff()).containsExactly(card);
        assertThat(configuration.settings().cards().numbers().apply("ab1").number())
                .isEqualTo("AB1");
        assertThat(configuration.settings().otherBins()).containsEntry("1", "2");
        assertThat(configuration.settings().usage().acquisition()).isFalse();
        assertThat(configuration.toString()).doesNotContain(card.pin());
    }

    @ParameterizedTest
    @CsvSource({
        "4900000017, 12345, 12345, kortti 3, 6 to 10 digits",
        "4900000017, 123456, 123457, kortti 3, not the same",
        "4900000017, 12345a, 12345a, kortti 3, 6 to 10 digits",
        "4900000017, 123456, 123456, a$b, Expected a name",
    })
    void saysWhatIsWrong(String number, String pin, String again, String name, String words) {
        assertThat(run(number + "\n" + pin + "\n" + again + "\n", "--name", name))
                .isEqualTo(2);
        assertThat(complaints.toString(StandardCharsets.UTF_8)).contains(words);
        assertThat(out.size()).isZero();
    }
}
