package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.TcpListener;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a virtual device is plugged in: its port, its hosts, and the plug that can be pulled. Threads: any. */
final class Outlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private static final Duration DEAF_PATIENCE = Duration.ofSeconds(5);

    private final String driver;
    private final Map<String, String> settings;
    private final Consumer<ByteLink> device;
    private final Runnable changed;
    private final Set<ByteLink> hosts = ConcurrentHashMap.newKeySet();
    private final int port;
    private @Nullable TcpListener listener;

    /**
     * Plugs a device in.
     *
     * @param settings of the address that a driver needs
     * @param device talks to one host until the link ends
     * @param changed is run when hosts come and go
     */
    Outlet(String driver, int port, Map<String, String> settings, Consumer<ByteLink> device, Runnable changed) {
        this.driver = driver;
        this.settings = settings;
        this.device = device;
        this.changed = changed;
        TcpListener first = TcpListener.listen(driver, port, this::serve);
        this.listener = first;
        this.port = first.port();
    }

    DeviceAddress address() {
        return new DeviceAddress(driver, new DeviceAddress.Link.Tcp("127.0.0.1", port), settings);
    }

    /** Lets the device talk on a link until it ends. A host may send what it likes: the worst is that its own link is closed. */
    void serve(ByteLink link) {
        hosts.add(link);
        changed.run();
        try (link) {
            device.accept(link);
        } catch (DeviceException e) {
            LOG.debug("{}: {}", driver, e.getMessage());
        } finally {
            hosts.remove(link);
            changed.run();
        }
    }

    Set<ByteLink> links() {
        return Set.copyOf(hosts);
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

    synchronized boolean plugged() {
        return listener != null;
    }

    synchronized void unplug() {
        TcpListener open = listener;
        if (open != null) {
            listener = null;
            open.close();
        }
        hosts.forEach(ByteLink::close);
        changed.run();
    }

    synchronized void replug() {
        if (listener == null) {
            listener = TcpListener.listen(driver, port, this::serve);
            changed.run();
        }
    }

    @Override
    public void close() {
        unplug();
    }
}
