package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code sip2 decode}: labels what comes on standard input. */
final class DecodeCommand {
    private static final String HELP = """
            Usage: sip2 decode [OPTION...] < FILE

            Labels the SIP2 messages on standard input, one a line; CR, LF and CR LF end a line.

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
        try {
            int next;
            do {
                next = terminal.in().read();
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
}
