package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Link;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import fi.kimppa.sip2.wire.WireProfile.ErrorDetection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code sip2 send}: says messages and shows the answers. */
final class SendCommand {
    private static final String HELP = """
            Usage: sip2 send ADDRESS [OPTION...] MESSAGE...

            Says one message after the other and shows each answer, labelled. ADDRESS is HOST:PORT, sip2:tcp:HOST:PORT,
            sip2:tls:HOST:PORT[?pin=SHA256] or sip2:https:HOST[:PORT][/PATH][?pin=SHA256].

            MESSAGE is the message as the wire has it, in quotation marks; AY and AZ are added unless they are there:
                9900302.00
            or its two digits and its fields, one a word:
                63 language=007 'summary=  Y       ' AO=TURKU AA=2000012345 AD=@pin.txt
            A fixed field that is not named has a usual value; dates are now. CODE=@FILE takes the value from a file's first
            line, which keeps PINs and passwords out of the list of processes and the shell's history.

              --login USER            log in first (93)
              --password-file FILE    the terminal's password, its first line; - is standard input; asked for if left out
              --location CODE         CP of the login
              --charset NAME          encoding of text (UTF-8)
              --delimiter CHAR        what ends a field (|)
              --terminator cr|crlf    end of a message (cr)
              --error-detection auto|always|never   add AY and AZ unless never (auto)
              --timeout SECONDS       for the connection and for each answer (10)
              --persons               show cards and names too; passwords and PINs are never shown
              --json                  one JSON object an exchange

            Exit codes: 0 every message was answered by its own response, 1 some was not, 2 usage, 3 no connection.
            """;

    private final Terminal terminal;

    SendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Exit run(List<String> args) {
        Options options = Options.read(
                args,
                Set.of("--persons", "--json"),
                Set.of(
                        "--login",
                        "--password-file",
                        "--location",
                        "--charset",
                        "--delimiter",
                        "--terminator",
                        "--error-detection",
                        "--timeout"),
                HELP);
        if (options.has("--help")) {
            terminal.out().print(HELP);
            return Exit.WELL;
        }
        if (options.rest().isEmpty()) {
            throw options.wrong("which server? Name its address");
        }
        WireProfile profile = options.wireProfile();
        FrameCodec codec = new FrameCodec(profile);
        Duration timeout = options.seconds("--timeout", Duration.ofSeconds(10));
        List<Message> messages = messages(options, codec);
        if (messages.isEmpty()) {
            throw options.wrong("which message?");
        }
        Optional<Login> login = Credentials.of(options, terminal).login();
        try (Sip2Link link = Sip2Link.open(options.address(options.rest().getFirst()), timeout, profile)) {
            Talk talk = new Talk(link, codec, timeout, options);
            boolean well = login.isEmpty() || talk.say(Message.of(login.get().toFrame()));
            for (Message message : messages) {
                well = well && talk.say(message);
            }
            return well ? Exit.WELL : Exit.DIFFERS;
        } catch (LinkException e) {
            terminal.err().println("sip2: " + e.getMessage());
            return Exit.NO_CONNECTION;
        }
    }

    // ---- the command line --------------------------------------------------------------------------------

    /**
     * A message to say.
     *
     * @param command its two digits
     * @param frame the message by its fields
     * @param text the message as it was typed
     */
    private record Message(String command, Optional<Frame> frame, Optional<String> text) {
        static Message of(Frame frame) {
            return new Message(frame.type().code(), Optional.of(frame), Optional.empty());
        }
    }

    private List<Message> messages(Options options, FrameCodec codec) {
        List<Message> messages = new ArrayList<>();
        List<String> words = options.rest();
        int at = 1;
        while (at < words.size()) {
            String word = words.get(at);
            at++;
            if (word.matches("\\d{2}") && MessageType.of(word).isPresent()) {
                int end = at;
                while (end < words.size() && words.get(end).matches("(?s)[A-Za-z][A-Za-z0-9/-]*=.*")) {
                    end++;
                }
                messages.add(Message.of(frame(MessageType.of(word).get(), words.subList(at, end), options)));
                at = end;
            } else if (word.matches("(?s)[0-9A-Z]{2}.*")) {
                warnOfSecrets(codec.decode(word.getBytes(codec.profile().charset())));
                messages.add(new Message(word.substring(0, 2), Optional.empty(), Optional.of(word)));
            } else {
                throw options.wrong("a message begins with two digits, found \"" + word + "\"");
            }
        }
        return messages;
    }

    private Frame frame(MessageType type, List<String> words, Options options) {
        Frame.Builder frame = Frame.of(type);
        String now = Timestamp.of(LocalDateTime.now(ZoneId.systemDefault())).text();
        type.fixedFields().forEach(field -> frame.fixed(field, usual(field.label(), field.width(), now)));
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = word.substring(0, equals);
            String value = word.substring(equals + 1);
            if (name.matches("[A-Z0-9]{2}")) {
                CodedField field = coded(name, value, options);
                frame.add(field);
            } else {
                frame.fixed(
                        type.fixedFields().stream()
                                .filter(known -> name(known.label()).equals(name))
                                .filter(known -> known.width() == value.length())
                                .findFirst()
                                .orElseThrow(() -> options.wrong(type.code() + " has these fixed fields: "
                                        + String.join(" ", widths(type)) + "; found " + word)),
                        value);
            }
        }
        return frame.build();
    }

    private static List<String> widths(MessageType type) {
        return type.fixedFields().stream()
                .map(field -> name(field.label()) + " (" + field.width() + ")")
                .toList();
    }

    private static String name(String label) {
        return label.replace(' ', '-').replace("/", "-").toLowerCase(Locale.ROOT);
    }

    private static String usual(String label, int width, String now) {
        return switch (label) {
            case "transaction date", "return date", "date/time sync" -> now;
            case "UID algorithm", "PWD algorithm", "status code" -> "0";
            case "max print width", "language" -> "000";
            case "protocol version" -> "2.00";
            case "hold mode" -> "+";
            case "fee type" -> "01";
            case "payment type" -> "00";
            case "currency type" -> "EUR";
            case "SC renewal policy", "no block", "third party allowed", "card retained" -> "N";
            default -> " ".repeat(width);
        };
    }

    private CodedField coded(String code, String value, Options options) {
        boolean secret = code.equals("AD") || code.equals("AC") || code.equals("CO");
        String meant = value.startsWith("@") ? Credentials.of(options, terminal).firstLine(value.substring(1)) : value;
        if (!secret) {
            return new CodedField.Text(code, meant);
        }
        if (!value.isEmpty() && !value.startsWith("@")) {
            warn();
        }
        return new CodedField.Hidden(code, Secret.of(meant));
    }

    private void warnOfSecrets(Decoded typed) {
        if (typed instanceof Decoded.Complete(Frame frame, boolean _)
                && frame.fields().stream()
                        .anyMatch(field -> field instanceof CodedField.Hidden hidden
                                && !hidden.value().isEmpty())) {
            warn();
        }
    }

    private void warn() {
        terminal.err()
                .println(
                        "sip2: warning: a password or PIN on the command line can be read by other users of this machine"
                                + " and stays in the shell's history; CODE=@FILE and --password-file keep it out");
    }

    // ---- the conversation --------------------------------------------------------------------------------

    private final class Talk {
        private final Sip2Link link;
        private final FrameCodec codec;
        private final Duration timeout;
        private final FrameView view;
        private final boolean json;
        private final boolean detect;
        private int sequence = 9;

        Talk(Sip2Link link, FrameCodec codec, Duration timeout, Options options) {
            this.link = link;
            this.codec = codec;
            this.timeout = timeout;
            this.view = new FrameView(codec, options.has("--persons"));
            this.json = options.has("--json");
            this.detect = codec.profile().errorDetection() != ErrorDetection.NEVER;
        }

        /** Whether the message was answered by the response that belongs to it. */
        boolean say(Message message) {
            byte[] bytes = bytes(message);
            byte[] line = withoutEnd(bytes);
            if (!json) {
                terminal.out().print("> " + view.text(line));
            }
            long start = System.nanoTime();
            link.send(bytes);
            Optional<byte[]> answer = link.receive(timeout);
            long millis = (System.nanoTime() - start) / 1_000_000;
            show(line, answer, millis);
            return answer.isPresent() && belongs(message, answer.get());
        }

        private void show(byte[] line, Optional<byte[]> answer, long millis) {
            if (json) {
                Map<String, Object> exchange = new LinkedHashMap<>();
                exchange.put("sent", view.map(line));
                answer.ifPresent(bytes -> exchange.put("received", view.map(bytes)));
                exchange.put("milliseconds", millis);
                terminal.out().println(Json.write(exchange));
            } else if (answer.isPresent()) {
                terminal.out().print("< " + view.text(answer.get()));
                terminal.out().println("    after " + millis + " ms");
            } else {
                terminal.out().println("< nothing in " + millis + " ms");
            }
        }

        private byte[] bytes(Message message) {
            if (message.frame().isPresent()) {
                return codec.encode(message.frame().get().withSequence(next(message.command())), detect);
            }
            String typed = message.text().orElseThrow();
            byte[] bare = typed.getBytes(codec.profile().charset());
            boolean trailed = typed.matches("(?s).*AZ[0-9A-Fa-f]{4}");
            if (detect && !trailed && codec.decode(bare) instanceof Decoded.Complete(Frame frame, boolean _)) {
                return codec.encode(frame.withSequence(next(message.command())), true);
            }
            byte[] end = codec.profile().terminator().text().getBytes(StandardCharsets.US_ASCII);
            byte[] whole = Arrays.copyOf(bare, bare.length + end.length);
            System.arraycopy(end, 0, whole, bare.length, end.length);
            return whole;
        }

        /** 97 has no sequence number; every other message has the next one. */
        private OptionalInt next(String command) {
            if (command.equals(MessageType.REQUEST_ACS_RESEND.code())) {
                return OptionalInt.empty();
            }
            sequence = (sequence + 1) % 10;
            return OptionalInt.of(sequence);
        }

        private boolean belongs(Message message, byte[] answer) {
            if (!(codec.decode(answer) instanceof Decoded.Complete(Frame frame, boolean _))) {
                return false;
            }
            boolean response = frame.type().direction() == MessageType.Direction.RESPONSE;
            if (message.command().equals(MessageType.REQUEST_ACS_RESEND.code())) {
                return response;
            }
            boolean refusedLogin =
                    frame.type() == MessageType.LOGIN_RESPONSE && frame.fixed().containsValue("0");
            return !refusedLogin
                    && MessageType.of(message.command())
                            .filter(type -> type.direction() == MessageType.Direction.REQUEST)
                            .filter(type -> type.answer() == frame.type())
                            .isPresent();
        }

        private static byte[] withoutEnd(byte[] bytes) {
            int end = bytes.length;
            while (end > 0 && (bytes[end - 1] == '\r' || bytes[end - 1] == '\n')) {
                end--;
            }
            return Arrays.copyOf(bytes, end);
        }
    }
}
