package fi.kimppa.device.rfid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds frames in a stream of bytes that may arrive in any pieces and with rubbish between them. A frame counts when its length is
 * plausible and its check sum agrees; otherwise the first byte is dropped and the search goes on. A silence on the line means that
 * nothing more of an unfinished frame will come: tell it with {@link #gap()}. For one thread.
 *
 * @param <F> the frames of one make of readers
 */
public abstract sealed class FrameParser<F extends ReaderFrame> permits FeigFrameParser, BibliothecaFrameParser {
    /** Longer than any frame a pad needs; a longer length field is rubbish. */
    static final int LONGEST = 4096;
    /** More bytes are needed to tell the length of a frame. */
    static final int UNKNOWN = -1;
    /** No frame begins here. */
    static final int RUBBISH = -2;

    private byte[] waiting = new byte[0];
    private boolean damaged;

    /**
     * How long the frame would be that begins at one place.
     *
     * @return all its bytes, or {@link #UNKNOWN} or {@link #RUBBISH}
     */
    abstract int length(byte[] bytes, int at);

    /** The frame that these bytes are; empty when its check sum disagrees. */
    abstract Optional<F> frame(byte[] bytes);

    /** Takes in bytes and returns the frames that are complete now. */
    public final List<F> feed(byte[] bytes, int count) {
        byte[] joined = Arrays.copyOf(waiting, waiting.length + count);
        System.arraycopy(bytes, 0, joined, waiting.length, count);
        waiting = joined;
        return complete(false);
    }

    /** Gives up the frame that was begun and returns those that were hidden behind it. */
    public final List<F> gap() {
        return complete(true);
    }

    /** Whether a frame may have been begun. */
    public final boolean unfinished() {
        return waiting.length > 0;
    }

    /** Whether something came that looked like a whole frame and was none. */
    public final boolean damaged() {
        return damaged;
    }

    private List<F> complete(boolean nothingMoreComes) {
        List<F> frames = new ArrayList<>();
        int at = 0;
        while (at < waiting.length) {
            int length = length(waiting, at);
            boolean cut = length == UNKNOWN || length > waiting.length - at;
            if (cut && !nothingMoreComes) {
                break;
            }
            boolean whole = !cut && length != RUBBISH;
            Optional<F> frame = whole ? frame(Arrays.copyOfRange(waiting, at, at + length)) : Optional.empty();
            damaged |= whole && frame.isEmpty();
            frame.ifPresent(frames::add);
            at += frame.isPresent() ? length : 1;
        }
        waiting = Arrays.copyOfRange(waiting, at, waiting.length);
        return frames;
    }
}
