package fi.kimppa.device.simulator;

/**
 * Where the virtual desk listens, on 127.0.0.1. Port 0 lets the system choose.
 *
 * @param pad FEIG reader
 * @param printer ESC/POS printer
 * @param scanner bar code scanner
 * @param door Modbus relay board
 */
public record DeskPorts(int pad, int printer, int scanner, int door) {
    /** Four free ports. */
    public static DeskPorts any() {
        return new DeskPorts(0, 0, 0, 0);
    }
}
