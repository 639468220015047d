package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a Modbus TCP relay board does with the bytes of one host (Modbus Application Protocol 1.1b3): functions 01, 02, 05 and 0F on
 * eight coils and eight inputs. A header that is no Modbus ends the link, because nobody knows where the next frame begins. One per
 * link.
 */
final class RelayBoard {
    static final int POINTS = 8;

    private static final int ILLEGAL_FUNCTION = 1;
    private static final int ILLEGAL_ADDRESS = 2;
    private static final int ILLEGAL_VALUE = 3;
    private static final int HEADER = 6;
    private static final int LONGEST = 254;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final VirtualDoor door;
    private byte[] waiting = new byte[0];

    RelayBoard(VirtualDoor door) {
        this.door = door;
    }

    void serve(ByteLink link) {
        byte[] buffer = new byte[512];
        while (true) {
            int count = link.read(buffer, PATIENCE);
            byte[] joined = Arrays.copyOf(waiting, waiting.length + count);
            System.arraycopy(buffer, 0, joined, waiting.length, count);
            waiting = joined;
            while (waiting.length >= HEADER) {
                int protocol = ByteBuffer.wrap(waiting).getShort(2) & 0xFFFF;
                int length = ByteBuffer.wrap(waiting).getShort(4) & 0xFFFF;
                if (protocol != 0 || length < 2 || length > LONGEST) {
                    return;
                }
                if (waiting.length < HEADER + length) {
                    break;
                }
                byte[] frame = Arrays.copyOf(waiting, HEADER + length);
                waiting = Arrays.copyOfRange(waiting, HEADER + length, waiting.length);
                link.write(answer(frame));
            }
        }
    }

    /** The answer to a whole frame: same transaction, same unit. */
    byte[] answer(byte[] frame) {
        byte[] request = Arrays.copyOfRange(frame, HEADER + 1, frame.length);
        int function = request[0] & 0xFF;
        byte[] answer = execute(function, request).orElseGet(() -> refusal(function, ILLEGAL_FUNCTION));
        return ByteBuffer.allocate(HEADER + 1 + answer.length)
                .put(frame, 0, 4)
                .putShort((short) (answer.length + 1))
                .put(frame[HEADER])
                .put(answer)
                .array();
    }

    private Optional<byte[]> execute(int function, byte[] request) {
        return switch (function) {
            case 0x01, 0x02 -> Optional.of(read(function, request));
            case 0x05 -> Optional.of(writeOne(request));
            case 0x0F -> Optional.of(writeMany(request));
            default -> Optional.empty();
        };
    }

    private byte[] read(int function, byte[] request) {
        if (request.length != 5) {
            return refusal(function, ILLEGAL_VALUE);
        }
        int first = word(request, 1);
        int count = word(request, 3);
        if (count < 1 || count > 2000) {
            return refusal(function, ILLEGAL_VALUE);
        }
        if (first + count > POINTS) {
            return refusal(function, ILLEGAL_ADDRESS);
        }
        int bits = 0;
        for (int i = 0; i < count; i++) {
            boolean on = function == 0x01 ? door.coil(first + i) : first + i == 0 && door.isOpen();
            bits |= on ? 1 << i : 0;
        }
        return new byte[] {(byte) function, 1, (byte) bits};
    }

    private byte[] writeOne(byte[] request) {
        if (request.length != 5) {
            return refusal(0x05, ILLEGAL_VALUE);
        }
        int number = word(request, 1);
        int value = word(request, 3);
        if (number == VirtualDoor.FLASH) {
            door.flash(Duration.ofMillis(value * 100L));
            return request;
        }
        if (number >= POINTS) {
            return refusal(0x05, ILLEGAL_ADDRESS);
        }
        if (value != 0 && value != 0xFF00) {
            return refusal(0x05, ILLEGAL_VALUE);
        }
        door.switchCoil(number, value != 0);
        return request;
    }

    private byte[] writeMany(byte[] request) {
        if (request.length < 7 || request.length != 6 + (request[5] & 0xFF)) {
            return refusal(0x0F, ILLEGAL_VALUE);
        }
        int first = word(request, 1);
        int count = word(request, 3);
        if (count < 1 || (count + 7) / 8 != (request[5] & 0xFF)) {
            return refusal(0x0F, ILLEGAL_VALUE);
        }
        if (first + count > POINTS) {
            return refusal(0x0F, ILLEGAL_ADDRESS);
        }
        for (int i = 0; i < count; i++) {
            door.switchCoil(first + i, (request[6 + i / 8] & 1 << i % 8) != 0);
        }
        return Arrays.copyOf(request, 5);
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xFFFF;
    }

    private static byte[] refusal(int function, int code) {
        var out = new ByteArrayOutputStream();
        out.write(function | 0x80);
        out.write(code);
        return out.toByteArray();
    }
}
