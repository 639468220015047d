package fi.kimppa.device.rfid;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The unique identifier of a chip (ISO/IEC 15693), shown as 16 hexadecimal digits, most significant byte first.
 *
 * @param value all 64 bits
 */
public record Uid(long value) implements Comparable<Uid> {
    /**
     * Reads 16 hexadecimal digits, either case.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static Uid parse(String hex) {
        if (hex.length() != 16) {
            throw new IllegalArgumentException("Expected a UID of 16 hexadecimal digits, found '" + hex + "'");
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /** From 8 bytes, most significant first. */
    public static Uid of(byte[] bytes) {
        if (bytes.length != 8) {
            throw new IllegalArgumentException("Expected a UID of 8 bytes, found " + bytes.length);
        }
        return new Uid(ByteBuffer.wrap(bytes).getLong());
    }

    /** 8 bytes, most significant first. */
    public byte[] bytes() {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    /** In the order of the digits. */
    @Override
    public int compareTo(Uid other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return HexFormat.of().withUpperCase().toHexDigits(value);
    }
}
