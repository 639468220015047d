package fi.kimppa.device.door;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.door.DoorInspection.Weakness;
import fi.kimppa.device.link.SerialLine;
import java.time.Duration;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of a door, as its address gives them; {@link DoorLock} says what each means.
 *
 * @param held after which an open door is held open
 * @param exitGrant for how long a request to leave counts
 * @param allOff how many coils from 0 on are switched off with the lock
 */
record DoorSettings(
        ModbusBoard.Wire wire,
        int coil,
        Optional<Sense> contact,
        Optional<Sense> exit,
        Optional<Sense> tamper,
        Optional<Flash> flash,
        Optional<Watchdog> watchdog,
        Optional<Counter> counter,
        OptionalInt allOff,
        Duration held,
        Duration exitGrant,
        FailMode failMode) {
    static final String DRIVER = "modbus";
    /** Cheap relay boards leave the factory so; the standard's own 19200 8E1 is rare on them. */
    static final SerialLine USUAL_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);

    private static final Set<String> SETTINGS = Set.of(
            ModbusFraming.SETTING,
            "unit",
            "timeout",
            "coil",
            "input",
            "exit",
            "exitgrant",
            "tamper",
            "flash",
            "flashunit",
            "watchdog",
            "counter",
            "alloff",
            "held",
            "fail");
    private static final int POINT = 0xFFFF;
    /** As many inputs as one question can ask for (Modbus Application Protocol 1.1b3, section 6.2). */
    private static final int LONGEST_SPAN = 2_000;

    private static final Pattern SENSE = Pattern.compile("(!?)(\\d{1,5})");
    private static final Pattern PAIR = Pattern.compile("(\\d{1,5}):(\\d{1,5})");

    /**
     * An input and what it means.
     *
     * @param inverted whether 0 is the noteworthy value
     */
    record Sense(int number, boolean inverted) {
        boolean in(BitSet inputs, int first) {
            return inputs.get(number - first) != inverted;
        }
    }

    /** Timed outputs: the coil's number is added to {@code first}, the value written is the time in units. */
    record Flash(int first, int unitMillis) {
        int units(Duration time) {
            return (int) ((time.toMillis() + unitMillis - 1) / unitMillis);
        }
    }

    /** A holding register that makes the board drop its outputs when nobody talks to it for so many tenths of a second. */
    record Watchdog(int register, int tenths) {}

    /** A register that counts. */
    record Counter(boolean holding, int register) {}

    static DoorSettings of(DeviceAddress address) {
        Set<String> known = new HashSet<>(SETTINGS);
        known.addAll(SerialLine.SETTINGS);
        address.expect(DRIVER, known);
        var settings = new DoorSettings(
                wire(address),
                address.setting("coil", 0, 0, POINT),
                sense(address, "input", Optional.of(new Sense(0, false))),
                sense(address, "exit", Optional.empty()),
                sense(address, "tamper", Optional.empty()),
                address.setting("flash")
                        .map(_ -> new Flash(
                                address.setting("flash", 0, 0, POINT), address.setting("flashunit", 100, 10, 1_000))),
                pair(address, "watchdog", "REGISTER:TENTHS with at least 5 tenths", pair -> pair[1] >= 5)
                        .map(pair -> new Watchdog(pair[0], pair[1])),
                pair(address, "counter", "3:REGISTER or 4:REGISTER", pair -> pair[0] == 3 || pair[0] == 4)
                        .map(pair -> new Counter(pair[0] == 3, pair[1])),
                address.setting("alloff").isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(address.setting("alloff", 1, 1, 256)),
                Duration.ofSeconds(address.setting("held", 30, 1, 3_600)),
                Duration.ofSeconds(address.setting("exitgrant", 10, 1, 120)),
                failMode(address));
        if (settings.span() > LONGEST_SPAN) {
            throw new IllegalArgumentException("Device address '" + address
                    + "': expected input, exit and tamper at most " + LONGEST_SPAN + " apart");
        }
        return settings;
    }

    private static ModbusBoard.Wire wire(DeviceAddress address) {
        ModbusFraming framing = ModbusFraming.of(address);
        int baud = SerialLine.of(address, USUAL_LINE).baud();
        return switch (framing) {
            case TCP ->
                new ModbusBoard.Wire(
                        framing,
                        address.setting("unit", 1, 0, 255),
                        Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000)),
                        Duration.ZERO);
            case RTU ->
                new ModbusBoard.Wire(
                        framing,
                        address.setting("unit", 1, 1, 247),
                        Duration.ofMillis(address.setting("timeout", 500, 50, 60_000)),
                        RtuTransport.silence(baud));
        };
    }

    private static Optional<Sense> sense(DeviceAddress address, String name, Optional<Sense> otherwise) {
        Optional<String> text = address.setting(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().equals("none")) {
            return Optional.empty();
        }
        Matcher matcher = SENSE.matcher(text.get());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > POINT) {
            throw refused(address, name, "an input's number, !number if 0 is its noteworthy value, or none");
        }
        return Optional.of(
                new Sense(Integer.parseInt(matcher.group(2)), !matcher.group(1).isEmpty()));
    }

    private static Optional<int[]> pair(
            DeviceAddress address, String name, String expected, Predicate<int[]> condition) {
        return address.setting(name).map(text -> {
            Matcher matcher = PAIR.matcher(text);
            if (matcher.matches()) {
                int[] pair = {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
                if (pair[0] <= POINT && pair[1] <= POINT && condition.test(pair)) {
                    return pair;
                }
            }
            throw refused(address, name, expected);
        });
    }

    private static FailMode failMode(DeviceAddress address) {
        Optional<String> text = address.setting("fail");
        for (FailMode mode : FailMode.values()) {
            if (text.isPresent() && mode.name().toLowerCase(Locale.ROOT).equals(text.get())) {
                return mode;
            }
        }
        if (text.isPresent()) {
            throw refused(address, "fail", "safe, secure or unknown");
        }
        return FailMode.UNKNOWN;
    }

    private static IllegalArgumentException refused(DeviceAddress address, String name, String expected) {
        return new IllegalArgumentException("Device address '" + address + "': expected " + name + " to be " + expected
                + ", found '" + address.setting(name).orElse("") + "'");
    }

    /** For how long after a release the relay may still be on: a timed output rounds up, and answers take their time. */
    Duration slack() {
        return DoorState.GRACE.plusMillis(flash.map(Flash::unitMillis).orElse(0));
    }

    /** The lowest input that is read. */
    int firstInput() {
        return senses().mapToInt(Sense::number).min().orElse(0);
    }

    /** How many inputs one question reads; 0 when there are none. */
    int span() {
        return senses().mapToInt(Sense::number).max().orElse(-1) - firstInput() + 1;
    }

    private Stream<Sense> senses() {
        return Stream.of(contact, exit, tamper).flatMap(Optional::stream);
    }

    Set<Weakness> weaknesses() {
        Set<Weakness> found = EnumSet.noneOf(Weakness.class);
        if (flash.isEmpty() && watchdog.isEmpty()) {
            found.add(Weakness.CRASH_LEAVES_RELEASED);
        }
        if (contact.isEmpty()) {
            found.add(Weakness.NO_CONTACT);
        }
        if (failMode == FailMode.UNKNOWN) {
            found.add(Weakness.FAIL_MODE_UNKNOWN);
        }
        return found;
    }
}
