package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.capture.CaptureFile;
import fi.kimppa.sip2.capture.CaptureHead;
import fi.kimppa.sip2.capture.CaptureLine;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code sip2 decode}: labels what comes on standard input. */
final class DecodeCommand {
    private static final String HELP = """
            Usage: sip2 decode [OPTION...] < FILE

            Labels the SIP2 messages on standard input, one a line; CR, LF and CR LF end a line. A wire capture of the
            gateway is recognised by its first line and has its own charset and delimiter.

              --charset NAME      encoding of text (UTF-8)
              --delimiter CHAR    what ends a field (|)
              --persons           show cards and names too; passwords and PINs are never shown
              --json              one JSON object a message

            Exit codes: 0 every line is a whole message, 1 some line is not, 2 usage.
            """;

    private final Terminal terminal;

    DecodeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Exit run(List<String> args) {
        Options options = Options.read(args, Set.of("--persons", "--json"), Set.of("--charset", "--delimiter"), HELP);
        if (options.has("--help")) {
            terminal.out().print(HELP);
            return Exit.WELL;
        }
        if (!options.rest().isEmpty()) {
            throw options.wrong(
                    "decode reads standard input, found \"" + options.rest().getFirst() + "\"");
        }
        WireProfile profile = options.wireProfile();
        FrameCodec codec = new FrameCodec(profile);
        FrameView view = new FrameView(codec, options.has("--persons"));
        FrameAssembler assembler = new FrameAssembler(profile.maxFrameBytes());
        boolean whole = true;
        try (BufferedInputStream in = new BufferedInputStream(terminal.in())) {
            in.mark(CaptureHead.MARK.length());
            byte[] beginning = in.readNBytes(CaptureHead.MARK.length());
            in.reset();
            if (CaptureFile.begins(new String(beginning, StandardCharsets.UTF_8))) {
                return capture(new String(in.readAllBytes(), StandardCharsets.UTF_8), options);
            }
            int next;
            do {
                next = in.read();
                // The last line may have no end.
                Optional<byte[]> line = assembler.accept(next < 0 ? (byte) '\r' : (byte) next);
                if (assembler.oversized()) {
                    throw options.wrong("a line is longer than " + profile.maxFrameBytes() + " bytes");
                }
                if (line.isPresent()) {
                    whole &= codec.decode(line.get()) instanceof Decoded.Complete;
                    terminal.out()
                            .print(
                                    options.has("--json")
                                            ? Json.write(view.map(line.get())) + "\n"
                                            : view.text(line.get()));
                }
            } while (next >= 0);
        } catch (IOException e) {
            throw options.wrong("standard input cannot be read: " + e.getMessage());
        }
        return whole ? Exit.WELL : Exit.DIFFERS;
    }

    private Exit capture(String text, Options options) {
        boolean whole = true;
        CaptureWires wires = new CaptureWires();
        for (CaptureLine line : CaptureWires.read(text, options).lines()) {
            wires.heard(line);
            switch (line.kind()) {
                case REQUEST, RESPONSE -> {
                    FrameCodec codec = wires.codec(line.connection());
                    FrameView view = new FrameView(codec, options.has("--persons"));
                    byte[] bytes = line.bytes();
                    whole &= codec.decode(bytes) instanceof Decoded.Complete;
                    boolean request = line.kind() == CaptureLine.Kind.REQUEST;
                    if (options.has("--json")) {
                        Map<String, Object> message = new LinkedHashMap<>();
                        message.put("seconds", line.at().toMillis() / 1000.0);
                        message.put("connection", line.connection());
                        message.put(request ? "sent" : "received", view.map(bytes));
                        terminal.out().println(Json.write(message));
                    } else {
                        terminal.out()
                                .print("+" + line.at().toMillis() / 1000.0 + " " + line.connection()
                                        + (request ? " > " : " < ") + view.text(bytes));
                    }
                }
                case OPEN, WIRE, CLOSE -> {
                    if (!options.has("--json")) {
                        terminal.out().println(line);
                    }
                }
            }
        }
        return whole ? Exit.WELL : Exit.DIFFERS;
    }
}
