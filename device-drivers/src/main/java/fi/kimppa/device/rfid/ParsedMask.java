package fi.kimppa.device.rfid;

import fi.kimppa.device.link.FrameMask;
import fi.kimppa.device.link.StandIns;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the frames of a make in what went over the line and gives each its stand-ins; bytes that are no frame keep nothing but their number,
 * because a damaged or halved answer holds the same UIDs as a whole one.
 * Frames keep their lengths and get check sums that agree. For one thread.
 *
 * @param <F> the make's frame
 */
abstract class ParsedMask<F extends ReaderFrame> implements FrameMask {
    private final Supplier<FrameParser<F>> parsers;

    ParsedMask(Supplier<FrameParser<F>> parsers) {
        this.parsers = parsers;
    }

    /** Puts stand-ins into what follows the command of a frame that the host sent. */
    abstract void request(F frame, byte[] rest);

    /** Puts stand-ins into what follows the command of a frame that the reader sent. */
    abstract void answer(F frame, byte[] rest);

    @Override
    public final byte[] masked(boolean toDevice, byte[] bytes) {
        var out = new ByteArrayOutputStream();
        int after = 0;
        for (F frame : frames(bytes)) {
            byte[] original = frame.bytes();
            int at = indexOf(bytes, original, after);
            out.writeBytes(noise(Arrays.copyOfRange(bytes, after, at)));
            byte[] other = frame.rest();
            if (toDevice) {
                request(frame, other);
            } else {
                answer(frame, other);
            }
            out.writeBytes(frame.with(other).bytes());
            after = at + original.length;
        }
        out.writeBytes(noise(Arrays.copyOfRange(bytes, after, bytes.length)));
        return out.toByteArray();
    }

    private static byte[] noise(byte[] bytes) {
        return StandIns.OF_THIS_RUN.bytes(bytes, bytes.length);
    }

    private List<F> frames(byte[] bytes) {
        FrameParser<F> parser = parsers.get();
        List<F> found = new ArrayList<>(parser.feed(bytes, bytes.length));
        found.addAll(parser.gap());
        return found;
    }

    private static int indexOf(byte[] bytes, byte[] part, int from) {
        int at = from;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }
}
