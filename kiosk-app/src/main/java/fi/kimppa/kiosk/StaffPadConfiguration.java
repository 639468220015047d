package fi.kimppa.kiosk;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.sip2.wire.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that a staff pad must be told, read from one JSON file. Example:
 *
 * <pre>{@code
 * {
 *   "login": "desk-turku", "password": "…",
 *   "gateway": {"http": "http://127.0.0.1:8080"},
 *   "devices": {"pad": "feig:serial:/dev/ttyUSB0?baud=38400"},
 *   "data": "/var/lib/kimppa/desk"
 * }
 * }</pre>
 *
 * @param login of this terminal, for HTTP
 * @param password of this terminal; never printed
 * @param http the gateway's HTTP side
 * @param httpCertificate SHA-256 of its certificate, for https without a public certificate
 * @param reportEvery pause after which a report goes although nothing has changed: so long somebody who orders a tag may wait
 * @param pad RFID pad
 * @param data folder for what the pad has done, if that is to be kept
 * @param clockStart what this program's clock shows when it starts, for demonstrations
 */
public record StaffPadConfiguration(
        String login,
        Secret password,
        URI http,
        Optional<String> httpCertificate,
        Duration reportEvery,
        DeviceAddress pad,
        Optional<Path> data,
        Optional<Instant> clockStart) {
    /** Somebody stands before the screen and waits. */
    private static final Duration USUALLY_EVERY = Duration.ofSeconds(2);

    /**
     * Reads a file.
     *
     * @throws ConfigurationException naming the file, the key and what was expected
     */
    public static StaffPadConfiguration read(Path file) {
        return read(Section.read(file));
    }

    /**
     * Reads the text of a file.
     *
     * @param name what errors call it
     * @throws ConfigurationException naming the key and what was expected
     */
    public static StaffPadConfiguration parse(String name, String json) {
        return read(Section.parse(name, json));
    }

    private static StaffPadConfiguration read(Section file) {
        Section gateway = file.section("gateway");
        Section devices = file.section("devices");
        StaffPadConfiguration configuration = new StaffPadConfiguration(
                file.text("login"),
                Secret.of(file.text("password")),
                gateway.required("http", KioskConfiguration::http),
                gateway.optionalText("httpCertificate"),
                gateway.seconds("reportSeconds", USUALLY_EVERY, 1, 30),
                devices.required("pad", DeviceAddress::parse),
                file.optional("data", Path::of),
                file.instant("clockStart"));
        gateway.nothingElse();
        devices.nothingElse();
        file.nothingElse();
        return configuration;
    }
}
