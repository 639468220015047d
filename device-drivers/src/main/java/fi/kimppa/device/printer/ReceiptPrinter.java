package fi.kimppa.device.printer;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.SerialLine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A receipt printer that speaks ESC/POS, over TCP or a serial line.
 *
 * <p>Address: {@code escpos:tcp:192.0.2.7:9100?columns=42}; settings {@code columns} (16 to 64, default 48), {@code timeout} in ms for
 * a status (1000), {@code confirm} in ms for the end of a receipt (10000), for serial lines {@code baud}, {@code parity},
 * {@code stopbits} (19200 8N1).
 */
public final class ReceiptPrinter extends LineDevice {
    private static final String DRIVER = "escpos";
    private static final SerialLine USUAL_LINE = new SerialLine(19_200, SerialLine.Parity.NONE, 1);
    private static final Set<String> SETTINGS = Set.of("columns", "timeout", "confirm", "baud", "parity", "stopbits");
    /** While a receipt is printed, the printer is asked for its status after a silence this long. */
    private static final Duration SILENCE = Duration.ofMillis(250);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(700);
    /** {@code DLE EOT 1} to {@code 4}: answered at once, even when the printer is off line. */
    private static final byte[] ASK_STATUS = {0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4};
    /** {@code GS r 1}: answered when everything before it is on paper. */
    private static final byte[] ASK_END = {0x1D, 'r', 1};
    /** {@code DLE ENQ 2}: forget what waits, so that no receipt comes out in front of the next patron. */
    private static final byte[] FORGET = {0x10, 5, 2};

    private final DeviceLine line;
    private final int columns;
    private final Duration timeout;
    private final Duration confirm;

    ReceiptPrinter(DeviceId id, DeviceAddress address, LinkOpener opener) {
        address.expect(DRIVER, SETTINGS);
        this.columns = address.setting("columns", 48, 16, 64);
        this.timeout = Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000));
        this.confirm = Duration.ofMillis(address.setting("confirm", 10_000, 100, 120_000));
        this.line = new DeviceLine(
                id, address, opener, new DeviceLine.Manners(this::ask, this::ask, POLL_INTERVAL), Clock.systemUTC());
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
        return columns;
    }

    /**
     * Prints and waits until the printer says that it has, at most ten seconds. Never throws for a printer that is away. A receipt
     * whose end is not confirmed is not left waiting in the printer, as far as it obeys.
     */
    public PrintOutcome print(Receipt receipt) {
        byte[] bytes = EscPosEncoder.encode(receipt, columns);
        var sent = new boolean[1];
        try {
            return line.talk(link -> {
                Optional<StatusReason> obstacle = ask(link);
                line.report(obstacle);
                if (obstacle.isPresent() && obstacle.get().blocking()) {
                    return new PrintOutcome.NotPrinted(obstacle.get());
                }
                sent[0] = true;
                link.write(bytes);
                link.write(ASK_END);
                return confirmed(link);
            });
        } catch (DeviceException e) {
            return sent[0] ? new PrintOutcome.Unconfirmed(e.reason()) : new PrintOutcome.NotPrinted(e.reason());
        }
    }

    private PrintOutcome confirmed(ByteLink link) {
        var answers = new Answers(link);
        long deadline = System.nanoTime() + confirm.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (answers.ended || (answers.read(SILENCE) && answers.ended)) {
                return new PrintOutcome.Printed();
            }
            Optional<StatusReason> obstacle = answers.status();
            if (answers.ended) {
                return new PrintOutcome.Printed();
            }
            line.report(obstacle);
            if (obstacle.isPresent() && obstacle.get().blocking()) {
                forget(link, answers);
                return new PrintOutcome.Unconfirmed(obstacle.get());
            }
        }
        forget(link, answers);
        return new PrintOutcome.Unconfirmed(StatusReason.NO_ANSWER);
    }

    /** An answer about the status shows that the printer has taken the order before it. */
    private static void forget(ByteLink link, Answers answers) {
        link.write(FORGET);
        answers.status();
    }

    private Optional<StatusReason> ask(ByteLink link) {
        return new Answers(link).status();
    }

    /** Sorts what the printer sends: answers about its status, and the mark that the end of a receipt was reached. */
    private final class Answers {
        private final ByteLink link;
        private final byte[] buffer = new byte[64];
        private final int[] status = new int[4];
        private int known;
        private boolean ended;

        Answers(ByteLink link) {
            this.link = link;
        }

        /** Whether anything came in that time. */
        boolean read(Duration patience) {
            int count = link.read(buffer, patience);
            for (int i = 0; i < count; i++) {
                if (PrinterStatus.isRealTime(buffer[i])) {
                    status[known % 4] = buffer[i];
                    known++;
                } else if (PrinterStatus.isQueued(buffer[i])) {
                    ended = true;
                }
            }
            return count > 0;
        }

        Optional<StatusReason> status() {
            known = 0;
            long begun = System.nanoTime();
            link.write(ASK_STATUS);
            while (known < 4) {
                Duration left = timeout.minusNanos(System.nanoTime() - begun);
                if (left.isNegative() || left.isZero()) {
                    throw new LinkException(
                            line.address(), Phase.READ, timeout, StatusReason.NO_ANSWER, "no answer to DLE EOT");
                }
                read(left);
            }
            return PrinterStatus.reason(status[0], status[1], status[2], status[3]);
        }
    }

    @Override
    protected DeviceLine line() {
        return line;
    }
}
