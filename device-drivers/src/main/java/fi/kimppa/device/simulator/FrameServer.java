package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.FrameParser;
import fi.kimppa.device.rfid.ReaderFrame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks for frames in what one host sends, passes over rubbish in silence, and sends the answers. */
final class FrameServer {
    private static final Duration GAP = Duration.ofMillis(60);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private FrameServer() {}

    /** Serves until the link ends. */
    static <F extends ReaderFrame> void serve(ByteLink link, FrameParser<F> parser, Function<F, Optional<F>> reader) {
        byte[] buffer = new byte[512];
        while (true) {
            int count = link.read(buffer, parser.unfinished() ? GAP : PATIENCE);
            List<F> frames = count > 0 ? parser.feed(buffer, count) : parser.gap();
            for (F frame : frames) {
                reader.apply(frame).map(ReaderFrame::bytes).ifPresent(link::write);
            }
        }
    }
}
