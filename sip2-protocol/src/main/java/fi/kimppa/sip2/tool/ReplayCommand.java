package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.Sip2Link;
import fi.kimppa.sip2.capture.CaptureFile;
import fi.kimppa.sip2.capture.CaptureLine;
import fi.kimppa.sip2.capture.CaptureLine.Kind;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code sip2 replay}: plays a terminal's part of a wire capture. */
final class ReplayCommand {
    private static final String HELP = """
            Usage: sip2 replay FILE ADDRESS [OPTION...]

            Plays the terminal's part of a wire capture against a SIP2 server, one connection for each in the capture,
            and shows what comes back and where it differs from what came then: in the command, in the digit or letter
            that says whether it was done, or in an answer that was there and is not. FILE is a capture of the gateway,
            - for standard input. ADDRESS is as for sip2 send.

            What a terminal did it does again: point it at a test server. Cards, names and passwords of a capture are
            stand-ins, so that a server which knows nobody refuses where it did not then. With --login the captured
            log-ins that succeeded are replaced by this one, and a connection without one begins with it.

              --login USER            the terminal's name for the log-ins
              --password-file FILE    the terminal's password, its first line; asked for if left out
              --location CODE         CP of the login, else the captured one
              --real-time             as slowly as it was; else each message follows the answer to the one before
              --timeout SECONDS       for a connection and for an answer that came then (10)
              --silence SECONDS       how long to listen where no answer came then (0.5)
              --persons               show cards and names too; passwords and PINs are never shown
              --json                  one JSON object a message, then one with the sums

            Exit codes: 0 nothing differs, 1 something does, 2 usage or no capture, 3 no connection.
            """;

    /** What says whether it was done, in the responses that say so. */
    private static final List<FixedField> DONE =
            List.of(FixedField.OK, FixedField.ITEM_PROPERTIES_OK, FixedField.PAYMENT_ACCEPTED, FixedField.END_SESSION);

    private final Terminal terminal;

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Exit run(List<String> args) {
        Set<String> valued = new HashSet<>(Credentials.OPTIONS);
        valued.addAll(Set.of("--timeout", "--silence"));
        Options options = Options.read(args, Set.of("--persons", "--json", "--real-time"), valued, HELP);
        if (options.has("--help")) {
            terminal.out().print(HELP);
            return Exit.WELL;
        }
        if (options.rest().size() != 2) {
            throw options.wrong("which capture, and which server?");
        }
        CaptureFile file = CaptureWires.read(text(options.rest().getFirst(), options), options);
        Sip2Address address = options.address(options.rest().getLast());
        Optional<Login> login = Credentials.of(options, terminal).login();
        try (Play play = new Play(file, address, login, options)) {
            return play.run();
        } catch (LinkException e) {
            terminal.err().println("sip2: " + e.getMessage());
            return Exit.NO_CONNECTION;
        }
    }

    private String text(String file, Options options) {
        try {
            byte[] bytes = file.equals("-") ? terminal.in().readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw options.wrong("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** One run through the file. */
    private final class Play implements AutoCloseable {
        private final List<CaptureLine> lines;
        private final Sip2Address address;
        private final Optional<Login> login;
        private final Duration timeout;
        private final Duration silence;
        private final boolean realTime;
        private final boolean persons;
        private final boolean json;
        private final CaptureWires wires = new CaptureWires();
        private final Map<Integer, Sip2Link> links = new HashMap<>();
        private final long begun = System.nanoTime();
        private Optional<Duration> first = Optional.empty();
        private int messages;
        private int different;

        Play(CaptureFile file, Sip2Address address, Optional<Login> login, Options options) {
            this.lines = file.lines();
            this.address = address;
            this.login = login;
            this.timeout = options.seconds("--timeout", Duration.ofSeconds(10));
            this.silence = options.seconds("--silence", Duration.ofMillis(500));
            this.realTime = options.has("--real-time");
            this.persons = options.has("--persons");
            this.json = options.has("--json");
        }

        Exit run() {
            for (int i = 0; i < lines.size(); i++) {
                CaptureLine line = lines.get(i);
                wires.heard(line);
                switch (line.kind()) {
                    case REQUEST -> say(line, answerTo(i));
                    case CLOSE -> hangUp(line.connection());
                    case OPEN, WIRE, RESPONSE -> {}
                }
            }
            if (json) {
                terminal.out().println(Json.write(Map.of("messages", messages, "differ", different)));
            } else {
                terminal.out().println(messages + " messages, " + different + " differ");
            }
            return different == 0 ? Exit.WELL : Exit.DIFFERS;
        }

        /** What came back then: the response before the connection's next request. */
        private Optional<CaptureLine> answerTo(int request) {
            return lines.subList(request + 1, lines.size()).stream()
                    .filter(line -> line.connection() == lines.get(request).connection())
                    .filter(line -> line.kind() != Kind.WIRE)
                    .findFirst()
                    .filter(line -> line.kind() == Kind.RESPONSE);
        }

        private void say(CaptureLine line, Optional<CaptureLine> then) {
            FrameCodec codec = wires.codec(line.connection());
            byte[] captured = line.bytes();
            Optional<byte[]> before = then.map(CaptureLine::bytes);
            byte[] bytes = replaced(captured, before, codec);
            pause(line.at());
            Sip2Link link = link(line.connection(), Answer.of(captured, codec).command());
            Optional<byte[]> answer = Optional.empty();
            String hungUp = "";
            try {
                link.send(bytes);
                answer = link.receive(then.isPresent() ? timeout : silence);
            } catch (LinkException e) {
                if (e.phase() == Phase.CONNECT) {
                    throw e;
                }
                hungUp = "the server hung up";
                hangUp(line.connection());
            }
            messages++;
            String difference = difference(before, answer, codec, hungUp);
            if (!difference.isEmpty()) {
                different++;
            }
            show(line.connection(), withoutEnd(bytes), answer, difference, new FrameView(codec, persons));
        }

        /** The connection, opened when its first message is said; with a login of its own where the capture has none. */
        private Sip2Link link(int connection, String command) {
            Sip2Link known = links.get(connection);
            if (known != null) {
                return known;
            }
            Sip2Link link =
                    Sip2Link.open(address, timeout, wires.codec(connection).profile());
            links.put(connection, link);
            boolean logsIn = lines.stream()
                    .filter(line -> line.connection() == connection && line.kind() == Kind.REQUEST)
                    .anyMatch(line -> Answer.of(line.bytes(), wires.codec(connection))
                            .command()
                            .equals(MessageType.LOGIN.code()));
            if (login.isPresent() && !logsIn && !command.equals(MessageType.LOGIN.code())) {
                link.send(wires.codec(connection).encode(login.get().toFrame().withSequence(OptionalInt.of(9)), true));
                Optional<byte[]> _ = link.receive(timeout);
            }
            return link;
        }

        /** The bytes to send, with their end: a login that succeeded is replaced by one that is true. */
        private byte[] replaced(byte[] captured, Optional<byte[]> then, FrameCodec codec) {
            boolean succeeded = then.map(bytes -> Answer.of(bytes, codec).done().equals("1"))
                    .orElse(true);
            if (login.isPresent()
                    && succeeded
                    && codec.decode(captured) instanceof Decoded.Complete(Frame frame, boolean detected)
                    && frame.type() == MessageType.LOGIN) {
                Login own = login.get();
                Optional<String> location = own.locationCode().or(() -> location(frame));
                Login said = new Login(
                        own.uidAlgorithm(),
                        own.pwdAlgorithm(),
                        own.loginUserId(),
                        own.loginPassword(),
                        location,
                        List.of());
                return codec.encode(said.toFrame().withSequence(frame.sequence()), detected);
            }
            byte[] whole = Arrays.copyOf(captured, captured.length + 1);
            whole[captured.length] = '\r';
            return whole;
        }

        private static Optional<String> location(Frame frame) {
            return frame.fields().stream()
                    .filter(field -> field.code().equals(Field.CP.code()))
                    .filter(CodedField.Text.class::isInstance)
                    .map(field -> ((CodedField.Text) field).value())
                    .findFirst();
        }

        private void pause(Duration at) {
            if (!realTime) {
                return;
            }
            Duration from = first.orElse(at);
            first = Optional.of(from);
            Duration left = at.minus(from).minusNanos(System.nanoTime() - begun);
            try {
                if (left.isPositive()) {
                    Thread.sleep(left);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private static String difference(Optional<byte[]> then, Optional<byte[]> now, FrameCodec codec, String hungUp) {
            if (then.isEmpty()) {
                return now.map(bytes -> "then nothing came, now "
                                + Answer.of(bytes, codec).command())
                        .orElse("");
            }
            Answer before = Answer.of(then.get(), codec);
            if (now.isEmpty()) {
                return "then " + before.command() + " came, now "
                        + (hungUp.isEmpty() ? "nothing" : "nothing, " + hungUp);
            }
            Answer after = Answer.of(now.get(), codec);
            if (!before.command().equals(after.command())) {
                return "then " + before.command() + " came, now " + after.command();
            }
            return before.done().equals(after.done())
                    ? ""
                    : after.label() + ": then " + before.done() + ", now " + after.done();
        }

        private void show(int connection, byte[] said, Optional<byte[]> answer, String difference, FrameView view) {
            if (json) {
                Map<String, Object> exchange = new LinkedHashMap<>();
                exchange.put("connection", connection);
                exchange.put("sent", view.map(said));
                answer.ifPresent(bytes -> exchange.put("received", view.map(bytes)));
                exchange.put("difference", difference);
                terminal.out().println(Json.write(exchange));
                return;
            }
            terminal.out().print(connection + " > " + view.text(said));
            terminal.out().print(connection + " < " + answer.map(view::text).orElse("nothing\n"));
            if (!difference.isEmpty()) {
                terminal.out().println("    DIFFERS: " + difference);
            }
        }

        private void hangUp(int connection) {
            Sip2Link link = links.remove(connection);
            if (link != null) {
                link.close();
            }
        }

        @Override
        public void close() {
            links.values().forEach(Sip2Link::close);
        }
    }

    /**
     * What of a response is compared.
     *
     * @param command its two digits
     * @param label what says whether it was done
     * @param done how
     */
    private record Answer(String command, String label, String done) {
        static Answer of(byte[] line, FrameCodec codec) {
            if (codec.decode(line) instanceof Decoded.Complete(Frame frame, boolean _)) {
                return DONE.stream()
                        .filter(frame.fixed()::containsKey)
                        .findFirst()
                        .map(field -> new Answer(frame.type().code(), field.label(), frame.fixed(field)))
                        .orElseGet(() -> new Answer(frame.type().code(), "", ""));
            }
            return new Answer(new String(line, 0, Math.min(2, line.length), StandardCharsets.ISO_8859_1), "", "");
        }
    }

    private static byte[] withoutEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\r' || bytes[end - 1] == '\n')) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
