package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import java.util.ArrayList;
import java.util.List;

/** What was said, labelled and masked. For one thread. */
final class Transcript {
    private final FrameCodec codec;
    private final List<String> lines = new ArrayList<>();

    Transcript(FrameCodec codec) {
        this.codec = codec;
    }

    void note(String sign, byte[] line) {
        lines.add(sign + " " + labelled(line));
    }

    void note(String event) {
        lines.add(event);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** A line as people may read it. */
    String labelled(byte[] line) {
        return switch (codec.decode(line)) {
            case Decoded.Complete(var frame, boolean detected) -> frame + (detected ? " | checksum right" : "");
            case Decoded.BadChecksum _ -> line.length + " bytes with a wrong checksum";
            case Decoded.Malformed malformed ->
                malformed.type().code() + " " + malformed.type().title() + " cut short: " + malformed.found()
                        + " instead of " + malformed.expected();
            case Decoded.UnknownCommand unknown -> line.length + " bytes that begin with " + unknown.printable();
        };
    }
}
