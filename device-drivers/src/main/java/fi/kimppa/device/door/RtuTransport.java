package fi.kimppa.device.door;

import com.digitalpetri.modbus.Crc16;
import com.digitalpetri.modbus.ModbusRtuFrame;
import com.digitalpetri.modbus.ModbusRtuResponseFrameParser;
import com.digitalpetri.modbus.client.ModbusRtuClientTransport;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Frames of Modbus RTU, {@code unit message crc(2, low byte first)} (Modbus over Serial Line 1.02, section 2.5.1).
 *
 * <p>Before it speaks it waits until the line has been silent for three and a half characters, and forgets what came until then. Of
 * what it hears it takes the first frame with a good checksum that can answer the question, wherever it begins; sound frames of other
 * units and other questions are passed over, noise is skipped. RTU has no transaction numbers: a late answer to an earlier, equal
 * read cannot be told from the right one.
 */
final class RtuTransport extends LinkTransport<ModbusRtuFrame> implements ModbusRtuClientTransport {
    /** Unit, refusal, code, checksum. */
    private static final int SHORTEST = 5;
    /** Serial adapters hold bytes back for up to 16 ms, so a frame is given up only after a longer gap. */
    private static final Duration GAP = Duration.ofMillis(50);
    /** Only asks what is there: serial links wait no shorter than this. */
    private static final Duration GLANCE = Duration.ofMillis(1);
    /** Serial links do not wait at all for less. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);

    private final Duration silence;
    private long lastByte = System.nanoTime();

    /**
     * Frames on a new link.
     *
     * @param silence before a question, see {@link #silence}
     */
    RtuTransport(ByteLink link, Duration timeout, Duration silence) {
        super(link, timeout);
        this.silence = silence;
    }

    /** Three and a half characters of 11 bits; above 19200 bits per second 1.75 ms (Modbus over Serial Line 1.02, section 2.5.1.1). */
    static Duration silence(int baud) {
        return baud > 19_200 ? Duration.ofNanos(1_750_000) : Duration.ofNanos(38_500_000_000L / baud);
    }

    @Override
    protected ModbusRtuFrame exchange(ModbusRtuFrame question) throws ModbusResponseException {
        settle();
        link.write(bytes(question));
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean heard = false;
        while (true) {
            Optional<ModbusRtuFrame> answer = answer(question);
            if (answer.isPresent()) {
                return accepted(question, answer.get());
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw heard
                        ? new FormatException("an RTU frame of unit " + question.unitId(), "other bytes", 0)
                        : new LinkException(link.address(), Phase.READ, timeout, StatusReason.NO_ANSWER, "no answer");
            }
            Duration patience = waiting.length > 0 && GAP.toNanos() < left ? GAP : Duration.ofNanos(left);
            if (fill(patience.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : patience) > 0) {
                lastByte = System.nanoTime();
                heard = true;
            } else {
                // The line fell silent within a frame: what there is of it will never be whole.
                skip(waiting.length);
            }
        }
    }

    /**
     * The client of digitalpetri 2.1.4 reports the function of a refusal as its code (ModbusRtuClient.onFrameReceived reads the
     * message from its first byte), so refusals are told here.
     */
    private static ModbusRtuFrame accepted(ModbusRtuFrame question, ModbusRtuFrame answer)
            throws ModbusResponseException {
        if ((answer.pdu().get(0) & 0x80) != 0) {
            throw new ModbusResponseException(
                    question.pdu().get(0) & 0xFF, answer.pdu().get(1) & 0xFF);
        }
        return answer;
    }

    private void settle() {
        long begun = System.nanoTime();
        while (true) {
            if (fill(GLANCE) > 0) {
                lastByte = System.nanoTime();
            }
            skip(waiting.length);
            long left = lastByte + silence.toNanos() - System.nanoTime();
            if (left <= 0) {
                return;
            }
            if (System.nanoTime() - begun > timeout.toNanos()) {
                throw new FormatException("silence between frames", "bytes without end", 0);
            }
            LockSupport.parkNanos(left);
        }
    }

    /** The first frame among what is waiting that can answer the question; all before it is forgotten. */
    private Optional<ModbusRtuFrame> answer(ModbusRtuFrame question) {
        int at = 0;
        while (waiting.length - at >= SHORTEST) {
            Optional<ModbusRtuFrame> frame = frame(at);
            if (frame.isEmpty()) {
                at++;
                continue;
            }
            skip(at + frame.get().pdu().remaining() + 3);
            at = 0;
            if (frame.get().unitId() == question.unitId()
                    && fits(question.pdu(), frame.get().pdu())) {
                return frame;
            }
        }
        return Optional.empty();
    }

    /** A whole frame with a good checksum that begins at that place. */
    private Optional<ModbusRtuFrame> frame(int at) {
        // The parser holds 256 bytes, the longest frame there is.
        byte[] bytes = Arrays.copyOfRange(waiting, at, Math.min(waiting.length, at + 256));
        return new ModbusRtuResponseFrameParser().parse(bytes)
                                instanceof ModbusRtuResponseFrameParser.Accumulated(ModbusRtuFrame frame)
                        && frame.crc().equals(crc(frame.unitId(), frame.pdu()))
                ? Optional.of(frame)
                : Optional.empty();
    }

    private static ByteBuffer crc(int unit, ByteBuffer pdu) {
        var crc = new Crc16();
        crc.update(unit);
        crc.update(pdu);
        return ByteBuffer.wrap(new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)});
    }

    private static byte[] bytes(ModbusRtuFrame frame) {
        return ByteBuffer.allocate(frame.pdu().remaining() + 3)
                .put((byte) frame.unitId())
                .put(frame.pdu().duplicate())
                .put(frame.crc().duplicate())
                .array();
    }

    /** Nothing to do: each question begins with nothing waiting. */
    @Override
    public void resetFrameParser() {}
}
