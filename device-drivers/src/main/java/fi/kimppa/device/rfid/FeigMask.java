package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceException.FormatException;
import java.util.Arrays;

/** Stand-ins in FEIG's frames: UIDs, and what tags say. For one thread. */
final class FeigMask extends ParsedMask<FeigFrame> {
    private static final int UID_IN_HOST = 2;
    private static final int UID_IN_CUSTOM = 3;
    private static final int ADDRESSED_HEAD = 10;
    private static final int STATUS_AND_REASON = 2;
    private static final int INVENTORY_RECORD = 10;
    /** Status, DSFID, UID, AFI, two bytes of memory size, the chip's reference (H01113, page 101). */
    private static final int INFORMATION = 14;

    private static final int UID_IN_INFORMATION = 2;

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
        } else if (frame.command() == FeigCommand.HOST && rest.length > STATUS_AND_REASON && !isReplaced(rest)) {
            // An answer to an earlier request, which came late.
            TagStandIns.hide(rest, 1, rest.length);
        }
    }

    /** Whether the answer has the form of one to the last request, and got its stand-ins. */
    private boolean isReplaced(byte[] rest) {
        return switch (asked) {
            case FeigCommand.INVENTORY -> inventory(rest);
            case FeigCommand.SYSTEM_INFORMATION -> information(rest);
            case FeigCommand.READ_BLOCKS -> blocks(rest);
            default -> false;
        };
    }

    /** Status, count, then records of type 03: type, DSFID, UID. */
    private static boolean inventory(byte[] rest) {
        int at = 2;
        while (at + INVENTORY_RECORD <= rest.length && rest[at] == FeigCommand.ISO_15693) {
            TagStandIns.replaceUid(rest, at + 2);
            at += INVENTORY_RECORD;
        }
        if (at < rest.length) {
            TagStandIns.hide(rest, at, rest.length);
        }
        return true;
    }

    private static boolean information(byte[] rest) {
        if (rest.length == INFORMATION) {
            TagStandIns.replaceUid(rest, UID_IN_INFORMATION);
        }
        return rest.length == INFORMATION;
    }

    /** Status, count, size, then count times security status and block. */
    private boolean blocks(byte[] rest) {
        int count = rest[1] & 0xFF;
        int size = rest.length > 2 ? rest[2] & 0xFF : 0;
        boolean fits = size > 0 && rest.length == 3 + count * (size + 1);
        if (fits) {
            TagStandIns.replaceBlocks(rest, 3, count, size, firstBlock);
        }
        return fits;
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
            TagStandIns.hide(data, 0, data.length);
        }
        System.arraycopy(data, 0, rest, 1, data.length);
    }

    private static void replace(byte[] data, FeigBuffer.Place place) {
        if (place.namesATag()) {
            TagStandIns.replaceUid(data, place.identifier());
        } else {
            TagStandIns.hide(data, place.identifier(), place.identifierEnd());
        }
        TagStandIns.replaceMemory(data, place.blocks(), place.blocksEnd(), 0);
        TagStandIns.hide(data, place.blocksEnd(), place.end());
    }
}
