package fi.kimppa.device;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody could read in the frames that are kept of a line. */
public final class Traces {
    private Traces() {}

    /** The frames as letters, one a line. */
    public static String letters(Device device) {
        return frames(device)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n"));
    }

    /** The frames in upper-case hexadecimal, one a line. */
    public static String hex(Device device) {
        return frames(device).map(HexFormat.of().withUpperCase()::formatHex).collect(Collectors.joining("\n"));
    }

    private static Stream<byte[]> frames(Device device) {
        return device.trace().stream().map(TracedFrame::bytes);
    }
}
