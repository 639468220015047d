package fi.kimppa.device.rfid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds frames in a stream of bytes that may arrive in any pieces and with rubbish between them. A frame counts when its length is
 * plausible and its check sum agrees; otherwise the first byte is dropped and the search goes on. A silence on the line means that
 * nothing more of an unfinished frame will come: tell it with {@link #gap()}. For one thread.
 */
public final class FeigFrameParser {
    /** Longer than any frame a pad needs; a longer length field is rubbish. */
    private static final int LONGEST = 4096;

    private byte[] waiting = new byte[0];

    /** Takes in bytes and returns the frames that are complete now. */
    public List<FeigFrame> feed(byte[] bytes, int count) {
        byte[] joined = Arrays.copyOf(waiting, waiting.length + count);
        System.arraycopy(bytes, 0, joined, waiting.length, count);
        waiting = joined;
        return complete(false);
    }

    /** Gives up the frame that was begun and returns those that were hidden behind it. */
    public List<FeigFrame> gap() {
        return complete(true);
    }

    /** Whether a frame may have been begun. */
    public boolean unfinished() {
        return waiting.length > 0;
    }

    private List<FeigFrame> complete(boolean nothingMoreComes) {
        List<FeigFrame> frames = new ArrayList<>();
        int at = 0;
        while (at < waiting.length) {
            int length = lengthAt(at);
            if (length == UNKNOWN || length > waiting.length - at) {
                if (!nothingMoreComes) {
                    break;
                }
                at++;
            } else if (length == RUBBISH || !checks(at, length)) {
                at++;
            } else {
                frames.add(frameAt(at, length));
                at += length;
            }
        }
        waiting = Arrays.copyOfRange(waiting, at, waiting.length);
        return frames;
    }

    private static final int UNKNOWN = -1;
    private static final int RUBBISH = -2;

    /** The length that a frame beginning there would have. */
    private int lengthAt(int at) {
        int first = waiting[at] & 0xFF;
        if (first != FeigFrame.ADVANCED_START) {
            return first >= FeigFrame.STANDARD_OVERHEAD ? first : RUBBISH;
        }
        if (waiting.length - at < 3) {
            return UNKNOWN;
        }
        int length = (waiting[at + 1] & 0xFF) << 8 | (waiting[at + 2] & 0xFF);
        return length >= FeigFrame.ADVANCED_OVERHEAD && length <= LONGEST ? length : RUBBISH;
    }

    private boolean checks(int at, int length) {
        byte[] frame = Arrays.copyOfRange(waiting, at, at + length);
        int stored = (frame[length - 2] & 0xFF) | (frame[length - 1] & 0xFF) << 8;
        return FeigFrame.crc(frame, length - 2) == stored;
    }

    private FeigFrame frameAt(int at, int length) {
        boolean advanced = waiting[at] == FeigFrame.ADVANCED_START;
        int head = at + (advanced ? 3 : 1);
        return new FeigFrame(
                advanced ? FeigFrame.Format.ADVANCED : FeigFrame.Format.STANDARD,
                waiting[head],
                waiting[head + 1],
                Arrays.copyOfRange(waiting, head + 2, at + length - 2));
    }
}
