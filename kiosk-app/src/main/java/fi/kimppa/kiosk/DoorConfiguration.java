package fi.kimppa.kiosk;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.kiosk.door.DoorSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.wire.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that a door terminal must be told, read from one JSON file. Example:
 *
 * <pre>{@code
 * {
 *   "login": "door-lieto", "password": "…",
 *   "gateway": {"http": "http://127.0.0.1:8080"},
 *   "devices": {"lock": "modbus:tcp:192.0.2.9:502?flash=512", "reader": "scanner:serial:/dev/ttyACM0", "keypad": "keypad:serial:/dev/ttyUSB1"},
 *   "telephone": "02 000 0000", "language": "fi", "data": "/var/lib/kimppa/door"
 * }
 * }</pre>
 *
 * @param door the terminal's own part
 * @param reportEvery pause after which a report goes although nothing has changed
 * @param language of the sentences
 * @param data folder for what the devices have done, if that is to be kept
 * @param clockStart what this program's clock shows when it starts, for demonstrations
 */
public record DoorConfiguration(
        DoorSettings door, Duration reportEvery, Language language, Optional<Path> data, Optional<Instant> clockStart) {
    /**
     * Reads a file.
     *
     * @throws ConfigurationException naming the file, the key and what was expected
     */
    public static DoorConfiguration read(Path file) {
        return read(Section.read(file));
    }

    /**
     * Reads the text of a file.
     *
     * @param name what errors call it
     * @throws ConfigurationException naming the key and what was expected
     */
    public static DoorConfiguration parse(String name, String json) {
        return read(Section.parse(name, json));
    }

    private static DoorConfiguration read(Section file) {
        Section gateway = file.section("gateway");
        Section devices = file.section("devices");
        DoorConfiguration configuration = new DoorConfiguration(
                new DoorSettings(
                        gateway.required("http", KioskConfiguration::http),
                        gateway.optionalText("httpCertificate"),
                        file.text("login"),
                        Secret.of(file.text("password")),
                        devices.required("lock", DeviceAddress::parse),
                        devices.required("reader", DeviceAddress::parse),
                        devices.optional("keypad", DeviceAddress::parse),
                        file.text("telephone"),
                        gateway.seconds("answerSeconds", Duration.ofSeconds(5), 1, 30)),
                gateway.seconds("reportSeconds", Duration.ofSeconds(10), 1, 300),
                file.optional("language", DoorConfiguration::language).orElse(Language.FINNISH),
                file.optional("data", Path::of),
                file.instant("clockStart"));
        gateway.nothingElse();
        devices.nothingElse();
        file.nothingElse();
        return configuration;
    }

    private static Language language(String tag) {
        return Texts.language(tag).orElseThrow(() -> new IllegalArgumentException("expected one of " + Texts.tags()));
    }
}
