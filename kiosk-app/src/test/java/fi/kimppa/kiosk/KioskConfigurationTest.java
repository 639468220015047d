package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.card.UidNumber;
import fi.kimppa.kiosk.paper.Layouts;
import fi.kimppa.kiosk.session.Extra;
import fi.kimppa.kiosk.session.Gates;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.speech.Engine;
import fi.kimppa.kiosk.speech.SpeechService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KioskConfigurationTest {
    private static final String WHOLE = """
            {
              "login": "kiosk-turku", "password": "long-and-random",
              "institution": "TURKU", "branch": "TURKU",
              "gateway": {"sip2": "sip2:tcp:127.0.0.1:6001", "http": "http://127.0.0.1:8080"},
              "devices": {"pad": "feig:tcp:127.0.0.1:10001"},
              "data": "/var/lib/kimppa/kiosk",
              "languages": ["sv", "fi"],
              "clockStart": "2026-11-24T17:30:00Z",
              "pin": {"mostDigits": 6},
              "keysApartMillis": 500,
              "speech": {"engine": "piper", "voices": {"fi": "/v/harri.onnx"}, "jack": "/dev/input/event7"},
              "library": {"name": "Turun kaupunginkirjasto", "names": {"MYNAMAKI": "Mynämäki"}, "owners": ["FI-Turku"]}
            }""";

    @Test
    void readsWhatIsThereAndKnowsTheRest() {
        KioskConfiguration configuration = KioskConfiguration.parse("kiosk.json", WHOLE);
        assertThat(configuration.sip2().port()).isEqualTo(6001);
        assertThat(configuration.giveUp()).isEqualTo(Duration.ofSeconds(15));
        assertThat(configuration.printer()).isEmpty();
        assertThat(configuration.keysApart()).isEqualTo(Duration.ofMillis(500));
        assertThat(configuration.speech())
                .contains(new SpeechConfiguration(
                        new SpeechService.Settings(
                                new Engine.Piper("piper", Map.of(Language.FINNISH, Path.of("/v/harri.onnx"))),
                                "aplay",
                                "default"),
                        Optional.of(Path.of("/dev/input/event7")),
                        false,
                        true));
        assertThat(configuration.clockStart()).contains(Instant.parse("2026-11-24T17:30:00Z"));
        assertThat(configuration.settings().branchLanguage()).isEqualTo(Language.SWEDISH);
        assertThat(configuration.settings().mostPinDigits()).isEqualTo(6);
        assertThat(configuration.settings().nameOf("MYNAMAKI")).isEqualTo("Mynämäki");
        assertThat(configuration.settings().nameOf("UKI")).isEqualTo("UKI");
        assertThat(configuration.feedEvery()).isEqualTo(Duration.ofMinutes(10));
        assertThat(configuration.settings().newsTurn()).isEqualTo(Duration.ofSeconds(12));
        assertThat(configuration.settings().offers(Extra.STARS)).isTrue();
    }

    @Test
    void offersTheSearchUnlessItIsSwitchedOff() {
        assertThat(KioskConfiguration.parse("kiosk.json", WHOLE).settings().offers(Extra.SEARCH))
                .isTrue();
        String off = WHOLE.replace("\"pin\":", "\"search\": false, \"pin\":");
        assertThat(KioskConfiguration.parse("kiosk.json", off).settings().offers(Extra.SEARCH))
                .isFalse();
    }

    @Test
    void readsWhereTagsAreSwitchedOff() {
        assertThat(gates("\"gates\": true")).isEqualTo(Gates.ALARM);
        assertThat(gates("\"gates\": false")).isEqualTo(Gates.NONE);
        assertThat(gates("\"switchedOffElsewhere\": true")).isEqualTo(Gates.ALARM_OR_ELSEWHERE);
        assertThat(gates("\"gates\": false, \"switchedOffElsewhere\": true")).isEqualTo(Gates.NONE);
    }

    private static Gates gates(String keys) {
        return KioskConfiguration.parse("kiosk.json", WHOLE.replace("\"keysApartMillis\": 500", keys))
                .settings()
                .gates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "gates": true                  | false
            "gates": false                 | true
            "switchedOffElsewhere": true   | true
            "returnOnly": true             | true
            "functions": {"borrow": false} | true
            """)
    void aKioskWithoutAPadMustSayHowThingsPassTheGates(String keys, boolean good) {
        String file = WHOLE.replace("\"pad\": \"feig:tcp:127.0.0.1:10001\"", "\"keyboardScanner\": true")
                .replace("\"keysApartMillis\": 500", keys);
        if (good) {
            assertThat(KioskConfiguration.parse("kiosk.json", file).pad()).isEmpty();
        } else {
            assertThatThrownBy(() -> KioskConfiguration.parse("kiosk.json", file))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("devices: expected a pad, or gates to be false");
        }
    }

    @Test
    void printsNoPassword() {
        assertThat(KioskConfiguration.parse("kiosk.json", WHOLE).toString()).doesNotContain("long-and-random");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "login": "kiosk-turku",          | ''                                 | kiosk.json: login: expected a text, found nothing
                    "sip2:tcp:127.0.0.1:6001"        | "somewhere"                        | kiosk.json: gateway.sip2: a SIP2 address is
                    "http://127.0.0.1:8080"          | "ftp://x"                          | kiosk.json: gateway.http: expected http://HOST:PORT
                    "feig:tcp:127.0.0.1:10001"       | "feig"                             | kiosk.json: devices.pad: Device address 'feig'
                    "mostDigits": 6                  | "mostDigits": 60                   | kiosk.json: pin.mostDigits: expected a whole number from 1 to 20
                    "pin": {                         | "pins": {                          | kiosk.json: pins: unknown key, expected one of
                    "owners"                         | "owner"                            | kiosk.json: library.owner: unknown key
                    ["sv", "fi"]                     | ["xx"]                             | languages: expected some of en, fi,
                    2026-11-24T17:30:00Z             | yesterday                          | kiosk.json: clockStart:
                    "keysApartMillis": 500           | "feed": {"fetchMinutes": 1441}     | kiosk.json: feed.fetchMinutes: expected a whole number from 0 to 1440
                    "keysApartMillis": 500           | "switchedOffElsewhere": "no"       | kiosk.json: switchedOffElsewhere: expected
                    "feig:tcp:127.0.0.1:10001"       | "feig:tcp:127.0.0.1:10001", "cardChip": "backwards" | kiosk.json: devices.cardChip: expected one of all, as read, hex upper
                    "keysApartMillis": 500           | "feed": {"minutes": 1}             | kiosk.json: feed.minutes: unknown key
                    "engine": "piper"                | "engine": "none"                   | speech.engine: none cannot be heard in headphones
                    "engine": "piper"                | "engine": "festival"               | speech.engine: expected espeak-ng, piper or none
                    "jack"                           | "jacks"                            | kiosk.json: speech.jacks: unknown key
                    {"fi": "/v/harri.onnx"}          | {"de": "/v/x.onnx"}                | speech.voices: expected some of
                    "branch": "TURKU",               | "branch": "TURKU"                  | kiosk.json: no JSON at line
                    """)
    void namesTheKeyThatIsWrong(String part, String instead, String message) {
        assertThatThrownBy(() -> KioskConfiguration.parse("kiosk.json", WHOLE.replace(part, instead)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("long-and-random");
    }

    @Test
    void aReaderOfContactlessCardsStandsBesideTheScanner() {
        KioskConfiguration read = KioskConfiguration.parse(
                "kiosk.json",
                WHOLE.replace(
                        "\"feig:tcp:127.0.0.1:10001\"",
                        "\"feig:tcp:127.0.0.1:10001\", \"card\": \"card:pcsc:*\", \"cardChip\": \"all, reversed, decimal\""));
        assertThat(read.card()).isPresent();
        assertThat(read.chip().of(new byte[] {1, 2, 3, 4})).isEqualTo("67305985");
        assertThat(KioskConfiguration.parse("kiosk.json", WHOLE).chip()).isEqualTo(UidNumber.AS_READ);
    }

    @Test
    void partsInACaseAreTakenOnTrustOnlyWhereTheBranchSaysSo() {
        assertThat(KioskConfiguration.parse("kiosk.json", WHOLE)
                        .settings()
                        .pile()
                        .partsInCase())
                .isFalse();
        assertThat(KioskConfiguration.parse(
                                "kiosk.json",
                                WHOLE.replace(
                                        "\"keysApartMillis\": 500",
                                        "\"functions\": {\"parts\": true}, \"keysApartMillis\": 500"))
                        .settings()
                        .pile()
                        .partsInCase())
                .isTrue();
    }

    @Test
    void soundsNeedNoVoice() {
        KioskConfiguration heard = KioskConfiguration.parse(
                "kiosk.json",
                WHOLE.replace(
                        "{\"engine\": \"piper\", \"voices\": {\"fi\": \"/v/harri.onnx\"}, \"jack\": \"/dev/input/event7\"}",
                        "{\"engine\": \"none\", \"device\": \"plughw:1,0\"}"));
        assertThat(heard.speech()).hasValueSatisfying(speech -> {
            assertThat(speech.sounds()).isTrue();
            assertThat(speech.voice()).isFalse();
        });
        assertThat(heard.settings().voice())
                .as("nobody is told to plug in headphones")
                .isFalse();
    }

    @Test
    void anotherServerHasNoFeedAndTakesNoStars() {
        KioskConfiguration elsewhere = KioskConfiguration.parse(
                "kiosk.json", WHOLE.replace("\"keysApartMillis\": 500", "\"kimppaGateway\": false"));
        assertThat(elsewhere.feedEvery()).isZero();
        assertThat(elsewhere.settings().offers(Extra.STARS)).isFalse();
    }

    private static KioskConfiguration read(Path folder, String keys) throws IOException {
        Path file = folder.resolve("kiosk.json");
        Files.writeString(file, WHOLE.replace("\"languages\": [\"sv\", \"fi\"]", keys));
        return KioskConfiguration.read(file);
    }

    @Test
    void takesLayoutsFromItsOwnFolder(@TempDir Path folder) throws IOException {
        assertThat(KioskConfiguration.parse("kiosk.json", WHOLE).layouts()).isSameAs(Layouts.BUILT_IN);
        Path own = folder.resolve("own.layout");
        Files.writeString(own, "[transfer-slip]\nleft: {bin} {item} {destination}\n");
        assertThat(read(folder, "\"receipts\": \"own.layout\"").layouts()).isNotSameAs(Layouts.BUILT_IN);
        Files.writeString(own, "[transfer-slip]\nleft: {bin} {item} {patron} {destination}\n");
        assertThatThrownBy(() -> read(folder, "\"receipts\": \"own.layout\""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kiosk.json: receipts: ")
                .hasMessageContaining("own.layout, line 2: {patron}: a slip names nobody");
    }

    @Test
    void learnsLanguagesFromItsOwnFolder(@TempDir Path folder) throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("messages_qba.properties"), """
                @sip2=015
                @fallback=fi
                @plural=one: n = 1
                @date=d.M.uuuu
                @time=H.mm
                @money={euros},{cents} €
                language.name=Qba
                """);
        assertThat(read(folder, "\"texts\": \"texts\"").settings().languages())
                .extracting(Language::tag)
                .containsExactly("fi", "sv", "en", "qba");
        assertThat(read(folder, "\"languages\": [\"se\", \"qba\"]").settings().languages())
                .extracting(Language::tag)
                .containsExactly("se", "qba");
        assertThatThrownBy(() -> read(folder, "\"texts\": \"tekstit\""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kiosk.json: texts: ");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> KioskConfiguration.read(Path.of("/nowhere/kiosk.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("/nowhere/kiosk.json: cannot be read");
    }
}
