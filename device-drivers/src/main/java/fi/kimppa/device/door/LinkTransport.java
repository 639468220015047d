package fi.kimppa.device.door;

import com.digitalpetri.modbus.client.ModbusClientTransport;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * digitalpetri's transport over one of our links. A question is written and its answer read on the thread that asks, so the library
 * needs neither a thread nor a timer. For one thread at a time.
 *
 * @param <F> the library's frame
 */
abstract sealed class LinkTransport<F> implements ModbusClientTransport<F> permits TcpTransport, RtuTransport {
    private static final int READ = 512;

    protected final ByteLink link;
    protected final Duration timeout;
    /** What was read and not yet understood. */
    protected byte[] waiting = new byte[0];

    private final byte[] buffer = new byte[READ];
    private Consumer<F> receiver = _ -> {};

    LinkTransport(ByteLink link, Duration timeout) {
        this.link = link;
        this.timeout = timeout;
    }

    /**
     * Sends the question and waits for the frame that answers it; others are passed over.
     *
     * @throws DeviceException when none comes in time
     */
    protected abstract F exchange(F question) throws ModbusResponseException;

    /** Reads once. How many bytes came; 0 when the time passed. */
    protected final int fill(Duration patience) {
        int count = link.read(buffer, patience);
        byte[] joined = Arrays.copyOf(waiting, waiting.length + count);
        System.arraycopy(buffer, 0, joined, waiting.length, count);
        waiting = joined;
        return count;
    }

    /** Forgets the first bytes of what is waiting. */
    protected final void skip(int count) {
        waiting = Arrays.copyOfRange(waiting, count, waiting.length);
    }

    /**
     * Whether a message can be the answer to another, or the refusal of it: writes are echoed, reads bring as many bytes as were
     * asked for (Modbus Application Protocol 1.1b3, section 6).
     */
    protected static boolean fits(ByteBuffer question, ByteBuffer answer) {
        int function = question.get(0) & 0xFF;
        int answered = answer.get(0) & 0xFF;
        if (answered == (function | 0x80)) {
            return answer.remaining() == 2;
        }
        if (answered != function) {
            return false;
        }
        return switch (function) {
            case 0x01, 0x02 -> brings(answer, (word(question, 3) + 7) / 8);
            case 0x03, 0x04 -> brings(answer, word(question, 3) * 2);
            default -> answer.equals(question.slice(0, 5));
        };
    }

    private static boolean brings(ByteBuffer answer, int count) {
        return answer.remaining() == 2 + count && (answer.get(1) & 0xFF) == count;
    }

    private static int word(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    @Override
    public final CompletionStage<Void> send(F question) {
        try {
            receiver.accept(exchange(question));
            return CompletableFuture.completedFuture(null);
        } catch (DeviceException | ModbusResponseException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public final void receive(Consumer<F> newReceiver) {
        receiver = newReceiver;
    }

    /** Nothing to do: the line opens and closes links. */
    @Override
    public final CompletionStage<Void> connect() {
        return CompletableFuture.completedFuture(null);
    }

    /** Nothing to do: the line opens and closes links. */
    @Override
    public final CompletionStage<Void> disconnect() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public final boolean isConnected() {
        return true;
    }
}
