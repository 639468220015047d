package fi.kimppa.device.tool;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceAddress.Link;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.door.RelayLook;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.link.SerialLine.Parity;
import fi.kimppa.device.link.SystemPort;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.BibliothecaCommand;
import fi.kimppa.device.rfid.BibliothecaFrame;
import fi.kimppa.device.rfid.BibliothecaFrameParser;
import fi.kimppa.device.rfid.FeigCommand;
import fi.kimppa.device.rfid.FeigFrame;
import fi.kimppa.device.rfid.FeigFrameParser;
import fi.kimppa.device.rfid.FrameParser;
import fi.kimppa.device.rfid.RfidPad;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds out what stands at a place. It listens first, and then asks each kind of device the most harmless question that it answers:
 * printers for their real-time status before anything that they could take for text, relay boards to show their coils and inputs, pads
 * for their version. It never writes to a relay and never ends a line of text, so no door opens and nothing is printed.
 *
 * @param listening how long a place may speak by itself before it is asked
 * @param silence how long each question waits for its answer
 */
record Probe(Duration listening, Duration silence) {
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OPENINGS = 4;

    private static final List<Integer> PAD_SPEEDS = List.of(38_400, 19_200, 9_600, 57_600, 115_200);
    private static final List<Integer> PRINTER_SPEEDS = List.of(9_600, 19_200, 38_400, 115_200);
    /** As small boards leave the factory, and as the standard has it (Modbus over Serial Line 1.02, section 2.5.1). */
    private static final List<SerialLine> BOARD_LINES =
            List.of(new SerialLine(9_600, Parity.NONE, 1), new SerialLine(19_200, Parity.EVEN, 1));

    private static final List<Integer> BOARD_UNITS = List.of(1, 2);
    private static final SerialLine SCANNER_LINE = new SerialLine(9_600, Parity.NONE, 1);

    /** {@code DLE EOT 1} and {@code 4}: two bytes, each with four bits that never change. */
    private static final byte[] PRINTER_STATUS = {0x10, 4, 1, 0x10, 4, 4};

    /** The 3M pad's version, as it is asked for at start-up. */
    private static final byte[] WAKE = new BibliothecaFrame(
                    BibliothecaFrame.Start.WAKE, BibliothecaCommand.WAKE, (byte) 0, (byte) BibliothecaCommand.VERSION)
            .bytes();

    /**
     * What is known of a place.
     *
     * @param kind of the device, or a dash
     * @param address to be written into a configuration, or a dash
     * @param says what the device told about itself, or what an installer can do
     */
    record Found(String kind, String address, String says) {
        static Found nothing(String says) {
            return new Found("-", "-", says);
        }
    }

    /** What is known of all serial ports, USB printers and card readers of this machine, by place. */
    Map<String, List<Found>> everywhere() {
        Map<String, List<Found>> found = new LinkedHashMap<>();
        SystemPort.all().forEach(port -> found.put(port.path(), at(port.path())));
        found.put("pcsc", at("pcsc"));
        return found;
    }

    /** What is known of a serial port or USB printer ({@code /dev/…}), of {@code HOST:PORT}, or of all card readers ({@code pcsc}). */
    List<Found> at(String place) {
        try {
            if (place.equals("pcsc")) {
                return cardReaders();
            }
            Link link = link(place);
            return List.of(listened(link)
                    .or(() -> printer(link))
                    .or(() -> board(link))
                    .or(() -> pad(link))
                    .orElse(Found.nothing("silent: a scanner? present a code while 'probe --listen=10' waits for it")));
        } catch (LinkException e) {
            return List.of(Found.nothing(String.valueOf(e.getMessage())));
        }
    }

    private static Link link(String place) {
        if (place.startsWith("/dev/usb/")) {
            return new Link.File(place);
        }
        try {
            return place.startsWith("/")
                    ? new Link.Serial(place)
                    : DeviceAddress.parse("probe:tcp:" + place).link();
        } catch (IllegalArgumentException e) {
            throw new ToolException(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static List<Found> cardReaders() {
        List<String> names;
        try {
            names = SystemPort.cardReaders();
        } catch (LinkException e) {
            return List.of(
                    Found.nothing("no PC/SC service answers; are pcscd and libccid installed? " + e.getMessage()));
        }
        return names.isEmpty()
                ? List.of(Found.nothing("the PC/SC service knows no card reader"))
                : names.stream()
                        .map(name -> new Found("card reader", "card:pcsc:" + name, "known to the PC/SC service"))
                        .toList();
    }

    // --- the questions, the most harmless first

    /** Who speaks without being asked. What was said is not shown: it may be somebody's card. */
    private Optional<Found> listened(Link link) {
        if (link instanceof Link.File) {
            return Optional.empty();
        }
        try (ByteLink open = open(link, "scanner", SCANNER_LINE)) {
            byte[] buffer = new byte[512];
            int count = read(open, buffer, listening);
            if (count == 0) {
                return Optional.empty();
            }
            boolean text = true;
            for (int i = 0; i < count; i++) {
                text &= buffer[i] == '\r' || buffer[i] == '\n' || (buffer[i] >= 0x1D && buffer[i] < 0x7F);
            }
            return Optional.of(
                    text
                            ? new Found(
                                    "scanner", address(link, "scanner", SCANNER_LINE), "sent a code of its own accord")
                            : Found.nothing("something speaks of its own accord, but not text at 9600 bit/s"));
        }
    }

    private Optional<Found> printer(Link link) {
        return lines(link, PRINTER_SPEEDS.stream().map(baud -> new SerialLine(baud, Parity.NONE, 1)))
                .filter(line -> answers(link, "escpos", line, PRINTER_STATUS, Probe::isStatus))
                .findFirst()
                .map(line -> known("printer", address(link, "escpos", line), ReceiptPrinter::open));
    }

    private static boolean isStatus(byte[] answer) {
        return answer.length == 2 && (answer[0] & 0x93) == 0x12 && (answer[1] & 0x93) == 0x12;
    }

    private Optional<Found> board(Link link) {
        return link instanceof Link.File
                ? Optional.empty()
                : lines(link, BOARD_LINES.stream())
                        .flatMap(line -> BOARD_UNITS.stream().flatMap(unit -> board(link, line, unit).stream()))
                        .findFirst();
    }

    private Optional<Found> board(Link link, SerialLine line, int unit) {
        try (ByteLink open = open(link, "modbus", line)) {
            String address = address(link, "modbus", line);
            return RelayLook.at(open, unit, silence)
                    .map(look -> new Found(
                            "relay board",
                            unit == 1 ? address : address + (address.contains("?") ? "&" : "?") + "unit=" + unit,
                            "coils " + look.coils().orElse("not told") + ", inputs "
                                    + look.inputs().orElse("not told")));
        }
    }

    private Optional<Found> pad(Link link) {
        if (link instanceof Link.File) {
            return Optional.empty();
        }
        return feig(link)
                .or(() -> lines(link, PAD_SPEEDS.stream().map(baud -> new SerialLine(baud, Parity.NONE, 1)))
                        .filter(line -> answers(link, "bibliotheca", line, WAKE, framed(BibliothecaFrameParser::new)))
                        .findFirst()
                        .map(line -> known("pad", address(link, "bibliotheca", line), RfidPad::open)));
    }

    private Optional<Found> feig(Link link) {
        return lines(
                        link,
                        PAD_SPEEDS.stream()
                                .flatMap(baud -> Stream.of(
                                        new SerialLine(baud, Parity.EVEN, 1), new SerialLine(baud, Parity.NONE, 1))))
                .filter(line -> Stream.of(FeigFrame.Format.ADVANCED, FeigFrame.Format.STANDARD)
                        .anyMatch(format -> answers(
                                link,
                                "feig",
                                line,
                                new FeigFrame(format, FeigFrame.ANY_READER, FeigCommand.VERSION, new byte[0]).bytes(),
                                framed(FeigFrameParser::new))))
                .findFirst()
                .map(line -> known("pad", address(link, "feig", line), RfidPad::open));
    }

    /** Whether a whole frame of that protocol has come. */
    private static Predicate<byte[]> framed(Supplier<? extends FrameParser<?>> parser) {
        return answer -> !parser.get().feed(answer, answer.length).isEmpty();
    }

    // --- how they are asked

    /** The settings of a serial line to try; for a place without them, one is as good as another. */
    private static Stream<SerialLine> lines(Link link, Stream<SerialLine> serial) {
        return link instanceof Link.Serial ? serial : serial.limit(1);
    }

    private boolean answers(Link link, String driver, SerialLine line, byte[] question, Predicate<byte[]> right) {
        try (ByteLink open = open(link, driver, line)) {
            open.write(question);
            var answer = new ByteArrayOutputStream();
            byte[] buffer = new byte[256];
            long deadline = System.nanoTime() + silence.toNanos();
            while (System.nanoTime() - deadline < 0 && !right.test(answer.toByteArray())) {
                answer.write(buffer, 0, open.read(buffer, STEP));
            }
            return right.test(answer.toByteArray());
        } catch (LinkException e) {
            if (e.phase() == DeviceException.Phase.OPEN) {
                throw e;
            }
            // It hung up on what it did not understand.
            return false;
        }
    }

    private static int read(ByteLink open, byte[] buffer, Duration time) {
        try {
            return open.read(buffer, time);
        } catch (LinkException _) {
            // It hung up without a word.
            return 0;
        }
    }

    /** A port that was closed a moment ago is not always there at once. */
    private static ByteLink open(Link link, String driver, SerialLine line) {
        var address = new DeviceAddress(driver, link, Map.of());
        for (int tries = 1; tries < OPENINGS; tries++) {
            try {
                return ByteLink.open(address, line);
            } catch (LinkException _) {
                LockSupport.parkNanos(STEP.toNanos());
            }
        }
        return ByteLink.open(address, line);
    }

    private static String address(Link link, String driver, SerialLine line) {
        String address = driver + ":" + link;
        return link instanceof Link.Serial
                ? address + "?baud=" + line.baud() + "&parity="
                        + line.parity().name().toLowerCase(Locale.ROOT)
                : address;
    }

    /** A device that answered, in its driver's words. */
    private static Found known(String kind, String address, Function<DeviceAddress, Device> opening) {
        try (Device device = opening.apply(DeviceAddress.parse(address))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (device.status() instanceof DeviceStatus.Absent && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(STEP.toNanos());
            }
            return new Found(kind, address, device.identity().toString());
        }
    }
}
