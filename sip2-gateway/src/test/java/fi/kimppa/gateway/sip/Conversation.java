package fi.kimppa.gateway.sip;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A script of lines that a terminal says ({@code >}) and that it must hear ({@code <}). {@code AZ?} at the end stands
 * for the right checksum, {@code {time}} for any date and time of 18 characters, {@code {lf}} for a line feed and
 * {@code (closed)} for a hung-up line. A line that begins with {@code #} says where the rule comes from.
 */
final class Conversation {
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);

    private final List<String> lines;

    private Conversation(List<String> lines) {
        this.lines = lines;
    }

    static Conversation read(Path script) throws IOException {
        return new Conversation(Files.readAllLines(script));
    }

    void play(int port) throws IOException {
        try (Peer peer = new Peer(port)) {
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.startsWith("> ")) {
                    String said = line.substring(2);
                    String junk = "\n"
                            .repeat((said.length() - said.replace("{lf}", "").length()) / "{lf}".length());
                    peer.say(junk + withChecksum(said.replace("{lf}", "")));
                } else if (line.equals("< (closed)")) {
                    assertThat(peer.hungUp()).as("line %d: hangs up", i + 1).isTrue();
                } else if (line.startsWith("< ")) {
                    String heard = peer.hear().orElse("(closed)");
                    assertThat(heard).as("line %d", i + 1).matches(pattern(line.substring(2)));
                    assertThat(CODEC.decode(heard.getBytes(StandardCharsets.UTF_8)))
                            .as("line %d: the checksum of %s", i + 1, heard)
                            .isInstanceOf(Decoded.Complete.class);
                }
            }
        }
    }

    /** The line with the sum that makes it whole. */
    static String withChecksum(String line) {
        if (!line.endsWith("AZ?")) {
            return line;
        }
        String body = line.substring(0, line.length() - 1);
        int sum = 0;
        for (byte b : body.getBytes(StandardCharsets.UTF_8)) {
            sum += b & 0xFF;
        }
        return body + "%04X".formatted(-sum & 0xFFFF);
    }

    private static Pattern pattern(String expected) {
        String quoted = Pattern.quote(expected).replace("{time}", "\\E.{18}\\Q");
        return Pattern.compile(
                quoted.endsWith("AZ?\\E")
                        ? quoted.substring(0, quoted.length() - "?\\E".length()) + "\\E[0-9A-F]{4}"
                        : quoted);
    }
}
