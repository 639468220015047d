package fi.kimppa.device.simulator;

import java.util.List;

/**
 * Everything that can be seen on the virtual desk at one moment. Immutable.
 *
 * @param pad the reader
 * @param printer the printer
 * @param scanner the scanner
 * @param door the relay board and its door
 */
public record DeskSnapshot(Pad pad, Printer printer, Scanner scanner, Door door) {
    /**
     * The reader.
     *
     * @param plugged whether the reader can be reached
     * @param hosts how many hosts are connected
     * @param tags what lies on it, in the order it was laid
     */
    public record Pad(boolean plugged, int hosts, List<VirtualTag> tags) {}

    /**
     * The printer.
     *
     * @param slips the papers that hang from the printer, oldest first, until they are torn off
     */
    public record Printer(boolean plugged, int hosts, Paper paper, boolean coverOpen, List<PrintedSlip> slips) {}

    /**
     * The scanner.
     *
     * @param scans how many codes were delivered to a host since start
     */
    public record Scanner(boolean plugged, int hosts, int scans) {}

    /**
     * The relay board and its door.
     *
     * @param released whether the lock is released now
     * @param open whether the door stands open
     */
    public record Door(boolean plugged, int hosts, boolean released, boolean open) {}
}
