package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FaultScript;
import fi.kimppa.device.link.TcpListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a virtual device is plugged in: its ports, its hosts, what goes wrong on the way to them, and the plug that can be pulled.
 * Threads: any.
 */
final class Outlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private static final Duration DEAF_PATIENCE = Duration.ofSeconds(5);

    private final String driver;
    private final Map<String, String> settings;
    private final DeskClock clock;
    private final Consumer<ByteLink> device;
    private final Runnable powerCut;
    private final Runnable changed;
    private final Set<HostLink> hosts = ConcurrentHashMap.newKeySet();
    private final List<SerialOutlet> serials = new ArrayList<>();
    private @Nullable TcpListener listener;
    /** While it is unplugged: a device comes back at the same place, so nobody else may have taken it. */
    private TcpListener.@Nullable HeldPort held;

    private int port;
    private Optional<Danger> danger = Optional.empty();

    /** Faults, and their scripts: that of a host that has gone goes on with the next one, because late bytes outlive a link. */
    private record Danger(LineFaults faults, List<FaultScript> all, List<FaultScript> free) {
        FaultScript script(Runnable powerCut) {
            if (!free.isEmpty()) {
                return free.removeFirst();
            }
            FaultScript script = faults.script(all.size(), powerCut);
            all.add(script);
            return script;
        }

        void free(FaultScript script) {
            if (all.contains(script)) {
                free.add(script);
            }
        }
    }

    /**
     * An outlet with nothing in it.
     *
     * @param port on 127.0.0.1; 0 lets the system choose when it is plugged in for the first time
     * @param settings of the address that a driver needs
     * @param device talks to one host until the link ends
     * @param powerCut takes the device's power for a moment
     * @param changed is run when hosts come and go
     */
    Outlet(
            String driver,
            int port,
            Map<String, String> settings,
            DeskClock clock,
            Consumer<ByteLink> device,
            Runnable powerCut,
            Runnable changed) {
        this.driver = driver;
        this.port = port;
        this.settings = settings;
        this.clock = clock;
        this.device = device;
        this.powerCut = powerCut;
        this.changed = changed;
    }

    // --- ways in

    synchronized DeviceAddress address() {
        return new DeviceAddress(driver, new DeviceAddress.Link.Tcp("127.0.0.1", port), settings);
    }

    synchronized DeviceAddress serial(Path name, Optional<LineTiming> timing) {
        serials.add(SerialOutlet.plug(
                driver,
                name,
                link -> serve(timing.map(slow -> slow.on(link, clock)).orElse(link))));
        return new DeviceAddress(driver, new DeviceAddress.Link.Serial(name.toString()), settings);
    }

    /** Lets the device talk on a link until it ends. A host may send what it likes: the worst is that its own link is closed. */
    void serve(ByteLink link) {
        if (!plugged()) {
            link.close();
            return;
        }
        var host = new HostLink(link);
        begin(host);
        try (host) {
            device.accept(host);
        } catch (DeviceException e) {
            LOG.debug("{}: {}", driver, e.getMessage());
        } finally {
            end(host);
        }
    }

    private synchronized void begin(HostLink host) {
        hosts.add(host);
        danger.ifPresent(now -> host.endanger(now.script(powerCut)));
        changed.run();
    }

    private synchronized void end(HostLink host) {
        hosts.remove(host);
        danger.ifPresent(now -> host.script().ifPresent(now::free));
        changed.run();
    }

    /** Sends bytes to every host; says how many got them. */
    int tell(byte[] bytes) {
        int reached = 0;
        for (ByteLink link : hosts) {
            try {
                link.write(bytes);
                reached++;
            } catch (DeviceException _) {
                // That host has just gone; the listening end notices and forgets it.
            }
        }
        return reached;
    }

    /** A device that takes no orders: what a host sends is read and forgotten. */
    static void deaf(ByteLink link) {
        byte[] buffer = new byte[256];
        while (true) {
            link.read(buffer, DEAF_PATIENCE);
        }
    }

    int hosts() {
        return hosts.size();
    }

    // --- what goes wrong on them

    synchronized void endanger(LineFaults faults) {
        heal();
        var now = new Danger(faults, new ArrayList<>(), new ArrayList<>());
        danger = Optional.of(now);
        hosts.forEach(host -> host.endanger(now.script(powerCut)));
    }

    synchronized void heal() {
        danger.ifPresent(past -> past.all().forEach(FaultScript::end));
        danger = Optional.empty();
    }

    // --- the plug

    synchronized boolean plugged() {
        return listener != null;
    }

    synchronized void unplug() {
        TcpListener open = listener;
        if (open != null) {
            listener = null;
            held = open.closeAndHold();
            serials.forEach(SerialOutlet::unplug);
        }
        hosts.forEach(ByteLink::close);
        changed.run();
    }

    synchronized void replug() {
        if (listener == null) {
            TcpListener open = TcpListener.listen(driver, port, this::serve);
            listener = open;
            port = open.port();
            // Not before: nobody else gets the port in between.
            free();
            serials.forEach(SerialOutlet::replug);
            changed.run();
        }
    }

    private void free() {
        TcpListener.HeldPort port = held;
        if (port != null) {
            held = null;
            port.close();
        }
    }

    /** Goes off and on again: all hosts lose the connection, and serial ports are away for a moment. */
    synchronized void restart() {
        if (plugged()) {
            serials.forEach(SerialOutlet::unplug);
            hosts.forEach(ByteLink::close);
            serials.forEach(SerialOutlet::replug);
            changed.run();
        }
    }

    /** These hosts lose the connection, as when the device starts anew. */
    void hangUp(Predicate<ByteLink> hears) {
        hosts.stream().filter(hears).forEach(ByteLink::close);
        changed.run();
    }

    @Override
    public synchronized void close() {
        TcpListener open = listener;
        if (open != null) {
            listener = null;
            open.close();
        }
        free();
        hosts.forEach(ByteLink::close);
        changed.run();
        serials.forEach(SerialOutlet::close);
    }
}
