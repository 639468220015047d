package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The printer of the virtual desk: ESC/POS with real-time status, 48 letters a line. Threads: any. */
public final class VirtualPrinter implements AutoCloseable {
    private static final int COLUMNS = 48;
    private static final int DLE = 0x10;
    private static final int GS = 0x1D;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Papers that nobody tears fall to the floor. */
    private static final int MOST_SLIPS = 200;

    private final Runnable changed;
    private final Outlet outlet;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final List<PrintedSlip> slips = new ArrayList<>();
    private final PaperRoll roll = new PaperRoll(COLUMNS);
    private Paper paper = Paper.ENOUGH;
    private boolean coverOpen;

    /** A command that waits, and whom to answer. */
    private record Job(ByteLink from, List<Byte> bytes) {
        byte[] command() {
            byte[] command = new byte[bytes.size()];
            for (int i = 0; i < command.length; i++) {
                command[i] = bytes.get(i);
            }
            return command;
        }
    }

    VirtualPrinter(int port, Runnable changed) {
        this.changed = changed;
        this.outlet = new Outlet("escpos", port, Map.of(), this::listen, changed);
    }

    private void listen(ByteLink link) {
        var tokens = new EscPosTokens();
        byte[] buffer = new byte[4096];
        while (true) {
            int count = link.read(buffer, PATIENCE);
            for (byte[] command : tokens.feed(buffer, count)) {
                take(link, command);
            }
            work();
        }
    }

    /** Real-time commands act at once, all others wait for their turn. */
    private void take(ByteLink link, byte[] command) {
        if (command.length == 3 && command[0] == DLE && command[1] == 4) {
            if (command[2] >= 1 && command[2] <= 4) {
                link.write(new byte[] {(byte) status(command[2])});
            }
            return;
        }
        synchronized (this) {
            if (command.length == 3 && command[0] == DLE && command[1] == 5) {
                queue.clear();
                roll.forget();
            } else {
                List<Byte> bytes = new ArrayList<>();
                for (byte b : command) {
                    bytes.add(b);
                }
                queue.add(new Job(link, List.copyOf(bytes)));
            }
        }
    }

    private synchronized int status(int question) {
        boolean out = paper == Paper.OUT;
        int bits = switch (question) {
            case 1 -> out || coverOpen ? 0x08 : 0;
            case 2 -> (coverOpen ? 0x04 : 0) | (out ? 0x20 : 0);
            case 4 -> out ? 0x60 : paper == Paper.LOW ? 0x0C : 0;
            default -> 0;
        };
        return 0x12 | bits;
    }

    /** Prints what waits, as far as there is paper under a closed cover. */
    private void work() {
        boolean printed = false;
        // Written when the lock is free again: a host that does not read must not stop the printer.
        List<Runnable> answers = new ArrayList<>();
        synchronized (this) {
            while (!queue.isEmpty() && paper != Paper.OUT && !coverOpen) {
                Job job = queue.removeFirst();
                byte[] command = job.command();
                if (command.length == 3 && command[0] == GS && (command[1] == 'r' || command[1] == 'I')) {
                    byte[] answer = answer(command);
                    answers.add(() -> send(job.from(), answer));
                } else {
                    printed |= roll.execute(command).map(this::hang).orElse(false);
                }
            }
        }
        answers.forEach(Runnable::run);
        if (printed) {
            changed.run();
        }
    }

    private boolean hang(PrintedSlip slip) {
        slips.add(slip);
        if (slips.size() > MOST_SLIPS) {
            slips.removeFirst();
        }
        return true;
    }

    private byte[] answer(byte[] command) {
        return command[1] == 'r'
                ? new byte[] {(byte) (paper == Paper.LOW ? 0x03 : 0)}
                : "_KIMPPA VIRTUAL\0".getBytes(StandardCharsets.US_ASCII);
    }

    private static void send(ByteLink link, byte[] answer) {
        try {
            link.write(answer);
        } catch (DeviceException _) {
            // Who asked has gone; the paper is printed all the same.
        }
    }

    /** Where the driver finds it, for example {@code escpos:tcp:127.0.0.1:9100}. */
    public DeviceAddress address() {
        return outlet.address();
    }

    /** Serves one more host on a link of another kind, until it ends; blocks. */
    public void serve(ByteLink link) {
        outlet.serve(link);
    }

    /** The papers that hang from the printer, oldest first. */
    public synchronized List<PrintedSlip> slips() {
        return List.copyOf(slips);
    }

    /** Tears off all papers and hands them over. */
    public List<PrintedSlip> tear() {
        List<PrintedSlip> torn;
        synchronized (this) {
            torn = List.copyOf(slips);
            slips.clear();
        }
        changed.run();
        return torn;
    }

    /**
     * Sets how much paper there is. Without paper nothing is printed; what was sent waits until there is paper again, unless the host
     * takes it back.
     */
    public void setPaper(Paper amount) {
        synchronized (this) {
            paper = amount;
        }
        changed.run();
        work();
    }

    /** Opens or closes the cover. Under an open cover nothing is printed. */
    public void setCoverOpen(boolean open) {
        synchronized (this) {
            coverOpen = open;
        }
        changed.run();
        work();
    }

    /** Pulls the plug: hosts lose the connection and cannot connect; what was sent and not printed is lost. */
    public void unplug() {
        outlet.unplug();
        synchronized (this) {
            queue.clear();
            roll.forget();
        }
    }

    /** Plugs it in again, at the same address. */
    public void replug() {
        outlet.replug();
    }

    synchronized DeskSnapshot.Printer snapshot() {
        return new DeskSnapshot.Printer(outlet.plugged(), outlet.hosts(), paper, coverOpen, List.copyOf(slips));
    }

    @Override
    public void close() {
        outlet.close();
    }
}
