package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A numeric keypad on a loopback port, as at a door. Threads: any. */
public final class VirtualKeypad implements AutoCloseable {
    private final Outlet outlet;

    private VirtualKeypad(int port) {
        this.outlet = new Outlet("keypad", port, Map.of(), Outlet::deaf, () -> {});
    }

    /**
     * Starts the keypad.
     *
     * @param port on 127.0.0.1; 0 lets the system choose
     * @throws java.io.UncheckedIOException when the port is taken, naming device and port
     */
    public static VirtualKeypad start(int port) {
        return new VirtualKeypad(port);
    }

    /** Where the driver finds it, for example {@code keypad:tcp:127.0.0.1:9202}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /** Serves one more host on a link of another kind, until it ends; blocks. */
    public void serve(ByteLink link) {
        outlet.serve(link);
    }

    /** How many hosts are connected. */
    public int hosts() {
        return outlet.hosts();
    }

    /**
     * Presses keys, one after the other: digits, {@code #} to confirm, {@code *} to clear.
     *
     * @return how many hosts got them; 0 means that nobody is connected
     */
    public int press(String keys) {
        return outlet.tell(keys.getBytes(StandardCharsets.US_ASCII));
    }

    /** Pulls the plug: hosts lose the connection and cannot connect. */
    public void unplug() {
        outlet.unplug();
    }

    /** Plugs it in again, at the same address. */
    public void replug() {
        outlet.replug();
    }

    @Override
    public void close() {
        outlet.close();
    }
}
