package fi.kimppa.deploy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Whether what machines ask takes longer in a large store than in a small one: two databases on one server, a gateway on each, asked in
 * turn. Started by {@code deploy/bench growth}. Exit codes: 0 measured, 2 it could not be; a goal that is missed is a figure, not a
 * failure.
 */
public final class BenchGrowth {
    private static final String LARGE = "large";
    private static final int MACHINES = 10;
    /** Requests a second of the one machine whose statements are timed: it waits between them, and so does the server. */
    private static final int PACE = 100;
    /** Visits a second of one of ten machines, more than there will be; none has the things of another. */
    private static final int MOST_VISITS = 20;

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration WARMING = Duration.ofSeconds(15);
    private static final Duration STOPPED = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final List<String> SETTLING = List.of(
            "alter system set autovacuum = off",
            "alter system set max_wal_size = '2GB'",
            "alter system set checkpoint_timeout = '30min'");
    private static final List<String> SETTLED = List.of(
            "alter system reset autovacuum",
            "alter system reset max_wal_size",
            "alter system reset checkpoint_timeout");
    private static final String LOG_IN = "9300CNbench-{n}|CObench-{n}|CPTURKU|";

    private final Programs programs;
    private final BenchGrowthOptions options;
    private final PrintStream out;
    private final Path home;
    private final BenchResults results;
    private final BenchServer server;

    private BenchGrowth(Programs programs, BenchGrowthOptions options, PrintStream out) {
        this.programs = programs;
        this.options = options;
        this.out = out;
        this.results = BenchResults.of(programs);
        this.home = results.work();
        this.server = new BenchServer(home.resolve("gateway"));
    }

    /** Measures once and ends. */
    public static void main(String[] args) {
        Programs.run(out -> {
            new BenchGrowth(Programs.fromProperties(), BenchGrowthOptions.of(args), out).run();
            return 0;
        });
    }

    private void run() {
        Folders.empty(home);
        requireDisk();
        try {
            measure();
        } finally {
            if (options.keep()) {
                out.println("Kept: " + home);
            } else {
                awaitStop();
                Folders.empty(home);
            }
        }
    }

    private void requireDisk() {
        long wanted = options.large().bytes();
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            if (free < wanted) {
                throw new StartException(String.format(
                        Locale.ROOT,
                        "%s need about %.1f GB of disk, and %s has %.1f GB free. Make room there, or ask for less with"
                                + " --items=N and --rows=N.",
                        options.large().said(),
                        wanted / 1e9,
                        home,
                        free / 1e9));
            }
        } catch (IOException e) {
            throw new StartException("How much disk is free cannot be read of " + home, e);
        }
    }

    private void measure() {
        BenchStore small = new BenchStore(server, BenchServer.NAME, BenchSize.SMALL);
        BenchStore large = new BenchStore(server, LARGE, options.large());
        Ports ports = Ports.free();
        Ports largePorts = Ports.free();
        BenchGrowthFigures figures = new BenchGrowthFigures(small, large);
        out.println("Starting a gateway on each database once, for its schema ...");
        try (Child first = started(own(ports))) {
            server.create(LARGE);
            try (Child _ = started(beside(largePorts))) {
                out.println("Both schemas are there.");
            }
            fill(small, figures);
            fill(large, figures);
            requireAlive(first);
        }
        awaitStop();
        List<Side> sides = new ArrayList<>();
        try (Child one = started(own(ports));
                Child two = started(beside(largePorts))) {
            sides.add(new Side(small, load("load-small", ports)));
            sides.add(new Side(large, load("load-large", largePorts)));
            out.println("Waiting for what gateways do by themselves after a start ...");
            figures.afterStart(BenchAfterStart.watch(server, List.of(small, large), out));
            for (Child child : List.of(one, two)) {
                child.said("does not fit").ifPresent(line -> {
                    throw new StartException(
                            "A gateway does not believe the chains that the bench has written: " + line);
                });
            }
            out.println("Warming up ...");
            sides.forEach(this::warm);
            for (int round = 1; round <= options.rounds(); round++) {
                for (Side side : round % 2 == 1 ? sides : sides.reversed()) {
                    statements(side, figures);
                    machines(side, figures);
                }
                out.println("Round " + round + ": " + figures.lastRound());
            }
        }
        figures.write(results, options);
        out.println(figures.table());
        out.println("Written: growth.json and growth.md in " + results);
    }

    // ---- gateways and stores -----------------------------------------------------------------------------

    private Gateway own(Ports ports) {
        return gateway("gateway", ports, List.of());
    }

    /** On the other database of the server that the first gateway has started. */
    private Gateway beside(Ports ports) {
        return gateway(
                "gateway-large",
                ports,
                List.of(
                        "--spring.datasource.url=" + server.url(LARGE),
                        "--spring.datasource.username=" + BenchServer.NAME,
                        "--spring.datasource.password=" + server.password()));
    }

    private Gateway gateway(String name, Ports ports, List<String> settings) {
        return new Gateway(
                programs,
                home.resolve(name),
                home.resolve(name + "-log"),
                ports,
                Optional.empty(),
                Optional.empty(),
                settings);
    }

    private static Child started(Gateway gateway) {
        Child child = gateway.start();
        try {
            gateway.awaitReady(child);
            return child;
        } catch (StartException e) {
            child.close();
            throw e;
        }
    }

    private static void requireAlive(Child gateway) {
        if (!gateway.alive()) {
            throw new StartException(
                    "The gateway has ended. Its log, " + gateway.log() + ", ends:\n" + gateway.lastWords(12));
        }
    }

    private void fill(BenchStore store, BenchGrowthFigures figures) {
        out.println("Filling the database " + store.database() + " with "
                + store.size().said() + " ...");
        long begun = System.nanoTime();
        SETTLING.forEach(server::set);
        store.fill(out);
        SETTLED.forEach(server::set);
        figures.filled(store, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** A gateway that has a large database to stop may be gone before it. */
    private void awaitStop() {
        long begun = System.nanoTime();
        while (server.running() && System.nanoTime() - begun < STOPPED.toNanos()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private BenchLoad load(String name, Ports ports) {
        Path scratch = home.resolve(name);
        Folders.empty(scratch);
        return new BenchLoad(programs, scratch, List.of("none"), ports.of(Ports.Use.SIP), false);
    }

    // ---- what is measured --------------------------------------------------------------------------------

    /** A store with its load, and which of its things and cards come next. */
    private final class Side {
        private final BenchStore store;
        private final BenchLoad load;
        private final List<String> items;
        private final List<String> cards;
        private int next;

        Side(BenchStore store, BenchLoad load) {
            int most = (options.rounds() + 1) * (visitsOfOne() + MACHINES * visitsOfEach());
            this.store = store;
            this.load = load;
            this.items = store.items(most);
            this.cards = store.cards(most);
        }

        /** A patron who is known, and a thing that is looked up, lent and given back; each with a date of its own. */
        List<String> visits(int count) {
            List<String> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String item = "AB" + items.get(next % items.size()) + "|";
                String card = "AA" + cards.get(next % cards.size()) + "|";
                String lent = "{now-" + 2 * (count - i) + "}";
                String back = "{now-" + (2 * (count - i) - 1) + "}";
                messages.add("63001" + lent + "          AOTURKU|" + card + "AC|");
                messages.add("17" + lent + "AOTURKU|" + item);
                messages.add("11NN" + lent + lent + "AOTURKU|" + card + item + "AC|");
                messages.add("09N" + back + back + "APTURKU|AOTURKU|" + item + "AC|");
                next++;
            }
            return messages;
        }

        List<List<String>> visitsOfMachines() {
            return IntStream.range(0, MACHINES)
                    .mapToObj(_ -> visits(visitsOfEach()))
                    .toList();
        }

        /** Puts on the load, and makes sure that what was answered was done: a refusal would be measured as a fast answer. */
        JsonNode put(BenchLoad.Plan plan, List<List<String>> messages, Runnable warm) {
            long before = store.lastLoan();
            JsonNode report = load.put(plan, messages, warm);
            long counted = Math.round(BenchCirculation.number(report, "09", "count"));
            long made = store.loansEndedAfter(before);
            if (made < counted) {
                throw new StartException("Of " + counted + " loans that were made and ended the database "
                        + store.database() + " has " + made + ".");
            }
            return report;
        }
    }

    /** Each gateway is a program of its own, which is slow at first. */
    private void warm(Side side) {
        side.put(plan(MACHINES).warming(WARMING), side.visitsOfMachines(), () -> {});
    }

    /** One machine, not hurried, while the server says how long each statement took. */
    private void statements(Side side, BenchGrowthFigures figures) {
        AtomicLong warm = new AtomicLong();
        BenchStatements.ON.forEach(server::set);
        JsonNode report = side.put(
                plan(1).at(PACE),
                List.of(side.visits(visitsOfOne())),
                () -> warm.set(server.log().toFile().length()));
        figures.answered(side.store, BenchGrowthFigures.ONE, report);
        BenchStatements.OFF.forEach(server::set);
        figures.statements(side.store).add(server.log(), warm.get());
    }

    /** Ten machines, each asking again as soon as it is answered. */
    private void machines(Side side, BenchGrowthFigures figures) {
        figures.answered(
                side.store, BenchGrowthFigures.TEN, side.put(plan(MACHINES), side.visitsOfMachines(), () -> {}));
    }

    private BenchLoad.Plan plan(int connections) {
        return new BenchLoad.Plan(
                connections,
                List.of(LOG_IN),
                List.of(),
                "",
                0,
                Duration.ZERO,
                WARM_UP,
                Duration.ofSeconds(options.seconds()));
    }

    private int visitsOfOne() {
        return Math.toIntExact(PACE * WARM_UP.plusSeconds(options.seconds() + 1).toSeconds())
                / BenchGrowthFigures.REQUESTS.size();
    }

    private int visitsOfEach() {
        return Math.toIntExact(
                MOST_VISITS * WARM_UP.plusSeconds(options.seconds()).toSeconds());
    }
}
