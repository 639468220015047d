package fi.kimppa.kiosk;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.card.CardNumberRules;
import fi.kimppa.device.card.CardNumberRules.Length;
import fi.kimppa.device.card.CardNumberRules.Length.Change;
import fi.kimppa.device.card.CardNumberRules.Letters;
import fi.kimppa.device.tag.UsageRule;
import fi.kimppa.kiosk.paper.Layouts;
import fi.kimppa.kiosk.session.CardRules;
import fi.kimppa.kiosk.session.KioskSettings;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.StaffCard;
import fi.kimppa.kiosk.session.Timeouts;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.wire.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
 * @param heartbeat pause after which a quiet SIP2 line sends a 99
 * @param reportEvery pause after which a report goes although nothing has changed
 * @param giveUp how long an answer of the library is waited for
 * @param pad RFID pad, if there is one
 * @param printer receipt printer, if there is one
 * @param scanner bar code scanner, if there is one
 * @param keyboardScanner whether a scanner types like a keyboard
 * @param keypad numeric keypad on a line of its own, if there is one; one on USB is a keyboard and needs no mention
 * @param keysApart within which the same key counts once
 * @param speech the voice, if the kiosk has one
 * @param data folder for the returns on disk, the security ledger and what the devices have done
 * @param clockStart what this program's clock shows when it starts, for demonstrations
 * @param layouts of receipts and slips
 * @param settings the kiosk's behaviour
 */
public record KioskConfiguration(
        String login,
        Secret password,
        Sip2Address sip2,
        URI http,
        Optional<String> httpCertificate,
        Duration heartbeat,
        Duration reportEvery,
        Duration giveUp,
        Optional<DeviceAddress> pad,
        Optional<DeviceAddress> printer,
        Optional<DeviceAddress> scanner,
        boolean keyboardScanner,
        Optional<DeviceAddress> keypad,
        Duration keysApart,
        Optional<SpeechConfiguration> speech,
        Path data,
        Optional<Instant> clockStart,
        Layouts layouts,
        KioskSettings settings) {

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

    /** @param folder where files lie that the configuration names */
    private static KioskConfiguration read(Section file, Path folder) {
        Section gateway = file.section("gateway");
        Section devices = file.section("devices");
        // First, because the rest may name a language that is learnt here.
        KioskSettings settings = settings(file, folder);
        KioskConfiguration configuration = new KioskConfiguration(
                file.text("login"),
                Secret.of(file.text("password")),
                gateway.required("sip2", Sip2Address::parse),
                gateway.required("http", KioskConfiguration::http),
                gateway.optionalText("httpCertificate"),
                gateway.seconds("heartbeatSeconds", Duration.ofSeconds(10), 1, 300),
                gateway.seconds("reportSeconds", Duration.ofSeconds(10), 1, 300),
                gateway.seconds("giveUpSeconds", Duration.ofSeconds(15), 1, 120),
                devices.optional("pad", DeviceAddress::parse),
                devices.optional("printer", DeviceAddress::parse),
                devices.optional("scanner", DeviceAddress::parse),
                devices.flag("keyboardScanner", false),
                devices.optional("keypad", DeviceAddress::parse),
                Duration.ofMillis(file.number("keysApartMillis", 100, 0, 2_000)),
                file.optionalSection("speech").map(SpeechConfiguration::read),
                file.required("data", Path::of),
                file.instant("clockStart"),
                file.optional("receipts", name -> Layouts.read(folder.resolve(name)))
                        .orElse(Layouts.BUILT_IN),
                settings);
        gateway.nothingElse();
        devices.nothingElse();
        file.nothingElse();
        if (configuration.pad().isEmpty() && configuration.scanner().isEmpty() && !configuration.keyboardScanner()) {
            throw new ConfigurationException("devices: expected at least one of pad, scanner and keyboardScanner");
        }
        return configuration;
    }

    static URI http(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("expected http://HOST:PORT or https://HOST:PORT");
        }
        return uri;
    }

    private static KioskSettings settings(Section file, Path folder) {
        List<Language> ours = file.optional("texts", name -> Texts.learn(folder.resolve(name)))
                .orElse(List.of());
        Optional<Section> library = file.optionalSection("library");
        Optional<Section> bins = file.optionalSection("bins");
        Optional<Section> pin = file.optionalSection("pin");
        List<Language> languages = file.texts("languages").stream()
                .map(tag -> Texts.language(tag)
                        .orElseThrow(() -> new ConfigurationException(
                                "languages: expected some of " + Texts.tags() + ", found \"" + tag + "\"")))
                .toList();
        String branch = file.text("branch");
        KioskSettings settings = new KioskSettings(
                file.text("institution"),
                branch,
                library.flatMap(section -> section.optionalText("name")).orElse(branch),
                library.map(section -> section.named("names")).orElse(Map.of()),
                library.map(section -> section.texts("owners")).orElse(List.of()),
                file.optional("zone", ZoneId::of).orElse(ZoneId.of("Europe/Helsinki")),
                languages.isEmpty()
                        ? Stream.concat(Texts.usual().stream(), ours.stream()).toList()
                        : languages,
                file.flag("returnOnly", false),
                file.flag("gates", true),
                cards(file),
                usage(file),
                pin.map(section -> section.number("leastDigits", 4, 1, 20)).orElse(4),
                pin.map(section -> section.number("mostDigits", 10, 1, 20)).orElse(10),
                pin.map(section -> section.number("tries", 3, 1, 10)).orElse(3),
                bins.flatMap(section -> section.optionalText("later")).orElse("9"),
                bins.flatMap(section -> section.optionalText("staff")).orElse("9"),
                bins.map(section -> section.named("other")).orElse(Map.of()),
                file.flag("kimppaGateway", true),
                library.flatMap(section -> section.optionalText("webAddress")).orElse(""),
                library.flatMap(section -> section.optionalText("telephone")).orElse(""),
                Timeouts.STANDARD);
        library.ifPresent(Section::nothingElse);
        bins.ifPresent(Section::nothingElse);
        pin.ifPresent(Section::nothingElse);
        return settings;
    }

    private static CardRules cards(Section file) {
        Pattern patrons = file.optional("cardPattern", Pattern::compile).orElse(Pattern.compile("2\\d{9}"));
        CardNumberRules numbers = file.optionalSection("cardNumbers")
                .map(KioskConfiguration::cardNumbers)
                .orElse(CardNumberRules.AS_READ);
        List<StaffCard> staff = file.texts("staffCards").stream()
                .map(line -> {
                    try {
                        return StaffCard.parse(line);
                    } catch (IllegalArgumentException e) {
                        throw new ConfigurationException("staffCards: " + e.getMessage(), e);
                    }
                })
                .toList();
        return new CardRules(patrons, numbers, staff);
    }

    private static CardNumberRules cardNumbers(Section section) {
        CardNumberRules rules = new CardNumberRules(
                section.flag("separators", false),
                section.optionalText("strip").orElse(""),
                section.optional("change", KioskConfiguration::change)
                        .map(change -> new Length(section.number("digits", 10, 1, 32), change)),
                section.optional("letters", KioskConfiguration::letters).orElse(Letters.AS_READ),
                section.optionalText("add").orElse(""));
        section.nothingElse();
        return rules;
    }

    private static Change change(String text) {
        return switch (text) {
            case "pad" -> Change.PAD;
            case "strip" -> Change.STRIP;
            case "pad or strip" -> Change.PAD_OR_STRIP;
            default -> throw new IllegalArgumentException("expected pad, strip or \"pad or strip\"");
        };
    }

    private static Letters letters(String text) {
        return switch (text) {
            case "upper" -> Letters.UPPER;
            case "lower" -> Letters.LOWER;
            default -> throw new IllegalArgumentException("expected upper or lower");
        };
    }

    private static UsageRule usage(Section file) {
        Optional<Section> lend = file.optionalSection("lend");
        UsageRule rule = new UsageRule(
                lend.map(section -> section.flag("acquisition", true)).orElse(true),
                lend.map(section -> section.flag("noInformation", true)).orElse(true));
        lend.ifPresent(Section::nothingElse);
        return rule;
    }
}
