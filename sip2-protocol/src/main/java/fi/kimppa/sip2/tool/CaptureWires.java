package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.capture.CaptureFile;
import fi.kimppa.sip2.capture.CaptureLine;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;

/** What each connection of a capture has agreed on, as far as the file has been read. */
final class CaptureWires {
    private final Map<Integer, FrameCodec> codecs = new HashMap<>();

    /** The capture in this text. */
    static CaptureFile read(String text, Options options) {
        try {
            CaptureFile file = CaptureFile.read(text);
            CaptureWires wires = new CaptureWires();
            file.lines().forEach(wires::heard);
            return file;
        } catch (IllegalArgumentException e) {
            throw options.wrong("the capture cannot be read: " + e.getMessage());
        }
    }

    /** Takes over what a line agrees on. */
    void heard(CaptureLine line) {
        if (line.kind() == CaptureLine.Kind.WIRE) {
            int blank = line.text().lastIndexOf(' ');
            if (blank < 1 || blank != line.text().length() - 2) {
                throw new IllegalArgumentException("a wire line has a charset, a blank and a delimiter");
            }
            WireProfile usual = WireProfile.DEFAULT;
            codecs.put(
                    line.connection(),
                    new FrameCodec(new WireProfile(
                            Charset.forName(line.text().substring(0, blank)),
                            line.text().charAt(blank + 1),
                            usual.terminator(),
                            usual.errorDetection(),
                            usual.maxFrameBytes(),
                            usual.maxFields())));
        }
    }

    /** How this connection's messages are read. */
    FrameCodec codec(int connection) {
        return codecs.computeIfAbsent(connection, _ -> new FrameCodec(WireProfile.DEFAULT));
    }
}
