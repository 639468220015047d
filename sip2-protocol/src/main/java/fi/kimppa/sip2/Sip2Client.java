package fi.kimppa.sip2;

import fi.kimppa.sip2.Sip2Exception.FormatException;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.LoginResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.RequestAcsResend;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A terminal's end of a SIP2 line: connects, logs in, numbers, waits, resends what may be resent and reconnects
 * (sip2.md section 5).
 *
 * <p>A request that changes something is never sent twice: when its answer does not come, the client asks for the
 * last response (97) where the link has one, and after that reports that the outcome is unknown, which is settled by asking with 17 or 63.
 * Reads are sent again, on a new connection if need be.
 *
 * <p>Threads: any; one exchange at a time by design of the protocol, further callers wait.
 */
public final class Sip2Client implements AutoCloseable {
    /** An answer is waited for so long at least, whatever the server says, unless the settings wait less. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(3);

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

    private final Settings settings;
    private final FrameCodec codec;
    private final ReentrantLock line = new ReentrantLock(true);
    private final AtomicReference<@Nullable Sip2Link> link = new AtomicReference<>();
    private volatile @Nullable AcsStatus status;
    private int sequence = 9;
    private Duration backOff = FIRST_BACK_OFF;
    private long noAttemptBefore = System.nanoTime();
    private volatile boolean closed;

    /**
     * What a client needs to know.
     *
     * @param address the server
     * @param profile charset, delimiter, error detection (AUTO counts as on)
     * @param login user and password, or none where the server wants no 93
     * @param location CP, sent with the login
     * @param connectTimeout for opening a connection
     * @param answerTimeout until a 98 names the server's own, and when it names none; the server's counts as three seconds
     *     if it is less, unless this is less too
     * @param giveUp ceiling of one exchange with all its tries
     * @param retries how often a read is sent again, and a damaged answer asked for again
     */
    public record Settings(
            Sip2Address address,
            WireProfile profile,
            Optional<Credentials> login,
            Optional<String> location,
            Duration connectTimeout,
            Duration answerTimeout,
            Duration giveUp,
            int retries) {

        /** The usual timing: connect 3 s, answer 10 s, give up 15 s, 3 retries. */
        public static Settings of(Sip2Address address, String user, Secret password) {
            return new Settings(
                    address,
                    WireProfile.DEFAULT,
                    Optional.of(new Credentials(user, password)),
                    Optional.empty(),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(15),
                    3);
        }
    }

    /** A terminal's login. */
    public record Credentials(String user, Secret password) {}

    /** A client that connects at its first exchange. */
    public Sip2Client(Settings settings) {
        this.settings = settings;
        this.codec = new FrameCodec(settings.profile());
    }

    /**
     * Sends a request and returns its response.
     *
     * @throws LinkException when there is no answer; it says whether the outcome is known
     * @throws FormatException when the answer cannot be read
     */
    public Response exchange(Request request) {
        return exchange(request, settings.giveUp());
    }

    /**
     * The same, for whoever waits no longer than this: the request does not leave after it.
     *
     * @param giveUp ceiling of the exchange with all its tries, at most that of the settings
     * @throws LinkException when there is no answer; it says whether the outcome is known
     * @throws FormatException when the answer cannot be read
     */
    public Response exchange(Request request, Duration giveUp) {
        long start = System.nanoTime();
        line.lock();
        try {
            return new Exchange(request, start, giveUp).run();
        } finally {
            line.unlock();
        }
    }

    /** The last 98, if the server has ever answered. */
    public Optional<AcsStatus> status() {
        return Optional.ofNullable(status);
    }

    /** Whether a connection stands as far as this end knows. */
    public boolean connected() {
        return link.get() != null;
    }

    /** Ends the conversation and any waiting exchange; later exchanges fail. */
    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private void disconnect() {
        Sip2Link open = link.getAndSet(null);
        if (open != null) {
            open.close();
        }
    }

    private void abandon() {
        Sip2Link open = link.getAndSet(null);
        if (open != null) {
            open.abandon();
        }
    }

    // ---- connecting --------------------------------------------------------------------------------------

    private Sip2Link connected(long start) {
        Sip2Link open = link.get();
        if (open != null && !open.stale()) {
            return open;
        }
        disconnect();
        if (closed) {
            throw new LinkException(settings.address(), Phase.CLOSED, Duration.ZERO, true);
        }
        if (System.nanoTime() - noAttemptBefore < 0) {
            throw new LinkException(settings.address(), Phase.BACK_OFF, since(start), true);
        }
        try {
            Sip2Link fresh = Sip2Link.open(settings.address(), settings.connectTimeout(), settings.profile());
            link.set(fresh);
            introduce(fresh, start);
            backOff = FIRST_BACK_OFF;
            return fresh;
        } catch (Sip2Exception e) {
            abandon();
            noAttemptBefore = System.nanoTime() + backOff.toNanos();
            backOff = backOff.multipliedBy(2).compareTo(LONGEST_BACK_OFF) > 0
                    ? LONGEST_BACK_OFF
                    : backOff.multipliedBy(2);
            throw e;
        }
    }

    /** 93 and 99. Nothing of the caller's has been sent yet, so whatever fails here leaves its outcome known. */
    private void introduce(Sip2Link fresh, long start) {
        settings.login().ifPresent(login -> {
            Login message = new Login("0", "0", login.user(), login.password(), settings.location(), List.of());
            Response answer = ask(fresh, message, start);
            if (answer instanceof AcsStatus changed && !changed.onlineStatus()) {
                // A server that is off-line says so in place of the answer; it has not looked at the login.
                status = changed;
                throw new LinkException(settings.address(), Phase.OFFLINE, since(start), true);
            }
            if (!(answer instanceof LoginResponse accepted) || !accepted.ok()) {
                throw new LinkException(settings.address(), Phase.LOGIN, since(start), true);
            }
        });
        if (!(ask(fresh, new ScStatus("0", "000", "2.00", List.of()), start) instanceof AcsStatus answer)) {
            throw new LinkException(settings.address(), Phase.OFFLINE, since(start), true);
        }
        status = answer;
        if (!answer.onlineStatus()) {
            throw new LinkException(settings.address(), Phase.OFFLINE, since(start), true);
        }
    }

    private Response ask(Sip2Link fresh, Request request, long start) {
        byte[] answer;
        try {
            fresh.send(encode(request));
            answer = fresh.receive(answerTimeout())
                    .orElseThrow(() -> new LinkException(settings.address(), Phase.RECEIVE, since(start), true));
        } catch (Sip2Exception e) {
            // The link cannot know that this was not the caller's request yet.
            throw e.outcomeKnown() ? e : new LinkException(settings.address(), Phase.RECEIVE, since(start), true, e);
        }
        return switch (codec.decode(answer)) {
            case Decoded.Complete(Frame frame, boolean _)
            when frame.type().direction() == MessageType.Direction.RESPONSE -> Response.from(frame);
            default ->
                throw new FormatException("a response to " + request.type().title(), "something else", 0, true);
        };
    }

    private byte[] encode(Request request) {
        boolean detect = settings.profile().errorDetection() != WireProfile.ErrorDetection.NEVER;
        if (detect && request.type() != MessageType.REQUEST_ACS_RESEND) {
            sequence = (sequence + 1) % 10;
        }
        OptionalInt digit = detect && request.type() != MessageType.REQUEST_ACS_RESEND
                ? OptionalInt.of(sequence)
                : OptionalInt.empty();
        return codec.encode(request.toFrame().withSequence(digit), detect);
    }

    /**
     * The server's timeout period in tenths of a second; 000 and 999 say nothing. Half a second, as in FOLIO's sample, would make every slower
     * answer one of which nobody knows what became.
     */
    private Duration answerTimeout() {
        AcsStatus last = status;
        if (last == null || !last.timeoutPeriod().matches("(?!000|999)\\d{3}")) {
            return settings.answerTimeout();
        }
        Duration said = Duration.ofMillis(Integer.parseInt(last.timeoutPeriod()) * 100L);
        Duration least =
                settings.answerTimeout().compareTo(LEAST_PATIENCE) < 0 ? settings.answerTimeout() : LEAST_PATIENCE;
        return said.compareTo(least) < 0 ? least : said;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    // ---- one exchange ------------------------------------------------------------------------------------

    /** Whether sending the same request twice does no harm. */
    private static boolean harmlessTwice(MessageType type) {
        return switch (type) {
            case SC_STATUS, LOGIN, ITEM_INFORMATION, PATRON_STATUS_REQUEST, PATRON_INFORMATION, END_PATRON_SESSION ->
                true;
            default -> false;
        };
    }

    private final class Exchange {
        private final Request request;
        private final long start;
        private final Duration giveUp;
        private int triesLeft;
        /** Whether more may still come on this link than the answer: both the one that was late and its repeat. */
        private boolean moreMayCome;

        Exchange(Request request, long start, Duration giveUp) {
            this.request = request;
            this.start = start;
            this.giveUp = giveUp.compareTo(settings.giveUp()) < 0 ? giveUp : settings.giveUp();
            this.triesLeft = settings.retries();
        }

        Response run() {
            while (true) {
                Sip2Link open = connected(start);
                if (!left().isPositive()) {
                    // The process stood still, or the line, or connecting took all the time: nobody waits for it any
                    // more.
                    throw new LinkException(settings.address(), Phase.SEND, since(start), true);
                }
                byte[] bytes = encode(request);
                moreMayCome = false;
                try {
                    Response answer = converse(open, bytes);
                    if (moreMayCome) {
                        disconnect();
                    }
                    if (answer instanceof AcsStatus changed && request.type() != MessageType.SC_STATUS) {
                        applyUnasked(changed);
                        continue;
                    }
                    if (answer instanceof AcsStatus asked) {
                        status = asked;
                    }
                    return answer;
                } catch (Sip2Exception e) {
                    abandon();
                    if (e.outcomeKnown() || !harmlessTwice(request.type()) || triesLeft-- <= 0 || left().isNegative()) {
                        throw e;
                    }
                } finally {
                    // The bytes may hold a PIN.
                    Arrays.fill(bytes, (byte) 0);
                }
            }
        }

        /** A server changes its state by answering any request with a 98; the request was not carried out. */
        private void applyUnasked(AcsStatus changed) {
            status = changed;
            if (!changed.onlineStatus() || triesLeft-- <= 0) {
                throw new LinkException(settings.address(), Phase.OFFLINE, since(start), true);
            }
        }

        private Response converse(Sip2Link open, byte[] bytes) {
            boolean askedAgain = false;
            open.send(bytes);
            int damaged = settings.retries();
            while (true) {
                Duration wait = answerTimeout().compareTo(left()) < 0 ? answerTimeout() : left();
                Optional<byte[]> received = wait.isPositive() ? open.receive(wait) : Optional.empty();
                if (received.isEmpty()) {
                    if (askedAgain || !sequenced() || !open.remembered() || !left().isPositive()) {
                        throw new LinkException(settings.address(), Phase.RECEIVE, since(start), false);
                    }
                    askedAgain = true;
                    moreMayCome = true;
                    open.send(encode(new RequestAcsResend(List.of())));
                    continue;
                }
                switch (codec.decode(received.get())) {
                    case Decoded.Complete(Frame frame, boolean _) -> {
                        if (frame.type() == MessageType.REQUEST_SC_RESEND) {
                            // After our own 97 a 96 means that both ends have lost the thread.
                            if (askedAgain || damaged-- <= 0) {
                                throw new LinkException(settings.address(), Phase.RECEIVE, since(start), !askedAgain);
                            }
                            open.send(bytes);
                        } else if (answers(frame, askedAgain)) {
                            return Response.from(frame);
                        }
                    }
                    case Decoded.BadChecksum _ -> {
                        if (damaged-- <= 0 || !open.remembered()) {
                            throw new FormatException("a right checksum", "a wrong one", received.get().length, false);
                        }
                        askedAgain = true;
                        open.send(encode(new RequestAcsResend(List.of())));
                    }
                    case Decoded.Malformed(var type, String expected, String found, int offset, var _, boolean _) ->
                        throw new FormatException(type.title() + " with " + expected, found, offset, false);
                    case Decoded.UnknownCommand(String printable) ->
                        throw new FormatException("a SIP2 response", "command " + printable, 0, false);
                }
            }
        }

        /**
         * Whether a frame is the answer to this request. A different sequence digit marks a late answer to an earlier
         * one; after a 97 servers send the same digit, 0 or none (sip2.md section 5). Where no digit proves it, card and item
         * must be those that were asked about.
         */
        private boolean answers(Frame frame, boolean askedAgain) {
            boolean digitFits = frame.sequence().isEmpty()
                    || frame.sequence().getAsInt() == sequence
                    || (askedAgain && frame.sequence().getAsInt() == 0);
            boolean typeFits = frame.type() == MessageType.ACS_STATUS
                    || frame.type() == request.type().answer();
            boolean proved = frame.sequence().isPresent() && frame.sequence().getAsInt() == sequence;
            return digitFits && typeFits && (proved || (echoes(frame, Field.AA) && echoes(frame, Field.AB)));
        }

        /** Whether what an answer says in this field is what was asked, where both say something. */
        private boolean echoes(Frame answer, Field field) {
            return text(answer, field)
                    .flatMap(said -> text(request.toFrame(), field).map(said::equalsIgnoreCase))
                    .orElse(true);
        }

        private static Optional<String> text(Frame frame, Field field) {
            return frame.fields().stream()
                    .filter(CodedField.Text.class::isInstance)
                    .map(CodedField.Text.class::cast)
                    .filter(coded -> coded.code().equals(field.code()))
                    .map(coded -> coded.value().strip())
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        }

        private boolean sequenced() {
            return settings.profile().errorDetection() != WireProfile.ErrorDetection.NEVER;
        }

        private Duration left() {
            return giveUp.minus(since(start));
        }
    }
}
