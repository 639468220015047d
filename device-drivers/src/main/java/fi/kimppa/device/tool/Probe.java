package fi.kimppa.device.tool;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.RfidPad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds out what stands at a place: asks in the language of each driver that has a harmless question. */
final class Probe {
    private static final Duration STEP = Duration.ofMillis(20);

    private Probe() {}

    /**
     * A device that answered.
     *
     * @param address to be written into a configuration
     * @param says what it told about itself
     */
    record Found(String kind, String address, String says) {}

    /** One language to ask in. */
    private record Question(
            String kind, String driver, String settings, Duration patience, Function<DeviceAddress, Device> open) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question("pad", "feig", "baud=auto&timeout=300", Duration.ofSeconds(12), RfidPad::open),
            new Question("pad", "bibliotheca", "timeout=300", Duration.ofSeconds(3), RfidPad::open),
            new Question("printer", "escpos", "timeout=500", Duration.ofSeconds(2), ReceiptPrinter::open));

    /** What answers at a serial port ({@code /dev/…}) or at {@code HOST:PORT}. */
    static List<Found> at(String place) {
        boolean serial = place.startsWith("/");
        List<Found> found = new ArrayList<>();
        for (Question question : QUESTIONS) {
            String address = question.driver() + (serial ? ":serial:" : ":tcp:") + place;
            String asked = serial || !question.settings().contains("baud")
                    ? address + "?" + question.settings()
                    : address + "?timeout=300";
            try (Device device = question.open().apply(DeviceAddress.parse(asked))) {
                long deadline = System.nanoTime() + question.patience().toNanos();
                while (device.status() instanceof DeviceStatus.Absent && System.nanoTime() - deadline < 0) {
                    Thread.sleep(STEP);
                }
                if (!(device.status() instanceof DeviceStatus.Absent)) {
                    found.add(new Found(
                            question.kind(), address, device.identity().toString()));
                    break;
                }
            } catch (IllegalArgumentException e) {
                throw new ToolException(Exit.USAGE, String.valueOf(e.getMessage()));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return found;
    }
}
