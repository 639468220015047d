package fi.kimppa.device.tag;

import java.util.Arrays;

/** Bytes that do not change. Prints how many they are, not which: they may be the number of a card. */
public final class Octets {
    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the bytes. */
    public static Octets of(byte... bytes) {
        return new Octets(bytes.clone());
    }

    /** A copy of the bytes from {@code from} up to, not with, {@code to}. */
    static Octets range(byte[] bytes, int from, int to) {
        return new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    /** How many. */
    public int length() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
