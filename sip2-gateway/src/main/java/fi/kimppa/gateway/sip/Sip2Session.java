package fi.kimppa.gateway.sip;

import static fi.kimppa.sip2.wire.MessageType.LOGIN;
import static fi.kimppa.sip2.wire.MessageType.REQUEST_ACS_RESEND;
import static fi.kimppa.sip2.wire.MessageType.SC_STATUS;

import fi.kimppa.gateway.capture.Agreement;
import fi.kimppa.gateway.capture.Tap;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.circulation.JournalSilentException;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.LoginResponse;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.RequestAcsResend;
import fi.kimppa.sip2.message.RequestScResend;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.MessageType.Direction;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One connection's conversation: a line, its answer, the next line (sip2.md sections 1 and 5, the library's side).
 * The rules that hold for any message are here; what a message means is {@link Circulation}'s matter.
 *
 * <p>Threads: {@link #run()} is the connection's own virtual thread; {@link #finish()} and {@link #overdue()} are
 * called by the server's.
 */
final class Sip2Session implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Sip2Session.class);
    private static final int STRIKES = 3;
    private static final Set<CirculationStatus> NOT_ON_LOAN = EnumSet.of(
            CirculationStatus.AVAILABLE,
            CirculationStatus.WAITING_ON_HOLD_SHELF,
            CirculationStatus.WAITING_TO_BE_RESHELVED,
            CirculationStatus.IN_TRANSIT);
    /** A repeat of these is executed again: a stored 98 would carry a stale clock (sip2.md section 5). */
    private static final Set<MessageType> NEVER_REPLAYED = Set.of(SC_STATUS, LOGIN);

    private final long number;
    private final Line connection;
    private final Sip2Context house;
    private final LastFrames memory = new LastFrames();
    private final RequestRate rate;
    private final Tap tap;
    /** How often the process had stood still when this connection began, or what it brought with it was sent. */
    private final long stills;

    private String peer;
    private TerminalProfile profile = TerminalProfile.of(Map.of());
    private FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
    private Agreement wire = new Agreement(codec, profile::isPersonal);
    private long agreed = -1;
    private Optional<Arrival> arrival = Optional.empty();
    private Optional<InetAddress> address = Optional.empty();
    private Optional<ClientCertificate> certificate = Optional.empty();
    private Optional<Terminal> terminal = Optional.empty();
    private OptionalLong place = OptionalLong.empty();
    private int strikes;
    /** The type of the line under way, if it is a whole request. */
    private Optional<MessageType> underWay = Optional.empty();
    /** Where it is noted what the terminal does; empty while nobody is logged in. */
    private Optional<TerminalActivity.Diary> diary = Optional.empty();

    private boolean errorDetection;
    /** When the line under way was read, by {@link System#nanoTime}; before it is looked whether the process stood still. */
    private long heard;

    private boolean busy;
    private boolean finishing;

    Sip2Session(long number, Line connection, Sip2Context house) {
        this.number = number;
        this.connection = connection;
        this.house = house;
        this.rate = new RequestRate(house.gate().limits(), System.nanoTime());
        this.tap = house.captures().tap();
        this.stills = connection.lasting()
                ? house.standstill().times()
                : house.standstill().settled();
        this.peer = connection.peer();
    }

    @Override
    public void run() {
        try (connection) {
            if (!arrive(connection.open())) {
                return;
            }
            for (Optional<byte[]> line = next(); line.isPresent(); line = next()) {
                if (house.standstill().times() != stills) {
                    log.warn("{}: closed without an answer: what it said may be old", name());
                    house.metrics().count("stood_still");
                    break;
                }
                if (!paced()) {
                    log.warn("{}: closed after too many requests at once", name());
                    house.metrics().count("flood");
                    break;
                }
                agree();
                long begun = System.nanoTime();
                underWay = Optional.empty();
                tap.heard(line.get(), wire);
                Optional<byte[]> answer = answer(line.get());
                tap.said(answer, wire, terminal);
                if (answer.isPresent()) {
                    connection.send(answer.get());
                }
                underWay.ifPresent(type -> house.metrics().exchange(type, System.nanoTime() - begun));
                if (strikes >= STRIKES) {
                    log.warn("{}: closed after {} refused logins", name(), STRIKES);
                    break;
                }
            }
        } catch (Line.ArrivalRefusedException e) {
            log.warn("{}: not let in: {}", name(), e.getMessage());
            house.metrics().count(e.incident());
        } catch (Sip2Connection.OversizedLineException e) {
            log.warn("{}: closed after {}", name(), e.getMessage());
            house.metrics().count("oversized");
        } catch (JournalSilentException | DataAccessException e) {
            log.warn("{}: closed without an answer: {}", name(), e.getMessage());
            house.metrics().count("database_silent");
            underWay.ifPresent(type -> ended(type, ExchangeOutcome.NO_ANSWER));
        } catch (IOException e) {
            log.debug("{}: the connection ended: {}", name(), e.getMessage());
        } finally {
            memory.wipe();
            tap.closed(wire, terminal);
            leave();
            address.ifPresent(house.gate()::exit);
        }
    }

    /**
     * The other end is known now; where its certificate stands for a login, it is logged in.
     *
     * @return whether there is room for one more from there
     */
    private boolean arrive(Arrival known) {
        arrival = Optional.of(known);
        peer = known.peerName();
        InetAddress from = known.peer().getAddress();
        if (!house.gate().enter(from)) {
            house.metrics().count("turned_away_address");
            return false;
        }
        address = Optional.of(from);
        certificate = known.certificate();
        tap.over(known.listener());
        connection.allow(house.settings().loginTimeout());
        if (house.logsIn(known)) {
            certificate.flatMap(house::ownerOf).ifPresent(who -> {
                boolean _ = enter(who);
            });
        }
        return true;
    }

    /** Waits for the next line; empty when the peer or the server has had enough. */
    private Optional<byte[]> next() throws IOException {
        synchronized (this) {
            busy = false;
            if (finishing) {
                return Optional.empty();
            }
        }
        if (terminal.isPresent()) {
            connection.allow(house.settings().idleTimeout());
        }
        Optional<byte[]> line = connection.receive();
        heard = System.nanoTime();
        synchronized (this) {
            busy = true;
        }
        return line;
    }

    /** Takes over what is agreed with this machine, which staff may have changed since its last line. */
    private void agree() {
        long version = house.profiles().version();
        if (version != agreed) {
            agreed = version;
            TerminalProfiles.Agreement agreement = terminal.map(house.profiles()::of)
                    .or(() -> arrival.map(house.profiles()::of))
                    .orElseThrow();
            profile = agreement.profile();
            codec = agreement.codec();
            wire = new Agreement(codec, profile::isPersonal);
        }
    }

    /** Lets a request that came too fast wait; false when the peer floods the line. */
    private boolean paced() throws IOException {
        long wait = rate.take(System.nanoTime());
        if (wait > 0) {
            if (rate.isFlood(connection.moreWaits())) {
                return false;
            }
            house.metrics().count("slowed");
            LockSupport.parkNanos(wait);
        }
        return true;
    }

    /** What is sent for this line; empty for silence. */
    private Optional<byte[]> answer(byte[] line) {
        return switch (codec.decode(line)) {
            case Decoded.BadChecksum _ -> {
                house.trace().note(name(), "SC>ACS", "a line with a wrong checksum");
                house.metrics().count("bad_checksum");
                diary.ifPresent(notes -> notes.faulty(ExchangeOutcome.BAD_CHECKSUM));
                yield Optional.of(askAgain(true));
            }
            case Decoded.UnknownCommand unknown -> unknown(unknown.printable());
            case Decoded.Malformed malformed
            when malformed.type().direction() == Direction.RESPONSE ->
                unknown(malformed.type().code());
            case Decoded.Malformed malformed -> Optional.of(refuse(malformed));
            case Decoded.Complete whole
            when whole.frame().type().direction() == Direction.RESPONSE ->
                unknown(whole.frame().type().code());
            case Decoded.Complete(Frame frame, boolean detected) -> {
                errorDetection = detected;
                house.trace().received(name(), frame);
                underWay = Optional.of(frame.type());
                yield Optional.of(answer(line, frame, detected));
            }
        };
    }

    /** The answer to a whole request: the last response again where the protocol wants that, else a new one. */
    private byte[] answer(byte[] line, Frame frame, boolean detected) {
        if (frame.type() == REQUEST_ACS_RESEND) {
            return memory.lastResponse().map(this::again).orElseGet(() -> askAgain(detected));
        }
        boolean recognisable = detected && frame.sequence().isPresent() && !NEVER_REPLAYED.contains(frame.type());
        if (recognisable) {
            Optional<byte[]> stored = memory.repeatOf(line);
            if (stored.isPresent()) {
                house.metrics().count("repeated");
                return again(stored.get());
            }
        }
        if (frame.type() != SC_STATUS && !house.circulation().writes()) {
            Arrays.fill(line, (byte) 0);
            return offLine(frame, detected);
        }
        Response response;
        try {
            response = execute(frame);
        } catch (JournalSilentException e) {
            if (!e.nothingBegun()) {
                throw e;
            }
            Arrays.fill(line, (byte) 0);
            return offLine(frame, detected);
        }
        byte[] bytes = encode(response, frame.sequence(), detected, Dialect.institution(frame));
        if (response.type() == MessageType.END_SESSION_RESPONSE || !recognisable) {
            Arrays.fill(line, (byte) 0);
            memory.wipe();
            memory.sent(bytes);
        } else {
            memory.executed(line, bytes);
        }
        return bytes;
    }

    /**
     * A 98 in place of the answer, before anything was begun: the terminal takes the new status over and says its request again when
     * the library is on-line (sip2.md section 1). That is no repeat of something executed, so the request is not remembered.
     */
    private byte[] offLine(Frame frame, boolean detected) {
        house.metrics().count("off_line");
        ended(frame.type(), ExchangeOutcome.NO_ANSWER);
        byte[] bytes = encode(
                AcsCapabilities.status(terminal, house, now()), frame.sequence(), detected, Dialect.institution(frame));
        frame.erase();
        memory.sent(bytes);
        return bytes;
    }

    /** Without its database the gateway neither takes nor refuses anything: the terminal must not believe a refusal. */
    private Response execute(Frame frame) {
        Request request = Request.from(
                terminal.map(who -> Dialect.heard(frame, profile, who)).orElse(frame));
        try {
            terminal.ifPresent(who -> Dialect.institution(frame)
                    .ifPresent(institution -> house.institutions().heard(institution, who, profile)));
            return serve(request);
        } catch (JournalSilentException | DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("{}: {} could not be answered", name(), frame.type().title(), e);
            ended(frame.type(), ExchangeOutcome.NO_ANSWER);
            return Refusal.of(request, institution(), now(), Optional.empty());
        } finally {
            frame.erase();
        }
    }

    private Response serve(Request request) {
        return switch (request) {
            case Login login -> {
                Response response = logIn(login);
                ended(LOGIN, ExchangeOutcome.of(response, true));
                yield response;
            }
            case ScStatus status -> {
                diary.ifPresent(notes -> notes.status(status.statusCode()));
                ended(SC_STATUS, ExchangeOutcome.OK);
                yield AcsCapabilities.status(terminal, house, now());
            }
            case RequestAcsResend _ -> throw new IllegalStateException("97 is answered from memory");
            case Request other
            when terminal.isEmpty() -> {
                house.metrics().count("before_login");
                ended(other.type(), ExchangeOutcome.NOT_ALLOWED);
                yield Refusal.of(other, institution(), now(), Optional.empty());
            }
            case Request other
            when !profile.serves(other.type()) -> {
                house.metrics().count("not_allowed");
                ended(other.type(), ExchangeOutcome.NOT_ALLOWED);
                yield Refusal.of(other, institution(), now(), Optional.empty());
            }
            case Request other -> {
                Terminal who = terminal.get();
                Response response = house.receipts().told(circulate(other, who), other, who);
                ended(
                        other.type(),
                        ExchangeOutcome.of(response, house.circulation().online()));
                yield response;
            }
        };
    }

    /**
     * Asks first whether the item is on loan where the machine shall refuse what is not. A return that was done is answered again as it
     * was: by then the item is on loan no more.
     */
    private Response circulate(Request request, Terminal who) {
        boolean idle = request instanceof Checkin checkin
                && !profile.checkedInOk()
                && !checkin.cancel().orElse(false)
                && !house.circulation().answered(checkin, who)
                && house.circulation()
                                .serve(
                                        new ItemInformation(
                                                checkin.transactionDate(),
                                                checkin.institutionId(),
                                                checkin.itemIdentifier(),
                                                Optional.empty(),
                                                List.of()),
                                        who)
                        instanceof ItemInformationResponse item
                && NOT_ON_LOAN.contains(item.circulationStatus());
        Response response = house.circulation().serve(request, who, heard);
        return idle ? Response.from(Dialect.notOnLoan(response.toFrame())) : response;
    }

    /** 93: clear text only, since no algorithm was ever published; a refused login leaves nobody logged in. */
    private Response logIn(Login login) {
        Optional<Terminal> found =
                login.uidAlgorithm().equals("0") && login.pwdAlgorithm().equals("0")
                        ? house.gate().authenticate(login, address.orElseThrow())
                        : Optional.empty();
        if (found.isPresent()
                && certificate.isPresent()
                && !house.ownerOf(certificate.get()).equals(found)) {
            log.warn(
                    "{}: {} may not log in with the certificate of another",
                    peer,
                    found.get().login());
            house.metrics().count("wrong_certificate");
            found = Optional.empty();
        }
        leave();
        if (found.isEmpty()) {
            strikes++;
            house.metrics().count("login_refused");
            log.warn("{}: login refused, {} of {}", peer, strikes, STRIKES);
            return new LoginResponse(false, List.of());
        }
        if (!enter(found.get())) {
            strikes++;
            return new LoginResponse(false, List.of());
        }
        strikes = 0;
        return new LoginResponse(true, List.of());
    }

    /** Logs a terminal in, unless it is connected already and may not be again. */
    private boolean enter(Terminal who) {
        terminal = Optional.of(who);
        agreed = -1;
        agree();
        if (connection.lasting()) {
            place = house.gate().place(who, address.orElseThrow(), profile.secondConnection(), this::replaced);
            if (place.isEmpty()) {
                house.metrics().count("second_connection_refused");
                terminal = Optional.empty();
                agreed = -1;
                return false;
            }
        }
        TerminalActivity.Diary notes = house.activity().of(who.login());
        diary = Optional.of(notes);
        if (connection.lasting()) {
            house.arrived(who, number);
            notes.opened(number, arrival.filter(house::encrypted).isPresent());
        } else {
            notes.passed();
        }
        return true;
    }

    /** Nobody is logged in on this connection any more. What only passed by leaves nothing that has an end. */
    private void leave() {
        terminal.filter(_ -> connection.lasting()).ifPresent(who -> {
            house.circulation().forget(who);
            diary.ifPresent(notes -> notes.closed(number));
            house.departed(who, number);
        });
        place.ifPresent(house.gate()::left);
        place = OptionalLong.empty();
        terminal = Optional.empty();
        diary = Optional.empty();
        agreed = -1;
    }

    private byte[] refuse(Decoded.Malformed malformed) {
        log.warn(
                "{}: {} cut short: expected {}, found {} at byte {}",
                name(),
                malformed.type().title(),
                malformed.expected(),
                malformed.found(),
                malformed.offset());
        house.trace()
                .note(
                        name(),
                        "SC>ACS",
                        malformed.type().code() + " " + malformed.type().title() + ", cut short");
        house.metrics().count("malformed");
        house.metrics().ended(malformed.type(), ExchangeOutcome.MALFORMED);
        diary.ifPresent(notes -> notes.faulty(ExchangeOutcome.MALFORMED));
        if (malformed.type() == LOGIN) {
            strikes++;
        }
        byte[] bytes = encode(
                Refusal.of(malformed.type(), institution(), now()),
                malformed.sequence(),
                malformed.errorDetection(),
                Optional.empty());
        memory.sent(bytes);
        return bytes;
    }

    private Optional<byte[]> unknown(String command) {
        house.trace().note(name(), "SC>ACS", "unknown command " + command);
        house.metrics().count("unknown_command");
        diary.ifPresent(notes -> notes.faulty(ExchangeOutcome.UNKNOWN_COMMAND));
        return profile.unknownCommand() == TerminalProfile.UnknownCommand.RESEND
                ? Optional.of(askAgain(errorDetection))
                : Optional.empty();
    }

    /** 96, which is a response like any other to a 97 that follows. */
    private byte[] askAgain(boolean detected) {
        byte[] bytes = encode(new RequestScResend(List.of()), OptionalInt.empty(), detected, Optional.empty());
        memory.sent(bytes);
        return bytes;
    }

    private byte[] again(byte[] stored) {
        house.trace().note(name(), "ACS>SC", "the last response again");
        return stored.clone();
    }

    /**
     * The bytes of a response to this machine.
     *
     * @param asked AO of the request
     */
    private byte[] encode(Response response, OptionalInt sequence, boolean detected, Optional<String> asked) {
        Frame frame = Dialect.said(response.toFrame(), profile, terminal, asked).withSequence(sequence);
        house.trace().sent(name(), frame);
        return codec.encode(frame, profile.detects(detected));
    }

    /** Counts how a whole request ended, for monitoring and for staff. */
    private void ended(MessageType type, ExchangeOutcome outcome) {
        house.metrics().ended(type, outcome);
        diary.ifPresent(notes -> notes.ended(type, outcome));
    }

    private Timestamp now() {
        return house.now();
    }

    private String institution() {
        return terminal.map(Terminal::institutionId).orElse("");
    }

    private String name() {
        return terminal.map(Terminal::login).orElse(peer);
    }

    /** Ends the conversation: at once while it waits for a line, else after the answer under way. */
    synchronized void finish() {
        finishing = true;
        if (!busy) {
            connection.close();
        }
    }

    /** Another connection of the same login has taken this one's place. */
    private void replaced() {
        log.info("{}: closed, its login is used on a newer connection", peer);
        house.metrics().count("replaced");
        abort();
    }

    /** Ends the conversation whatever it is doing. */
    void abort() {
        connection.close();
    }

    /** Whether the peer has let its time for a login or for its next line pass. */
    boolean overdue() {
        return connection.overdue();
    }
}
