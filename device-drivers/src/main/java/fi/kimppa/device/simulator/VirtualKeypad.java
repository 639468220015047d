package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A numeric keypad on a loopback port, as at a door. Threads: any. */
public final class VirtualKeypad extends VirtualDevice {
    private VirtualKeypad(int port) {
        super("keypad", port, Map.of(), DeskClock.running(), () -> {});
        outlet().replug();
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

    @Override
    void speak(ByteLink link) {
        Outlet.deaf(link);
    }

    /**
     * Presses keys, one after the other: digits, {@code #} to confirm, {@code *} to clear.
     *
     * @return how many hosts got them; 0 means that nobody is connected
     */
    public int press(String keys) {
        return outlet().tell(keys.getBytes(StandardCharsets.US_ASCII));
    }
}
