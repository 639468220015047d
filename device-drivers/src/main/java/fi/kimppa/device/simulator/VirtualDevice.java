package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A device of the virtual desk with a plug: what all of them can do, whatever they are. It is reached over TCP, over serial ports of
 * the system and over links in memory, and the same faults can befall all of these. Threads: any.
 */
public abstract sealed class VirtualDevice implements AutoCloseable
        permits VirtualPad, VirtualPrinter, VirtualScanner, VirtualKeypad, VirtualDoor {
    private final Outlet outlet;
    private final DeskClock clock;

    /**
     * A device that is not plugged in yet.
     *
     * @param port on 127.0.0.1; 0 lets the system choose
     * @param settings of the address that a driver needs
     * @param clock by which it lives, and which is closed with it
     * @param changed is run when hosts come and go
     */
    VirtualDevice(String driver, int port, Map<String, String> settings, DeskClock clock, Runnable changed) {
        this.clock = clock;
        this.outlet = new Outlet(driver, port, settings, clock, this::speak, this::cutPower, changed);
    }

    /** Talks to one host until the link ends. */
    abstract void speak(ByteLink link);

    Outlet outlet() {
        return outlet;
    }

    DeskClock clock() {
        return clock;
    }

    /** Where the driver finds it over TCP, for example {@code feig:tcp:127.0.0.1:10001}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /**
     * Stands on a serial port of the system, too (Linux). Its plug is this one as well.
     *
     * @param name where hosts find it: a symbolic link that is made here, and replaced if it is one
     * @param timing of a real line and device, if it is to take its time
     * @return where the driver finds it
     * @throws java.io.UncheckedIOException when the name cannot be used
     */
    public DeviceAddress serial(Path name, Optional<LineTiming> timing) {
        return outlet.serial(name, timing);
    }

    /** Serves one more host on a link of another kind, until it ends; blocks. Without its plug the device hangs up at once. */
    public void serve(ByteLink link) {
        outlet.serve(link);
    }

    /** How many hosts are connected. */
    public int hosts() {
        return outlet.hosts();
    }

    /** From now on these faults befall the lines to all hosts. */
    public void endanger(LineFaults faults) {
        outlet.endanger(faults);
    }

    /** From now on nothing goes wrong with the lines any more; what is late may still come. */
    public void heal() {
        outlet.heal();
    }

    /** Pulls the plug: hosts lose the connection and cannot connect. */
    public void unplug() {
        outlet.unplug();
    }

    /** Plugs it in again, at the same places. */
    public void replug() {
        outlet.replug();
    }

    /** Whether it is plugged in. */
    public boolean plugged() {
        return outlet.plugged();
    }

    /** Takes its power for a moment: hosts lose the connection. */
    public void cutPower() {
        outlet.restart();
    }

    @Override
    public void close() {
        outlet.close();
        clock.close();
    }
}
