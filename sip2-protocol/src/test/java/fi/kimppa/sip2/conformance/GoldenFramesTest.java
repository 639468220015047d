package fi.kimppa.sip2.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Link;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line that a golden conversation puts on the wire, as networks and broken peers deliver it. */
class GoldenFramesTest {
    private static final int LONGEST_CHUNK = 48;

    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
    private final List<byte[]> lines = GoldenLines.all();

    @Test
    void thereAreLinesOfEveryMessage() {
        Set<MessageType> types = lines.stream()
                .map(codec::decode)
                .flatMap(decoded -> decoded instanceof Decoded.Complete(Frame frame, boolean _)
                        ? Stream.of(frame.type())
                        : Stream.empty())
                .collect(Collectors.toSet());

        assertThat(types)
                .containsAll(Arrays.stream(MessageType.values())
                        .filter(type -> type.direction() == MessageType.Direction.REQUEST)
                        .toList());
    }

    @Test
    void arriveWholeInEveryChunkSizeAndSeveralInOneRead() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        lines.forEach(line -> {
            stream.writeBytes(line);
            stream.writeBytes(new byte[] {'\r', '\n'});
        });
        for (int size = 1; size <= LONGEST_CHUNK; size++) {
            assertThat(received(stream.toByteArray(), size))
                    .as("chunks of %d", size)
                    .containsExactlyElementsOf(lines);
        }
        assertThat(received(stream.toByteArray(), stream.size()))
                .as("all at once")
                .containsExactlyElementsOf(lines);
    }

    @Test
    void cutShortAtEveryByteAreNoSurprise() {
        for (byte[] line : lines) {
            for (int length = 0; length < line.length; length++) {
                nothingIsThrown(Arrays.copyOf(line, length));
            }
        }
    }

    @Test
    void withAnyByteChangedAreNoSurprise() {
        for (byte[] line : lines) {
            boolean detected = codec.decode(line) instanceof Decoded.Complete(Frame _, boolean error) && error;
            int trailer = line.length - "AYnAZhhhh".length();
            for (int at = 0; at < line.length; at++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    byte[] changed = line.clone();
                    changed[at] ^= (byte) (1 << bit);
                    nothingIsThrown(changed);
                    if (detected && at < trailer) {
                        assertThat(codec.decode(changed)).isInstanceOf(Decoded.BadChecksum.class);
                    }
                }
            }
        }
    }

    private void nothingIsThrown(byte[] line) {
        assertThatCode(() -> {
                    if (codec.decode(line) instanceof Decoded.Complete(Frame frame, boolean detected)) {
                        Frame message = frame.type().direction() == MessageType.Direction.REQUEST
                                ? Request.from(frame).toFrame()
                                : Response.from(frame).toFrame();
                        codec.encode(message.withSequence(frame.sequence()), detected);
                        message.toString();
                    }
                })
                .as(() -> new String(line, StandardCharsets.ISO_8859_1))
                .doesNotThrowAnyException();
    }

    /** What a link gives out when a peer writes this in chunks. */
    private List<byte[]> received(byte[] stream, int size) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 1, loopback);
                Sip2Link link = Sip2Link.open(
                        new Sip2Address(loopback.getHostAddress(), listener.getLocalPort(), false, Optional.empty()),
                        Duration.ofSeconds(20),
                        WireProfile.DEFAULT);
                Socket peer = listener.accept()) {
            peer.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> write(peer, stream, size));
            List<byte[]> received = new ArrayList<>();
            while (received.size() < lines.size()) {
                received.add(link.receive(Duration.ofSeconds(30)).orElseThrow());
            }
            return received;
        }
    }

    private static void write(Socket peer, byte[] stream, int size) {
        try {
            for (int at = 0; at < stream.length; at += size) {
                peer.getOutputStream().write(stream, at, Math.min(size, stream.length - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
