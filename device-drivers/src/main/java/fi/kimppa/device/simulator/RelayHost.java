package fi.kimppa.device.simulator;

import fi.kimppa.device.door.ModbusFraming;
import fi.kimppa.device.link.ByteLink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The wires between a relay board and one host: takes messages out of their frames and puts answers into them, or what the board's
 * troubles make of them. One per link.
 *
 * <p>TCP: any unit is answered; a header that is no Modbus ends the link, because nobody knows where the next frame begins. RTU: unit
 * 1 is answered, unit 0 (all) obeyed in silence, others not heard; a frame that is not whole when the line falls silent is forgotten.
 */
final class RelayHost {
    private static final int UNIT = 1;
    private static final int HEADER = 6;
    private static final int LONGEST = 254;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofMillis(20);
    private static final byte[] NOISE = {0x01, 0x02, 0x01, (byte) 0xFF, 0x00, 0x01};

    private final RelayBoard board;
    private final ByteLink link;
    private final ModbusFraming framing;
    private byte[] waiting = new byte[0];
    private byte[] late = new byte[0];

    RelayHost(RelayBoard board, ByteLink link) {
        this.board = board;
        this.link = link;
        this.framing = ModbusFraming.of(link.address());
    }

    /** Answers until the host hangs up; blocks. */
    void serve() {
        byte[] buffer = new byte[512];
        boolean sane = true;
        while (sane) {
            int count = link.read(buffer, waiting.length > 0 && framing == ModbusFraming.RTU ? SILENCE : PATIENCE);
            byte[] joined = Arrays.copyOf(waiting, waiting.length + count);
            System.arraycopy(buffer, 0, joined, waiting.length, count);
            waiting = joined;
            sane = switch (framing) {
                case TCP -> takeTcp();
                case RTU -> takeRtu(count == 0);
            };
        }
    }

    // ---- TCP ---------------------------------------------------------------------------------------------

    private boolean takeTcp() {
        while (waiting.length >= HEADER) {
            int protocol = word(waiting, 2);
            int length = word(waiting, 4);
            if (protocol != 0 || length < 2 || length > LONGEST) {
                return false;
            }
            if (waiting.length < HEADER + length) {
                return true;
            }
            byte[] frame = Arrays.copyOf(waiting, HEADER + length);
            waiting = Arrays.copyOfRange(waiting, HEADER + length, waiting.length);
            answer(Arrays.copyOfRange(frame, HEADER + 1, frame.length), (unit, message) -> tcp(frame, unit, message));
        }
        return true;
    }

    /** Same transaction; the unit of the request, or the next one. */
    private static byte[] tcp(byte[] request, int otherUnit, byte[] message) {
        return ByteBuffer.allocate(HEADER + 1 + message.length)
                .put(request, 0, 4)
                .putShort((short) (message.length + 1))
                .put((byte) (request[HEADER] + otherUnit))
                .put(message)
                .array();
    }

    // ---- RTU ---------------------------------------------------------------------------------------------

    private boolean takeRtu(boolean silent) {
        while (true) {
            Optional<byte[]> frame = rtuFrame(silent);
            if (frame.isEmpty()) {
                break;
            }
            byte[] request = Arrays.copyOfRange(frame.get(), 1, frame.get().length - 2);
            int unit = frame.get()[0] & 0xFF;
            if (unit == UNIT) {
                answer(request, (otherUnit, message) -> rtu(unit + otherUnit, message));
            } else if (unit == 0) {
                board.answer(request);
            }
        }
        if (silent) {
            waiting = new byte[0];
        }
        return true;
    }

    /** Takes a whole frame from the start of what is waiting: as long as its function says, or up to the silence. */
    private Optional<byte[]> rtuFrame(boolean silent) {
        int length = switch (waiting.length < 2 ? 0 : waiting[1]) {
            case 0x01, 0x02, 0x03, 0x04, 0x05, 0x06 -> 8;
            case 0x0F, 0x10 -> waiting.length < 7 ? Integer.MAX_VALUE : 9 + (waiting[6] & 0xFF);
            default -> silent && waiting.length >= 4 ? waiting.length : Integer.MAX_VALUE;
        };
        if (waiting.length < length) {
            return Optional.empty();
        }
        byte[] frame = Arrays.copyOf(waiting, length);
        if (crc(frame, length - 2) != ((frame[length - 2] & 0xFF) | (frame[length - 1] & 0xFF) << 8)) {
            return Optional.empty();
        }
        waiting = Arrays.copyOfRange(waiting, length, waiting.length);
        return Optional.of(frame);
    }

    static byte[] rtu(int unit, byte[] message) {
        byte[] frame = new byte[message.length + 3];
        frame[0] = (byte) unit;
        System.arraycopy(message, 0, frame, 1, message.length);
        int crc = crc(frame, message.length + 1);
        frame[message.length + 1] = (byte) crc;
        frame[message.length + 2] = (byte) (crc >> 8);
        return frame;
    }

    /** Reflected polynomial A001, initial value FFFF (Modbus over Serial Line 1.02, section 6.2.2). */
    static int crc(byte[] bytes, int count) {
        int crc = 0xFFFF;
        for (int i = 0; i < count; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xA001 : crc >> 1;
            }
        }
        return crc;
    }

    // ---- both --------------------------------------------------------------------------------------------

    /** Puts a message into a frame of the unit that was asked, or of one that many further. */
    private interface Framer {
        byte[] frame(int otherUnit, byte[] message);
    }

    private void answer(byte[] request, Framer framer) {
        Optional<RelayTrouble> trouble = board.nextTrouble();
        if (trouble.isEmpty()) {
            send(framer.frame(0, board.answer(request)));
            return;
        }
        switch (trouble.get()) {
            case RelayTrouble.Refusal(int code) -> send(framer.frame(0, RelayBoard.refusal(request, code)));
            case RelayTrouble.Answer how -> answer(how, framer, board.answer(request));
        }
    }

    private void answer(RelayTrouble.Answer how, Framer framer, byte[] message) {
        byte[] frame = framer.frame(0, message);
        switch (how) {
            case LOST -> {}
            case LATE -> late = frame;
            case TWICE -> send(frame, frame);
            case AFTER_ANOTHER_UNIT -> send(framer.frame(1, message), frame);
            case AFTER_NOISE -> {
                if (framing == ModbusFraming.RTU) {
                    send(NOISE, frame);
                }
            }
        }
    }

    private void send(byte[]... frames) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(late);
        late = new byte[0];
        for (byte[] frame : frames) {
            out.writeBytes(frame);
        }
        link.write(out.toByteArray());
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xFFFF;
    }
}
