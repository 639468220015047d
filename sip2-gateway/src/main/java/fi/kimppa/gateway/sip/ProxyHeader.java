package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.sip.Line.ArrivalRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a balancer says in front of the bytes that it passes on: the PROXY protocol, versions 1 (text) and 2 (binary),
 * as haproxy's doc/proxy-protocol.txt has it. Not one byte behind the header is read, for a TLS handshake or a SIP2
 * message begins there.
 */
final class ProxyHeader {
    /** Section 2.1: the longest line of version 1, with its CR LF. */
    private static final int LONGEST_TEXT = 107;
    /** Ours: addresses and what balancers add to them; the format would allow 65,535. */
    private static final int LONGEST_BINARY = 4096;

    /** Section 2.2; it cannot be the beginning of version 1 nor of a SIP2 message. */
    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

    private static final String TEXT_BEGINS = "PROXY ";
    private static final String PORT = "(0|[1-9]\\d{0,4})";
    private static final String IPV4 = "(\\d{1,3}(?:\\.\\d{1,3}){3})";
    private static final String IPV6 = "([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)";
    private static final Pattern TEXT = Pattern.compile(
            "PROXY (?:TCP4 " + IPV4 + " " + IPV4 + "|TCP6 " + IPV6 + " " + IPV6 + ") " + PORT + " " + PORT);
    private static final Pattern TEXT_UNKNOWN = Pattern.compile("PROXY UNKNOWN(?: .*)?");

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;

    private ProxyHeader() {}

    /**
     * Reads the header.
     *
     * @return the address that the balancer was called from; empty when it speaks for itself (LOCAL, as in its health
     *     checks) or does not know (UNKNOWN, UNSPEC)
     * @throws ArrivalRefusedException if this is no such header
     */
    static Optional<InetSocketAddress> read(InputStream in) throws IOException {
        byte first = exactly(in, 1)[0];
        if (first != SIGNATURE[0] && first != TEXT_BEGINS.charAt(0)) {
            throw malformed("no PROXY header");
        }
        // No whole header of either version is shorter than this.
        byte[] beginning = Arrays.copyOf(new byte[] {first}, SIGNATURE.length);
        System.arraycopy(exactly(in, SIGNATURE.length - 1), 0, beginning, 1, SIGNATURE.length - 1);
        if (Arrays.equals(beginning, SIGNATURE)) {
            return binary(in);
        }
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        if (text.startsWith(TEXT_BEGINS)) {
            return text(text + restOfLine(in, beginning));
        }
        throw malformed("no PROXY header");
    }

    private static Optional<InetSocketAddress> text(String line) throws ArrivalRefusedException {
        if (TEXT_UNKNOWN.matcher(line).matches()) {
            return Optional.empty();
        }
        Matcher form = TEXT.matcher(line);
        if (!form.matches()) {
            throw malformed("a PROXY line that is none");
        }
        String source = form.group(1) != null ? form.group(1) : form.group(3);
        int port = Integer.parseInt(form.group(5));
        if (port > 65_535 || Integer.parseInt(form.group(6)) > 65_535) {
            throw malformed("a PROXY line with a port above 65535");
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(source), port));
        } catch (IllegalArgumentException _) {
            throw malformed("a PROXY line whose address is none");
        }
    }

    /** The line's other characters without its end. */
    private static String restOfLine(InputStream in, byte[] beginning) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(LONGEST_TEXT);
        for (int last = beginning[beginning.length - 1]; ; ) {
            int next = exactly(in, 1)[0];
            if (last == '\r' && next == '\n') {
                String line = rest.toString(StandardCharsets.ISO_8859_1);
                return line.substring(0, line.length() - 1);
            }
            rest.write(next);
            last = next;
            if (beginning.length + rest.size() >= LONGEST_TEXT) {
                throw malformed("a PROXY line of more than " + LONGEST_TEXT + " bytes");
            }
        }
    }

    private static Optional<InetSocketAddress> binary(InputStream in) throws IOException {
        byte[] fixed = exactly(in, 4);
        int command = fixed[0] & 0xFF;
        int family = fixed[1] & 0xFF;
        int length = unsigned16(fixed, 2);
        if (command != LOCAL && command != PROXY) {
            throw malformed("a PROXY header of another version or command");
        }
        if (length > LONGEST_BINARY) {
            throw malformed("a PROXY header of more than " + LONGEST_BINARY + " bytes");
        }
        // Behind the addresses stand TLVs, which are passed over.
        byte[] rest = exactly(in, length);
        if (command == LOCAL) {
            return Optional.empty();
        }
        return switch (family) {
            case 0x11 -> Optional.of(source(rest, 4));
            case 0x21 -> Optional.of(source(rest, 16));
            // UNSPEC, datagrams and local sockets: known to the format, nothing that has an address for us.
            case 0x00, 0x12, 0x22, 0x31, 0x32 -> Optional.empty();
            default -> throw malformed("a PROXY header with an unknown family");
        };
    }

    /** Source and destination address, then both ports. */
    private static InetSocketAddress source(byte[] rest, int width) throws IOException {
        if (rest.length < 2 * width + 4) {
            throw malformed("a PROXY header cut short");
        }
        return new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOf(rest, width)), unsigned16(rest, 2 * width));
    }

    private static int unsigned16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw malformed("a PROXY header cut short");
        }
        return bytes;
    }

    private static ArrivalRefusedException malformed(String what) {
        return new ArrivalRefusedException("proxy_malformed", what);
    }
}
