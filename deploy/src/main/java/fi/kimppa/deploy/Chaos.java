package fi.kimppa.deploy;

import fi.kimppa.deploy.ChaosFault.BalancerKilled;
import fi.kimppa.deploy.ChaosFault.ClockStepped;
import fi.kimppa.deploy.ChaosFault.DatabaseFrozen;
import fi.kimppa.deploy.ChaosFault.DatabaseKilled;
import fi.kimppa.deploy.ChaosFault.GatewayFrozen;
import fi.kimppa.deploy.ChaosFault.GatewayKilled;
import fi.kimppa.deploy.ChaosFault.LibraryDiskFull;
import fi.kimppa.deploy.ChaosFault.LibraryFrozen;
import fi.kimppa.deploy.ChaosFault.LibraryKilled;
import fi.kimppa.deploy.ChaosFault.LineCut;
import fi.kimppa.deploy.ChaosFault.LineSlow;
import fi.kimppa.deploy.ChaosHouse.Library;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Machines at work while gateways, library systems, the database, wires and the balancer fail, by a seeded script. When all is mended,
 * what patrons were told is compared with what the library systems have: every accepted loan and return is there once, and no refused
 * one is. Exit codes: 0 it agrees, 1 it does not, 2 it could not be tried.
 */
public final class Chaos {
    private static final List<Library> ALL = List.of(Library.values());
    private static final int ITEMS_EACH = 5;
    private static final int CARDS_EACH = 2;
    private static final Duration DRAIN = Duration.ofSeconds(150);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final ChaosOptions options;
    private final Path home;
    private final PrintStream out;
    private final ChaosTally tally = new ChaosTally();
    private final List<ChaosItem> items = new ArrayList<>();
    private final Set<String> hit = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();
    private final long begun = System.nanoTime();

    private Chaos(ChaosOptions options, Path home, PrintStream out) {
        this.options = options;
        this.home = home;
        this.out = out;
    }

    /** Does it once and ends. */
    public static void main(String[] args) {
        Programs.run(out -> {
            Programs programs = Programs.fromProperties();
            ChaosOptions options = ChaosOptions.of(args);
            out.println("Seed " + options.seed() + "; the same script again: deploy/chaos --seed=" + options.seed()
                    + " --seconds=" + options.seconds() + " --terminals=" + options.terminals());
            return new Chaos(options, programs.home().resolve("target/chaos"), out).run(programs) ? 0 : 1;
        });
    }

    private boolean run(Programs programs) {
        Folders.empty(home);
        out.println("Starting " + ChaosHouse.GATEWAYS + " gateways, PostgreSQL, HAProxy and three library systems ...");
        try (ChaosHouse house = ChaosHouse.start(home, programs)) {
            List<Thread> terminals = terminals(house);
            // What stands at the start is well: else the script would find nothing to break.
            await("the first changes", Duration.ofSeconds(60), () -> tally.decided() >= options.terminals() / 4);
            say("All serve. For " + options.seconds() + " s things go wrong.");
            List<Thread> faults = breakThings(house);
            faults.forEach(Chaos::join);
            over.set(true);
            say("All is mended; " + tally.said());
            List<String> wrong = new ArrayList<>(ended(terminals));
            wrong.addAll(settled(house));
            wrong.addAll(compared(house));
            tally.broken().forEach(e -> wrong.add("It could not go on: " + e));
            say(tally.said());
            wrong.stream().limit(50).forEach(line -> say("WRONG  " + line));
            say(
                    wrong.isEmpty()
                            ? "Every accepted change is there, once; no refused one is."
                            : wrong.size() + " things are wrong. The logs are in " + home);
            return wrong.isEmpty();
        }
    }

    private void say(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - begun) / 1e9, line);
    }

    // ---- the machines ------------------------------------------------------------------------------------

    /** Two machines share their things, so that what is lent at one comes back at the other, too. */
    private List<Thread> terminals(ChaosHouse house) {
        Random seeds = new Random(options.seed());
        List<Thread> threads = new ArrayList<>();
        Map<Integer, List<ChaosItem>> shared = new HashMap<>();
        for (int n = 0; n < options.terminals(); n++) {
            int pair = n / 2;
            Library library = ALL.get(pair % ALL.size());
            List<ChaosItem> theirs = shared.computeIfAbsent(pair, _ -> things(pair, library));
            List<String> cards = new ArrayList<>();
            for (int card = 0; card < CARDS_EACH; card++) {
                cards.add(library.cards + "%08d".formatted(n * CARDS_EACH + card));
            }
            String branch = List.of("TURKU", "NAANTALI", "LIETO").get(n % 3);
            ChaosTerminal terminal =
                    new ChaosTerminal(house.port(), "chaos-" + n, branch, theirs, cards, tally, seeds.nextLong());
            threads.add(Thread.ofVirtual().name("chaos-" + n).start(() -> terminal.work(over::get)));
        }
        return threads;
    }

    private List<ChaosItem> things(int pair, Library library) {
        List<ChaosItem> theirs = new ArrayList<>();
        for (int i = 0; i < ITEMS_EACH; i++) {
            theirs.add(new ChaosItem(library.items + "%08d".formatted(pair * ITEMS_EACH + i)));
        }
        items.addAll(theirs);
        return theirs;
    }

    /** Waits until each has heard the end of what it had begun. */
    private List<String> ended(List<Thread> terminals) {
        List<String> wrong = new ArrayList<>();
        long until = System.nanoTime() + DRAIN.toNanos();
        for (Thread terminal : terminals) {
            long left = (until - System.nanoTime()) / 1_000_000;
            try {
                if (!terminal.join(Duration.ofMillis(Math.max(1, left)))) {
                    wrong.add(terminal.getName() + " has had no answer for " + DRAIN.toSeconds() + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return wrong;
    }

    // ---- what goes wrong ---------------------------------------------------------------------------------

    private List<Thread> breakThings(ChaosHouse house) {
        Random random = new Random(options.seed());
        List<Thread> faults = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(options.seconds()).toNanos();
        while (System.nanoTime() < end) {
            ChaosFault fault = ChaosFault.draw(random, Duration.ofSeconds(options.seconds()));
            if (hit.add(fault.target())) {
                faults.add(Thread.ofVirtual().start(() -> befall(house, fault)));
            }
            LockSupport.parkNanos(
                    Duration.ofMillis(300L + random.nextInt(2_000)).toNanos());
        }
        return faults;
    }

    private void befall(ChaosHouse house, ChaosFault fault) {
        say(fault.getClass().getSimpleName() + " " + fault.target() + " for "
                + fault.lasting().toMillis() + " ms"
                + switch (fault) {
                    case LineSlow slow -> ", each piece " + slow.delay().toMillis() + " ms late";
                    case ClockStepped stepped -> ", " + stepped.offset().toSeconds() + " s ahead";
                    default -> "";
                });
        try {
            befallen(house, fault);
        } catch (RuntimeException e) {
            tally.broken(e);
        } finally {
            hit.remove(fault.target());
        }
    }

    private static void befallen(ChaosHouse house, ChaosFault fault) {
        switch (fault) {
            case GatewayKilled(int place, Duration lasting) -> {
                house.gateway(place).kill();
                pause(lasting);
                house.restartGateway(place);
            }
            case GatewayFrozen(int place, Duration lasting) ->
                frozen(List.of(house.gateway(place).pid()), lasting);
            case ClockStepped(int place, Duration offset, Duration lasting) -> {
                house.turnClock(place, offset);
                pause(lasting);
                house.turnClock(place, Duration.ZERO);
            }
            case LibraryKilled(Library library, Duration lasting) -> {
                house.library(library).kill();
                pause(lasting);
                house.startLibrary(library);
            }
            case LibraryFrozen(Library library, Duration lasting) ->
                frozen(List.of(house.library(library).pid()), lasting);
            case LibraryDiskFull(Library library, Duration lasting) -> {
                long pid = house.library(library).pid();
                long size = house.books(library).toFile().length();
                run("prlimit", "--pid", Long.toString(pid), "--fsize=" + (size + 20) + ":unlimited");
                pause(lasting);
                run("prlimit", "--pid", Long.toString(pid), "--fsize=unlimited:unlimited");
            }
            case LineCut(Library library, Duration lasting) -> {
                house.line(library).cut();
                pause(lasting);
                house.line(library).mend();
            }
            case LineSlow(Library library, Duration delay, Duration lasting) -> {
                house.line(library).slow(delay);
                pause(lasting);
                house.line(library).mend();
            }
            case DatabaseKilled(Duration lasting) -> {
                house.database().stream().limit(1).forEach(ProcessHandle::destroyForcibly);
                pause(lasting);
            }
            case DatabaseFrozen(Duration lasting) ->
                frozen(house.database().stream().map(ProcessHandle::pid).toList(), lasting);
            case BalancerKilled(Duration lasting) -> {
                house.balancer().kill();
                pause(lasting);
                house.restartBalancer();
            }
        }
    }

    private static void frozen(List<Long> pids, Duration lasting) {
        pids.forEach(pid -> run("kill", "-STOP", Long.toString(pid)));
        pause(lasting);
        pids.forEach(pid -> run("kill", "-CONT", Long.toString(pid)));
    }

    /** A process that has gone meanwhile cannot be hit: that is no fault of anybody. */
    private static void run(String... command) {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StartException(command[0] + " cannot be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    // ---- the books ---------------------------------------------------------------------------------------

    /** Waits until the journal has no change whose end is open. */
    private List<String> settled(ChaosHouse house) {
        String open = "select count(*) from journal where state <> 'SETTLED'";
        try {
            await(
                    "the journal",
                    DRAIN,
                    () -> number(house, open).filter(count -> count == 0).isPresent());
            return List.of();
        } catch (StartException e) {
            return List.of(number(house, open).map(String::valueOf).orElse("Nobody knows how many")
                    + " changes in the journal have no end: "
                    + text(
                            house,
                            "select string_agg(distinct state || ' ' || command || ' ' || coalesce(backend, '?'), ', ')"
                                    + " from journal where state <> 'SETTLED'"));
        }
    }

    private List<String> compared(ChaosHouse house) {
        Map<String, String> loans = new HashMap<>();
        Map<String, Integer> lent = new HashMap<>();
        for (Library library : ChaosHouse.OTHERS) {
            ChaosBooks.Read books = ChaosBooks.read(house.books(library));
            books.loans().forEach((item, loan) -> loans.put(item, loan.card()));
            lent.putAll(books.lent());
        }
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select item, count(*), max(card) filter (where returned_at is null)
                          from loans where item like '41%' group by item
                        """)) {
            while (rows.next()) {
                String item = rows.getString(1);
                lent.put(item, rows.getInt(2));
                Optional.ofNullable(rows.getString(3)).ifPresent(card -> loans.put(item, card));
            }
        } catch (SQLException e) {
            throw new StartException("The gateways' own store cannot be read.", e);
        }
        List<String> wrong = new ArrayList<>();
        for (ChaosItem item : items) {
            Optional<String> has = Optional.ofNullable(loans.get(item.number()));
            if (!has.equals(item.borrower())) {
                wrong.add(item.number() + ": patrons were told that "
                        + item.borrower().map(card -> card + " has it").orElse("it is back") + ", the library says "
                        + has.map(card -> card + " has it").orElse("it is back"));
            }
            int times = lent.getOrDefault(item.number(), 0);
            if (times != item.lent()) {
                wrong.add(item.number() + ": patrons were told of " + item.lent() + " loans, the library has " + times);
            }
        }
        return wrong;
    }

    private static Optional<Long> number(ChaosHouse house, String sql) {
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return Optional.of(rows.getLong(1));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static String text(ChaosHouse house, String sql) {
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            return "the database does not say";
        }
    }

    // ---- tools -------------------------------------------------------------------------------------------

    private static void await(String what, Duration longest, BooleanSupplier condition) {
        long until = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new StartException("Not within " + longest.toSeconds() + " s: " + what);
            }
            pause(LOOK);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
