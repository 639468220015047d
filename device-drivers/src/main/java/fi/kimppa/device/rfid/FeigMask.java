package fi.kimppa.device.rfid;

import fi.kimppa.device.link.StandIns;
import java.util.Arrays;

/**
 * Stand-ins in FEIG's frames: UIDs, and what tags say. For one thread.
 */
final class FeigMask extends ParsedMask<FeigFrame> {
    private static final int UID_IN_HOST = 2;
    private static final int UID_IN_CUSTOM = 3;
    private static final int ADDRESSED_HEAD = 10;
    private static final int INVENTORY_RECORD = 10;

    /** The sub-command and, for a read, the first block of the last request: answers do not repeat them. */
    private int asked = -1;

    private int firstBlock;

    FeigMask() {
        super(FeigFrameParser::new, FeigFrame::bytes);
    }

    @Override
    FeigFrame request(FeigFrame frame) {
        byte[] data = frame.rest();
        request(frame.command(), data);
        return new FeigFrame(frame.format(), frame.address(), frame.command(), data);
    }

    @Override
    FeigFrame answer(FeigFrame frame) {
        byte[] data = frame.rest();
        answer(frame.command(), data);
        return new FeigFrame(frame.format(), frame.address(), frame.command(), data);
    }

    private void request(int command, byte[] data) {
        asked = command == FeigCommand.HOST && data.length > 0 ? data[0] & 0xFF : command;
        if (command == FeigCommand.CUSTOM) {
            TagStandIns.replaceUid(data, UID_IN_CUSTOM);
        } else if (command == FeigCommand.HOST && data.length >= ADDRESSED_HEAD) {
            TagStandIns.replaceUid(data, UID_IN_HOST);
            firstBlock = data.length > ADDRESSED_HEAD ? data[ADDRESSED_HEAD] & 0xFF : 0;
            if (asked == FeigCommand.WRITE_BLOCKS && data.length > ADDRESSED_HEAD + 3) {
                replaceMemory(data, ADDRESSED_HEAD + 3, data.length);
            }
        }
    }

    private void replaceMemory(byte[] data, int from, int to) {
        byte[] memory = Arrays.copyOfRange(data, from, to);
        byte[] other = firstBlock == 0 ? TagStandIns.memory(memory) : TagStandIns.later(memory);
        System.arraycopy(other, 0, data, from, memory.length);
    }

    private void answer(int command, byte[] data) {
        if (command == FeigCommand.READ_BUFFER) {
            // What a reader keeps may hold several tags with all that they say.
            byte[] other = StandIns.OF_THIS_RUN.bytes(data, data.length);
            System.arraycopy(other, 0, data, Math.min(1, data.length), Math.max(0, data.length - 1));
        } else if (command == FeigCommand.HOST) {
            switch (asked) {
                case FeigCommand.INVENTORY -> inventory(data);
                case FeigCommand.SYSTEM_INFORMATION -> TagStandIns.replaceUid(data, 2);
                case FeigCommand.READ_BLOCKS -> blocks(data);
                default -> {
                    // Only a status.
                }
            }
        }
    }

    /** Status, count, then records of type 03: type, DSFID, UID. What follows a record of another type is not touched. */
    private static void inventory(byte[] data) {
        for (int at = 2;
                at + INVENTORY_RECORD <= data.length && data[at] == FeigCommand.ISO_15693;
                at += INVENTORY_RECORD) {
            TagStandIns.replaceUid(data, at + 2);
        }
    }

    /** Status, count, size, then count times security status and block. */
    private void blocks(byte[] data) {
        int size = data.length > 2 ? data[2] & 0xFF : 0;
        int count = size == 0 ? 0 : (data.length - 3) / (size + 1);
        byte[] memory = new byte[count * size];
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, 3 + i * (size + 1) + 1, memory, i * size, size);
        }
        byte[] other = firstBlock == 0 ? TagStandIns.memory(memory) : TagStandIns.later(memory);
        for (int i = 0; i < count; i++) {
            System.arraycopy(other, i * size, data, 3 + i * (size + 1) + 1, size);
        }
    }
}
