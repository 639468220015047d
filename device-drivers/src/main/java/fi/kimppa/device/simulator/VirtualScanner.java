package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The bar code scanner of the virtual desk. Threads: any. */
public final class VirtualScanner extends VirtualDevice {
    private final Runnable changed;
    private final AtomicInteger scans = new AtomicInteger();

    VirtualScanner(int port, DeskClock clock, Runnable changed) {
        super("scanner", port, Map.of(), clock, changed);
        this.changed = changed;
        outlet().replug();
    }

    @Override
    void speak(ByteLink link) {
        Outlet.deaf(link);
    }

    /**
     * Reads a code: sends it with a carriage return to every connected host.
     *
     * @return how many hosts got it; 0 means that nobody is connected
     */
    public int scan(String code) {
        int reached = outlet().tell((code + "\r").getBytes(StandardCharsets.ISO_8859_1));
        scans.addAndGet(Math.min(reached, 1));
        changed.run();
        return reached;
    }

    DeskSnapshot.Scanner snapshot() {
        return new DeskSnapshot.Scanner(plugged(), outlet().hosts(), scans.get());
    }
}
