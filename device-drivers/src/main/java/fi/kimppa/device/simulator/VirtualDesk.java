package fi.kimppa.device.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One pad, printer, scanner, reader of contactless cards and door, each behind the wire protocol of a real one: on a loopback port, on
 * a serial port of the system where it is asked for, and over links in memory. What lies on the desk outlives every host that
 * connects and anything a host sends. All of it lives by one clock.
 *
 * <p>Threads: any.
 */
public final class VirtualDesk implements AutoCloseable {
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("desk").factory());
    private final List<Consumer<DeskSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean told = new AtomicBoolean(true);
    private final Deque<Runnable> started = new ArrayDeque<>();
    private final VirtualPad pad;
    private final VirtualPrinter printer;
    private final VirtualScanner scanner;
    private final VirtualCardReader card;
    private final VirtualDoor door;
    private volatile boolean complete;

    private VirtualDesk(DeskSetup setup) {
        DeskPorts ports = setup.ports();
        DeskClock clock = setup.clock();
        started.push(clock::close);
        try {
            pad = new VirtualPad(setup.pad(), ports.pad(), clock, this::changed);
            started.push(pad::close);
            printer = new VirtualPrinter(ports.printer(), clock, this::changed);
            started.push(printer::close);
            scanner = new VirtualScanner(ports.scanner(), clock, this::changed);
            started.push(scanner::close);
            card = new VirtualCardReader(setup.vpcd(), clock, this::changed);
            started.push(card::close);
            door = new VirtualDoor(ports.door(), this::changed, clock);
            started.push(door::close);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        complete = true;
    }

    /**
     * Starts the desk.
     *
     * @throws java.io.UncheckedIOException when a port is taken, naming the device and the port
     */
    public static VirtualDesk start(DeskSetup setup) {
        return new VirtualDesk(setup);
    }

    /** Starts a desk with a FEIG pad; otherwise as the other way to start. */
    public static VirtualDesk start(DeskPorts ports) {
        return start(DeskSetup.at(ports));
    }

    /** One of the devices with a plug. */
    public VirtualDevice device(DeskDevice which) {
        return switch (which) {
            case PAD -> pad;
            case PRINTER -> printer;
            case SCANNER -> scanner;
            case DOOR -> door;
        };
    }

    /** The reader and what lies on it. */
    public VirtualPad pad() {
        return pad;
    }

    /** The printer and its paper. */
    public VirtualPrinter printer() {
        return printer;
    }

    /** The scanner. */
    public VirtualScanner scanner() {
        return scanner;
    }

    /** The reader of contactless cards. */
    public VirtualCardReader card() {
        return card;
    }

    /** The relay board and its door. */
    public VirtualDoor door() {
        return door;
    }

    /** Everything that can be seen now. */
    public DeskSnapshot snapshot() {
        return new DeskSnapshot(
                pad.snapshot(), printer.snapshot(), scanner.snapshot(), card.snapshot(), door.snapshot());
    }

    /**
     * Tells {@code listener} what can be seen after each change until the desk is closed, on a thread of the desk, in order. Changes
     * that follow each other faster than listeners take them are told together.
     */
    public void onChange(Consumer<DeskSnapshot> listener) {
        listeners.add(listener);
    }

    private void changed() {
        // One telling waits at most: it will see whatever else changes before it begins.
        if (complete && told.compareAndSet(true, false)) {
            try {
                teller.execute(this::tell);
            } catch (RejectedExecutionException _) {
                // The desk has been closed and nobody listens any more.
            }
        }
    }

    private void tell() {
        told.set(true);
        DeskSnapshot now = snapshot();
        listeners.forEach(listener -> listener.accept(now));
    }

    /** Closes all ports and connections. */
    @Override
    public void close() {
        teller.shutdownNow();
        while (!started.isEmpty()) {
            started.pop().run();
        }
    }
}
