package fi.kimppa.gateway;

import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A SIP2 server on a real socket that says what it was told to say, and does not say what it was told not to. */
public final class SipServerStub implements AutoCloseable {
    /** What it does with a request, which it has carried out by then. */
    public sealed interface Reply {
        /** Answers with this line. */
        record Line(String text) implements Reply {}

        /** Does something about it and answers with the line that comes of it. */
        record Worked(Function<Request, String> desk) implements Reply {}

        /** Says nothing and keeps the line open. */
        record Silence() implements Reply {}

        /** Hangs up. */
        record HangUp() implements Reply {}

        /** Says the first half of this line and hangs up. */
        record Half(String text) implements Reply {}
    }

    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    public static final String ONLINE = "98YYYYYN10000320261124    1930002.00AO|BXYYYYYYYYYYYYYYYY|";

    private final ServerSocket door;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    public final List<String> heard = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    public volatile boolean letsIn = true;
    /** What it writes and reads in. */
    public volatile Charset letters = StandardCharsets.UTF_8;

    /** The logins that are not let in. */
    public final Set<String> refused = ConcurrentHashMap.newKeySet();

    public SipServerStub() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public String address() {
        return "sip2:tcp:127.0.0.1:" + door.getLocalPort();
    }

    /** From now on this command is answered so; {@code 18} and the like follow from the line itself. */
    public SipServerStub on(String command, Reply reply) {
        replies.put(command, reply);
        return this;
    }

    public SipServerStub on(String command, String line) {
        return on(command, new Reply.Line(line));
    }

    /** What it heard of this command, without sequence and checksum. */
    public List<String> heard(String command) {
        return heard.stream().filter(line -> line.startsWith(command)).toList();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                if (door.isClosed()) {
                    // One more may come in while it closes.
                    socket.close();
                    return;
                }
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Optional<String> line = line(in);
            while (line.isPresent()) {
                Frame asked = ((Decoded.Complete) codec().decode(line.get().getBytes(letters))).frame();
                heard.add(line.get().replaceFirst("AY\\dAZ[0-9A-F]{4}$", ""));
                switch (reply(asked)) {
                    case Reply.Line(String text) -> socket.getOutputStream().write(encoded(text, asked));
                    case Reply.Worked(Function<Request, String> desk) ->
                        socket.getOutputStream().write(encoded(desk.apply(Request.from(asked)), asked));
                    case Reply.Silence _ -> {}
                    case Reply.HangUp _ -> {
                        return;
                    }
                    case Reply.Half(String text) -> {
                        byte[] whole = encoded(text, asked);
                        socket.getOutputStream().write(whole, 0, whole.length / 2);
                        return;
                    }
                }
                line = line(in);
            }
        } catch (IOException e) {
            // The other side went away, which is its right.
        }
    }

    private Reply reply(Frame asked) {
        return switch (asked.type().code()) {
            case "93" ->
                new Reply.Line(
                        letsIn && asked.fields().stream().map(Object::toString).noneMatch(this::refuses)
                                ? "941"
                                : "940");
            case "99" -> replies.getOrDefault("99", new Reply.Line(ONLINE));
            default -> replies.getOrDefault(asked.type().code(), new Reply.HangUp());
        };
    }

    private boolean refuses(String field) {
        return field.startsWith("CN") && refused.contains(field.substring(2));
    }

    private byte[] encoded(String text, Frame asked) {
        Frame frame = ((Decoded.Complete) CODEC.decode(text.getBytes(StandardCharsets.UTF_8))).frame();
        return codec().encode(
                        frame.withSequence(asked.sequence()), asked.sequence().isPresent());
    }

    private FrameCodec codec() {
        return new FrameCodec(new WireProfile(
                letters, '|', WireProfile.Terminator.CR, WireProfile.ErrorDetection.AUTO, 65_536, 10_000));
    }

    private Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\r') {
                return Optional.of(line.toString(letters));
            }
            line.write(next);
        }
        return Optional.empty();
    }

    /** Closes the connections that stand, as a server does with idle ones. */
    public void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        hangUp();
    }
}
