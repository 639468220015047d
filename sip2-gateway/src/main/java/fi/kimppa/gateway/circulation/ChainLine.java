package fi.kimppa.gateway.circulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A line of a terminal's chain: that a change was taken, or what became of it.
 *
 * @param row the journal row that it is about, which is deleted some day; the line stays
 * @param branch code of the terminal's branch
 * @param undo whether the change takes back another
 * @param who the member of staff who decided; empty where nobody did
 * @param at to the microsecond, as the database keeps it
 * @param digest of the content in hexadecimal, see {@link #digest}
 */
record ChainLine(
        long row, String command, String branch, boolean undo, Kind kind, String who, Instant at, String digest) {
    /** What a line says. */
    enum Kind {
        /** The change was taken. */
        OPEN,
        /** The library system did it. */
        DONE,
        /** It was refused, or turned out not to be done; nobody was promised anything. */
        NOT_DONE,
        /** Nobody knows. */
        UNKNOWN,
        /** The patron was told that a return is accepted; the library system is silent. */
        WAITING,
        /** The library system refused what was accepted. */
        WITH_STAFF,
        /** Staff saw to it that it is done. */
        DONE_BY_STAFF,
        /** Staff found that it cannot be done. */
        NOT_DONE_BY_STAFF
    }

    ChainLine {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** SHA-256 over a salt and a text: says nothing of the text to anybody without the salt. */
    static String digest(byte[] salt, String content) {
        MessageDigest sha = sha256();
        sha.update(salt);
        return HexFormat.of().formatHex(sha.digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** The digest as the table has it. */
    byte[] digestBytes() {
        return HexFormat.of().parseHex(digest);
    }

    /** What the link covers besides the link before and the line's number. */
    byte[] covered() {
        byte[] words = String.join("\n", command, branch, kind.name(), who).getBytes(StandardCharsets.UTF_8);
        byte[] sum = digestBytes();
        return ByteBuffer.allocate(2 * Long.BYTES + 1 + words.length + sum.length)
                .putLong(row)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .put((byte) (undo ? 1 : 0))
                .put(words)
                .put(sum)
                .array();
    }

    /**
     * SHA-256 over the link before, the number and this line.
     *
     * @param before in hexadecimal, as the result; empty for the first line of a terminal
     */
    String link(String before, long number) {
        MessageDigest sha = sha256();
        sha.update(HexFormat.of().parseHex(before));
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return HexFormat.of().formatHex(sha.digest(covered()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
