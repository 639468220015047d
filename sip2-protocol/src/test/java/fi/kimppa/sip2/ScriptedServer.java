package fi.kimppa.sip2;

import static java.nio.charset.StandardCharsets.UTF_8;

import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A SIP2 server of a test's own: real sockets, and an answer to each line that the test makes up. */
final class ScriptedServer implements AutoCloseable {
    static final String ONLINE = "98YYYYNY%s00320261121    1430052.00AOVASKI|BXYYYNYYYYYNYNNNYN|";
    private final ServerSocket listener;
    private final Function<String, Optional<String>> answers;
    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** How each connection ended. */
    final BlockingQueue<End> ends = new LinkedBlockingQueue<>();

    /** What arrived, without trailers, over all connections. */
    final List<String> received = new CopyOnWriteArrayList<>();

    enum End {
        POLITE,
        RESET
    }

    /**
     * Starts the server.
     *
     * @param listener where to listen; closed with this server
     * @param answers what to say to a line (its terminator and trailer cut off): a line without trailer, to which the
     *     request's AY and a checksum are added; a line that begins with {@code raw:} goes out as it is; empty = silence
     */
    ScriptedServer(ServerSocket listener, Function<String, Optional<String>> answers) {
        this.listener = listener;
        this.answers = answers;
        Thread.ofVirtual().start(this::accept);
    }

    static ScriptedServer plain(Function<String, Optional<String>> answers) throws IOException {
        return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
    }

    Sip2Address address() {
        return new Sip2Address("127.0.0.1", listener.getLocalPort(), false, Optional.empty());
    }

    int port() {
        return listener.getLocalPort();
    }

    void hangUp() {
        open.forEach(ScriptedServer::close);
        open.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            hangUp();
        }
    }

    private void serve(Socket socket) {
        FrameAssembler assembler = new FrameAssembler(65_536);
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                Optional<byte[]> line = assembler.accept((byte) next);
                if (line.isPresent()) {
                    answer(socket, new String(line.get(), UTF_8));
                }
            }
            ends.add(End.POLITE);
        } catch (IOException e) {
            ends.add(End.RESET);
            close(socket);
        }
    }

    private void answer(Socket socket, String line) throws IOException {
        String bare = line.replaceFirst("(AY\\d)?AZ[0-9A-F]{4}$", "");
        received.add(bare);
        Optional<String> text = answers.apply(bare);
        if (text.isPresent() && text.get().startsWith("raw:")) {
            socket.getOutputStream().write((text.get().substring(4) + "\r").getBytes(UTF_8));
        } else if (text.isPresent()) {
            Frame request = ((Decoded.Complete) codec.decode(line.getBytes(UTF_8))).frame();
            Frame answer = ((Decoded.Complete) codec.decode(text.get().getBytes(UTF_8))).frame();
            socket.getOutputStream().write(codec.encode(answer.withSequence(request.sequence()), true));
        }
        socket.getOutputStream().flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hangUp();
    }
}
