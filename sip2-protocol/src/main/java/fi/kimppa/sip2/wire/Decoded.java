package fi.kimppa.sip2.wire;

import java.util.OptionalInt;

/** What one received line turned out to be. Each case asks for another answer, so none is an exception. */
public sealed interface Decoded {
    /**
     * A whole message of a known type.
     *
     * @param frame the message
     * @param errorDetection whether it carried a checksum, which was right
     */
    record Complete(Frame frame, boolean errorDetection) implements Decoded {}

    /** The checksum does not match; nothing in the line may be trusted. The answer is 96. */
    record BadChecksum() implements Decoded {}

    /**
     * A known command whose fixed part is too short or whose coded part cannot be split.
     *
     * @param type which command it claims to be
     * @param expected what should have stood there
     * @param found what stood there, as a length or a shape, never the content
     * @param offset byte offset where reading stopped
     * @param sequence AY if the trailer was readable
     * @param errorDetection whether it carried a checksum, which was right
     */
    record Malformed(
            MessageType type, String expected, String found, int offset, OptionalInt sequence, boolean errorDetection)
            implements Decoded {}

    /**
     * Two leading characters that the table does not know.
     *
     * @param printable the two characters if they are letters or digits, else {@code ??}
     */
    record UnknownCommand(String printable) implements Decoded {}
}
