package fi.kimppa.sip2.wire;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The codec alone, bytes to frame and back, checksums included. {@code deploy/bench} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@Threads(1)
public class CodecBenchmark {
    private static final String CHECKOUT_RESPONSE = "121NUN20261122    103000AOTURKU|AA2000012345|AB3000100017"
            + "|AJTuntematon sotilas|AH20261220    235959|CK001|BHEUR|BV0.00|AFLaina hyväksytty|AY4AZ";
    private static final String PATRON_INFORMATION_RESPONSE = "64              00120261122    103000"
            + "000000020050000000000000AOTURKU|AA2000012345|AEVirtanen, Aino|BZ0050|CA0020|CB0100|BLY|CQY|BHEUR|BV0.00|CC30.00|"
            + IntStream.range(0, 50)
                    .mapToObj(i -> "AU" + (3_000_100_000L + i) + "|")
                    .collect(Collectors.joining())
            + "AY4AZ";

    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
    private final byte[] checkoutResponse = withChecksum(CHECKOUT_RESPONSE);
    private final byte[] patronInformationResponse = withChecksum(PATRON_INFORMATION_RESPONSE);

    private static byte[] withChecksum(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (text + "%04X".formatted(Checksum.of(bytes, bytes.length))).getBytes(StandardCharsets.UTF_8);
    }

    /** A 12 in UTF-8 with a letter beyond ASCII. */
    @Benchmark
    public byte[] checkoutResponse() {
        return around(checkoutResponse);
    }

    /** A 64 with 50 charged items. */
    @Benchmark
    public byte[] patronInformationResponseWithFiftyItems() {
        return around(patronInformationResponse);
    }

    private byte[] around(byte[] line) {
        return codec.decode(line) instanceof Decoded.Complete(Frame frame, boolean detected)
                ? codec.encode(frame, detected)
                : failed();
    }

    private static byte[] failed() {
        throw new IllegalStateException("the benchmark's line is no message");
    }
}
