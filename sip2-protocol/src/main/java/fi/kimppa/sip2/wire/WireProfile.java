package fi.kimppa.sip2.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What two ends have agreed on outside the protocol: SIP2 announces none of it on the wire.
 *
 * @param charset encoding of text; checksums are over the encoded bytes
 * @param delimiter byte that ends a coded field, normally {@code |}; must be printable ASCII
 * @param terminator what is sent at the end of a message; all forms are accepted on input
 * @param errorDetection whether AY and AZ are sent
 * @param maxFrameBytes ceiling of one message on input, in bytes
 * @param maxFields ceiling of coded fields in one message on input
 * @param characterChecksum whether a checksum over characters instead of bytes is accepted too, as machines send it
 *     that were built for sets of one byte a character (evergreen SIPServer commits b93b5b6 and b1fb8b5)
 */
public record WireProfile(
        Charset charset,
        char delimiter,
        Terminator terminator,
        ErrorDetection errorDetection,
        int maxFrameBytes,
        int maxFields,
        boolean characterChecksum) {

    /** UTF-8, {@code |}, CR, AY/AZ as the peer does, 64 KiB and 10,000 fields. */
    public static final WireProfile DEFAULT =
            new WireProfile(StandardCharsets.UTF_8, '|', Terminator.CR, ErrorDetection.AUTO, 65_536, 10_000);

    /** A profile that accepts the standard's checksum alone. */
    public WireProfile(
            Charset charset,
            char delimiter,
            Terminator terminator,
            ErrorDetection errorDetection,
            int maxFrameBytes,
            int maxFields) {
        this(charset, delimiter, terminator, errorDetection, maxFrameBytes, maxFields, false);
    }

    /** Checks the ranges. */
    public WireProfile {
        if (delimiter <= ' ' || delimiter > '~') {
            throw new IllegalArgumentException("the delimiter must be printable ASCII, found code " + (int) delimiter);
        }
        if (maxFrameBytes < 64 || maxFields < 1) {
            throw new IllegalArgumentException("a frame must be allowed 64 bytes and one field");
        }
    }

    /** The end of a message on output. */
    public enum Terminator {
        CR("\r"),
        CRLF("\r\n");

        private final String text;

        Terminator(String text) {
            this.text = text;
        }

        /** The characters to send. */
        public String text() {
            return text;
        }
    }

    /** When AY and AZ are sent. */
    public enum ErrorDetection {
        /** A response has them if the request had them; a client sends them. */
        AUTO,
        /** Always; for machines that answer a response without AZ with 97. */
        ALWAYS,
        /** Never. */
        NEVER
    }
}
