package fi.kimppa.gateway.sip;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conversation inside one HTTPS request: a login, and if it is accepted one message. For one thread.
 */
final class HttpsLine implements Line {
    private static final byte[] LOGIN_ACCEPTED = "941".getBytes(StandardCharsets.US_ASCII);

    private final Arrival arrival;
    private final byte[] login;
    private final byte[] message;
    private final List<byte[]> sent = new ArrayList<>(2);
    private int received;

    /**
     * A conversation to be held.
     *
     * @param arrival where the request came from
     * @param login a whole 93
     * @param message what the terminal has to say
     */
    HttpsLine(Arrival arrival, byte[] login, byte[] message) {
        this.arrival = arrival;
        this.login = login;
        this.message = message;
    }

    /** What the terminal hears: the answer to its message, the refusal of its login, or nothing. */
    Optional<byte[]> answer() {
        return sent.isEmpty() || (accepted() && sent.size() == 1) ? Optional.empty() : Optional.of(sent.getLast());
    }

    private boolean accepted() {
        byte[] first = sent.getFirst();
        return first.length >= 3
                && first[0] == LOGIN_ACCEPTED[0]
                && first[1] == LOGIN_ACCEPTED[1]
                && first[2] == LOGIN_ACCEPTED[2];
    }

    @Override
    public Arrival open() {
        return arrival;
    }

    @Override
    public Optional<byte[]> receive() {
        return switch (received++) {
            case 0 -> Optional.of(login);
            case 1 -> !sent.isEmpty() && accepted() ? Optional.of(message) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The login and its message come together and are no haste. */
    @Override
    public boolean moreWaits() {
        return false;
    }

    @Override
    public void send(byte[] bytes) {
        // The session keeps its bytes for 97 and overwrites them at the end.
        sent.add(bytes.clone());
    }

    /** The request is here already; nobody is waited for. */
    @Override
    public void allow(Duration time) {}

    @Override
    public boolean overdue() {
        return false;
    }

    @Override
    public boolean lasting() {
        return false;
    }

    @Override
    public String peer() {
        return arrival.peerName();
    }

    /** Nothing is held open. */
    @Override
    public void close() {}
}
