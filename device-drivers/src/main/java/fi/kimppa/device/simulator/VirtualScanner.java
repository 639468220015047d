package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The bar code scanner of the virtual desk. Threads: any. */
public final class VirtualScanner implements AutoCloseable {
    private final Runnable changed;
    private final Outlet outlet;
    private final AtomicInteger scans = new AtomicInteger();

    VirtualScanner(int port, Runnable changed) {
        this.changed = changed;
        this.outlet = new Outlet("scanner", port, Map.of(), Outlet::deaf, changed);
    }

    /** Where the driver finds it, for example {@code scanner:tcp:127.0.0.1:9101}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /** Serves one more host on a link of another kind, until it ends; blocks. */
    public void serve(ByteLink link) {
        outlet.serve(link);
    }

    /**
     * Reads a code: sends it with a carriage return to every connected host.
     *
     * @return how many hosts got it; 0 means that nobody is connected
     */
    public int scan(String code) {
        int reached = outlet.tell((code + "\r").getBytes(StandardCharsets.ISO_8859_1));
        scans.addAndGet(Math.min(reached, 1));
        changed.run();
        return reached;
    }

    /** Pulls the plug: hosts lose the connection and cannot connect. */
    public void unplug() {
        outlet.unplug();
    }

    /** Plugs it in again, at the same address. */
    public void replug() {
        outlet.replug();
    }

    DeskSnapshot.Scanner snapshot() {
        return new DeskSnapshot.Scanner(outlet.plugged(), outlet.hosts(), scans.get());
    }

    @Override
    public void close() {
        outlet.close();
    }
}
