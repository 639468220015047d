package fi.kimppa.device;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices have done outlives the program, a killed one too, and follows the device and not its port. */
class DeviceHistoryTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("devices.history");
    }

    private DeviceHistory history(Duration interval) {
        return DeviceHistory.open(file(), interval);
    }

    private static void print(ReceiptPrinter printer, int times) {
        eventually("the printer is ready", () -> printer.status() instanceof DeviceStatus.Ready);
        for (int i = 0; i < times; i++) {
            printer.print(Receipt.builder().text("kuitti").cut().build());
        }
    }

    private static long cuts(Map<String, DeviceStatistics> devices) {
        return devices.values().stream()
                .mapToLong(done -> done.count(Counter.CUTS))
                .sum();
    }

    @Test
    void countsCutsOverRestarts() throws IOException {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            for (int run = 1; run <= 3; run++) {
                try (DeviceHistory history = history(NEVER);
                        ReceiptPrinter printer =
                                ReceiptPrinter.open(desk.printer().address())) {
                    history.follow(printer);
                    print(printer, 2);
                }
                Map<String, DeviceStatistics> devices = DeviceHistory.read(file());
                assertThat(devices).hasSize(1);
                DeviceStatistics done = devices.values().iterator().next();
                assertThat(done.count(Counter.CUTS)).isEqualTo(2L * run);
                assertThat(done.connections()).isEqualTo(run);
                assertThat(done.usable()).isPositive();
                assertThat(done.opened()).isBefore(done.lastAnswer().orElseThrow());
            }
        }
    }

    /** The program that is killed: prints and cuts, says so and waits. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            DeviceHistory history = DeviceHistory.open(Path.of(arguments[1]), OFTEN);
            try (ReceiptPrinter printer = ReceiptPrinter.open(DeviceAddress.parse(arguments[0]))) {
                history.follow(printer);
                print(printer, 3);
                System.out.println("cut");
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void outlivesAKilledProgram() throws IOException {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            desk.printer().address().toString(),
                            file().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader said = program.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).isEqualTo("cut");
                eventually("written", () -> written() == 3);
            } finally {
                program.destroyForcibly();
                program.onExit().join();
            }
            try (DeviceHistory history = history(NEVER);
                    ReceiptPrinter printer = ReceiptPrinter.open(desk.printer().address())) {
                history.follow(printer);
                print(printer, 1);
            }
            assertThat(written()).isEqualTo(4);
        }
    }

    /** Read again and again while the other program writes: there is always a whole file, or none yet. */
    private long written() {
        try {
            return Files.exists(file()) ? cuts(DeviceHistory.read(file())) : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void followsTheDeviceAndNotItsPort() throws IOException {
        try (VirtualDesk one = VirtualDesk.start(DeskPorts.any());
                VirtualDesk other = VirtualDesk.start(DeskPorts.any());
                DeviceHistory history = history(NEVER);
                RfidPad pad = RfidPad.open(
                        new DeviceId(DeviceKind.PAD, "pad-lend"), one.pad().address());
                RfidPad same = RfidPad.open(
                        new DeviceId(DeviceKind.PAD, "pad-return"), other.pad().address())) {
            for (RfidPad each : List.of(pad, same)) {
                history.follow(each);
                eventually("ready", () -> each.status() instanceof DeviceStatus.Ready);
            }
            history.save();
            // All virtual pads are one reader with one serial number, so they are one device here.
            String serial = pad.identity().serial().orElseThrow();
            assertThat(DeviceHistory.read(file())).hasSize(1).allSatisfy((name, done) -> {
                assertThat(name).contains(serial);
                assertThat(done.connections()).isEqualTo(2);
            });
        }
    }

    @Test
    void setsADamagedFileAsideAndBeginsAgain() throws IOException {
        String whole = HistoryFile.text(Map.of("printer", some(7)));
        for (String damaged : List.of(
                "",
                "hello",
                whole.substring(0, whole.length() - 3),
                whole.replace("CUTS=7", "CUTS=9"),
                "\u0000".repeat(80))) {
            Files.writeString(file(), damaged);
            assertThatThrownBy(() -> DeviceHistory.read(file())).isInstanceOf(IOException.class);
            try (DeviceHistory _ = history(NEVER)) {
                assertThat(file()).doesNotExist();
            }
            try (Stream<Path> kept = Files.list(folder)) {
                Path aside = kept.filter(path -> path.toString().contains(".damaged-"))
                        .findFirst()
                        .orElseThrow();
                assertThat(aside).hasContent(damaged);
                Files.delete(aside);
            }
        }
        Files.write(file(), new byte[] {(byte) 0xFF, (byte) 0xFE});
        try (DeviceHistory _ = history(NEVER)) {
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void livesWithAFolderThatIsNotThere() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                DeviceHistory history = DeviceHistory.open(folder.resolve("nowhere/devices.history"), OFTEN);
                ReceiptPrinter printer = ReceiptPrinter.open(desk.printer().address())) {
            history.follow(printer);
            print(printer, 1);
            history.save();
            history.save();
        }
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void readsWhatItWritesAndPassesOverWhatALaterVersionCounts() throws IOException {
        Map<String, DeviceStatistics> devices = Map.of("TM-T88V J2\tTF", some(7), "pad", some(0));
        String text = HistoryFile.text(devices);
        assertThat(HistoryFile.parse(text))
                .containsEntry("TM-T88V J2 TF", some(7))
                .containsEntry("pad", some(0));
        String later = text.replace("CUTS=7", "CUTS=7\tSONGS=3");
        String signed = later.substring(0, later.lastIndexOf("crc32 "));
        var crc = new java.util.zip.CRC32();
        crc.update(signed.getBytes(StandardCharsets.UTF_8));
        assertThat(HistoryFile.parse(signed + "crc32 " + "%08x".formatted(crc.getValue()) + "\n"))
                .containsEntry("TM-T88V J2 TF", some(7));
    }

    private static DeviceStatistics some(long cuts) {
        Instant then = Instant.parse("2026-11-27T09:00:00Z");
        return new DeviceStatistics(
                then,
                Duration.ofHours(30),
                1_000,
                3,
                2,
                cuts == 0 ? Optional.empty() : Optional.of(then.plusSeconds(9)),
                cuts == 0 ? Map.of() : Map.of(Counter.CUTS, cuts));
    }
}
