package fi.kimppa.device;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which driver, over which link, with which settings; written {@code driver:link:place?setting=value&setting=value}.
 *
 * <p>Examples: {@code feig:tcp:127.0.0.1:10001}, {@code feig:serial:/dev/ttyUSB0?baud=38400},
 * {@code escpos:tcp:192.0.2.7:9100}, {@code escpos:file:/dev/usb/lp0}, {@code scanner:serial:/dev/ttyACM0},
 * {@code modbus:tcp:[2001:db8::7]:502?coil=0}, {@code card:pcsc:ACS ACR1552}.
 *
 * @param driver the protocol the device speaks, lower-case letters, digits and hyphens
 * @param link what carries the bytes
 * @param settings in the order written; each driver says which it knows
 */
public record DeviceAddress(String driver, Link link, Map<String, String> settings) {
    private static final Pattern DRIVER = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern TCP_PLACE = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]/\\s]+):(\\d{1,5})");

    /** What carries the bytes. */
    public sealed interface Link {
        /** A TCP client. {@code host} is a name or an address, IPv6 without brackets; {@code port} 1 to 65535. */
        record Tcp(String host, int port) implements Link {
            public Tcp {
                if (port < 1 || port > 65535) {
                    throw new IllegalArgumentException("Expected a port from 1 to 65535, found " + port);
                }
            }

            @Override
            public String toString() {
                return "tcp:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
            }
        }

        /** A TCP server for a device that calls by itself. {@code host} is an address of this machine, {@code port} 1 to 65535. */
        record Listen(String host, int port) implements Link {
            @Override
            public String toString() {
                return "listen:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
            }
        }

        /** A serial port, by its path or, on Windows, its name. */
        record Serial(String port) implements Link {
            @Override
            public String toString() {
                return "serial:" + port;
            }
        }

        /** A file of the system that leads to a device, by its path. Linux only. */
        record File(String path) implements Link {
            @Override
            public String toString() {
                return "file:" + path;
            }
        }

        /**
         * A card reader of the system's PC/SC service. {@code reader} is the beginning or a part of its name that no other
         * reader's name has, or {@code *} for the only one.
         */
        record Pcsc(String reader) implements Link {
            @Override
            public String toString() {
                return "pcsc:" + reader;
            }
        }

        /** A pair of queues in this process, handed over ready-made; no text opens one. */
        record Memory(String name) implements Link {
            @Override
            public String toString() {
                return "memory:" + name;
            }
        }
    }

    public DeviceAddress {
        if (!DRIVER.matcher(driver).matches()) {
            throw new IllegalArgumentException("Expected a driver name such as feig or escpos, found '" + driver + "'");
        }
        // Order is kept for printing; Map.copyOf would lose it.
        settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException naming what was expected, with the text itself
     */
    public static DeviceAddress parse(String text) {
        try {
            String[] parts = text.split(":", 3);
            if (parts.length < 3) {
                throw new IllegalArgumentException(
                        "expected driver:link:place, for example feig:tcp:127.0.0.1:10001 or feig:serial:/dev/ttyUSB0");
            }
            int question = parts[2].indexOf('?');
            String place = question < 0 ? parts[2] : parts[2].substring(0, question);
            return new DeviceAddress(
                    parts[0],
                    link(parts[1].toLowerCase(Locale.ROOT), place),
                    question < 0 ? Map.of() : settings(parts[2].substring(question + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Device address '" + text + "': " + e.getMessage(), e);
        }
    }

    private static Link link(String name, String place) {
        return switch (name) {
            case "tcp" -> tcp(place);
            case "listen" -> {
                Link.Tcp here = tcp(place);
                yield new Link.Listen(here.host(), here.port());
            }
            case "serial" -> {
                if (place.isBlank()) {
                    throw new IllegalArgumentException(
                            "expected a serial port after serial:, for example /dev/ttyUSB0");
                }
                yield new Link.Serial(place);
            }
            case "file" -> {
                if (!place.startsWith("/")) {
                    throw new IllegalArgumentException("expected a path after file:, for example /dev/usb/lp0");
                }
                yield new Link.File(place);
            }
            case "pcsc" -> {
                if (place.isBlank()) {
                    throw new IllegalArgumentException(
                            "expected a reader after pcsc:, for example ACS ACR1552, or * for the only one");
                }
                yield new Link.Pcsc(place);
            }
            default ->
                throw new IllegalArgumentException(
                        "expected the link tcp, listen, serial, file or pcsc, found '" + name + "'");
        };
    }

    private static Link.Tcp tcp(String place) {
        var matcher = TCP_PLACE.matcher(place);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected host:port after tcp:, found '" + place + "'");
        }
        String host = matcher.group(1);
        return new Link.Tcp(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, Integer.parseInt(matcher.group(2)));
    }

    private static Map<String, String> settings(String query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException("expected setting=value after ?, found '" + pair + "'");
            }
            if (found.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("setting '" + pair.substring(0, equals) + "' is given twice");
            }
        }
        return found;
    }

    /** The value of a setting, if it was given. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /**
     * The value of a numeric setting.
     *
     * @param otherwise when it was not given
     * @throws IllegalArgumentException when it is not a number from {@code least} to {@code most}
     */
    public int setting(String name, int otherwise, int least, int most) {
        Optional<String> given = setting(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(given.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(outOfRange(name, given.get(), least, most), e);
        }
        throw new IllegalArgumentException(outOfRange(name, given.get(), least, most));
    }

    /**
     * The value of a setting that is one of a few words: the names of an enum in small letters.
     *
     * @param usual when it was not given
     * @throws IllegalArgumentException when it is another word
     */
    public <T extends Enum<T>> T setting(String name, T usual) {
        Optional<String> given = setting(name);
        if (given.isEmpty()) {
            return usual;
        }
        List<T> values = List.of(usual.getDeclaringClass().getEnumConstants());
        List<String> words = values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!words.contains(given.get())) {
            throw new IllegalArgumentException("Device address '" + this + "': expected " + name + " to be one of "
                    + words + ", found '" + given.get() + "'");
        }
        return values.get(words.indexOf(given.get()));
    }

    private String outOfRange(String name, String found, int least, int most) {
        return "Device address '" + this + "': expected " + name + " from " + least + " to " + most + ", found '"
                + found + "'";
    }

    /**
     * Refuses an address that is meant for another driver or carries settings that this one does not know.
     *
     * @param known the settings that the driver, its kind and its link know
     * @return this address
     */
    public DeviceAddress expect(String expectedDriver, Collection<String> known) {
        if (!driver.equals(expectedDriver)) {
            throw new IllegalArgumentException("Device address '" + this + "': expected the driver " + expectedDriver
                    + ", found '" + driver + "'");
        }
        for (String name : settings.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Device address '" + this + "': unknown setting '" + name
                        + "', expected one of "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        return this;
    }

    @Override
    public String toString() {
        String query = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        return driver + ":" + link + (query.isEmpty() ? "" : "?" + query);
    }
}
