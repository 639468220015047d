package fi.kimppa.deploy;

import fi.kimppa.device.DeviceAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The loopback ports of the house.
 *
 * @param numbers a port for every use
 */
record Ports(Map<Use, Integer> numbers) {
    /** Nobody is given these by Linux for a connection: it has 32768 to 60999 for that. So many of them begin at this number, too. */
    private static final int OWN = 16_384;

    /** What the next free one is looked for from. Houses that are built at the same time, each by its process, take theirs apart from each other. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % OWN));

    /** What a port is for; the name is also the option that moves it, such as {@code --sip-tls=7443}. */
    enum Use {
        /** SIP2 without TLS. */
        SIP(6001),
        /** SIP2 over TLS. */
        SIP_TLS(6443),
        /** Health, entries, reports and the staff page. */
        HTTP(8080),
        /** RFID pad of the kiosk's desk. */
        PAD(10001),
        /** Its receipt printer. */
        PRINTER(9100),
        /** Its bar code scanner. */
        SCANNER(9101),
        /** Card reader at the door. */
        DOOR_READER(9201),
        /** Keypad at the door. */
        DOOR_KEYPAD(9202),
        /** Modbus relay board of the door. */
        DOOR_RELAY(5020);

        private final int usual;

        Use(int usual) {
            this.usual = usual;
        }

        String option() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Takes a copy and checks that there is one for each use. */
    Ports {
        numbers = Map.copyOf(numbers);
        if (numbers.size() != Use.values().length) {
            throw new IllegalArgumentException("a port for each use");
        }
    }

    /** What README and the demo print. */
    static Ports usual() {
        Map<Use, Integer> numbers = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            numbers.put(use, use.usual);
        }
        return new Ports(numbers);
    }

    /** Ports that nobody listens on now, and that stay free while their program is started anew. */
    static Ports free() {
        Map<Use, Integer> numbers = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            numbers.put(use, any());
        }
        return new Ports(numbers);
    }

    private static int any() {
        return IntStream.generate(NEXT::getAndIncrement)
                .limit(OWN)
                .map(next -> OWN + next % OWN)
                .filter(Ports::free)
                .findFirst()
                .orElseThrow(() -> new StartException("This machine has no free loopback port."));
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * These ports with one moved by an option such as {@code --http=8081}.
     *
     * @throws StartException if it is no such option
     */
    Ports with(String option) {
        for (Use use : Use.values()) {
            if (option.startsWith(use.option() + "=")) {
                String number = option.substring(use.option().length() + 1);
                if (!number.matches("[1-9]\\d{0,4}") || Integer.parseInt(number) > 65_535) {
                    throw new StartException(
                            use.option() + ": expected a port from 1 to 65535, found \"" + number + "\".");
                }
                Map<Use, Integer> moved = new EnumMap<>(numbers);
                moved.put(use, Integer.valueOf(number));
                return new Ports(moved);
            }
        }
        throw new StartException("\"" + option + "\" is not understood; see deploy/demo --help.");
    }

    /**
     * Checks that nobody listens on any of them.
     *
     * @throws StartException naming the port and the option that moves it
     */
    void requireFree() {
        for (Use use : Use.values()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), of(use)));
            } catch (IOException e) {
                throw new StartException(
                        "Port " + of(use)
                                + " is in use. Stop the program that listens there, or choose another port with "
                                + use.option() + "=PORT.",
                        e);
            }
        }
    }

    /** The number of a port. */
    int of(Use use) {
        Integer number = numbers.get(use);
        if (number == null) {
            throw new IllegalStateException("no port for " + use);
        }
        return number;
    }

    /** Where a driver finds a virtual device. */
    DeviceAddress address(Use use) {
        String place = ":tcp:127.0.0.1:" + of(use);
        return DeviceAddress.parse(
                switch (use) {
                    case PAD -> "feig" + place;
                    case PRINTER -> "escpos" + place;
                    case SCANNER, DOOR_READER -> "scanner" + place;
                    case DOOR_KEYPAD -> "keypad" + place;
                    // 512: the board switches off by itself, so that a crash cannot leave the door open.
                    case DOOR_RELAY -> "modbus" + place + "?flash=512";
                    case SIP, SIP_TLS, HTTP -> throw new IllegalArgumentException(use + " is no device");
                });
    }
}
