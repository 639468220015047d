package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.link.ByteLink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The relay board of the virtual desk with a door on it: coil 0 is the lock, discrete input 0 the door contact (1 = open), and
 * writing coil 512 with n releases the lock for n tenths of a second. Threads: any.
 */
public final class VirtualDoor implements AutoCloseable {
    static final int FLASH = 512;

    private final Runnable changed;
    private final Outlet outlet;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("relay-timer").factory());
    private final boolean[] coils = new boolean[RelayBoard.POINTS];
    private long flashUntil = System.nanoTime();
    private boolean open;

    VirtualDoor(int port, Runnable changed) {
        this.changed = changed;
        this.outlet = new Outlet(
                "modbus",
                port,
                Map.of("flash", Integer.toString(FLASH)),
                link -> new RelayBoard(this).serve(link),
                changed);
    }

    /** Where the driver finds it, for example {@code modbus:tcp:127.0.0.1:1502?flash=512}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /** Serves one more host on a link of another kind, until it ends; blocks. */
    public void serve(ByteLink link) {
        outlet.serve(link);
    }

    /**
     * A person pulls the door.
     *
     * @return whether it is open now, which it only becomes while the lock is released
     */
    public boolean pull() {
        synchronized (this) {
            open |= released();
        }
        changed.run();
        return isOpen();
    }

    /** Someone breaks the door open, lock or not. */
    public void force() {
        synchronized (this) {
            open = true;
        }
        changed.run();
    }

    /** The door falls shut. */
    public void shut() {
        synchronized (this) {
            open = false;
        }
        changed.run();
    }

    /** Whether the lock is released now. */
    public synchronized boolean released() {
        return coils[0] || System.nanoTime() - flashUntil < 0;
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized boolean coil(int number) {
        return number == 0 ? released() : coils[number];
    }

    /** Switches a relay; switching the lock off also ends a timed release. */
    void switchCoil(int number, boolean on) {
        synchronized (this) {
            coils[number] = on;
            if (number == 0 && !on) {
                flashUntil = System.nanoTime();
            }
        }
        changed.run();
    }

    void flash(Duration time) {
        synchronized (this) {
            flashUntil = System.nanoTime() + time.toNanos();
        }
        changed.run();
        // Only wakes those who look; a board that is closed meanwhile has nobody to wake.
        var _ = timer.schedule(changed, time.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    /** Pulls the plug of the network: hosts lose the connection and cannot connect. The board itself goes on. */
    public void unplug() {
        outlet.unplug();
    }

    /** Plugs it in again, at the same address. */
    public void replug() {
        outlet.replug();
    }

    DeskSnapshot.Door snapshot() {
        return new DeskSnapshot.Door(outlet.plugged(), outlet.hosts(), released(), isOpen());
    }

    @Override
    public void close() {
        outlet.close();
        timer.shutdownNow();
    }
}
