package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile.ErrorDetection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Plays conversations that test a server, one after the other, as a self-check that says exactly what the file says.
 *
 * <p>Threads: one.
 */
public final class Player {
    private final Settings settings;
    private Instant last = Instant.MIN;

    /**
     * What a run needs to know.
     *
     * @param address the server
     * @param data its terminals, cards and items
     * @param clock whose time {@code {now}} is, in whose zone
     * @param answer how long a response may take, at least a millisecond
     * @param silence how long nothing must come where the file wants silence
     */
    public record Settings(Sip2Address address, Data data, Clock clock, Duration answer, Duration silence) {}

    /** A player that has not connected yet. */
    public Player(Settings settings) {
        this.settings = settings;
    }

    /**
     * Plays a conversation on a connection of its own.
     *
     * @throws LinkException if the server cannot be reached
     * @throws IllegalArgumentException if the conversation tests a client
     */
    public Result play(Conversation conversation) {
        if (conversation.role() != Conversation.Role.SERVER) {
            throw new IllegalArgumentException(conversation.name() + " tests a client");
        }
        Transport link = settings.address().transport();
        if (!conversation.links().contains(link)) {
            return new Result.Skipped("not for " + link.name().toLowerCase(Locale.ROOT));
        }
        Optional<Map<String, String>> variables = settings.data().of(conversation);
        if (variables.isEmpty()) {
            return new Result.Skipped("the data names no terminal whose profile is " + settings(conversation));
        }
        var missing = new TreeSet<>(conversation.needs());
        missing.removeAll(variables.get().keySet());
        if (!missing.isEmpty()) {
            return new Result.Skipped("the data has no " + String.join(", ", missing));
        }
        var wire = conversation.wireProfile();
        Values values = new Values(variables.get(), now(), settings.clock().getZone(), wire.charset());
        try (Run run = new Run(conversation, values, new Transcript(new FrameCodec(wire)))) {
            return run.play();
        }
    }

    private static String settings(Conversation conversation) {
        StringBuilder all = new StringBuilder();
        conversation
                .profile()
                .forEach((setting, value) -> all.append(all.isEmpty() ? "" : " ")
                        .append(setting)
                        .append('=')
                        .append(value));
        return all.toString();
    }

    /** No two conversations have the same second, or a change of the one would look like a repeat of the other's. */
    private Instant now() {
        Instant now = settings.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        last = now.isAfter(last) ? now : last.plusSeconds(1);
        return last;
    }

    private final class Run implements AutoCloseable {
        private final Conversation conversation;
        private final Values values;
        private final Transcript transcript;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private Wire wire;
        private byte[] heard = {};

        Run(Conversation conversation, Values values, Transcript transcript) {
            this.conversation = conversation;
            this.values = values;
            this.transcript = transcript;
            this.wire = Wire.open(settings.address(), settings.answer(), conversation.wireProfile());
        }

        Result play() {
            for (Step step : conversation.steps()) {
                Optional<Result> end = take(step);
                if (end.isPresent()) {
                    return end.get();
                }
            }
            return new Result.Passed();
        }

        private Optional<Result> take(Step step) {
            return switch (step) {
                case Step.Send send -> send(send.line(), send.bytes(), send.ended());
                case Step.Expect expect -> expect(expect.line(), expect.text(), expect.expected());
                case Step.ExpectSame same -> expectSame(same);
                case Step.Silence silence -> silence(silence);
                case Step.Closed closed -> closed(closed);
                case Step.Reconnect _ -> reconnect();
                case Step.LogIn logIn -> logIn(logIn);
                case Step.HangUp _, Step.Ask _, Step.Answer _, Step.Fails _ ->
                    throw new IllegalStateException("a step of a conversation with a client");
            };
        }

        private Optional<Result> send(int number, Template template, boolean ended) {
            byte[] bytes = template.bytes(values, line);
            if (ended) {
                bytes = Arrays.copyOf(bytes, bytes.length + 1);
                bytes[bytes.length - 1] = '\r';
                transcript.note(">", line.toByteArray());
                line.reset();
            } else {
                transcript.note("> " + bytes.length + " bytes without an end");
            }
            try {
                wire.send(bytes);
                return Optional.empty();
            } catch (IOException e) {
                return differs(
                        number,
                        "the server to listen",
                        "the connection closed",
                        List.of("connection: expected open, found closed"));
            }
        }

        private Optional<Result> expect(int number, String text, Expectation expected) {
            Wire.Heard next = wire.hear(settings.answer());
            if (!(next instanceof Wire.Heard.Line(byte[] bytes))) {
                return differs(
                        number,
                        text,
                        words(next),
                        List.of("a response: expected " + expected.type().code() + " "
                                + expected.type().title() + ", found " + words(next)));
            }
            heard = bytes;
            transcript.note("<", bytes);
            List<String> differences = new ArrayList<>(expected.differences(bytes, values));
            expected.terminator().ifPresent(end -> {
                String found = wire.lineFeedFollows() ? "\r\n" : "\r";
                if (!found.equals(end)) {
                    differences.add("end of the line: expected " + shown(end) + ", found " + shown(found));
                }
            });
            return differences.isEmpty()
                    ? Optional.empty()
                    : differs(number, text, transcript.labelled(bytes), differences);
        }

        private Optional<Result> expectSame(Step.ExpectSame step) {
            Wire.Heard next = wire.hear(settings.answer());
            if (next instanceof Wire.Heard.Line(byte[] bytes)) {
                transcript.note("<", bytes);
                return Arrays.equals(bytes, heard)
                        ? Optional.empty()
                        : differs(
                                step.line(),
                                "< {same}",
                                transcript.labelled(bytes),
                                List.of("the line: expected the one before, byte for byte, found another of "
                                        + bytes.length + " bytes"));
            }
            return differs(
                    step.line(),
                    "< {same}",
                    words(next),
                    List.of("a response: expected the one before, byte for byte, found " + words(next)));
        }

        private Optional<Result> silence(Step.Silence step) {
            return switch (wire.hear(settings.silence())) {
                case Wire.Heard.Nothing _ -> Optional.empty();
                case Wire.Heard.End _ ->
                    differs(
                            step.line(),
                            "silence",
                            "the connection closed",
                            List.of("connection: expected open, found closed"));
                case Wire.Heard.Line(byte[] bytes) -> {
                    transcript.note("<", bytes);
                    yield differs(
                            step.line(),
                            "silence",
                            transcript.labelled(bytes),
                            List.of("a response: expected none, found one of " + bytes.length + " bytes"));
                }
            };
        }

        private Optional<Result> closed(Step.Closed step) {
            return switch (wire.hear(settings.answer())) {
                case Wire.Heard.End _ -> Optional.empty();
                case Wire.Heard.Nothing _ ->
                    differs(
                            step.line(),
                            "closed",
                            "an open connection",
                            List.of("connection: expected closed, found open"));
                case Wire.Heard.Line(byte[] bytes) -> {
                    transcript.note("<", bytes);
                    yield differs(
                            step.line(),
                            "closed",
                            transcript.labelled(bytes),
                            List.of("connection: expected closed, found a response of " + bytes.length + " bytes"));
                }
            };
        }

        private Optional<Result> reconnect() {
            wire.close();
            line.reset();
            wire = Wire.open(settings.address(), settings.answer(), conversation.wireProfile());
            transcript.note("a new connection");
            return Optional.empty();
        }

        /** 93 as the profile wants it, with CP where the data has it. */
        private Optional<Result> logIn(Step.LogIn step) {
            char delimiter = conversation.wireProfile().delimiter();
            ErrorDetection detection = conversation.wireProfile().errorDetection();
            String place = values.variables().containsKey("CP") ? "CP$CP" + delimiter : "";
            Token.Place here = new Token.Place(conversation.name(), step.line());
            String said = "9300CN$LOGIN" + delimiter + "CO$PASSWORD" + delimiter + place + "AY0AZ{sum}";
            return send(step.line(), Template.read(said, here), true)
                    .or(() -> expect(
                            step.line(),
                            "log in",
                            Expectation.read(
                                    detection == ErrorDetection.NEVER ? "941" : "941AY0AZ{sum}", delimiter, here)));
        }

        private Optional<Result> differs(int number, String expected, String found, List<String> differences) {
            return Optional.of(new Result.Differs(number, expected, found, differences, transcript.lines()));
        }

        private static String words(Wire.Heard heard) {
            return switch (heard) {
                case Wire.Heard.Nothing _ -> "nothing in time";
                case Wire.Heard.End(int bytes) ->
                    bytes == 0 ? "the connection closed" : "the connection closed after " + bytes + " bytes";
                case Wire.Heard.Line(byte[] bytes) -> bytes.length + " bytes";
            };
        }

        private static String shown(String end) {
            return end.replace("\r", "\\r").replace("\n", "\\n");
        }

        @Override
        public void close() {
            wire.close();
        }
    }
}
