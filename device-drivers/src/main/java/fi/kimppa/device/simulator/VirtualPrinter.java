package fi.kimppa.device.simulator;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The printer of the virtual desk: ESC/POS with real-time and automatic status, a queue, and everything that can be wrong with a
 * printer. At first an Epson with 48 letters a line. Threads: any.
 */
public final class VirtualPrinter extends VirtualDevice {
    private static final int COLUMNS = 48;
    private static final int DLE = 0x10;
    private static final int ESC = 0x1B;
    private static final int GS = 0x1D;
    private static final int RETRACT = 2;
    private static final int EJECT = 5;
    private static final byte[] CLEARED = {0x37, 0x25, 0};
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Papers that nobody tears fall to the floor. */
    private static final int MOST_SLIPS = 200;

    private final Runnable changed;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final List<PrintedSlip> slips = new ArrayList<>();
    private final Set<ByteLink> told = new HashSet<>();
    private PaperRoll roll = new PaperRoll(COLUMNS);
    private PrinterModel model = PrinterModel.EPSON_TM;
    private PrinterCondition condition = PrinterCondition.WELL;
    private Optional<Integer> paperEnd = Optional.empty();
    private int retracted;
    /** Dots a second; 0 for at once. */
    private int speed;
    /** When what was printed last is out. */
    private Instant out = Instant.MIN;

    /** A command that waits, and whom to answer. */
    private record Job(ByteLink from, List<Byte> bytes) {
        static Job of(ByteLink from, byte[] command) {
            List<Byte> bytes = new ArrayList<>();
            for (byte b : command) {
                bytes.add(b);
            }
            return new Job(from, List.copyOf(bytes));
        }

        byte[] command() {
            byte[] command = new byte[bytes.size()];
            for (int i = 0; i < command.length; i++) {
                command[i] = bytes.get(i);
            }
            return command;
        }
    }

    /** Sends when the lock is free again: a host that does not read must not stop the printer. */
    private static Runnable sending(ByteLink to, byte[] bytes) {
        return () -> {
            try {
                to.write(bytes);
            } catch (DeviceException _) {
                // Who asked has gone; the paper is printed all the same.
            }
        };
    }

    VirtualPrinter(int port, DeskClock clock, Runnable changed) {
        super("escpos", port, Map.of(), clock, changed);
        this.changed = changed;
        outlet().replug();
    }

    @Override
    void speak(ByteLink link) {
        var tokens = new EscPosTokens();
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                int count = link.read(buffer, PATIENCE);
                for (byte[] command : tokens.feed(buffer, count)) {
                    take(link, command);
                }
                work();
            }
        } finally {
            synchronized (this) {
                told.remove(link);
            }
        }
    }

    /** Real-time commands act at once, all others wait for their turn. */
    private void take(ByteLink link, byte[] command) {
        if (command.length < 3 || command[0] != DLE) {
            synchronized (this) {
                queue.add(Job.of(link, command));
            }
            return;
        }
        switch (command[1]) {
            case 0x04 -> status(command[2]).ifPresent(bytes -> link.write(bytes));
            case 0x05 -> become(PrinterCondition::recovered, command[2] == 2);
            default -> {
                if (command[2] == 8) {
                    become(PrinterCondition::recovered, true);
                    link.write(CLEARED);
                }
            }
        }
    }

    private synchronized Optional<byte[]> status(int question) {
        if (question >= 1 && question <= 4) {
            return Optional.of(new byte[] {condition.realTime(question)});
        }
        return question == 20 && model == PrinterModel.CUSTOM_VKP80 ? Optional.of(condition.full()) : Optional.empty();
    }

    /** Prints what waits, as far as the printer can. */
    private void work() {
        boolean printed = false;
        List<Runnable> answers = new ArrayList<>();
        synchronized (this) {
            PrinterCondition was = condition;
            while (!queue.isEmpty() && condition.prints() && !feeding()) {
                Job job = queue.removeFirst();
                byte[] command = job.command();
                Optional<byte[]> answer = answer(job.from(), command);
                answer.ifPresent(bytes -> answers.add(sending(job.from(), bytes)));
                if (answer.isEmpty() && !eject(command)) {
                    int before = roll.used();
                    printed |= roll.execute(command).map(this::hang).orElse(false);
                    feed(roll.used() - before);
                    endPaper();
                }
            }
            answers.addAll(tellings(was));
        }
        answers.forEach(Runnable::run);
        if (printed) {
            changed.run();
        }
    }

    private boolean feeding() {
        return clock().instant().isBefore(out);
    }

    /** Keeps what waits until so much paper has gone by. */
    private void feed(int dots) {
        if (speed > 0 && dots > 0) {
            Duration time = Duration.ofNanos(dots * 1_000_000_000L / speed);
            out = clock().instant().plus(time);
            clock().after(time, this::work);
        }
    }

    private void endPaper() {
        if (paperEnd.isPresent() && roll.used() >= paperEnd.get()) {
            paperEnd = Optional.empty();
            condition = condition.withPaper(Paper.OUT);
        }
    }

    private boolean hang(PrintedSlip slip) {
        slips.add(slip);
        if (slips.size() > MOST_SLIPS) {
            slips.removeFirst();
        }
        condition = condition.withTicket(model == PrinterModel.CUSTOM_VKP80);
        return true;
    }

    /** The automatic status for who has asked to be told, if the condition is not what it was. */
    private List<Runnable> tellings(PrinterCondition before) {
        byte[] now = condition.automatic();
        return Arrays.equals(before.automatic(), now)
                ? List.of()
                : told.stream().map(link -> sending(link, now)).toList();
    }

    /** The commands that are answered when their turn comes; {@code ESC @} ends the automatic status without an answer. */
    private Optional<byte[]> answer(ByteLink from, byte[] command) {
        if (command.length == 2 && command[0] == ESC && command[1] == '@') {
            told.remove(from);
        }
        if (command.length < 2 || command[0] != GS) {
            return Optional.empty();
        }
        return switch (command[1] & 0xFF) {
            case 'r' -> Optional.of(new byte[] {condition.reached()});
            case 'I' -> identity(command[2]);
            case 'a' -> automatic(from, command[2]);
            case 0xE1 -> model == PrinterModel.CUSTOM_VKP80 ? Optional.of(ascii("510cm")) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<byte[]> automatic(ByteLink from, int wanted) {
        if (model != PrinterModel.EPSON_TM) {
            return Optional.empty();
        }
        if (wanted == 0) {
            told.remove(from);
            return Optional.empty();
        }
        told.add(from);
        return Optional.of(condition.automatic());
    }

    private Optional<byte[]> identity(int question) {
        if (model == PrinterModel.UNKNOWN) {
            return Optional.empty();
        }
        return switch (question) {
            case 66 -> Optional.of(ascii("_" + model.maker() + "\0"));
            case 67 -> Optional.of(ascii("_" + model.model() + "\0"));
            case 68 -> Optional.of(ascii("_VIRTUAL001\0"));
            default -> Optional.empty();
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The presenter: draws the paper back in, or lets it fall. */
    private boolean eject(byte[] command) {
        if (model != PrinterModel.CUSTOM_VKP80 || command.length < 3 || command[0] != GS || command[1] != 'e') {
            return false;
        }
        if (command[2] == RETRACT && condition.ticket()) {
            slips.removeLast();
            retracted++;
        }
        if (command[2] == RETRACT || command[2] == EJECT) {
            condition = condition.withTicket(false);
        }
        return true;
    }

    /** Something happens to the printer; who has asked to be told is told. */
    private void become(UnaryOperator<PrinterCondition> change, boolean forget) {
        List<Runnable> answers;
        synchronized (this) {
            PrinterCondition before = condition;
            condition = change.apply(before);
            if (forget) {
                queue.clear();
                roll.forget();
            }
            answers = tellings(before);
        }
        answers.forEach(Runnable::run);
        changed.run();
        work();
    }

    /** Makes it another printer, with empty paper of that many letters a line: 32, 42 and 48 are usual. */
    public synchronized void install(PrinterModel newModel, int columns) {
        model = newModel;
        roll = new PaperRoll(columns);
        told.clear();
    }

    /**
     * Lets paper take its time by the desk's clock.
     *
     * @param dotsPerSecond 1200 for 150 mm a second at 8 dots a mm, as small receipt printers have; 0 for at once, as at first
     */
    public synchronized void setSpeed(int dotsPerSecond) {
        speed = dotsPerSecond;
    }

    /** The papers that hang from the printer, oldest first. */
    public synchronized List<PrintedSlip> slips() {
        return List.copyOf(slips);
    }

    /** How many papers were drawn back in. */
    public synchronized int retracted() {
        return retracted;
    }

    /** Tears off all papers and hands them over. */
    public List<PrintedSlip> tear() {
        List<PrintedSlip> torn;
        synchronized (this) {
            torn = List.copyOf(slips);
            slips.clear();
            condition = condition.withTicket(false);
        }
        changed.run();
        return torn;
    }

    /**
     * Sets how much paper there is. Without paper nothing is printed; what was sent waits until there is paper again, unless the host
     * takes it back.
     */
    public void setPaper(Paper amount) {
        become(now -> now.withPaper(amount), false);
    }

    /** Lets the paper end when the piece that is being printed, or else the next one, is so many dots long. */
    public synchronized void endPaperAt(int dots) {
        paperEnd = Optional.of(dots);
    }

    /** Opens or closes the cover. Under an open cover nothing is printed. */
    public void setCoverOpen(boolean open) {
        become(now -> now.withCoverOpen(open), false);
    }

    /** Puts something into the cutter, which stops it, or takes it out. It goes on when the host says so, as on the real ones. */
    public void setCutterJam(boolean jam) {
        become(now -> now.withJam(jam), false);
    }

    /** Makes the head too hot, or lets it cool down. */
    public void setHot(boolean hot) {
        become(now -> now.withHot(hot), false);
    }

    /** Breaks it for good, or repairs it. */
    public void setBroken(boolean broken) {
        become(now -> now.withBroken(broken), false);
    }

    /** Puts it off line by its button, or on line again. */
    public void setOffLine(boolean offLine) {
        become(now -> now.withOffLine(offLine), false);
    }

    /** Pulls the plug: hosts lose the connection and cannot connect; what was sent and not printed is lost. */
    @Override
    public void unplug() {
        super.unplug();
        lose();
    }

    /** What was sent and not printed is lost. */
    @Override
    public void cutPower() {
        super.cutPower();
        lose();
    }

    private synchronized void lose() {
        queue.clear();
        roll.forget();
    }

    synchronized DeskSnapshot.Printer snapshot() {
        return new DeskSnapshot.Printer(
                plugged(),
                outlet().hosts(),
                condition.paper(),
                condition.coverOpen(),
                condition.cutterStopped(),
                List.copyOf(slips));
    }
}
