package fi.kimppa.sip2.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.util.ArrayList;
import java.util.List;

/** Replays its seeds in every build and searches for new ones when JAZZER_FUZZ=1 is set. */
class FrameCodecFuzzTest {
    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);

    @FuzzTest(maxDuration = "2m")
    void whateverIsReadCanBeWrittenAndReadAgain(byte[] stream) {
        lines(stream).forEach(line -> {
            if (codec.decode(line) instanceof Decoded.Complete(Frame frame, boolean _)) {
                Frame message = frame.type().direction() == MessageType.Direction.REQUEST
                        ? Request.from(frame).toFrame()
                        : Response.from(frame).toFrame();
                byte[] written = codec.encode(message.withSequence(frame.sequence()), true);
                assertThat(lines(written))
                        .singleElement()
                        .satisfies(again -> assertThat(codec.decode(again)).isInstanceOf(Decoded.Complete.class));
            }
        });
    }

    private static List<byte[]> lines(byte[] stream) {
        FrameAssembler assembler = new FrameAssembler(WireProfile.DEFAULT.maxFrameBytes());
        List<byte[]> lines = new ArrayList<>();
        for (byte next : stream) {
            assembler.accept(next).ifPresent(lines::add);
        }
        return lines;
    }
}
