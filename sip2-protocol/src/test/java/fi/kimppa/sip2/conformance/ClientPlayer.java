package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.Sip2Exception.FormatException;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Plays a conversation that tests a client: the server says what the file says, {@link Sip2Client} is asked. */
final class ClientPlayer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Conversation conversation;
    private final Values values;
    private final FrameCodec codec;
    private final ServerSocket listener;
    private final Sip2Client client;
    private final Transcript transcript;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable Wire wire;
    private byte[] heard = {};
    private CompletableFuture<Response> exchange = new CompletableFuture<>();

    /**
     * @param listener where the server listens; closed with this
     * @param address the same for the client
     */
    ClientPlayer(Conversation conversation, Values values, ServerSocket listener, Sip2Address address)
            throws IOException {
        this.conversation = conversation;
        this.values = values;
        this.listener = listener;
        this.codec = new FrameCodec(conversation.wireProfile());
        this.transcript = new Transcript(codec);
        listener.setSoTimeout((int) PATIENCE.toMillis());
        this.client = new Sip2Client(new Sip2Client.Settings(
                address,
                conversation.wireProfile(),
                Optional.of(new Sip2Client.Credentials("kiosk", Secret.of("its-password"))),
                Optional.empty(),
                PATIENCE,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                2));
    }

    Result play() throws IOException {
        for (Step step : conversation.steps()) {
            List<String> differences = take(step);
            if (!differences.isEmpty()) {
                return new Result.Differs(
                        step.line(), step.toString(), "see the differences", differences, transcript.lines());
            }
        }
        client.close();
        List<String> more = nothingMore();
        return more.isEmpty()
                ? new Result.Passed()
                : new Result.Differs(
                        conversation.steps().getLast().line(), "nothing more", "a line", more, transcript.lines());
    }

    private List<String> take(Step step) throws IOException {
        return switch (step) {
            case Step.Send send -> {
                byte[] bytes = send.bytes().bytes(values, line);
                if (send.ended()) {
                    bytes = Arrays.copyOf(bytes, bytes.length + 1);
                    bytes[bytes.length - 1] = '\r';
                    transcript.note("<", line.toByteArray());
                    line.reset();
                }
                wire().send(bytes);
                yield List.of();
            }
            case Step.Expect expect -> hear(expect.expected());
            case Step.ExpectSame _ -> {
                byte[] before = heard;
                yield line().filter(bytes -> Arrays.equals(before, bytes)).isPresent()
                        ? List.of()
                        : List.of("the request: expected the one before, byte for byte");
            }
            case Step.LogIn _ -> logIn();
            case Step.Silence _ ->
                wire().hear(Duration.ofMillis(300)) instanceof Wire.Heard.Nothing ? List.of() : List.of("not silent");
            case Step.Closed _ ->
                wire().hear(PATIENCE) instanceof Wire.Heard.End ? List.of() : List.of("the client did not close");
            case Step.Reconnect _ -> {
                wire = accept();
                transcript.note("a new connection");
                yield List.of();
            }
            case Step.HangUp _ -> {
                wire().close();
                yield List.of();
            }
            case Step.Ask ask -> {
                ask(ask.request().bytes(values, new ByteArrayOutputStream()));
                yield List.of();
            }
            case Step.Answer answer -> answered(answer.expected());
            case Step.Fails fails -> failed(fails);
        };
    }

    private Wire wire() throws IOException {
        if (wire == null) {
            wire = accept();
        }
        return wire;
    }

    private Wire accept() throws IOException {
        return SocketWire.of(listener.accept());
    }

    private Optional<byte[]> line() throws IOException {
        if (wire().hear(PATIENCE) instanceof Wire.Heard.Line(byte[] bytes)) {
            heard = bytes;
            transcript.note(">", bytes);
            return Optional.of(bytes);
        }
        return Optional.empty();
    }

    private List<String> hear(Expectation expected) throws IOException {
        List<String> differences = line().map(bytes -> expected.differences(bytes, values))
                .orElse(List.of("a request: expected " + expected.type().code() + " "
                        + expected.type().title() + ", found none"));
        if (differences.isEmpty() && expected.terminator().isPresent()) {
            String found = wire().lineFeedFollows() ? "\r\n" : "\r";
            return found.equals(expected.terminator().get()) ? List.of() : List.of("another end of the line");
        }
        return differences;
    }

    /** 93 and 99, answered with a timeout period of 0.8 s and two retries. */
    private List<String> logIn() throws IOException {
        char delimiter = conversation.wireProfile().delimiter();
        for (String answer : List.of(
                "941",
                "98YYYYYY008002" + values.local(values.now()) + "2.00AO" + values.variable("AO") + delimiter + "BX"
                        + "Y".repeat(16) + delimiter)) {
            Optional<byte[]> request = line();
            String command = answer.startsWith("94") ? "93" : "99";
            if (request.isEmpty()
                    || !(codec.decode(request.get()) instanceof Decoded.Complete(Frame frame, boolean detected))
                    || !frame.type().code().equals(command)) {
                return List.of("the beginning: expected " + command);
            }
            Frame response = ((Decoded.Complete) codec.decode(answer.getBytes(values.charset()))).frame();
            wire().send(codec.encode(response.withSequence(frame.sequence()), detected));
        }
        return List.of();
    }

    private void ask(byte[] request) {
        Request asked = Request.from(((Decoded.Complete) codec.decode(request)).frame());
        exchange = new CompletableFuture<>();
        CompletableFuture<Response> end = exchange;
        Thread.ofVirtual().start(() -> {
            try {
                end.complete(client.exchange(asked));
            } catch (Sip2Exception e) {
                end.completeExceptionally(e);
            }
        });
    }

    private List<String> answered(Expectation expected) {
        try {
            Frame frame =
                    exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).toFrame();
            // UTF-8 for what a charset of the wire might not have, and the file's own delimiter.
            WireProfile usual = WireProfile.DEFAULT;
            WireProfile shown = new WireProfile(
                    usual.charset(),
                    conversation.wireProfile().delimiter(),
                    usual.terminator(),
                    usual.errorDetection(),
                    usual.maxFrameBytes(),
                    usual.maxFields());
            byte[] bytes = new FrameCodec(shown).encode(frame, false);
            return expected.differences(
                    Arrays.copyOf(bytes, bytes.length - 1),
                    new Values(values.variables(), values.now(), values.zone(), usual.charset()));
        } catch (ExecutionException e) {
            return List.of("the exchange: expected an answer, found " + e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            return List.of("the exchange: expected an end, found none");
        }
    }

    private List<String> failed(Step.Fails fails) {
        try {
            Response answer = exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return List.of("the exchange: expected an exception, found " + answer);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof Sip2Exception failure)) {
                return List.of("the exchange: expected a Sip2Exception, found " + e.getCause());
            }
            boolean as = failure instanceof FormatException == fails.format()
                    && failure.outcomeKnown() == fails.outcomeKnown();
            return as ? List.of() : List.of("the exchange: found " + failure + ", known: " + failure.outcomeKnown());
        } catch (InterruptedException | TimeoutException e) {
            return List.of("the exchange: expected an end, found none");
        }
    }

    /** What else the client has said, or a connection that the file knows nothing of. */
    private List<String> nothingMore() throws IOException {
        if (wire != null && wire.hear(PATIENCE) instanceof Wire.Heard.Line(byte[] bytes)) {
            return List.of("the wire: expected nothing more, found " + transcript.labelled(bytes));
        }
        listener.setSoTimeout(1);
        try {
            Wire another = accept();
            another.close();
            return List.of("the wire: expected no further connection, found one");
        } catch (SocketTimeoutException e) {
            return List.of();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        listener.close();
        if (wire != null) {
            wire.close();
        }
    }
}
