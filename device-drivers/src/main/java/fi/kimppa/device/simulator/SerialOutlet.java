package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A virtual device on a serial port of the system. The port is a pseudo-terminal under a name that stays: whenever a host has closed
 * it, a new one takes its place, and hosts open it by the same name again. Linux only. Threads: any; one of its own.
 */
public final class SerialOutlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialOutlet.class);

    private final String driver;
    private final Path name;
    private final Consumer<ByteLink> device;
    private final Thread thread;
    private @Nullable Pty pty;
    private boolean plugged = true;
    private boolean closed;

    private SerialOutlet(String driver, Path name, Consumer<ByteLink> device) {
        this.driver = driver;
        this.name = name;
        this.device = device;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("serial-" + name.getFileName())
                .unstarted(this::serve);
    }

    /**
     * Plugs a device in.
     *
     * @param driver goes into the addresses of its links
     * @param name where hosts find it: a symbolic link that is made here, and replaced if it is one
     * @param device talks to one host until the link ends
     * @throws UncheckedIOException when the name cannot be used
     */
    public static SerialOutlet plug(String driver, Path name, Consumer<ByteLink> device) {
        if (Files.exists(name, java.nio.file.LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(name)) {
            throw new UncheckedIOException(new IOException(name + ": is there already and is no symbolic link"));
        }
        var outlet = new SerialOutlet(driver, name, device);
        outlet.open();
        outlet.thread.start();
        return outlet;
    }

    /** The name under which hosts find it. */
    public Path name() {
        return name;
    }

    private synchronized @Nullable Pty open() {
        if (closed || !plugged) {
            return null;
        }
        Pty opened = pty;
        if (opened == null) {
            opened = Pty.open(driver);
            pty = opened;
            try {
                Path fresh = name.resolveSibling(name.getFileName() + ".new");
                Files.deleteIfExists(fresh);
                Files.createSymbolicLink(fresh, Path.of(opened.path()));
                Files.move(fresh, name, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                opened.close();
                throw new UncheckedIOException(name + ": cannot be made: " + e.getMessage(), e);
            }
        }
        return opened;
    }

    private void serve() {
        while (true) {
            Pty open;
            synchronized (this) {
                open = open();
                while (open == null && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException _) {
                        return;
                    }
                    open = open();
                }
                if (open == null) {
                    return;
                }
            }
            try (Pty link = open) {
                device.accept(link);
            } catch (DeviceException e) {
                // A host that closes the port is how a link ends.
                LOG.debug("{}: {}", name, e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("{}: a link ended in a surprise", name, e);
            }
            synchronized (this) {
                pty = null;
            }
        }
    }

    /** Pulls the plug: the name is gone, and whoever had it open is hung up. */
    public synchronized void unplug() {
        plugged = false;
        hangUp();
    }

    /** Plugs it in again, under the same name. */
    public synchronized void replug() {
        plugged = true;
        notifyAll();
    }

    private void hangUp() {
        try {
            Files.deleteIfExists(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Pty open = pty;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            hangUp();
            notifyAll();
        }
    }
}
