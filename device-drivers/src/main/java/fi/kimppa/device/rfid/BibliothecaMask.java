package fi.kimppa.device.rfid;

import java.util.Arrays;

/** Stand-ins in the Bibliotheca pad's frames: UIDs, and what tags say. For one thread. */
final class BibliothecaMask extends ParsedMask<BibliothecaFrame> {
    private static final int UID_BYTES = 8;
    private static final int BLOCK = 4;
    /** Of an answer: error byte, UID, first block, count. */
    private static final int BLOCKS_IN_ANSWER = 1 + UID_BYTES + 2;
    /** Of a request: UID, first block, count, 00. */
    private static final int BLOCKS_IN_REQUEST = UID_BYTES + 3;
    /** Error byte, AFI, options, count. */
    private static final int TAGS_IN_ANSWER = 4;

    BibliothecaMask() {
        super(BibliothecaFrameParser::new, BibliothecaFrame::bytes);
    }

    @Override
    BibliothecaFrame request(BibliothecaFrame frame) {
        byte[] data = frame.rest();
        if (isAboutATag(frame)) {
            TagStandIns.replaceUid(data, 0);
            if (frame.command() == BibliothecaCommand.WRITE_BLOCKS && data.length > BLOCKS_IN_REQUEST) {
                replace(data, BLOCKS_IN_REQUEST, data[UID_BYTES]);
            }
        }
        return new BibliothecaFrame(frame.start(), frame.command(), data);
    }

    @Override
    BibliothecaFrame answer(BibliothecaFrame frame) {
        byte[] data = frame.rest();
        if (frame.command() == BibliothecaCommand.INVENTORY) {
            for (int at = TAGS_IN_ANSWER; at + 1 + UID_BYTES <= data.length; at += 1 + UID_BYTES) {
                TagStandIns.replaceUid(data, at + 1);
            }
        } else if (isAboutATag(frame)) {
            TagStandIns.replaceUid(data, 1);
            if (frame.command() == BibliothecaCommand.READ_BLOCKS && data.length > BLOCKS_IN_ANSWER) {
                blocks(data);
            }
        }
        return new BibliothecaFrame(frame.start(), frame.command(), data);
    }

    private static boolean isAboutATag(BibliothecaFrame frame) {
        return frame.start() == BibliothecaFrame.Start.COMMAND
                && frame.command() != BibliothecaCommand.INVENTORY
                && frame.command() != BibliothecaCommand.VERSION
                && frame.command() != BibliothecaCommand.SETTINGS;
    }

    /** Each block has its lock byte in front. */
    private static void blocks(byte[] data) {
        int count = (data.length - BLOCKS_IN_ANSWER) / (BLOCK + 1);
        byte[] memory = new byte[count * BLOCK];
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, BLOCKS_IN_ANSWER + i * (BLOCK + 1) + 1, memory, i * BLOCK, BLOCK);
        }
        byte[] other = standIn(memory, data[1 + UID_BYTES]);
        for (int i = 0; i < count; i++) {
            System.arraycopy(other, i * BLOCK, data, BLOCKS_IN_ANSWER + i * (BLOCK + 1) + 1, BLOCK);
        }
    }

    private static void replace(byte[] data, int from, int firstBlock) {
        byte[] other = standIn(Arrays.copyOfRange(data, from, data.length), firstBlock);
        System.arraycopy(other, 0, data, from, other.length);
    }

    private static byte[] standIn(byte[] memory, int firstBlock) {
        return firstBlock == 0 ? TagStandIns.memory(memory) : TagStandIns.later(memory);
    }
}
