package fi.kimppa.kiosk;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.card.UidNumber;
import fi.kimppa.kiosk.paper.Layouts;
import fi.kimppa.kiosk.session.Gates;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.wire.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Everything that a kiosk must be told, read from one JSON file. Example:
 *
 * <pre>{@code
 * {
 *   "login": "kiosk-turku", "password": "…",
 *   "institution": "TURKU", "branch": "TURKU",
 *   "gateway": {"sip2": "sip2:tls:127.0.0.1:6443?pin=…", "http": "http://127.0.0.1:8080"},
 *   "devices": {"pad": "feig:tcp:127.0.0.1:10001", "printer": "escpos:tcp:127.0.0.1:9100", "scanner": "scanner:tcp:127.0.0.1:9101"},
 *   "data": "/var/lib/kimppa/kiosk",
 *   "library": {"name": "Turun kaupunginkirjasto", "names": {"NAANTALI": "Naantali"}}
 * }
 * }</pre>
 *
 * @param login of this terminal, for SIP2 and HTTP
 * @param password of this terminal; never printed
 * @param sip2 the gateway's SIP2 side
 * @param http the gateway's HTTP side
 * @param httpCertificate SHA-256 of its certificate, for https without a public certificate
 * @param offLineKey by which the gateway signs what it allows while it is away, if loans without connection are wanted
 * @param heartbeat pause after which a quiet SIP2 line sends a 99
 * @param reportEvery pause after which a report goes although nothing has changed
 * @param giveUp how long an answer of the library is waited for
 * @param feedEvery pause between two looks at what is told at rest; zero for none
 * @param pad RFID pad, if there is one
 * @param printer receipt printer, if there is one
 * @param scanner bar code scanner, if there is one
 * @param card reader of contactless cards, if there is one
 * @param chip how the library writes the number of a card's chip, where the reader tells no other
 * @param keyboardScanner whether a scanner types like a keyboard
 * @param keypad numeric keypad on a line of its own, if there is one; one on USB is a keyboard and needs no mention
 * @param keysApart within which the same key counts once
 * @param speech the voice, if the kiosk has one
 * @param machineRestart file by which the program asks for a new start of the computer when it ends; empty where nobody looks for one
 * @param data folder for the returns on disk, the security ledger and what the devices have done
 * @param clockStart what this program's clock shows when it starts, for demonstrations
 * @param layouts of receipts and slips
 * @param settings the kiosk's behaviour and look
 * @param source what this was read from
 */
public record KioskConfiguration(
        String login,
        Secret password,
        Sip2Address sip2,
        URI http,
        Optional<String> httpCertificate,
        Optional<PublicKey> offLineKey,
        Duration heartbeat,
        Duration reportEvery,
        Duration giveUp,
        Duration feedEvery,
        Optional<DeviceAddress> pad,
        Optional<DeviceAddress> printer,
        Optional<DeviceAddress> scanner,
        Optional<DeviceAddress> card,
        UidNumber chip,
        boolean keyboardScanner,
        Optional<DeviceAddress> keypad,
        Duration keysApart,
        Optional<SpeechConfiguration> speech,
        Optional<Path> machineRestart,
        Path data,
        Optional<Instant> clockStart,
        Layouts layouts,
        KioskSettings settings,
        Source source) {

    /**
     * Reads a file.
     *
     * @throws ConfigurationException naming the file, the key and what was expected
     */
    public static KioskConfiguration read(Path file) {
        return read(Section.read(file), Optional.ofNullable(file.getParent()).orElse(Path.of("")));
    }

    /**
     * Reads the text of a file.
     *
     * @param name what errors call it
     * @throws ConfigurationException naming the key and what was expected
     */
    public static KioskConfiguration parse(String name, String json) {
        return read(Section.parse(name, json), Path.of(""));
    }

    private static KioskConfiguration read(Section file, Path folder) {
        Reading reading = new Reading();
        Section gateway = inside(file, "gateway", reading);
        Section devices = inside(file, "devices", reading);
        // First, because the rest may name a language that is learnt here.
        List<Language> learnt = new ArrayList<>();
        reading.check(() -> file.optional("texts", name -> Texts.learn(folder.resolve(name)))
                .ifPresent(learnt::addAll));
        var settings = reading.part(() -> new SettingsReader(file, folder, learnt).read(""));
        var login = reading.part(() -> file.text("login"));
        var password = reading.part(() -> Secret.of(file.text("password")));
        var sip2 = reading.part(() -> gateway.required("sip2", Sip2Address::parse));
        var http = reading.part(() -> gateway.required("http", KioskConfiguration::http));
        var certificate = reading.part(() -> gateway.optionalText("httpCertificate"));
        var offLineKey = reading.part(() -> gateway.optional("offlineKey", KioskConfiguration::publicKey));
        var heartbeat = reading.part(() -> gateway.seconds("heartbeatSeconds", Duration.ofSeconds(10), 1, 300));
        var reportEvery = reading.part(() -> gateway.seconds("reportSeconds", Duration.ofSeconds(10), 1, 300));
        var giveUp = reading.part(() -> gateway.seconds("giveUpSeconds", Duration.ofSeconds(15), 1, 120));
        var feedEvery = reading.part(() -> ExtrasReader.fetchEvery(file, file.orEmpty("feed")));
        var pad = reading.part(() -> devices.optional("pad", DeviceAddress::parse));
        var printer = reading.part(() -> devices.optional("printer", DeviceAddress::parse));
        var scanner = reading.part(() -> devices.optional("scanner", DeviceAddress::parse));
        var card = reading.part(() -> devices.optional("card", DeviceAddress::parse));
        var chip = reading.part(
                () -> devices.optional("cardChip", UidNumber::parse).orElse(UidNumber.AS_READ));
        var keyboardScanner = reading.part(() -> devices.flag("keyboardScanner", false));
        var keypad = reading.part(() -> devices.optional("keypad", DeviceAddress::parse));
        var keysApart = reading.part(() -> Duration.ofMillis(file.number("keysApartMillis", 100, 0, 2_000)));
        var speech = reading.part(() -> file.optionalSection("speech").map(SpeechConfiguration::read));
        var machineRestart = reading.part(() -> file.optional("machineRestart", Path::of));
        var data = reading.part(() -> file.required("data", Path::of));
        var clockStart = reading.part(() -> file.instant("clockStart"));
        var layouts = reading.part(() -> file.optional("receipts", name -> Layouts.read(folder.resolve(name)))
                .orElse(Layouts.BUILT_IN));
        reading.check(() -> {
            if (pad.get().isEmpty() && scanner.get().isEmpty() && !keyboardScanner.get()) {
                throw new ConfigurationException("devices: expected at least one of pad, scanner and keyboardScanner");
            }
        });
        reading.check(() -> {
            if (pad.get().isEmpty()
                    && settings.get().gates() == Gates.ALARM
                    && settings.get().offers(Offering.BORROW)) {
                throw new ConfigurationException(
                        "devices: expected a pad, or gates to be false, or switchedOffElsewhere"
                                + " or returnOnly to be true: nothing is lent that would set off the gates");
            }
        });
        List.of(gateway, devices, file).forEach(section -> reading.check(section::nothingElse));
        reading.end();
        return new KioskConfiguration(
                login.get(),
                password.get(),
                sip2.get(),
                http.get(),
                certificate.get(),
                offLineKey.get(),
                heartbeat.get(),
                reportEvery.get(),
                giveUp.get(),
                feedEvery.get(),
                pad.get(),
                printer.get(),
                scanner.get(),
                card.get(),
                chip.get(),
                keyboardScanner.get(),
                keypad.get(),
                keysApart.get(),
                speech.get(),
                machineRestart.get(),
                data.get(),
                clockStart.get(),
                layouts.get(),
                settings.get(),
                new Source(file, folder, learnt));
    }

    private static Section inside(Section file, String key, Reading reading) {
        try {
            return file.section(key);
        } catch (ConfigurationException e) {
            e.problems().forEach(reading::wrong);
            return file.none(key);
        }
    }

    /**
     * The settings with what the gateway wants on top of this file.
     *
     * @param version what the kiosk's reports call them
     * @param wanted JSON: a part of the keys of this file
     * @throws ConfigurationException naming each key that is wrong
     */
    KioskSettings steered(String version, String wanted) {
        String name = "the gateway's settings";
        Section steering = Section.parse(name, wanted);
        JsonNode merged = Steering.over(source.file().tree(), name, steering.tree(), data);
        Section both = Section.of(name, merged);
        // What is not asked for here was found good when the file was read.
        return new SettingsReader(both, source.folder(), source.learnt()).read(version);
    }

    /**
     * What this was read from, to be read again with more on top. It holds the password and prints nothing.
     *
     * @param learnt languages beside the product's
     */
    record Source(Section file, Path folder, List<Language> learnt) {
        Source {
            learnt = List.copyOf(learnt);
        }

        @Override
        public String toString() {
            return "Source[***]";
        }
    }

    private static PublicKey publicKey(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected the key that the gateway writes into its log when it starts", e);
        }
    }

    static URI http(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("expected http://HOST:PORT or https://HOST:PORT");
        }
        return uri;
    }
}
