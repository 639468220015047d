package fi.kimppa.deploy;

import fi.kimppa.device.DeviceAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configuration of the demo's terminals, in the form that they read from their files.
 *
 * @param ports where the gateway listens
 * @param pin SHA-256 of its certificate
 * @param data where terminals keep what they promised
 * @param clock turned, if the house's time is not the real one
 * @param offLineKey by which kiosks know what the gateway allows while it is away
 */
record Configurations(Ports ports, String pin, Path data, Optional<Clock> clock, Optional<String> offLineKey) {
    /** Names of the branches as people know them; the codes are ASCII. */
    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            Map.entry("KAARINA", "Kaarina"),
            Map.entry("KUSTAVI", "Kustavi"),
            Map.entry("LAITILA", "Laitila"),
            Map.entry("LIETO", "Lieto"),
            Map.entry("MASKU", "Masku"),
            Map.entry("MYNAMAKI", "Mynämäki"),
            Map.entry("NAANTALI", "Naantali"),
            Map.entry("NOUSIAINEN", "Nousiainen"),
            Map.entry("PAIMIO", "Paimio"),
            Map.entry("PYHARANTA", "Pyhäranta"),
            Map.entry("RAISIO", "Raisio"),
            Map.entry("RUSKO", "Rusko"),
            Map.entry("SAUVO", "Sauvo"),
            Map.entry("TAIVASSALO", "Taivassalo"),
            Map.entry("TURKU", "Turku"),
            Map.entry("UKI", "Uusikaupunki"),
            Map.entry("VEHMAA", "Vehmaa"),
            Map.entry("AURA", "Aura"));

    private static final String HELP = "02 000 0000";

    /** For a house in which nothing is lent off line. */
    Configurations(Ports ports, String pin, Path data, Optional<Clock> clock) {
        this(ports, pin, data, clock, Optional.empty());
    }

    /** A kiosk of this branch at these devices. */
    String kiosk(String branch, DeviceAddress pad, DeviceAddress printer, DeviceAddress scanner) {
        String login = "kiosk-" + branch.toLowerCase(java.util.Locale.ROOT);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("login", login);
        file.put("password", "demo-" + login);
        file.put("institution", branch);
        file.put("branch", branch);
        file.put("gateway", gateway());
        file.put(
                "devices", Map.of("pad", pad.toString(), "printer", printer.toString(), "scanner", scanner.toString()));
        file.put("data", data.resolve(login).toString());
        // A tag can be switched off at the desk, so that the evening shows loans by bar code.
        file.put("switchedOffElsewhere", true);
        file.put(
                "library",
                Map.of(
                        "name",
                        LIBRARIES.get(branch) + ", kirjasto",
                        "names",
                        LIBRARIES,
                        "webAddress",
                        "www.example.fi",
                        "telephone",
                        HELP));
        clock.ifPresent(turned -> file.put("clockStart", turned.instant().toString()));
        return write(file);
    }

    /** The door of this branch at these devices. */
    String door(String branch, DeviceAddress lock, DeviceAddress reader, DeviceAddress keypad) {
        String login = "door-" + branch.toLowerCase(java.util.Locale.ROOT);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("login", login);
        file.put("password", "demo-" + login);
        file.put("gateway", Map.of("http", http()));
        file.put("devices", Map.of("lock", lock.toString(), "reader", reader.toString(), "keypad", keypad.toString()));
        file.put("telephone", HELP);
        clock.ifPresent(turned -> file.put("clockStart", turned.instant().toString()));
        return write(file);
    }

    private Map<String, Object> gateway() {
        Map<String, Object> gateway = new LinkedHashMap<>();
        gateway.put("sip2", "sip2:tls:127.0.0.1:" + ports.of(Ports.Use.SIP_TLS) + "?pin=" + pin);
        gateway.put("http", http());
        offLineKey.ifPresent(key -> gateway.put("offlineKey", key));
        return gateway;
    }

    private String http() {
        return "http://127.0.0.1:" + ports.of(Ports.Use.HTTP);
    }

    private static String write(Map<String, Object> file) {
        return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(file);
    }
}
