package fi.kimppa.deploy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon a kiosk is there and how much memory it takes, how long ten things take until they are ten green rows, how often the
 * screen is drawn meanwhile, and whether many sessions leave memory behind. Started by {@code deploy/bench kiosk}. Exit codes: 0
 * measured, 2 it could not be; a goal that is missed is a figure, not a failure.
 */
public final class BenchKiosk {
    private static final BenchOptions USUAL = new BenchOptions(5, 5, false);
    private static final String BRANCH = "TURKU";
    private static final String USABLE = "the first usable screen is drawn";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Programs programs;
    private final BenchOptions options;
    private final PrintStream out;
    private final Path home;
    private final BenchResults results;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * One line of the table.
     *
     * @param goal none where it says how it is and not how it must be
     */
    private record Figure(String name, double median, double worst, String unit, Optional<Double> goal) {
        String verdict() {
            return goal.map(most -> median <= most ? "kept" : "missed").orElse("");
        }
    }

    private BenchKiosk(Programs programs, BenchOptions options, PrintStream out) {
        this.programs = programs;
        this.options = options;
        this.out = out;
        this.results = BenchResults.of(programs);
        this.home = results.work();
    }

    /**
     * Measures once and ends.
     *
     * @param args {@code kiosk [--rounds=N] [--seconds=N]}
     */
    public static void main(String[] args) {
        Programs.run(out -> {
            new BenchKiosk(Programs.fromProperties(), USUAL.with("kiosk", args), out).run();
            return 0;
        });
    }

    private void run() {
        Folders.empty(home);
        Ports ports = Ports.free();
        Gateway gateway = new Gateway(
                programs, home.resolve("gateway"), home, ports, Optional.empty(), Optional.empty(), List.of());
        try (Child child = gateway.start()) {
            gateway.awaitReady(child);
            Configurations files =
                    new Configurations(ports, gateway.certificatePin(), home.resolve("kiosks"), Optional.empty());
            starts(files);
            piles(files, ports);
        }
        sessions();
        write();
    }

    // ---- the program as it is installed ------------------------------------------------------------------

    private void starts(Configurations files) {
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            Path file = home.resolve("kiosk.json");
            Files.writeString(file, configuration(files, desk, desk.pad().address()));
            for (int round = 0; round < options.rounds(); round++) {
                start(file, desk, seconds, megabytes);
                out.printf(
                        Locale.ROOT,
                        "start %d: usable after %.2f s, %.0f MB%n",
                        round + 1,
                        seconds.getLast(),
                        megabytes.getLast());
            }
        } catch (IOException e) {
            throw new StartException("Cannot write into " + home, e);
        }
        note("start to the first usable screen", seconds, "s", Optional.of(2.5));
        note("resident memory", megabytes, "MB", Optional.of(250.0));
    }

    private void start(Path file, VirtualDesk desk, List<Double> seconds, List<Double> megabytes) {
        long began = System.nanoTime();
        try (Child kiosk = Child.java(
                "kiosk",
                home,
                Map.of(),
                List.of(
                        programs.argumentFile("real-kiosk"),
                        "fi.kimppa.kiosk.KioskMain",
                        "--full-screen",
                        file.toString()))) {
            while (kiosk.said(USABLE).isEmpty()) {
                if (!kiosk.alive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new StartException(
                            "The kiosk did not start. Its log, " + kiosk.log() + ", ends:\n" + kiosk.lastWords(12));
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
            seconds.add((System.nanoTime() - began) / 1e9);
            desk.pad().clear();
            BenchKioskPile.tags(BenchKioskPile.NUMBERS).forEach(desk.pad()::lay);
            desk.scanner().scan(BenchKioskPile.CARD);
            // The pile and the PIN pad have been drawn by then, and the compiler has had its say.
            LockSupport.parkNanos(Duration.ofSeconds(options.seconds()).toNanos());
            megabytes.add(new BenchMetrics(kiosk.pid(), 0).megabytes());
            desk.pad().clear();
        }
    }

    private static String configuration(Configurations files, VirtualDesk desk, DeviceAddress pad) {
        return files.kiosk(BRANCH, pad, desk.printer().address(), desk.scanner().address());
    }

    // ---- ten things --------------------------------------------------------------------------------------

    private void piles(Configurations files, Ports ports) {
        List<Double> millis = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> frames = new ArrayList<>();
        try (BenchKioskPile pile = BenchKioskPile.start(
                home,
                ports,
                new BenchServer(home.resolve("gateway")),
                (desk, pad) -> configuration(files, desk, pad))) {
            pile.lend(false);
            for (int round = 0; round < options.rounds(); round++) {
                BenchKioskPile.Lent lent = pile.lend(false);
                millis.add(lent.millis());
                ratios.add(lent.ratio());
                out.println("pile " + (round + 1) + ": " + lent.said());
            }
            frames.addAll(pile.lend(true).frames());
        }
        note("ten things to ten green rows", millis, "ms", Optional.empty());
        note("the same beside wire and answers", ratios, "x", Optional.of(1.3));
        note("a frame while rows move", frames, "ms", Optional.empty());
    }

    // ---- many sessions -----------------------------------------------------------------------------------

    private void sessions() {
        List<Double> grown = List.of(new BenchKioskSessions().grown(out));
        note("heap after 50,000 sessions, more than after 5,000", grown, "MB", Optional.of(2.0));
    }

    // ---- what is written ---------------------------------------------------------------------------------

    private void note(String name, List<Double> measured, String unit, Optional<Double> goal) {
        List<Double> sorted = measured.stream().sorted().toList();
        figures.add(new Figure(name, sorted.get(sorted.size() / 2), sorted.getLast(), unit, goal));
    }

    private void write() {
        var table = new StringBuilder("""
                | Figure | Median | Worst | Goal | |
                |---|---|---|---|---|
                """);
        for (Figure figure : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |%n",
                    figure.name(),
                    said(figure.median(), figure.unit()),
                    said(figure.worst(), figure.unit()),
                    figure.goal().map(most -> said(most, figure.unit())).orElse("none"),
                    figure.verdict()));
        }
        results.write("kiosk", table.toString(), Map.of("rounds", options.rounds(), "figures", said()));
        out.print(table);
        out.println("Written to " + results + ": kiosk.json, kiosk.md");
    }

    private List<Map<String, Object>> said() {
        return figures.stream()
                .map(figure -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("name", figure.name());
                    line.put("median", figure.median());
                    line.put("worst", figure.worst());
                    line.put("unit", figure.unit());
                    figure.goal().ifPresent(most -> line.put("goal", most));
                    return line;
                })
                .toList();
    }

    private static String said(double value, String unit) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : "%.0f %s", value, unit);
    }
}
