package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.link.StandIns;
import java.util.Arrays;

/** Stand-ins in FEIG's frames: UIDs, and what tags say. For one thread. */
final class FeigMask extends ParsedMask<FeigFrame> {
    private static final int UID_IN_HOST = 2;
    private static final int UID_IN_CUSTOM = 3;
    private static final int ADDRESSED_HEAD = 10;
    private static final int INVENTORY_RECORD = 10;

    /** The sub-command and, for a read, the first block of the last request: answers do not repeat them. */
    private int asked = -1;

    private int firstBlock;

    FeigMask() {
        super(FeigFrameParser::new);
    }

    @Override
    void request(FeigFrame frame, byte[] rest) {
        int command = frame.command();
        asked = command == FeigCommand.HOST && rest.length > 0 ? rest[0] & 0xFF : command;
        if (command == FeigCommand.CUSTOM) {
            TagStandIns.replaceUid(rest, UID_IN_CUSTOM);
        } else if (command == FeigCommand.HOST && rest.length >= ADDRESSED_HEAD) {
            TagStandIns.replaceUid(rest, UID_IN_HOST);
            firstBlock = rest.length > ADDRESSED_HEAD ? rest[ADDRESSED_HEAD] & 0xFF : 0;
            if (asked == FeigCommand.WRITE_BLOCKS && rest.length > ADDRESSED_HEAD + 3) {
                TagStandIns.replaceMemory(rest, ADDRESSED_HEAD + 3, rest.length, firstBlock);
            }
        }
    }

    @Override
    void answer(FeigFrame frame, byte[] rest) {
        if (frame.command() == FeigCommand.READ_BUFFER) {
            buffer(rest);
        } else if (frame.command() == FeigCommand.HOST) {
            switch (asked) {
                case FeigCommand.INVENTORY -> inventory(rest);
                case FeigCommand.SYSTEM_INFORMATION -> TagStandIns.replaceUid(rest, 2);
                case FeigCommand.READ_BLOCKS -> blocks(rest);
                default -> {
                    // Only a status.
                }
            }
        }
    }

    /** Status, count, then records of type 03: type, DSFID, UID. What follows a record of another type is not touched. */
    private static void inventory(byte[] rest) {
        for (int at = 2;
                at + INVENTORY_RECORD <= rest.length && rest[at] == FeigCommand.ISO_15693;
                at += INVENTORY_RECORD) {
            TagStandIns.replaceUid(rest, at + 2);
        }
    }

    /** Status, count, size, then count times security status and block. */
    private void blocks(byte[] rest) {
        int size = rest.length > 2 ? rest[2] & 0xFF : 0;
        if (size > 0) {
            TagStandIns.replaceBlocks(rest, 3, (rest.length - 3) / (size + 1), size, firstBlock);
        }
    }

    /** Status, then the data sets of several tags with all that they say. */
    private static void buffer(byte[] rest) {
        if (rest.length < 2) {
            return;
        }
        byte[] data = Arrays.copyOfRange(rest, 1, rest.length);
        try {
            for (FeigBuffer.Place place : FeigBuffer.places(data)) {
                replace(data, place);
            }
        } catch (FormatException _) {
            data = StandIns.OF_THIS_RUN.bytes(data, data.length);
        }
        System.arraycopy(data, 0, rest, 1, data.length);
    }

    private static void replace(byte[] data, FeigBuffer.Place place) {
        if (place.namesATag()) {
            TagStandIns.replaceUid(data, place.identifier());
        } else {
            hide(data, place.identifier(), place.identifierEnd());
        }
        TagStandIns.replaceMemory(data, place.blocks(), place.blocksEnd(), 0);
        hide(data, place.blocksEnd(), place.end());
    }

    /** What is not known here may be somebody's. */
    private static void hide(byte[] data, int from, int to) {
        byte[] other = StandIns.OF_THIS_RUN.bytes(Arrays.copyOfRange(data, from, to), to - from);
        System.arraycopy(other, 0, data, from, other.length);
    }
}
