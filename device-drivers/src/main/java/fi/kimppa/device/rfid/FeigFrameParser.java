package fi.kimppa.device.rfid;

import java.util.Arrays;
import java.util.Optional;

/** Finds the frames of FEIG's ISO-Host protocol, of both envelopes. */
public final class FeigFrameParser extends FrameParser<FeigFrame> {
    @Override
    int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first != FeigFrame.ADVANCED_START) {
            return first >= FeigFrame.STANDARD_OVERHEAD ? first : RUBBISH;
        }
        if (bytes.length - at < 3) {
            return UNKNOWN;
        }
        int length = (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF);
        return length >= FeigFrame.ADVANCED_OVERHEAD && length <= LONGEST ? length : RUBBISH;
    }

    @Override
    Optional<FeigFrame> frame(byte[] bytes) {
        int end = bytes.length - 2;
        int stored = (bytes[end] & 0xFF) | (bytes[end + 1] & 0xFF) << 8;
        if (FeigFrame.crc(bytes, end) != stored) {
            return Optional.empty();
        }
        boolean advanced = bytes[0] == FeigFrame.ADVANCED_START;
        int head = advanced ? 3 : 1;
        return Optional.of(new FeigFrame(
                advanced ? FeigFrame.Format.ADVANCED : FeigFrame.Format.STANDARD,
                bytes[head],
                bytes[head + 1],
                Arrays.copyOfRange(bytes, head + 2, end)));
    }
}
