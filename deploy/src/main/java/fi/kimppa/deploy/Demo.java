package fi.kimppa.deploy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The demo: gateway, virtual desk, kiosk and door as processes of their own, watched and started again when they end.
 * Started by {@code deploy/demo}, which has built them. Exit codes: 0 ended as asked or all checks passed, 1 a check
 * failed, 2 the house could not be started.
 */
public final class Demo {
    private static final String CARDS = """
            Cards to try        PIN     who
              2000012345        1234    nothing special; has one loan
              2000012353        4321    owes too much: may not borrow, may return
              2000012361        1111    a child: age limits, no entry after hours
              2000012379        2222    partner municipality: 5 loans at most
              2000012387        3333    card expired
              2000012395        246810  waits for a book; may enter Lieto after hours
            Staff sign-in       staff / demo-staff
            """;

    private Demo() {}

    /**
     * What the command line asks for.
     *
     * @param fresh whether earlier data is thrown away
     * @param windowless whether no window is opened
     * @param evening whether the scripted evening is played instead
     * @param ports where everything listens
     */
    private record Options(boolean fresh, boolean windowless, boolean evening, Ports ports) {
        static Options parse(String[] args) {
            boolean fresh = false;
            boolean windowless = false;
            boolean evening = false;
            Ports ports = Ports.usual();
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--fresh" -> fresh = true;
                    case "--windowless" -> windowless = true;
                    case "--script" -> {
                        if (i + 1 == args.length || !args[++i].equals("evening")) {
                            throw new StartException("--script: the only script is \"evening\".");
                        }
                        evening = true;
                    }
                    case "--script=evening" -> evening = true;
                    default -> ports = ports.with(args[i]);
                }
            }
            return new Options(fresh, windowless, evening, ports);
        }
    }

    /** Runs until Ctrl-C, or until the evening is over. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int code;
        try {
            Programs programs = Programs.fromProperties();
            System.setProperty(
                    "kimppa.log", programs.home().resolve("target/demo-log.txt").toString());
            Options options = Options.parse(args);
            if (options.evening()) {
                code = Evening.play(programs, out) ? 0 : 1;
            } else {
                run(programs, options, out);
                code = 0;
            }
        } catch (StartException e) {
            out.println(e.getMessage());
            code = 2;
        } catch (InterruptedException e) {
            code = 0;
        }
        System.exit(code);
    }

    private static void run(Programs programs, Options options, PrintStream out) throws InterruptedException {
        Ports ports = options.ports();
        ports.requireFree();
        Path home = programs.home().resolve("data/demo");
        if (options.fresh()) {
            delete(home);
            out.println("Earlier data is gone: " + home);
        }
        Path logs = home.resolve("logs");
        Gateway gateway =
                new Gateway(programs, home.resolve("gateway"), logs, ports, Optional.empty(), Optional.empty());
        try (Supervisor supervisor = new Supervisor(out)) {
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(supervisor, ended, out), "demo-end"));
            out.println("Starting the gateway (the first start also writes the demo consortium) ...");
            Child first = supervisor.keep(gateway::start);
            out.println(
                    "The gateway is ready after " + gateway.awaitReady(first).toMillis() + " ms.");
            Gateway.databaseNews(first).ifPresent(out::println);
            Terminals terminals =
                    new Terminals(programs, home, logs, ports, gateway.certificatePin(), options.windowless());
            supervisor.keep(terminals::desk);
            supervisor.keep(terminals::kiosk);
            announce(ports, home, out);
            try {
                supervisor.watch();
            } finally {
                ended.countDown();
            }
        }
    }

    /** The desk, and the kiosk with the door beside it. */
    private record Terminals(Programs programs, Path home, Path logs, Ports ports, String pin, boolean windowless) {
        Child desk() {
            return Child.java(
                    "desk",
                    logs,
                    Map.of(),
                    Stream.concat(
                                    Stream.of(
                                            programs.argumentFile("kiosk"),
                                            "fi.kimppa.kiosk.desk.DeskMain",
                                            "--pad-port",
                                            String.valueOf(ports.of(Ports.Use.PAD)),
                                            "--printer-port",
                                            String.valueOf(ports.of(Ports.Use.PRINTER)),
                                            "--scanner-port",
                                            String.valueOf(ports.of(Ports.Use.SCANNER)),
                                            "--door-scanner-port",
                                            String.valueOf(ports.of(Ports.Use.DOOR_READER)),
                                            "--keypad-port",
                                            String.valueOf(ports.of(Ports.Use.DOOR_KEYPAD)),
                                            "--relay-port",
                                            String.valueOf(ports.of(Ports.Use.DOOR_RELAY))),
                                    window())
                            .toList());
        }

        Child kiosk() {
            Configurations files = new Configurations(ports, pin, home, Optional.empty());
            Path kiosk = write(
                    "kiosk-turku.json",
                    files.kiosk(
                            "TURKU",
                            ports.address(Ports.Use.PAD),
                            ports.address(Ports.Use.PRINTER),
                            ports.address(Ports.Use.SCANNER)));
            Path door = write(
                    "door-lieto.json",
                    files.door(
                            "LIETO",
                            ports.address(Ports.Use.DOOR_RELAY),
                            ports.address(Ports.Use.DOOR_READER),
                            ports.address(Ports.Use.DOOR_KEYPAD)));
            return Child.java(
                    "kiosk",
                    logs,
                    Map.of(),
                    Stream.concat(
                                    Stream.of(
                                            programs.argumentFile("kiosk"),
                                            "fi.kimppa.kiosk.KioskMain",
                                            "--door",
                                            door.toString(),
                                            // A kiosk of 15.6 inches, in fewer pixels than an office display has.
                                            "--display",
                                            "1600x900@345.4x194.3",
                                            kiosk.toString()),
                                    window())
                            .toList());
        }

        private Stream<String> window() {
            return windowless ? Stream.of("--windowless") : Stream.empty();
        }

        private Path write(String name, String text) {
            Path file = home.resolve(name);
            try {
                Files.writeString(file, text);
                return file;
            } catch (IOException e) {
                throw new StartException("The configuration " + file + " cannot be written.", e);
            }
        }
    }

    private static void announce(Ports ports, Path home, PrintStream out) {
        out.println();
        out.println("Staff page          http://127.0.0.1:" + ports.of(Ports.Use.HTTP) + "/");
        out.println("Health, metrics     http://127.0.0.1:" + ports.of(Ports.Use.HTTP)
                + "/actuator/health, /actuator/prometheus");
        out.println("SIP2                127.0.0.1:" + ports.of(Ports.Use.SIP) + ", over TLS 127.0.0.1:"
                + ports.of(Ports.Use.SIP_TLS));
        out.println("Virtual devices     pad " + ports.of(Ports.Use.PAD) + ", printer " + ports.of(Ports.Use.PRINTER)
                + ", scanner "
                + ports.of(Ports.Use.SCANNER) + ", door reader " + ports.of(Ports.Use.DOOR_READER) + ", door keypad "
                + ports.of(Ports.Use.DOOR_KEYPAD)
                + ", door relay " + ports.of(Ports.Use.DOOR_RELAY));
        out.println("Data and logs       " + home);
        out.println();
        out.print(CARDS);
        out.println("Ctrl-C stops all of it.");
    }

    private static void end(Supervisor supervisor, CountDownLatch ended, PrintStream out) {
        out.println("Stopping ...");
        supervisor.close();
        ended.countDown();
    }

    private static void delete(Path directory) {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StartException(
                    "The data in " + directory + " cannot be removed; is another demo still running?", e);
        }
    }
}
