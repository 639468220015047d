package fi.kimppa.device.printer;

import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * What was said on one link to a printer so far. An answer may be cut in two by the end of a conversation, so this lasts as long as
 * the link. For one thread at a time.
 */
final class PrinterTalk {
    /** {@code DLE EOT 1} to {@code 4}: answered at once, even when the printer is off line. */
    private static final byte[] ASK_STATUS = {0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4};
    /** Custom's {@code DLE EOT 20}, first so that its answer is there when the four others are. */
    private static final byte[] ASK_FULL_STATUS = {0x10, 4, 20};
    /** {@code GS r 1}: answered when everything before it is on paper. */
    private static final byte[] ASK_END = {0x1D, 'r', 1};
    /** {@code GS I}: maker, model, serial number. */
    private static final byte[] ASK_IDENTITY = {0x1D, 'I', 66, 0x1D, 'I', 67, 0x1D, 'I', 68};

    private static final int TEXTS = 3;
    /** {@code DLE ENQ 2}: leave an error that was mended, and forget what waited. */
    private static final byte[] RECOVER = {0x10, 5, 2};
    /** {@code DLE DC4 8}: forget what waits, error or not (TM-T20 and later, TM-T88IV and later, Citizen). */
    private static final byte[] CLEAR = {0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8};
    /** {@code GS a}: tell changes of on line, error and paper. Epson's {@code ESC @} may end it. */
    private static final byte[] TELL_CHANGES = {0x1D, 'a', 0x0E};
    /** Custom's {@code GS E1h}. */
    private static final byte[] ASK_LENGTH = {0x1D, (byte) 0xE1};

    private static final int PIECE = 512;
    /** For answers that not every printer gives. */
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ByteLink link;
    private final Duration timeout;
    private final Duration patience;
    private final byte[] buffer = new byte[256];
    private final List<Integer> realTime = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private PrinterAnswers answers = new PrinterAnswers(false);
    private boolean presenter;
    private Optional<PrinterAnswer.Full> full = Optional.empty();
    private Optional<PrinterStatus> automatic = Optional.empty();
    private OptionalInt paperLeft = OptionalInt.empty();
    private boolean identityAsked;
    private boolean cleared;
    private int endsAsked;
    private int endsReached;
    private boolean tellsEnds;

    /**
     * A talk that begins.
     *
     * @param timeout for the answers to a question about the status
     * @param patience for a printer that does not take what is sent
     */
    PrinterTalk(ByteLink link, Duration timeout, Duration patience) {
        this.link = link;
        this.timeout = timeout;
        this.patience = patience;
    }

    ByteLink link() {
        return link;
    }

    /** From here on it is known that this is one of Custom's printers. */
    void presenterIsThere() {
        if (!presenter) {
            presenter = true;
            answers = new PrinterAnswers(true);
        }
    }

    /** Takes in what comes within that time; whether anything came. */
    boolean read(Duration time) {
        int count = link.read(buffer, time);
        for (PrinterAnswer answer : answers.feed(buffer, count)) {
            switch (answer) {
                case PrinterAnswer.RealTime(int status) -> realTime.add(status);
                case PrinterAnswer.Automatic(PrinterStatus status) -> automatic = Optional.of(status);
                case PrinterAnswer.Reached _ -> {
                    endsReached++;
                    tellsEnds = true;
                }
                case PrinterAnswer.Text(String text) -> texts.add(text);
                case PrinterAnswer.Cleared _ -> cleared = true;
                case PrinterAnswer.Full all -> full = Optional.of(all);
                case PrinterAnswer.PaperLeft(int centimetres) -> paperLeft = OptionalInt.of(centimetres);
            }
        }
        return count > 0;
    }

    /** What it told by itself since this was last asked. */
    Optional<PrinterStatus> automatic() {
        Optional<PrinterStatus> told = automatic;
        automatic = Optional.empty();
        return told;
    }

    /**
     * Asks for its status.
     *
     * @throws LinkException when it does not answer in time
     */
    PrinterStatus status() {
        realTime.clear();
        full = Optional.empty();
        if (presenter) {
            send(ASK_FULL_STATUS);
        }
        send(ASK_STATUS);
        // Without the six bytes of Custom's answer that begin it, its others are taken for answers to GS r.
        if (!await(timeout, () -> realTime.size() >= 4 && full.isPresent() == presenter)) {
            throw new LinkException(
                    link.address(), Phase.READ, timeout, StatusReason.NO_ANSWER, "no answer to DLE EOT");
        }
        var status = PrinterStatus.ofRealTime(realTime.get(0), realTime.get(1), realTime.get(2), realTime.get(3));
        return full.map(more -> status.withFull(more.paper(), more.user(), more.recoverable(), more.unrecoverable()))
                .orElse(status);
    }

    private boolean await(Duration time, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            Duration left = time.minusNanos(System.nanoTime() - begun);
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            read(left);
        }
        return true;
    }

    /** Asks what it is. Printers that do not answer leave the texts empty. */
    PrinterIdentity identity() {
        identityAsked = true;
        texts.clear();
        send(ASK_IDENTITY);
        await(brief(), () -> texts.size() >= TEXTS);
        return new PrinterIdentity(text(0), text(1), text(2));
    }

    /** Whether that was asked on this link. */
    boolean identityAsked() {
        return identityAsked;
    }

    /** When some of the three questions got no answer nobody knows which; the first answer is then most likely the model. */
    private String text(int index) {
        int shift = texts.size() < TEXTS ? 1 : 0;
        int at = index - shift;
        return at >= 0 && at < texts.size() ? texts.get(at) : "";
    }

    /** Lets the printer leave an error that was mended. */
    void recover() {
        send(RECOVER);
    }

    /** Makes the printer forget what waits, so that no receipt comes out in front of the next patron, as far as it obeys. */
    void forget() {
        cleared = false;
        send(RECOVER);
        if (!presenter) {
            // Epson: nothing more may be sent before the answer.
            send(CLEAR);
            await(brief(), () -> cleared);
        }
    }

    private Duration brief() {
        return timeout.compareTo(SHORT) < 0 ? timeout : SHORT;
    }

    /** Lets the printer tell changes by itself. */
    void tellChanges() {
        send(TELL_CHANGES);
    }

    /**
     * Sends the lines of a receipt in pieces, each with the question whether its end was reached: of a piece that is lost on a serial
     * line the question is lost as well, and an answer is missing.
     */
    void print(List<byte[]> lines, boolean tellsChanges) {
        endsAsked = 0;
        endsReached = 0;
        var piece = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            if (piece.size() > 0 && piece.size() + line.length + ASK_END.length > PIECE) {
                sendAndAskEnd(piece);
            }
            piece.writeBytes(line);
        }
        if (tellsChanges) {
            piece.writeBytes(TELL_CHANGES);
        }
        sendAndAskEnd(piece);
    }

    private void sendAndAskEnd(ByteArrayOutputStream piece) {
        var bytes = new ByteArrayOutputStream();
        if (piece.size() + ASK_END.length > PIECE) {
            // A picture: without its beginning the rest of it would be taken for letters, and the question behind it
            // answered.
            bytes.writeBytes(ASK_END);
            endsAsked++;
        }
        bytes.writeBytes(piece.toByteArray());
        bytes.writeBytes(ASK_END);
        endsAsked++;
        piece.reset();
        send(bytes.toByteArray());
    }

    /** Asks once more whether everything before is on paper; answers that came so far do not count. */
    void askAgain() {
        endsAsked = 1;
        endsReached = 0;
        send(ASK_END);
    }

    /** Whether the printer has come to all ends that it was asked about since {@link #print} or {@link #askAgain}. */
    boolean reached() {
        return endsReached >= endsAsked;
    }

    /** Waits for that; whether it came in time. */
    boolean awaitEnd() {
        return await(timeout, this::reached);
    }

    /** Whether it has ever answered such a question. */
    boolean tellsEnds() {
        return tellsEnds;
    }

    /** Asks one of Custom's printers how much paper is left, in centimetres. */
    OptionalInt paperLeft() {
        paperLeft = OptionalInt.empty();
        answers.expectLength();
        send(ASK_LENGTH);
        await(brief(), () -> paperLeft.isPresent());
        return paperLeft;
    }

    /**
     * Sends bytes piece by piece. A printer that takes nothing for the patience, because it stands still and its line is full, is given
     * up: the link is closed, which ends the write.
     */
    void send(byte[] bytes) {
        if (bytes.length <= ASK_STATUS.length) {
            link.write(bytes);
            return;
        }
        var sent = new AtomicInteger();
        var write = new FutureTask<Void>(() -> pieces(bytes, sent), null);
        // A platform thread: serial writes block in native code and would pin a carrier.
        Thread.ofPlatform().daemon().name("print").start(write);
        try {
            do {
                await(write, sent);
            } while (!write.isDone());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LinkException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            link.close();
            Thread.currentThread().interrupt();
            throw new LinkException(
                    link.address(), Phase.WRITE, Duration.ZERO, StatusReason.CLOSED, "interrupted while it printed");
        }
    }

    private void pieces(byte[] bytes, AtomicInteger sent) {
        for (int at = 0; at < bytes.length; at += PIECE) {
            link.write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE)));
            sent.set(at + PIECE);
        }
    }

    private void await(FutureTask<Void> write, AtomicInteger sent) throws ExecutionException, InterruptedException {
        int before = sent.get();
        try {
            write.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            if (sent.get() == before) {
                link.close();
                throw new LinkException(
                        link.address(), Phase.WRITE, patience, StatusReason.NO_ANSWER, "it takes no more");
            }
        }
    }
}
