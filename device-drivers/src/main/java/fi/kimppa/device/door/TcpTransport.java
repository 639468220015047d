package fi.kimppa.device.door;

import com.digitalpetri.modbus.MbapHeader;
import com.digitalpetri.modbus.ModbusTcpFrame;
import com.digitalpetri.modbus.client.ModbusTcpClientTransport;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Frames of Modbus TCP, {@code transaction(2) 0000 length(2) unit message} (Modbus Messaging on TCP/IP 1.0b, section 3.1). Answers to
 * another transaction or from another unit are passed over: they come too late or are not ours.
 */
final class TcpTransport extends LinkTransport<ModbusTcpFrame> implements ModbusTcpClientTransport {
    private static final int HEADER = 7;
    /** A unit and at least a refusal without its code; at most 253 bytes of message. */
    private static final int SHORTEST = 2;

    private static final int LONGEST = 254;

    TcpTransport(ByteLink link, Duration timeout) {
        super(link, timeout);
    }

    @Override
    protected ModbusTcpFrame exchange(ModbusTcpFrame question) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + question.pdu().remaining());
        MbapHeader.Serializer.encode(question.header(), bytes);
        link.write(bytes.put(question.pdu().duplicate()).array());
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<ModbusTcpFrame> frame = frame();
            if (frame.isEmpty()) {
                await(deadline);
            } else if (answers(question, frame.get())) {
                return frame.get();
            }
        }
    }

    private static boolean answers(ModbusTcpFrame question, ModbusTcpFrame frame) {
        boolean ours = frame.header().transactionId() == question.header().transactionId()
                && frame.header().unitId() == question.header().unitId();
        if (ours && !fits(question.pdu(), frame.pdu())) {
            throw new FormatException("the answer to function " + question.pdu().get(0), "something else", HEADER);
        }
        return ours;
    }

    /** The next whole frame of what is waiting. */
    private Optional<ModbusTcpFrame> frame() {
        if (waiting.length < HEADER) {
            return Optional.empty();
        }
        MbapHeader header = MbapHeader.Serializer.decode(ByteBuffer.wrap(waiting));
        if (header.protocolId() != 0 || header.length() < SHORTEST || header.length() > LONGEST) {
            throw new FormatException(
                    "protocol 0 and a length from 2 to 254", header.protocolId() + " and " + header.length(), 2);
        }
        int end = HEADER - 1 + header.length();
        if (waiting.length < end) {
            return Optional.empty();
        }
        ByteBuffer pdu = ByteBuffer.wrap(waiting).slice(HEADER, end - HEADER);
        skip(end);
        return Optional.of(new ModbusTcpFrame(header, pdu));
    }

    private void await(long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || (fill(Duration.ofNanos(left)) == 0 && deadline - System.nanoTime() <= 0)) {
            throw new LinkException(link.address(), Phase.READ, timeout, StatusReason.NO_ANSWER, "no answer");
        }
    }
}
