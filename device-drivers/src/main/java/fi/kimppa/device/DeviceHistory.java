package fi.kimppa.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What devices have done since they were first seen, over all restarts of the program: how many cuts since the printer was installed.
 * The counts follow the device, not its port, as far as it tells a serial number; those of a device that tells none belong to its
 * role. What is counted while a device has not answered yet is added once it has.
 *
 * <p>Written to a file each half minute and at the end, so a program that is killed loses half a minute. Nothing depends on these
 * figures: a file that cannot be written, or read, is told in the log and is no error.
 *
 * <p>Threads: any; a daemon thread writes.
 */
public final class DeviceHistory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceHistory.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Path file;
    private final Map<String, DeviceStatistics> totals = new HashMap<>();
    /** What of each driver's own count is in the totals already. */
    private final Map<Device, DeviceStatistics> taken = new HashMap<>();

    private final Object disk = new Object();
    private final Thread writer;
    private Map<String, DeviceStatistics> written;
    private boolean unwritable;

    private DeviceHistory(Path file, Duration interval) {
        this.file = file;
        totals.putAll(whole(file));
        this.written = Map.copyOf(totals);
        this.writer = Thread.ofPlatform().daemon().name("device-history").unstarted(() -> write(interval));
    }

    /** The history in a file; an empty one if there is none yet. A damaged file is set aside under another name. */
    public static DeviceHistory open(Path file) {
        return open(file, INTERVAL);
    }

    /** A history that is written as often as a test needs. */
    static DeviceHistory open(Path file, Duration interval) {
        var history = new DeviceHistory(file, interval);
        history.writer.start();
        return history;
    }

    /**
     * The history that some program has written, by device; to look at while that program runs.
     *
     * @throws IOException when there is none, or it is damaged
     */
    public static Map<String, DeviceStatistics> read(Path file) throws IOException {
        return HistoryFile.parse(Files.readString(file));
    }

    private static Map<String, DeviceStatistics> whole(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return read(file);
        } catch (IOException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + System.currentTimeMillis());
            LOG.error("{} is damaged; devices are counted from 0, and it is kept as {}", file, aside, e);
            try {
                Files.move(file, aside);
            } catch (IOException inTheWay) {
                LOG.error("{} cannot be set aside", file, inTheWay);
            }
            return Map.of();
        }
    }

    /** Counts this device from now on, from its driver's opening. */
    public void follow(Device device) {
        synchronized (this) {
            taken.put(device, nothing(device.statistics().opened()));
        }
        // When it is unplugged, what it did is still its own; who comes next may be another.
        device.onStatus(_ -> take(device));
    }

    /** What it did since the last look, to what it had done before. */
    private synchronized void take(Device device) {
        DeviceStatistics before = taken.get(device);
        DeviceStatistics now = device.statistics();
        // One that has not answered may have a serial number to tell.
        if (before == null || now.connections() == 0) {
            return;
        }
        taken.put(device, now);
        totals.merge(key(device), now.since(before, now.opened()), DeviceStatistics::plus);
    }

    /** Model and serial number of a device that tells its own, or else the name of its role. */
    private static String key(Device device) {
        DeviceIdentity identity = device.identity();
        return identity.serial()
                .map(serial -> (identity.model() + " " + serial).strip())
                .filter(name -> !name.isBlank())
                .orElse(device.id().name());
    }

    private static DeviceStatistics nothing(Instant since) {
        return new DeviceStatistics(since, Duration.ZERO, 0, 0, 0, Optional.empty(), Map.of());
    }

    private void write(Duration interval) {
        try {
            while (true) {
                Thread.sleep(interval);
                save();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what has changed. The disk may be slow, and drivers do not wait for it. */
    void save() {
        synchronized (disk) {
            Map<String, DeviceStatistics> now = now();
            if (now.equals(written)) {
                return;
            }
            try {
                HistoryFile.write(file, now);
                written = now;
                unwritable = false;
            } catch (IOException e) {
                if (!unwritable) {
                    LOG.warn("{} cannot be written; what devices do is counted until this program ends", file, e);
                }
                unwritable = true;
            }
        }
    }

    private synchronized Map<String, DeviceStatistics> now() {
        List.copyOf(taken.keySet()).forEach(this::take);
        return Map.copyOf(totals);
    }

    /** Writes a last time. The devices may be closed already. */
    @Override
    public void close() {
        writer.interrupt();
        save();
    }
}
