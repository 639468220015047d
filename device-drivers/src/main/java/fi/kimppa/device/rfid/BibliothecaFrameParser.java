package fi.kimppa.device.rfid;

import fi.kimppa.device.rfid.BibliothecaFrame.Start;
import java.util.Arrays;
import java.util.Optional;

/** Finds the frames of the Bibliotheca / 3M model 210 pad. */
public final class BibliothecaFrameParser extends FrameParser<BibliothecaFrame> {
    @Override
    int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first != Start.WAKE.code() && first != Start.COMMAND.code()) {
            return RUBBISH;
        }
        if (bytes.length - at < 3) {
            return UNKNOWN;
        }
        int length = ((bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF)) + 3;
        return length >= BibliothecaFrame.OVERHEAD && length <= LONGEST ? length : RUBBISH;
    }

    @Override
    Optional<BibliothecaFrame> frame(byte[] bytes) {
        int end = bytes.length - 2;
        int stored = (bytes[end] & 0xFF) << 8 | (bytes[end + 1] & 0xFF);
        if (BibliothecaFrame.crc(bytes, end) != stored) {
            return Optional.empty();
        }
        // The first byte stands outside the check sum.
        Start start = (bytes[0] & 0xFF) == Start.WAKE.code() ? Start.WAKE : Start.COMMAND;
        return Optional.of(new BibliothecaFrame(start, bytes[3], Arrays.copyOfRange(bytes, 4, end)));
    }
}
