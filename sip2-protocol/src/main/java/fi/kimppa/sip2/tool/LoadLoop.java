package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.tool.LoadConnection.State;
import fi.kimppa.sip2.wire.MessageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thread's share of a run: opens its connections, logs them in, and then has each ask again as soon as it is
 * answered. It shares the machine with the server that is measured, so it does nothing else.
 */
final class LoadLoop {
    private static final long POLL_MILLIS = 100;

    private final LoadOptions options;
    private final LoadRequests requests;
    private final int first;
    private final int step;
    private final LoadResult result = new LoadResult();
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 17);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
    /** Nanoseconds from one request of a connection to its next; 0 asks as soon as it is answered. */
    private final long distance;

    private int settled;

    /**
     * A share of the connections.
     *
     * @param first number of its first connection, from 1
     * @param step distance to the next
     */
    LoadLoop(LoadOptions options, int first, int step) {
        this.options = options;
        this.requests = new LoadRequests(options, Clock.system(ZoneId.systemDefault()));
        this.first = first;
        this.step = step;
        this.distance = options.rate() == 0 || options.messages().isEmpty()
                ? 0
                : Duration.ofSeconds(options.connections()).toNanos() / options.rate();
    }

    /** Runs it all; blocks until the end. */
    LoadResult run() throws IOException {
        try (Selector selector = Selector.open()) {
            open(selector);
            if (options.messages().isEmpty()) {
                hold(selector);
            } else {
                ask(selector);
            }
            connections.stream().filter(each -> each.state() != State.DEAD).forEach(_ -> result.stillOpen());
        } finally {
            connections.forEach(LoadConnection::close);
        }
        return result;
    }

    // ---- opening -----------------------------------------------------------------------------------------

    private void open(Selector selector) throws IOException {
        InetSocketAddress peer = new InetSocketAddress(
                options.address().host(), options.address().port());
        int mine = (options.connections() - first) / step + 1;
        List<LoadRequests.Request> none = List.of();
        long begun = System.nanoTime();
        for (int i = 0; i < mine; i++) {
            int number = first + i * step;
            long due = begun + options.over().toNanos() * i / mine;
            while (due - System.nanoTime() > 0) {
                turn(selector, (due - System.nanoTime()) / 1_000_000 + 1, this::opening);
            }
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            LoadConnection connection = new LoadConnection(
                    channel,
                    key,
                    requests.logIn(number),
                    options.messages().isEmpty() ? none : requests.of(number),
                    options.expected(),
                    System.nanoTime());
            key.attach(connection);
            connections.add(connection);
            try {
                if (channel.connect(peer)) {
                    opening(connection);
                }
            } catch (IOException e) {
                failed(connection, e);
            }
        }
        long end = System.nanoTime() + options.patience().toNanos();
        while (settled < mine && end - System.nanoTime() > 0) {
            turn(selector, POLL_MILLIS, this::opening);
        }
        connections.stream()
                .filter(each -> each.state() == State.CONNECTING || each.state() == State.LOGGING_IN)
                .forEach(each -> failed(each, new IOException("no connection or log-in in time")));
    }

    private void opening(LoadConnection connection) throws IOException {
        switch (connection.state()) {
            case CONNECTING -> {
                connection.connected();
                result.connected(System.nanoTime() - connection.opened());
                if (!connection.sendLogIn(out)) {
                    settled++;
                }
            }
            case LOGGING_IN -> {
                boolean first = connection.current().code().equals(MessageType.LOGIN.code());
                if (answered(connection)) {
                    if (first) {
                        result.loggedIn(System.nanoTime() - connection.opened());
                    }
                    if (!connection.sendLogIn(out)) {
                        settled++;
                    }
                }
            }
            case READY, ASKING, DEAD -> connection.receive(in, Optional.empty());
        }
    }

    // ---- asking ------------------------------------------------------------------------------------------

    private void ask(Selector selector) throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < connections.size(); i++) {
            LoadConnection connection = connections.get(i);
            connection.askAt(begun + distance * i / connections.size());
            if (distance == 0 && connection.state() == State.READY) {
                connection.ask(out);
            }
        }
        run(selector, System.nanoTime() + options.warmUp().toNanos(), this::answerAndAsk);
        result.begin(System.nanoTime());
        run(selector, System.nanoTime() + options.duration().toNanos(), this::answerAndAsk);
        result.end(System.nanoTime());
        long end = System.nanoTime() + options.patience().toNanos();
        while (connections.stream().anyMatch(each -> each.state() == State.ASKING) && end - System.nanoTime() > 0) {
            turn(selector, POLL_MILLIS, this::answered);
        }
        failTheLate(0);
    }

    private void hold(Selector selector) throws IOException {
        run(selector, System.nanoTime() + options.duration().toNanos(), this::opening);
    }

    private void run(Selector selector, long end, Step step) throws IOException {
        long nextLook = System.nanoTime() + options.patience().toNanos();
        while (true) {
            long now = System.nanoTime();
            if (end - now <= 0) {
                return;
            }
            if (now - nextLook > 0) {
                failTheLate(options.patience().toNanos());
                nextLook = now + options.patience().toNanos();
            }
            long wait = distance == 0 ? end - now : Math.min(end - now, askThoseWhoseTimeHasCome(now));
            turn(selector, Math.clamp(wait / 1_000_000, 1, POLL_MILLIS), step);
        }
    }

    /** How many nanoseconds it is until the next one's time. One that was answered late asks at once. */
    private long askThoseWhoseTimeHasCome(long now) {
        long wait = Long.MAX_VALUE;
        for (LoadConnection connection : connections) {
            if (connection.state() == State.READY) {
                if (connection.due() - now <= 0) {
                    connection.askAt(connection.due() + distance);
                    try {
                        connection.ask(out);
                    } catch (IOException e) {
                        failed(connection, e);
                    }
                }
                wait = Math.min(wait, connection.due() - now);
            }
        }
        return wait;
    }

    private void failTheLate(long nanos) {
        long now = System.nanoTime();
        connections.stream()
                .filter(each -> each.state() == State.ASKING && now - each.sent() >= nanos)
                .forEach(each -> failed(each, new IOException("no answer in time")));
    }

    private void answerAndAsk(LoadConnection connection) throws IOException {
        if (answered(connection) && distance == 0) {
            connection.ask(out);
        }
    }

    /** Whether an answer has come whole. */
    private boolean answered(LoadConnection connection) throws IOException {
        Optional<ByteArrayOutputStream> keep =
                options.echo() || connection.state() != State.ASKING ? Optional.empty() : result.sample(connection);
        if (!connection.receive(in, keep)) {
            return false;
        }
        long took = System.nanoTime() - connection.sent();
        String code = connection.current().code();
        if (!connection.expected()) {
            throw new IOException("an answer to " + code + " that is not what it should be");
        }
        if (connection.state() == State.ASKING) {
            result.answered(connection, code, took);
        }
        connection.rest();
        return true;
    }

    // ---- one turn ----------------------------------------------------------------------------------------

    /** What is done with a connection that has something to say. */
    private interface Step {
        void take(LoadConnection connection) throws IOException;
    }

    private void turn(Selector selector, long millis, Step step) throws IOException {
        selector.select(
                key -> {
                    LoadConnection connection = (LoadConnection) key.attachment();
                    try {
                        step.take(connection);
                    } catch (IOException e) {
                        failed(connection, e);
                    }
                },
                millis);
    }

    private void failed(LoadConnection connection, IOException why) {
        if (connection.state() == State.CONNECTING || connection.state() == State.LOGGING_IN) {
            settled++;
        }
        connection.close();
        result.failed(String.valueOf(why.getMessage()));
    }
}
