package fi.kimppa.device.simulator;

import java.util.List;
import java.util.Optional;

/**
 * Everything that can be seen on the virtual desk at one moment. Immutable.
 *
 * @param pad the reader
 * @param printer the printer
 * @param scanner the scanner
 * @param card the reader of contactless cards
 * @param door the relay board and its door
 */
public record DeskSnapshot(Pad pad, Printer printer, Scanner scanner, Card card, Door door) {
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
     * @param cutterStopped whether something is in the cutter, or was and the host has not told the printer to go on
     * @param slips the papers that hang from the printer, oldest first, until they are torn off
     */
    public record Printer(
            boolean plugged,
            int hosts,
            Paper paper,
            boolean coverOpen,
            boolean cutterStopped,
            List<PrintedSlip> slips) {}

    /**
     * The scanner.
     *
     * @param scans how many codes were delivered to a host since start
     */
    public record Scanner(boolean plugged, int hosts, int scans) {}

    /**
     * The reader of contactless cards.
     *
     * @param uid of the card that lies there, in hexadecimal, as it was told last
     */
    public record Card(Optional<String> uid) {}

    /**
     * The relay board and its door.
     *
     * @param released whether the lock is released now
     * @param open whether the door stands open
     * @param letOut whether somebody inside has just pressed the exit button or holds the handle
     * @param tampered whether the board's box is open
     */
    public record Door(boolean plugged, int hosts, boolean released, boolean open, boolean letOut, boolean tampered) {}
}
