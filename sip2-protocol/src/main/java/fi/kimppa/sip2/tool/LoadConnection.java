package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.tool.LoadRequests.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One connection of a run: what it has sent and how much of the answer has come. For its loop's thread. */
final class LoadConnection {
    /** Where a connection stands. */
    enum State {
        CONNECTING,
        LOGGING_IN,
        READY,
        ASKING,
        DEAD
    }

    /** As many characters of an answer as are looked at: the code, and the ok of a 94. */
    private static final int BEGINNING = 3;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final List<Request> logIn;
    private final List<Request> requests;
    private final String wanted;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream(0);
    private final byte[] beginning = new byte[BEGINNING];
    private final long opened;
    private State state = State.CONNECTING;
    private long sent;
    private long asked;
    private long due;
    private int said;
    private int length;

    /**
     * A connection that is being opened.
     *
     * @param logIn what it says first, each once
     * @param requests what it asks then, in turn
     * @param wanted what every answer to those must hold; empty for anything
     * @param opened when it was begun
     */
    LoadConnection(
            SocketChannel channel,
            SelectionKey key,
            List<Request> logIn,
            List<Request> requests,
            String wanted,
            long opened) {
        this.channel = channel;
        this.key = key;
        this.logIn = logIn;
        this.requests = requests;
        this.wanted = wanted;
        this.opened = opened;
        this.sent = opened;
    }

    State state() {
        return state;
    }

    /** When the connection was begun. */
    long opened() {
        return opened;
    }

    /** When the request under way was sent, or the connection begun. */
    long sent() {
        return sent;
    }

    /** When it is to ask next, where it does not ask at once. */
    long due() {
        return due;
    }

    /** Sets when it is to ask next. */
    void askAt(long nanoTime) {
        due = nanoTime;
    }

    /** The request whose answer is awaited. */
    Request current() {
        return state == State.LOGGING_IN ? logIn.get(said - 1) : requests.get((int) ((asked - 1) % requests.size()));
    }

    /** The connection is there. */
    void connected() throws IOException {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        state = State.READY;
    }

    /** Says what comes next of what it is to say first, if anything is left of that; whether it did. */
    boolean sendLogIn(ByteBuffer out) throws IOException {
        if (said == logIn.size()) {
            return false;
        }
        byte[] bytes = logIn.get(said).form().apply(said);
        said++;
        state = State.LOGGING_IN;
        send(bytes, out);
        return true;
    }

    /** Sends the next request of its turn, under the next sequence digit. */
    void ask(ByteBuffer out) throws IOException {
        Request request = requests.get((int) (asked % requests.size()));
        byte[] bytes = request.form().apply(asked);
        asked++;
        state = State.ASKING;
        send(bytes, out);
    }

    private void send(byte[] bytes, ByteBuffer out) throws IOException {
        out.clear().put(bytes).flip();
        sent = System.nanoTime();
        do {
            channel.write(out);
        } while (out.hasRemaining());
    }

    /**
     * Takes what has come.
     *
     * @return whether an answer is whole
     * @throws IOException when the peer has hung up
     */
    boolean receive(ByteBuffer in, Optional<ByteArrayOutputStream> keep) throws IOException {
        in.clear();
        int count = channel.read(in);
        if (count < 0) {
            throw new IOException("the peer has hung up");
        }
        boolean whole = false;
        for (int i = 0; i < count; i++) {
            byte next = in.get(i);
            if (next == '\r') {
                whole = true;
            } else if (next != '\n') {
                if (whole) {
                    throw new IOException("the peer said more than it was asked");
                }
                if (length < BEGINNING) {
                    beginning[length] = next;
                }
                length++;
                if (!wanted.isEmpty()) {
                    answer.write(next);
                }
                if (keep.isPresent()) {
                    keep.get().write(next);
                }
            }
        }
        return whole;
    }

    /** Whether the answer that is whole begins as it should and holds what it must; the next one begins after this. */
    boolean expected() {
        String expected = current().expected();
        boolean same = length >= expected.length();
        for (int i = 0; same && i < expected.length(); i++) {
            same = beginning[i] == expected.charAt(i);
        }
        if (same && state == State.ASKING && !wanted.isEmpty()) {
            same = answer.toString(StandardCharsets.ISO_8859_1).contains(wanted);
        }
        length = 0;
        answer.reset();
        return same;
    }

    /** Nothing is awaited any more. */
    void rest() {
        state = State.READY;
    }

    /** It is not used any more. */
    void close() {
        state = State.DEAD;
        try {
            channel.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}
