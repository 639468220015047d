package fi.kimppa.device.printer;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.Seeds;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.printer.PrintOutcome.NotPrinted;
import fi.kimppa.device.printer.PrintOutcome.Printed;
import fi.kimppa.device.printer.PrintOutcome.Unconfirmed;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Style;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.PrintedSlip;
import fi.kimppa.device.simulator.PrinterModel;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualPrinter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Whatever goes wrong on the line and in the printer, a receipt that is said to be printed is on paper, whole, alone and cut off; one
 * that is said not to be printed is on none; and when all is well again, the next one comes out with nothing in front of it.
 *
 * <p>ESC/POS has neither check sums nor numbers, so three things cannot be told by any driver: a byte that changes on its way to the
 * printer, a piece that arrives there twice, and an answer that comes twice, or is made up by a damaged byte, while the piece that
 * another one was for is lost. They may spoil the paper of that receipt, and what hangs from it in front of the next; after the next
 * paper nothing is left of them.
 */
class ReceiptPrinterFaultScriptsTest {
    /** Far more than the time-outs of any one call together. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    /** Far more than a look at the printer takes. */
    private static final Duration LONGEST_BLINDNESS = Duration.ofSeconds(3);

    private static final List<String> PROFILES = PrinterProfile.names();

    @Test
    void saysNothingThatIsNotOnPaperWhateverGoesWrong() {
        play(PROFILES, 1, 200);
    }

    @Tag("long")
    @ParameterizedTest
    @FieldSource("PROFILES")
    void saysNothingThatIsNotOnPaperInTenThousandScripts(String profile) {
        play(List.of(profile), 1_000, 10_000);
    }

    private static void play(List<String> profiles, long first, int count) {
        Queue<VirtualDesk> free = new ConcurrentLinkedQueue<>();
        try {
            Seeds.each(first, count, seed -> {
                VirtualDesk desk = Optional.ofNullable(free.poll()).orElseGet(() -> VirtualDesk.start(DeskPorts.any()));
                String profile = profiles.get((int) seed % profiles.size());
                try (Play play = new Play(profile, desk.printer(), seed)) {
                    play.run();
                } finally {
                    free.add(desk);
                }
            });
        } finally {
            free.forEach(VirtualDesk::close);
        }
    }

    /** A receipt that can be told from all others, and what it looks like on paper. */
    private record Paperwork(String number, Receipt receipt, String text) {}

    /** One script. */
    private static final class Play implements AutoCloseable {
        private final String profile;
        private final VirtualPrinter virtual;
        private final Random random;
        private final FaultScript script;
        private final int columns;
        private final ReceiptPrinter printer;
        private final Map<Integer, String> papers = new LinkedHashMap<>();
        private final Set<String> notPrinted = new HashSet<>();
        private final Set<String> printed = new HashSet<>();
        private final List<String> calls = new ArrayList<>();
        private Optional<Thread> serving = Optional.empty();
        private Optional<Paperwork> again = Optional.empty();
        private int count;
        /** Up to here the faults are known not to have reached the paper that comes next. */
        private int harmless;

        Play(String profile, VirtualPrinter virtual, long seed) {
            this.profile = profile;
            this.virtual = virtual;
            this.random = Seeds.random(seed);
            this.columns = List.of(32, 42, 48).get(random.nextInt(3));
            // Whoever served the script before has hung up; nothing of it is left in the printer.
            virtual.cutPower();
            virtual.install(
                    switch (profile) {
                        case "core" -> PrinterModel.UNKNOWN;
                        case "custom" -> PrinterModel.CUSTOM_VKP80;
                        default -> PrinterModel.EPSON_TM;
                    },
                    columns);
            mendAll();
            virtual.tear();
            this.script = new FaultScript(
                    seed, List.of(20, 60, 150).get(random.nextInt(3)), Duration.ofMillis(80), virtual::cutPower);
            var address = new DeviceAddress(
                    "escpos",
                    new DeviceAddress.Link.Memory("test"),
                    Map.of(
                            "columns", Integer.toString(columns),
                            "timeout", "250",
                            "confirm", "500",
                            "poll", "50",
                            "recover", "50",
                            "ticket", random.nextBoolean() ? "retract" : "warn",
                            "profile", profile.equals("star") || random.nextBoolean() ? profile : "auto"));
            this.printer = new ReceiptPrinter(DeviceId.of(DeviceKind.PRINTER), address, () -> opened(address));
        }

        /** As a printer does, it serves one host after the other. */
        private ByteLink opened(DeviceAddress address) {
            serving.ifPresent(before -> {
                try {
                    before.join();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            MemoryLink.Pair pair = MemoryLink.pair(address);
            serving = Optional.of(Thread.ofVirtual().start(() -> virtual.serve(pair.device())));
            return script.on(pair.host());
        }

        void run() {
            try {
                for (int i = 5 + random.nextInt(5); i > 0; i--) {
                    act();
                }
                script.end();
                recovers();
                assertThat(count(printed)).as("papers of printed receipts").isSubsetOf(1L);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        profile + ", " + columns + " columns, " + script + "\ncalls " + calls + "\npapers " + papers
                                + "\n" + e.getMessage(),
                        e);
            }
        }

        private void act() {
            switch (random.nextInt(10)) {
                case 0, 1 -> trouble();
                case 2, 3 -> mendAll();
                case 4 -> {
                    calls.add("end of the paper");
                    virtual.endPaperAt(30 + random.nextInt(200));
                }
                case 5 -> call("check", printer::check);
                default -> print(again.filter(_ -> random.nextBoolean()).orElseGet(this::paperwork));
            }
        }

        private void trouble() {
            int which = random.nextInt(4);
            calls.add("trouble " + which);
            switch (which) {
                case 0 -> virtual.setPaper(Paper.OUT);
                case 1 -> virtual.setCoverOpen(true);
                case 2 -> virtual.setCutterJam(true);
                default -> virtual.setHot(true);
            }
            noticed();
        }

        private void noticed() {
            long begun = System.nanoTime();
            eventually("the trouble is told", () -> !(printer.status() instanceof DeviceStatus.Ready));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST_BLINDNESS);
        }

        private void mendAll() {
            virtual.endPaperAt(Integer.MAX_VALUE);
            virtual.setPaper(Paper.ENOUGH);
            virtual.setCoverOpen(false);
            virtual.setCutterJam(false);
            virtual.setHot(false);
        }

        /** A few lines or many, some of them pictures. */
        private Paperwork paperwork() {
            String number = "R-" + ++count + "-E";
            Receipt.Builder receipt = Receipt.builder().leftRight("Kirjasto", number, Style.BOLD);
            var pictures = 0;
            for (int i = random.nextInt(random.nextInt(6) == 0 ? 40 : 6); i > 0; i--) {
                switch (random.nextInt(12)) {
                    case 0 -> receipt.barCode(Symbology.CODE128, "853N06240600");
                    case 1 -> receipt.qr("3000000097");
                    case 2 -> {
                        receipt.picture(CodePictures.qr("x", 4));
                        pictures++;
                    }
                    case 3 -> receipt.text("KULJETUS", Align.CENTRE, Style.DOUBLE);
                    default -> receipt.text("Tuntematon sotilas / Linna, Väinö");
                }
            }
            Receipt whole = receipt.text("Kiitos!").build();
            String text = whole.toText(columns).replace("[picture]", "[image 120 x 116]");
            assertThat(pictures == 0 || text.contains("[image")).isTrue();
            return new Paperwork(number, whole, text);
        }

        private PrintOutcome print(Paperwork work) {
            again = Optional.empty();
            PrintOutcome outcome = call("print " + work.number, () -> printer.print(work.receipt));
            calls.add(outcome.toString());
            notPrinted.remove(work.number);
            switch (outcome) {
                case Printed() -> {
                    List<String> its = papersOf(work.number);
                    if (untold()) {
                        // Only what hung there before may be in front of it, and then all is well.
                        if (its.size() == 1 && its.getFirst().endsWith(work.text)) {
                            harmless = script.faults().size();
                        }
                    } else {
                        assertThat(its).as("papers of " + work.number).containsExactly(work.text);
                        printed.add(work.number);
                    }
                }
                case NotPrinted(var _) -> {
                    notPrinted.add(work.number);
                    again = Optional.of(work);
                }
                case Unconfirmed(var _) -> {
                    // It may be on paper or not.
                }
            }
            assertThat(count(notPrinted))
                    .as("papers of receipts said not to be printed")
                    .isSubsetOf(0L);
            return outcome;
        }

        /** Whether something has gone wrong that no driver can tell. */
        private boolean untold() {
            List<String> faults = script.faults();
            List<String> since = faults.subList(Math.min(harmless, faults.size()), faults.size());
            boolean spoilt = any(since, "writes", "DAMAGED", "TWICE");
            boolean madeUpFor = any(since, "writes", "LOST", "HALF") && any(since, "reads", "DAMAGED", "TWICE");
            return spoilt || madeUpFor;
        }

        private static boolean any(List<String> faults, String what, String one, String other) {
            return faults.stream()
                    .anyMatch(fault -> fault.contains(what) && (fault.endsWith(one) || fault.endsWith(other)));
        }

        private List<String> papersOf(String number) {
            for (PrintedSlip slip : virtual.slips()) {
                papers.put(slip.number(), slip.text());
            }
            return papers.values().stream()
                    .filter(text -> text.contains(number))
                    .toList();
        }

        private Set<Long> count(Set<String> numbers) {
            Set<Long> counts = new HashSet<>();
            numbers.forEach(number -> counts.add((long) papersOf(number).size()));
            return counts;
        }

        private <T> T call(String name, Supplier<T> call) {
            calls.add(name);
            long begun = System.nanoTime();
            T result = call.get();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(name).isLessThan(LONGEST_CALL);
            return result;
        }

        private void recovers() {
            mendAll();
            ready();
            virtual.setCoverOpen(true);
            noticed();
            assertThat(printer.check()).as("under an open cover").isNotInstanceOf(DeviceStatus.Ready.class);
            assertThat(print(paperwork())).isNotInstanceOf(Printed.class);
            mendAll();
            ready();
            if (untold()) {
                print(paperwork());
                papersOf("");
                harmless = script.faults().size();
            }
            // A machine that stands still for longer than the time-outs makes a receipt unconfirmed.
            eventually("the next receipt is printed", () -> {
                ready();
                return print(paperwork()) instanceof Printed;
            });
        }

        private void ready() {
            eventually("the printer is ready", () -> printer.check() instanceof DeviceStatus.Ready);
        }

        @Override
        public void close() {
            printer.close();
        }
    }
}
