package fi.kimppa.device.printer;

import fi.kimppa.device.Counter;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.SerialLine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receipt printer that speaks ESC/POS, over TCP, a serial line or its device file.
 *
 * <p>Addresses: {@code escpos:tcp:192.0.2.7:9100?columns=42}, {@code escpos:serial:/dev/ttyS0?baud=38400&flow=xonxoff},
 * {@code escpos:file:/dev/usb/lp0}. The settings are listed at {@link PrinterSettings}.
 */
public final class ReceiptPrinter extends LineDevice {
    private static final SerialLine USUAL_LINE = new SerialLine(19_200, SerialLine.Parity.NONE, 1);
    private static final Duration GLANCE = Duration.ofMillis(20);
    /** A printer that has kept silent about so many ends, and told none, never tells them. Fewer may be lost on a bad line, one after another. */
    private static final int MOST_SILENCES = 5;

    private final DeviceLine line;
    private final PrinterSettings settings;
    private final TicketWatch ticket;
    /** Who wants to print while the printer is listened to. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile PrinterProfile profile;
    private volatile Optional<PrinterIdentity> identity = Optional.empty();
    private volatile OptionalInt paperLeft = OptionalInt.empty();
    private Optional<PrinterTalk> talk = Optional.empty();
    /** Half a receipt may be in the printer, to be parted from the next one. */
    private boolean remains;
    /** Whether it has ever answered the question about an end. */
    private boolean tellsEnds;

    private int silences;
    private long lastRecovery = System.nanoTime();

    ReceiptPrinter(DeviceId id, DeviceAddress address, LinkOpener opener) {
        this.settings = PrinterSettings.of(address);
        this.profile = settings.adapted(settings.profile().orElse(PrinterProfile.CORE));
        this.ticket = new TicketWatch(settings.retract(), settings.leftAfter());
        this.line = new DeviceLine(
                id, address, opener, new DeviceLine.Manners(this::greet, this::poll, Duration.ZERO), Clock.systemUTC());
        line.start();
    }

    /** Opens the printer under the name {@code printer}. */
    public static ReceiptPrinter open(DeviceAddress address) {
        return open(DeviceId.of(DeviceKind.PRINTER), address);
    }

    /** Opens the printer under a name of its own. */
    public static ReceiptPrinter open(DeviceId id, DeviceAddress address) {
        return new ReceiptPrinter(id, address, () -> ByteLink.open(address, USUAL_LINE));
    }

    /** Letters that fit on a line. */
    public int columns() {
        return settings.columns();
    }

    @Override
    public DeviceIdentity identity() {
        return identity.map(PrinterIdentity::device).orElse(DeviceIdentity.UNKNOWN);
    }

    /** Centimetres of paper after the last receipt, from printers that count them (Custom's). */
    public OptionalInt paperLeft() {
        return paperLeft;
    }

    /**
     * Prints and waits until the printer says that it has, at most the setting {@code confirm}. Never throws for a printer that is
     * away. A receipt whose end is not confirmed is not left waiting in the printer, as far as it obeys.
     */
    public PrintOutcome print(Receipt receipt) {
        PrintOutcome outcome = tryPrinting(receipt);
        // The one place where papers are counted.
        line.count(
                switch (outcome) {
                    case PrintOutcome.Printed _ -> Counter.PRINTS;
                    case PrintOutcome.NotPrinted _ -> Counter.PRINTS_REFUSED;
                    case PrintOutcome.Unconfirmed _ -> Counter.PRINTS_UNCONFIRMED;
                });
        if (!(outcome instanceof PrintOutcome.NotPrinted)) {
            line.count(Counter.CUTS, EscPosEncoder.cuts(receipt));
        }
        return outcome;
    }

    private PrintOutcome tryPrinting(Receipt receipt) {
        var sent = new boolean[1];
        waiting.incrementAndGet();
        try {
            return line.talk(link -> {
                PrinterTalk open = talk(link);
                PrinterStatus status = open.status();
                report(status);
                Optional<StatusReason> obstacle = status.reason().filter(StatusReason::blocking);
                if (obstacle.isPresent()) {
                    return new PrintOutcome.NotPrinted(obstacle.get());
                }
                partRemains(open);
                if (remains && tellsEnds) {
                    return new PrintOutcome.NotPrinted(StatusReason.NO_ANSWER);
                }
                List<byte[]> lines = new ArrayList<>(ticket.before(status));
                lines.addAll(EscPosEncoder.lines(receipt, settings.columns(), profile));
                sent[0] = true;
                // Until its end is confirmed. A link that breaks now leaves it so.
                remains = true;
                open.print(lines, profile.automatic());
                return confirmed(open);
            });
        } catch (DeviceException e) {
            return sent[0] ? new PrintOutcome.Unconfirmed(e.reason()) : new PrintOutcome.NotPrinted(e.reason());
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * The answer to the question about an end is one byte without any check: a damaged byte of another answer may look like it, and an
     * earlier one may come twice. So a printer that seems to have come to the end is looked at and asked once more, when nothing else is
     * on its way.
     */
    private PrintOutcome confirmed(PrinterTalk open) {
        long deadline = System.nanoTime() + settings.confirm().toNanos();
        boolean again = false;
        while (System.nanoTime() - deadline < 0) {
            boolean quiet = open.reached() || !open.read(settings.poll());
            if (again && open.reached()) {
                return printed(open);
            }
            Optional<PrinterStatus> told = quiet ? Optional.of(open.status()) : open.automatic();
            told.ifPresent(this::report);
            Optional<StatusReason> obstacle =
                    told.flatMap(PrinterStatus::reason).filter(ReceiptPrinter::needsAPerson);
            if (obstacle.isPresent()) {
                open.forget();
                return new PrintOutcome.Unconfirmed(obstacle.get());
            }
            if (quiet && open.reached()) {
                again = true;
                open.askAgain();
            }
        }
        remains = mayRemain(open);
        open.forget();
        return new PrintOutcome.Unconfirmed(StatusReason.NO_ANSWER);
    }

    /** A printer that never tells the end of a receipt has most likely printed it: nothing has to be parted from the next one. */
    private boolean mayRemain(PrinterTalk open) {
        tellsEnds |= open.tellsEnds();
        return tellsEnds || silences++ < MOST_SILENCES;
    }

    private PrintOutcome printed(PrinterTalk open) {
        remains = false;
        tellsEnds = true;
        if (profile.presenter()) {
            ticket.printed();
            paperLeft = open.paperLeft();
        }
        return new PrintOutcome.Printed();
    }

    /** A hot head cools down, and a button is let go, while the receipt waits. */
    private static boolean needsAPerson(StatusReason reason) {
        return reason.blocking() && reason != StatusReason.OVERHEATED && reason != StatusReason.OFF_LINE;
    }

    /** Identify, forget what an earlier link has left, and let it tell its changes. */
    private Optional<StatusReason> greet(ByteLink link) {
        var open = new PrinterTalk(link, settings.timeout(), settings.confirm());
        talk = Optional.of(open);
        use(open, profile);
        PrinterStatus status = open.status();
        open.forget();
        if (status.reason().filter(StatusReason::blocking).isEmpty()) {
            identify(open);
            status = open.status();
        }
        return complaint(status);
    }

    /** Only a printer that is on line is asked: the question waits in its queue like a receipt. */
    private void identify(PrinterTalk open) {
        PrinterIdentity said = open.identity();
        if (!said.model().isEmpty()) {
            identity = Optional.of(said);
        }
        if (settings.profile().isEmpty()) {
            use(open, settings.adapted(identity.map(PrinterProfile::of).orElse(PrinterProfile.CORE)));
        }
        if (profile.automatic()) {
            open.tellChanges();
        }
    }

    private void use(PrinterTalk open, PrinterProfile next) {
        profile = next;
        if (next.presenter()) {
            open.presenterIsThere();
        }
    }

    /** Listens for what it tells by itself; asks when it is silent. */
    private Optional<StatusReason> poll(ByteLink link) {
        PrinterTalk open = talk(link);
        long begun = System.nanoTime();
        Optional<PrinterStatus> told = Optional.empty();
        while (told.isEmpty()
                && waiting.get() == 0
                && System.nanoTime() - begun < settings.poll().toNanos()) {
            open.read(GLANCE);
            told = open.automatic();
        }
        PrinterStatus status = told.orElseGet(open::status);
        if (status.waitsToBeMended()
                && System.nanoTime() - lastRecovery > settings.recover().toNanos()) {
            lastRecovery = System.nanoTime();
            open.recover();
        }
        if (status.reason().filter(StatusReason::blocking).isEmpty()) {
            partRemains(open);
            ticket.watch(open, status);
            if (!open.identityAsked()) {
                identify(open);
            }
        }
        return complaint(status);
    }

    private PrinterTalk talk(ByteLink link) {
        return talk.filter(open -> open.link().equals(link)).orElseThrow();
    }

    /** Half a receipt falls when the printer works again, and not in front of the next patron's. */
    private void partRemains(PrinterTalk open) {
        if (remains) {
            open.print(List.of(EscPosEncoder.partRemains(profile)), false);
            remains = !open.awaitEnd() && mayRemain(open);
        }
    }

    private Optional<StatusReason> complaint(PrinterStatus status) {
        return status.reason().or(() -> ticket.left(status) ? Optional.of(StatusReason.TICKET_LEFT) : Optional.empty());
    }

    private void report(PrinterStatus status) {
        line.report(complaint(status));
    }

    @Override
    protected List<Trial> exercise() {
        return List.of(new Trial("prints and cuts a line", () -> {
            Receipt trial =
                    Receipt.builder().text(id() + " " + identity()).cut().build();
            return switch (print(trial)) {
                case PrintOutcome.Printed _ -> Finding.passed("confirmed after the cut");
                case PrintOutcome.NotPrinted(StatusReason reason) -> Finding.failed("not printed: " + reason);
                case PrintOutcome.Unconfirmed(StatusReason reason) -> Finding.failed("not confirmed: " + reason);
            };
        }));
    }

    @Override
    protected DeviceLine line() {
        return line;
    }
}
