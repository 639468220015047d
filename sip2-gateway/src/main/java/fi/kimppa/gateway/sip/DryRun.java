package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.RequestScResend;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType.Direction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Shows the bytes that a terminal would get for a line that it would send. Nothing is asked of a backend and nothing
 * changes: the content comes from {@link SampleResponses}, everything else from the same codec and {@link Dialect}
 * as in a conversation.
 */
@Component
class DryRun {
    /**
     * What the terminal would get.
     *
     * @param text the bytes with everything that is no printable ASCII escaped; empty for silence
     * @param hex the bytes, two digits each, a blank between
     * @param readable the text as the machine's character set has it, without the end of the message
     * @param labelled the fields by name
     */
    record Answer(String text, String hex, String readable, List<Labelled> labelled) {
        private static final Answer SILENCE = new Answer("", "", "", List.of());
    }

    /**
     * One field.
     *
     * @param code two letters; empty for a fixed field
     */
    record Labelled(String code, String label, String value) {}

    private final TerminalProfiles profiles;
    private final Clock clock;

    DryRun(TerminalProfiles profiles, Clock clock) {
        this.profiles = profiles;
        this.clock = clock;
    }

    /**
     * Runs.
     *
     * @param terminal who would send it, logged in
     * @param line the request without the end of the message; {@code \xE4} stands for a byte
     * @param instead settings to try without making them, texts by key
     */
    Answer run(Terminal terminal, String line, Map<String, String> instead) {
        TerminalProfiles.Agreement agreement = profiles.tried(terminal, instead);
        TerminalProfile profile = agreement.profile();
        FrameCodec codec = agreement.codec();
        return switch (codec.decode(bytes(line, profile))) {
            case Decoded.BadChecksum _ -> answer(again(), agreement, true, terminal, Optional.empty());
            case Decoded.UnknownCommand _ -> unknown(agreement, terminal);
            case Decoded.Malformed cut
            when cut.type().direction() == Direction.RESPONSE -> unknown(agreement, terminal);
            case Decoded.Malformed cut ->
                answer(
                        Refusal.of(cut.type(), terminal.institutionId(), now())
                                .toFrame()
                                .withSequence(cut.sequence()),
                        agreement,
                        cut.errorDetection(),
                        terminal,
                        Optional.empty());
            case Decoded.Complete whole
            when whole.frame().type().direction() == Direction.RESPONSE -> unknown(agreement, terminal);
            case Decoded.Complete(Frame request, boolean detected) -> {
                Frame response = profile.serves(request.type())
                        ? SampleResponses.to(request, terminal, now())
                        : Refusal.of(Request.from(request), terminal.institutionId(), now(), Optional.empty())
                                .toFrame();
                request.erase();
                yield answer(
                        response.withSequence(request.sequence()),
                        agreement,
                        detected,
                        terminal,
                        Dialect.institution(request));
            }
        };
    }

    private Answer unknown(TerminalProfiles.Agreement agreement, Terminal terminal) {
        return agreement.profile().unknownCommand() == TerminalProfile.UnknownCommand.RESEND
                ? answer(again(), agreement, false, terminal, Optional.empty())
                : Answer.SILENCE;
    }

    private static Frame again() {
        return new RequestScResend(List.of()).toFrame();
    }

    private static Answer answer(
            Frame response,
            TerminalProfiles.Agreement agreement,
            boolean detected,
            Terminal terminal,
            Optional<String> asked) {
        TerminalProfile profile = agreement.profile();
        Frame said = Dialect.said(response, profile, Optional.of(terminal), asked);
        byte[] bytes = agreement.codec().encode(said, profile.detects(detected));
        return new Answer(
                escaped(bytes),
                HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes),
                new String(bytes, profile.charset()).strip(),
                labelled(said));
    }

    private static List<Labelled> labelled(Frame frame) {
        List<Labelled> lines = new ArrayList<>();
        for (FixedField field : frame.type().fixedFields()) {
            lines.add(new Labelled("", field.label(), frame.fixed(field)));
        }
        for (CodedField field : frame.fields()) {
            String label = Field.of(field.code()).map(Field::label).orElse("");
            lines.add(new Labelled(field.code(), label, field instanceof CodedField.Text text ? text.value() : "***"));
        }
        return lines;
    }

    /** A line as a person types it, in the machine's character set. */
    private static byte[] bytes(String line, TerminalProfile profile) {
        StringBuilder text = new StringBuilder();
        String rest = line.strip();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < rest.length()) {
            if (rest.startsWith("\\x", at)
                    && at + 4 <= rest.length()
                    && HexFormat.isHexDigit(rest.charAt(at + 2))
                    && HexFormat.isHexDigit(rest.charAt(at + 3))) {
                out.writeBytes(text.toString().getBytes(profile.charset()));
                text.setLength(0);
                out.write(HexFormat.fromHexDigits(rest, at + 2, at + 4));
                at += 4;
            } else {
                text.append(rest.charAt(at));
                at++;
            }
        }
        out.writeBytes(text.toString().getBytes(profile.charset()));
        return out.toByteArray();
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (char one : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (one) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (one >= ' ' && one <= '~') {
                        text.append(one);
                    } else {
                        text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits((byte) one));
                    }
                }
            }
        }
        return text.toString();
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), GatewayClock.ZONE);
    }
}
