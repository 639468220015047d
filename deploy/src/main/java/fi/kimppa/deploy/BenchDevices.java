package fi.kimppa.deploy;

import com.sun.management.OperatingSystemMXBean;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.rfid.FeigCommand;
import fi.kimppa.device.rfid.PadEvent;
import fi.kimppa.device.rfid.PadWatch;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskClock;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.LineTiming;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * How long it takes from the first inventory answer that holds a pile until all of it is stable and identified, beside the time that
 * the wire and the reader need for the least sequence of commands; and what an idle pad costs. Against the virtual pad on a
 * pseudo-terminal with the timing of a serial reader. Started by {@code deploy/bench devices}.
 */
public final class BenchDevices {
    private static final DeskClock CLOCK = DeskClock.running();
    private static final BenchOptions USUAL = new BenchOptions(15, 60, false);
    private static final int[] PILES = {1, 10, 20};
    private static final double WIRE_GOAL = 1.5;
    private static final double IDLE_GOAL = 2.0;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // The least sequence, in bytes of advanced frames (devices.md of the specification; H40801 for the frames).
    private static final int INVENTORY_REQUEST = 9;
    private static final int INVENTORY_ANSWER = 9;
    private static final int RECORD = 10;
    private static final int TAGS_PER_ANSWER = 8;
    private static final int READ_REQUEST = 19;
    private static final int READ_ANSWER = 50;

    private final BenchResults results;
    private final BenchOptions options;
    private final PrintStream out;

    private BenchDevices(BenchResults results, BenchOptions options, PrintStream out) {
        this.results = results;
        this.options = options;
        this.out = out;
    }

    /**
     * Measures, or with {@code desk NAME} is the far side for a measurement until its parent ends.
     *
     * @param args {@code devices [--rounds=N] [--seconds=N]}
     */
    public static void main(String[] args) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (args.length == 2 && args[0].equals("desk")) {
            desk(Path.of(args[1]));
            return;
        }
        try {
            Path results = Path.of(System.getProperty("kimppa.home", ".")).resolve("target/bench");
            Files.createDirectories(results);
            new BenchDevices(new BenchResults(results), USUAL.with("devices", args), out).measure();
        } catch (StartException e) {
            out.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void desk(Path name) {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                SerialOutlet _ = outlet(desk, name, new FirstSeen())) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
        }
    }

    private static SerialOutlet outlet(VirtualDesk desk, Path name, LinkTap tap) {
        return SerialOutlet.plug("feig", name, link -> desk.pad().serve(tap.on(LineTiming.FEIG.on(link, CLOCK))));
    }

    /** Notes when the first answer of an inventory that holds a tag has gone over the wire. */
    private static final class FirstSeen implements LinkTap {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public void sent(byte[] bytes) {
            boolean holdsTag =
                    bytes.length >= INVENTORY_ANSWER + RECORD && (bytes[4] & 0xFF) == FeigCommand.HOST && bytes[6] > 0;
            if (holdsTag) {
                nanos.compareAndSet(0, System.nanoTime());
            }
        }

        @Override
        public void received(byte[] bytes) {
            // What the host asks does not tell what lies there.
        }
    }

    /** What one pile took. */
    private record Pile(int tags, double wireMillis, double medianMillis, double worstMillis) {
        double ratio() {
            return medianMillis / wireMillis;
        }
    }

    private void measure() throws Exception {
        Path folder = Files.createTempDirectory("kimppa-bench");
        List<Pile> piles = new ArrayList<>();
        var firstSeen = new FirstSeen();
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                SerialOutlet outlet = outlet(desk, folder.resolve("pad"), firstSeen)) {
            for (int tags : PILES) {
                piles.add(pile(desk, outlet, firstSeen, tags));
                out.println(said(piles.getLast()));
            }
        }
        double idle = idle(folder.resolve("idle"));
        out.printf(Locale.ROOT, "idle pad, polled: %.2f %% of a core over %d s%n", idle, options.seconds());
        write(piles, idle);
    }

    private static String said(Pile pile) {
        return String.format(
                Locale.ROOT,
                "%2d tags: stable after %.0f ms (worst %.0f), wire %.0f ms, ratio %.2f, goal %.1f",
                pile.tags(),
                pile.medianMillis(),
                pile.worstMillis(),
                pile.wireMillis(),
                pile.ratio(),
                WIRE_GOAL);
    }

    private Pile pile(VirtualDesk desk, SerialOutlet outlet, FirstSeen firstSeen, int tags)
            throws InterruptedException {
        List<VirtualTag> pile = IntStream.range(0, tags)
                .mapToObj(i -> DemoTags.tag(
                        ItemTag.single("853N0624%04d".formatted(i), "FI-Turku", TagModel.ISO_28560_2),
                        TagSecurity.SECURED))
                .toList();
        BlockingQueue<Integer> identified = new LinkedBlockingQueue<>();
        List<Double> millis = new ArrayList<>();
        var address = DeviceAddress.parse("feig:serial:" + outlet.name());
        try (RfidPad pad = RfidPad.open(address);
                PadWatch _ = PadWatch.start(pad, event -> {
                    switch (event) {
                        case PadEvent.Arrived _ -> {
                            // Counted on the wire, where the answer begins to be known.
                        }
                        case PadEvent.Stable(var tag) ->
                            identified.add(tag.item().isPresent() ? 1 : 0);
                        case PadEvent.Left _ -> identified.add(-1);
                    }
                })) {
            await(() -> pad.status() instanceof DeviceStatus.Ready);
            for (int round = 0; round < options.rounds(); round++) {
                firstSeen.nanos.set(0);
                pile.forEach(desk.pad()::lay);
                take(identified, tags, 1);
                millis.add((System.nanoTime() - firstSeen.nanos.get()) / 1e6);
                desk.pad().clear();
                take(identified, tags, -1);
            }
        }
        millis.sort(Double::compare);
        return new Pile(tags, wireMillis(tags), millis.get(millis.size() / 2), millis.getLast());
    }

    private static void take(BlockingQueue<Integer> events, int count, int expected) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            Integer event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (event == null || event != expected) {
                throw new IllegalStateException("Expected " + count + " events " + expected + ", found " + event);
            }
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The virtual pad did not become ready");
            }
            Thread.sleep(5);
        }
    }

    /** Two inventories, as many answers as the reader needs for them, and one read of eight blocks a tag. */
    private static double wireMillis(int tags) {
        int answers = (tags + TAGS_PER_ANSWER - 1) / TAGS_PER_ANSWER;
        long bytes = 2L * (answers * (INVENTORY_REQUEST + INVENTORY_ANSWER) + tags * RECORD)
                + (long) tags * (READ_REQUEST + READ_ANSWER);
        long commands = 2L * answers + tags;
        return (LineTiming.FEIG.nanos(bytes) + commands * LineTiming.FEIG.work().toNanos()) / 1e6;
    }

    /** Processor time of this program alone: the virtual pad runs in another. In per cent of one core. */
    private double idle(Path name) throws Exception {
        try (Child _ = Child.java(
                "desk",
                results.directory(),
                Map.of(),
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dkimppa.log=" + results.file("devices-desk.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchDevices.class.getName(),
                        "desk",
                        name.toString()))) {
            var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            try (RfidPad pad = RfidPad.open(DeviceAddress.parse("feig:serial:" + name));
                    PadWatch _ = PadWatch.start(pad, _ -> {})) {
                await(() -> pad.status() instanceof DeviceStatus.Ready);
                // What the compiler does at first is not what a pad costs.
                Thread.sleep(Duration.ofSeconds(10));
                long before = system.getProcessCpuTime();
                long begun = System.nanoTime();
                Thread.sleep(Duration.ofSeconds(options.seconds()));
                return 100.0 * (system.getProcessCpuTime() - before) / (System.nanoTime() - begun);
            }
        }
    }

    private void write(List<Pile> piles, double idle) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("piles", piles);
        figures.put("idlePercentOfACore", idle);
        var table = new StringBuilder("""
                | tags | stable, median ms | worst ms | wire ms | ratio | goal |
                |---:|---:|---:|---:|---:|---:|
                """);
        for (Pile pile : piles) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.0f | %.2f | ≤ %.1f |%n",
                    pile.tags(),
                    pile.medianMillis(),
                    pile.worstMillis(),
                    pile.wireMillis(),
                    pile.ratio(),
                    WIRE_GOAL));
        }
        table.append(String.format(Locale.ROOT, "%nIdle pad: %.2f %% of a core, goal ≤ %.0f %%%n", idle, IDLE_GOAL));
        results.write("devices", table.toString(), figures);
        out.println("Written to " + results + ": devices.json, devices.md");
    }
}
