package fi.kimppa.device.door;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * The client side of Modbus TCP for the three functions a lock needs (Modbus Application Protocol 1.1b3, Messaging on TCP/IP 1.0b):
 * {@code transaction(2) 0000 length(2) unit function data}. For one thread at a time.
 */
final class ModbusTcp {
    static final int READ_INPUTS = 0x02;
    static final int WRITE_COIL = 0x05;
    static final int ON = 0xFF00;
    static final int OFF = 0x0000;

    private static final int HEADER = 7;
    private static final int EXCEPTION = 0x80;
    private static final int LONGEST = 254;

    private final DeviceAddress address;
    private final int unit;
    private final Duration timeout;
    private int transaction;

    ModbusTcp(DeviceAddress address, int unit, Duration timeout) {
        this.address = address;
        this.unit = unit;
        this.timeout = timeout;
    }

    /** The board said no. */
    static final class Refusal extends Exception {
        private final int code;

        Refusal(int code) {
            super("Modbus exception " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    boolean input(ByteLink link, int number) throws Refusal {
        byte[] answer = exchange(link, READ_INPUTS, number, 1);
        if (answer.length != 2 || answer[0] != 1) {
            throw new FormatException("one byte of inputs", answer.length + " bytes", HEADER);
        }
        return (answer[1] & 1) != 0;
    }

    void coil(ByteLink link, int number, int value) throws Refusal {
        byte[] answer = exchange(link, WRITE_COIL, number, value);
        byte[] echo = ByteBuffer.allocate(4)
                .putShort((short) number)
                .putShort((short) value)
                .array();
        if (!Arrays.equals(answer, echo)) {
            throw new FormatException("an echo of the request", "something else", HEADER);
        }
    }

    /** The data of the answer, without its function code. */
    private byte[] exchange(ByteLink link, int function, int first, int second) throws Refusal {
        transaction = (transaction + 1) & 0xFFFF;
        link.write(ByteBuffer.allocate(12)
                .putShort((short) transaction)
                .putShort((short) 0)
                .putShort((short) 6)
                .put((byte) unit)
                .put((byte) function)
                .putShort((short) first)
                .putShort((short) second)
                .array());
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            byte[] header = exactly(link, HEADER, deadline);
            var fields = ByteBuffer.wrap(header);
            int answered = fields.getShort() & 0xFFFF;
            int protocol = fields.getShort() & 0xFFFF;
            int length = fields.getShort() & 0xFFFF;
            if (protocol != 0 || length < 3 || length > LONGEST) {
                throw new FormatException("protocol 0 and a length from 3 to 254", protocol + " and " + length, 2);
            }
            byte[] body = exactly(link, length - 1, deadline);
            // An answer to an earlier request that came too late is passed over.
            if (answered == transaction) {
                int code = body[0] & 0xFF;
                if (code == (function | EXCEPTION)) {
                    throw new Refusal(body[1] & 0xFF);
                }
                if (code != function) {
                    throw new FormatException("function " + function, Integer.toString(code), HEADER);
                }
                return Arrays.copyOfRange(body, 1, body.length);
            }
        }
    }

    private byte[] exactly(ByteLink link, int count, long deadline) {
        byte[] bytes = new byte[count];
        int have = 0;
        while (have < count) {
            long left = deadline - System.nanoTime();
            byte[] part = new byte[count - have];
            int got = left > 0 ? link.read(part, Duration.ofNanos(left)) : 0;
            if (got == 0 && deadline - System.nanoTime() <= 0) {
                throw new LinkException(address, Phase.READ, timeout, StatusReason.NO_ANSWER, "no answer");
            }
            System.arraycopy(part, 0, bytes, have, got);
            have += got;
        }
        return bytes;
    }
}
