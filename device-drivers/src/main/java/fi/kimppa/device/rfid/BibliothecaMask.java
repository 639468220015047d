package fi.kimppa.device.rfid;

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
        super(BibliothecaFrameParser::new);
    }

    @Override
    void request(BibliothecaFrame frame, byte[] rest) {
        if (isAboutATag(frame)) {
            TagStandIns.replaceUid(rest, 0);
            if (frame.command() == BibliothecaCommand.WRITE_BLOCKS && rest.length > BLOCKS_IN_REQUEST) {
                TagStandIns.replaceMemory(rest, BLOCKS_IN_REQUEST, rest.length, rest[UID_BYTES]);
            }
        }
    }

    @Override
    void answer(BibliothecaFrame frame, byte[] rest) {
        if (frame.command() == BibliothecaCommand.INVENTORY) {
            int at = TAGS_IN_ANSWER;
            while (at + 1 + UID_BYTES <= rest.length) {
                TagStandIns.replaceUid(rest, at + 1);
                at += 1 + UID_BYTES;
            }
            if (at < rest.length) {
                TagStandIns.hide(rest, at, rest.length);
            }
        } else if (isAboutATag(frame)) {
            TagStandIns.replaceUid(rest, 1);
            if (frame.command() == BibliothecaCommand.READ_BLOCKS && rest.length > BLOCKS_IN_ANSWER) {
                int count = (rest.length - BLOCKS_IN_ANSWER) / (BLOCK + 1);
                TagStandIns.replaceBlocks(rest, BLOCKS_IN_ANSWER, count, BLOCK, rest[1 + UID_BYTES]);
                TagStandIns.hide(rest, BLOCKS_IN_ANSWER + count * (BLOCK + 1), rest.length);
            }
        }
    }

    private static boolean isAboutATag(BibliothecaFrame frame) {
        return frame.start() == BibliothecaFrame.Start.COMMAND
                && frame.command() != BibliothecaCommand.INVENTORY
                && frame.command() != BibliothecaCommand.VERSION
                && frame.command() != BibliothecaCommand.SETTINGS;
    }
}
