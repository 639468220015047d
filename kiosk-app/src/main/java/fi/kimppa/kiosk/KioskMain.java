package fi.kimppa.kiosk;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import fi.kimppa.kiosk.runtime.SpoolException;
import fi.kimppa.kiosk.runtime.Watchdog;
import fi.kimppa.kiosk.screen.DeviceProfile;
import fi.kimppa.kiosk.screen.DoorWindow;
import fi.kimppa.kiosk.screen.KioskWindow;
import fi.kimppa.kiosk.screen.Look;
import fi.kimppa.kiosk.session.KioskState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a kiosk, a door or a staff pad, makes a line for a staff card, shows what receipts look like, or checks a
 * configuration. Exit codes: 0 ended as
 * asked, 1 something is broken that a person must see to, 2 the command line or the configuration is wrong, 3 staff want the
 * program to be started anew.
 */
public final class KioskMain {
    private static final Logger LOG = LoggerFactory.getLogger(KioskMain.class);
    private static final int BROKEN = 1;
    private static final int WRONG = 2;
    private static final int RESTART = 3;
    private static final String USAGE = """
            usage: kiosk [options] CONFIGURATION.json
                   kiosk [options] --door DOOR.json
                   kiosk --staff-pad PAD.json
                   kiosk staff-card --help
                   kiosk receipts --help
                   kiosk check CONFIGURATION.json
              --door DOOR.json       a door terminal too, or alone
              --staff-pad PAD.json   a pad that writes tags for staff too, or alone; without a window
              --windowless           no window: for tests and machines without a display
              --full-screen          over the whole display, without a frame
              --display WxH@WxH      pixels and millimetres, for example 1920x1080@345.4x194.3 (default)
              --help                 this text""";

    private KioskMain() {}

    /**
     * What the command line asks for.
     *
     * @param file the kiosk's configuration, unless there is a door alone
     * @param door the door's configuration, if there is a door
     * @param staffPad the staff pad's configuration, if there is one
     */
    private record Arguments(
            Optional<Path> file,
            Optional<Path> door,
            Optional<Path> staffPad,
            boolean windowless,
            boolean fullScreen,
            DeviceProfile display) {
        /** Empty when only help is wanted. */
        static Optional<Arguments> parse(String[] args) {
            Optional<Path> file = Optional.empty();
            Optional<Path> door = Optional.empty();
            Optional<Path> staffPad = Optional.empty();
            boolean windowless = false;
            boolean fullScreen = false;
            DeviceProfile display = DeviceProfile.MIDDLE;
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--help", "-h" -> {
                        return Optional.empty();
                    }
                    case "--windowless" -> windowless = true;
                    case "--full-screen" -> fullScreen = true;
                    case "--display" -> display = DeviceProfile.parse(after(args, i++, "a size"));
                    case "--door" -> door = Optional.of(Path.of(after(args, i++, "a file")));
                    case "--staff-pad" -> staffPad = Optional.of(Path.of(after(args, i++, "a file")));
                    default -> {
                        if (args[i].startsWith("-") || file.isPresent()) {
                            throw new IllegalArgumentException("\"" + args[i] + "\" is not understood");
                        }
                        file = Optional.of(Path.of(args[i]));
                    }
                }
            }
            if (file.isEmpty() && door.isEmpty() && staffPad.isEmpty()) {
                throw new IllegalArgumentException("expected a configuration file");
            }
            return Optional.of(new Arguments(file, door, staffPad, windowless, fullScreen, display));
        }

        private static String after(String[] args, int option, String expected) {
            if (option + 1 == args.length) {
                throw new IllegalArgumentException(args[option] + ": expected " + expected + " after it");
            }
            return args[option + 1];
        }
    }

    /** Runs until the process is told to end. */
    public static void main(String[] args) {
        quietLibraries();
        int code = switch (args.length == 0 ? "" : args[0]) {
            case StaffCardCommand.NAME -> StaffCardCommand.run(Arrays.copyOfRange(args, 1, args.length));
            case ReceiptsCommand.NAME -> said(ReceiptsCommand::run, args);
            case CheckCommand.NAME -> said(CheckCommand::run, args);
            default -> run(args);
        };
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Libraries that log whole requests, passwords included, are kept to warnings whatever is configured around us. */
    private static void quietLibraries() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
            context.getLogger("org.apache.hc").setLevel(Level.WARN);
        }
    }

    /** A command that says something. */
    @FunctionalInterface
    private interface Saying {
        int run(PrintWriter out, String... args);
    }

    /** @param args with the command's name */
    private static int said(Saying command, String[] args) {
        var said = new StringWriter();
        int code = command.run(new PrintWriter(said), Arrays.copyOfRange(args, 1, args.length));
        LOG.info("{}", said.toString().strip());
        return code;
    }

    private static int run(String[] args) {
        try {
            Optional<Arguments> arguments = Arguments.parse(args);
            if (arguments.isEmpty()) {
                LOG.info("{}", USAGE);
                return 0;
            }
            return run(arguments.get());
        } catch (ConfigurationException e) {
            LOG.error("{}", e.getMessage());
            return WRONG;
        } catch (IllegalArgumentException e) {
            LOG.error("{}\n{}", e.getMessage(), USAGE);
            return WRONG;
        } catch (SpoolException e) {
            LOG.error("{}", e.getMessage());
            return BROKEN;
        } catch (InterruptedException e) {
            return 0;
        }
    }

    private static int run(Arguments arguments) throws InterruptedException {
        Optional<KioskConfiguration> kiosk = arguments.file().map(KioskConfiguration::read);
        Optional<DoorConfiguration> door = arguments.door().map(DoorConfiguration::read);
        Optional<StaffPadConfiguration> staffPad = arguments.staffPad().map(StaffPadConfiguration::read);
        AtomicInteger code = new AtomicInteger();
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ending, ended), "kiosk-end"));
        Deque<Runnable> closing = new ArrayDeque<>();
        try {
            kiosk.ifPresent(configuration -> serve(configuration, arguments, closing, () -> {
                code.set(RESTART);
                ending.countDown();
            }));
            door.ifPresent(configuration -> serve(configuration, arguments, closing));
            staffPad.ifPresent(configuration -> serve(configuration, closing));
            ending.await();
        } finally {
            try {
                closing.forEach(KioskMain::close);
            } finally {
                ended.countDown();
            }
        }
        return code.get();
    }

    /** One that cannot be closed keeps neither the others nor the process. */
    private static void close(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.warn("a part of the kiosk did not close", e);
        }
    }

    private static void serve(
            KioskConfiguration configuration, Arguments arguments, Deque<Runnable> closing, Runnable restart) {
        Kiosk kiosk = new Kiosk(configuration, restart);
        closing.push(kiosk::close);
        List<Watchdog.Pulse> pulses = new ArrayList<>(List.of(kiosk.pulse()));
        if (!arguments.windowless()) {
            // Windows end with the process: at its end JavaFX is gone before anybody could close them.
            pulses.add(openWindow(kiosk, configuration, arguments));
        }
        kiosk.start();
        Watchdog.start(System.getenv(), pulses).ifPresent(watchdog -> closing.push(watchdog::close));
        LOG.info(
                "kiosk {} at {} is running",
                configuration.login(),
                configuration.settings().libraryName());
    }

    private static void serve(DoorConfiguration configuration, Arguments arguments, Deque<Runnable> closing) {
        Door door = new Door(configuration);
        closing.push(door::close);
        if (!arguments.windowless()) {
            DoorWindow.open(
                    "Kimppa " + configuration.door().login(),
                    DeviceProfile.COMPACT,
                    Look.STANDARD,
                    false,
                    door.terminal());
        }
        door.start();
        LOG.info("door {} is running", configuration.door().login());
    }

    private static void serve(StaffPadConfiguration configuration, Deque<Runnable> closing) {
        StaffPad pad = new StaffPad(configuration);
        closing.push(pad::close);
        pad.start();
        LOG.info("staff pad {} is running", configuration.login());
    }

    /** The process must not be gone before the disk is closed. */
    private static void end(CountDownLatch ending, CountDownLatch ended) {
        ending.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The window beats by drawing a frame when it is asked to. */
    private static Watchdog.Pulse openWindow(Kiosk kiosk, KioskConfiguration configuration, Arguments arguments) {
        KioskWindow window = KioskWindow.open(
                "Kimppa " + configuration.login(), arguments.display(), arguments.fullScreen(), kiosk::offer);
        kiosk.addListener(window::show);
        if (configuration.keyboardScanner()) {
            window.scanByKeyboard();
        }
        kiosk.addListener(new Consumer<>() {
            private boolean usable;

            @Override
            public void accept(KioskState state) {
                if (!usable && !(state instanceof KioskState.OutOfService)) {
                    usable = true;
                    // The next frame begins when this one has been handed on.
                    window.afterNextFrame(
                            () -> window.afterNextFrame(() -> LOG.info("the first usable screen is drawn")));
                }
            }
        });
        AtomicLong drawnAt = new AtomicLong(System.nanoTime());
        return new Watchdog.Pulse(
                "the window", () -> window.afterNextFrame(() -> drawnAt.set(System.nanoTime())), drawnAt::get);
    }
}
