package fi.kimppa.gateway.capture;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.capture.CaptureLine.Kind;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Where a conversation tells what it hears and says. While no capture runs that costs one volatile read a message; else
 * a copy, and never a wait. What is said before the login is held until it is known whose it is.
 *
 * <p>Threads: the conversation's alone.
 */
public final class Tap {
    /** Messages before a login: a 99 or two, and the log-ins that are refused. */
    private static final int EARLY = 12;

    private final Captures captures;
    private final long connection;
    private String link = "";
    private final Deque<Taken> held = new ArrayDeque<>();
    /** The capture in which this connection has been heard of. */
    private Optional<Running> opened = Optional.empty();

    Tap(Captures captures, long connection) {
        this.captures = captures;
        this.connection = connection;
    }

    /** What the conversation goes over is known: the name of a listener. */
    public void over(String listener) {
        link = listener;
    }

    /** A message has come; the line is copied. */
    public void heard(byte[] line, Agreement agreement) {
        if (captures.idle()) {
            return;
        }
        hold(new Taken(captures.now(), Kind.REQUEST, line.clone(), agreement));
    }

    /**
     * A message is about to go, or none.
     *
     * @param message with its end; copied
     * @param terminal who is logged in by now
     */
    public void said(Optional<byte[]> message, Agreement agreement, Optional<Terminal> terminal) {
        if (held.isEmpty()) {
            return; // nobody listened when the request came
        }
        Optional<String> owner = terminal.map(Terminal::login).or(this::whoTried);
        message.ifPresent(bytes -> hold(new Taken(captures.now(), Kind.RESPONSE, withoutEnd(bytes), agreement)));
        owner.ifPresent(login -> release(login, agreement));
    }

    /** The conversation is over. */
    public void closed(Agreement agreement, Optional<Terminal> terminal) {
        terminal.ifPresent(who -> release(who.login(), agreement));
        opened.ifPresent(
                capture -> captures.take(capture, connection, new Taken(captures.now(), Kind.CLOSE, "", agreement)));
        held.forEach(Taken::erase);
        held.clear();
    }

    private void hold(Taken taken) {
        held.add(taken);
        if (held.size() > EARLY) {
            held.remove().erase();
        }
    }

    /** Everything that is held goes to the capture of this terminal, if one runs. */
    private void release(String login, Agreement agreement) {
        Optional<Running> running = captures.of(login);
        if (running.isPresent() && !running.equals(opened) && !held.isEmpty()) {
            opened = running;
            Taken first = new Taken(held.getFirst().at(), Kind.OPEN, link, agreement);
            captures.take(running.get(), connection, first);
        }
        running.ifPresentOrElse(
                capture -> held.forEach(taken -> captures.take(capture, connection, taken)),
                () -> held.forEach(Taken::erase));
        held.clear();
    }

    /** The name in a login that was refused, so that its terminal's capture shows why. */
    private Optional<String> whoTried() {
        if (held.isEmpty()
                || !(held.getLast().agreement().codec().decode(held.getLast().line())
                        instanceof Decoded.Complete(Frame frame, boolean _))) {
            return Optional.empty();
        }
        try {
            return frame.type() != MessageType.LOGIN
                    ? Optional.empty()
                    : frame.fields().stream()
                            .filter(field -> field.code().equals(Field.CN.code()))
                            .filter(CodedField.Text.class::isInstance)
                            .map(field -> ((CodedField.Text) field).value())
                            .filter(login -> captures.of(login).isPresent())
                            .findFirst();
        } finally {
            frame.erase();
        }
    }

    private static byte[] withoutEnd(byte[] message) {
        int end = message.length;
        while (end > 0 && (message[end - 1] == '\r' || message[end - 1] == '\n')) {
            end--;
        }
        return Arrays.copyOf(message, end);
    }
}
