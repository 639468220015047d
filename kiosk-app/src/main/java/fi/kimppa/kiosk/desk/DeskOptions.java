package fi.kimppa.kiosk.desk;

import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VpcdCard;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * What the desk program was told on its command line.
 *
 * @param kiosk ports of the kiosk's devices
 * @param doorScanner port of the card reader at the door
 * @param doorKeypad port of the keypad at the door
 * @param vpcd port where vsmartcard-vpcd waits for contactless cards
 * @param windowless whether it runs without a window
 * @param picture where to put a picture of the window, once, for documents
 */
record DeskOptions(
        DeskPorts kiosk, int doorScanner, int doorKeypad, int vpcd, boolean windowless, Optional<Path> picture) {
    /** How it is called. */
    static final String USAGE = """
            Options: --pad-port=N --printer-port=N --scanner-port=N --relay-port=N
                     --door-scanner-port=N --keypad-port=N (0 or none: any free port)
                     --vpcd-port=N (35963)
                     --windowless
                     --picture=FILE.png""";

    /**
     * Reads a command line; {@code --option N} and {@code --option=N} are the same.
     *
     * @throws IllegalArgumentException naming the option and what was expected
     */
    static DeskOptions parse(String... arguments) {
        int pad = 0;
        int printer = 0;
        int scanner = 0;
        int relay = 0;
        int doorScanner = 0;
        int keypad = 0;
        int vpcd = VpcdCard.USUAL_PORT;
        boolean windowless = false;
        Optional<Path> picture = Optional.empty();
        Iterator<String> rest = Arrays.stream(arguments)
                .flatMap(argument -> Arrays.stream(argument.split("=", 2)))
                .iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--pad-port" -> pad = port(option, rest);
                case "--printer-port" -> printer = port(option, rest);
                case "--scanner-port" -> scanner = port(option, rest);
                case "--relay-port" -> relay = port(option, rest);
                case "--door-scanner-port" -> doorScanner = port(option, rest);
                case "--keypad-port" -> keypad = port(option, rest);
                case "--vpcd-port" -> vpcd = port(option, rest);
                case "--windowless" -> windowless = true;
                case "--picture" -> picture = Optional.of(Path.of(value(option, rest)));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new DeskOptions(
                new DeskPorts(pad, printer, scanner, relay), doorScanner, keypad, vpcd, windowless, picture);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + ": expected a value");
        }
        return rest.next();
    }

    private static int port(String option, Iterator<String> rest) {
        String text = value(option, rest);
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + ": expected a port from 0 to 65535, found '" + text + "'", e);
        }
        throw new IllegalArgumentException(option + ": expected a port from 0 to 65535, found '" + text + "'");
    }
}
