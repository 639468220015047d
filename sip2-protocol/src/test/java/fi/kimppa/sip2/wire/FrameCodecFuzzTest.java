package fi.kimppa.sip2.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fi.kimppa.sip2.conformance.GoldenLines;
import fi.kimppa.sip2.wire.WireProfile.ErrorDetection;
import fi.kimppa.sip2.wire.WireProfile.Terminator;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the lines of the golden conversations in every build; {@code deploy/fuzz codec} searches for new ones. */
class FrameCodecFuzzTest {
    private static final int MAX_BYTES = 1_024;
    private static final int MAX_FIELDS = 20;

    /** Each charset with another delimiter, terminator and policy. */
    private static final List<WireProfile> PROFILES = List.of(
            profile("UTF-8", '|', Terminator.CR, ErrorDetection.AUTO),
            profile("ISO-8859-1", '|', Terminator.CRLF, ErrorDetection.ALWAYS),
            profile("windows-1252", '.', Terminator.CR, ErrorDetection.AUTO),
            profile("IBM850", '?', Terminator.CRLF, ErrorDetection.NEVER),
            profile("US-ASCII", '"', Terminator.CR, ErrorDetection.AUTO),
            profile("US-ASCII", '/', Terminator.CR, ErrorDetection.AUTO));

    private static WireProfile profile(
            String charset, char delimiter, Terminator terminator, ErrorDetection errorDetection) {
        return new WireProfile(Charset.forName(charset), delimiter, terminator, errorDetection, MAX_BYTES, MAX_FIELDS);
    }

    /** The first byte chooses the profile. */
    static Stream<Arguments> golden() {
        List<byte[]> lines = GoldenLines.all();
        return IntStream.range(0, lines.size()).mapToObj(i -> {
            byte[] line = lines.get(i);
            byte[] seed = new byte[line.length + 2];
            seed[0] = (byte) i;
            System.arraycopy(line, 0, seed, 1, line.length);
            seed[line.length + 1] = '\r';
            return Arguments.of((Object) seed);
        });
    }

    @MethodSource("golden")
    @FuzzTest(maxDuration = "10m")
    void whateverIsReadIsWrittenSoThatItIsReadAlike(byte[] input) {
        if (input.length == 0) {
            return;
        }
        WireProfile profile = PROFILES.get(Math.floorMod(input[0], PROFILES.size()));
        FrameCodec codec = new FrameCodec(profile);
        lines(input, 1).forEach(line -> {
            assertThat(line.length).isLessThanOrEqualTo(MAX_BYTES);
            if (codec.decode(line) instanceof Decoded.Complete(Frame frame, boolean detected)
                    && !(frame.fields().isEmpty() && !detected && endsLikeAChecksum(codec.encode(frame, false)))) {
                assertThat(frame.fields().size()).isLessThanOrEqualTo(MAX_FIELDS);
                Frame once = read(codec, codec.encode(frame, detected));
                assertThat(once.type()).isEqualTo(frame.type());
                assertThat(codes(once)).isEqualTo(codes(frame));
                assertThat(read(codec, codec.encode(once, detected))).isEqualTo(once);
            }
        });
    }

    /**
     * A message without fields whose fixed part, a time for most, ends like a checksum cannot be told from one with a
     * wrong checksum. It is taken for that one and asked for again, which does no harm.
     */
    private static boolean endsLikeAChecksum(byte[] written) {
        return new String(written, StandardCharsets.ISO_8859_1).strip().matches("(?s).*AZ[0-9A-Fa-f]{4}");
    }

    /** Reads what the codec has written itself: one line, right. */
    private static Frame read(FrameCodec codec, byte[] written) {
        assertThat(new String(written, StandardCharsets.ISO_8859_1))
                .endsWith(codec.profile().terminator().text());
        List<byte[]> lines = lines(written, 0);
        assertThat(lines).hasSize(1);
        Decoded decoded = codec.decode(lines.getFirst());
        assertThat(decoded).isInstanceOf(Decoded.Complete.class);
        return ((Decoded.Complete) decoded).frame();
    }

    private static List<String> codes(Frame frame) {
        return frame.fields().stream().map(CodedField::code).toList();
    }

    private static List<byte[]> lines(byte[] stream, int from) {
        // What is written may be longer than what was read: a letter becomes three, a checksum is added.
        FrameAssembler assembler = new FrameAssembler(from == 0 ? 8 * MAX_BYTES : MAX_BYTES);
        List<byte[]> lines = new ArrayList<>();
        for (int i = from; i < stream.length && !assembler.oversized(); i++) {
            assembler.accept(stream[i]).ifPresent(lines::add);
        }
        return lines;
    }
}
