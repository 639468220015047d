package fi.kimppa.sip2.wire;

/** The AZ checksum (SIP2 2.00, "Error detection"): over bytes, so that the 16-bit sum with AZ's value is zero. */
public final class Checksum {
    private Checksum() {}

    /** The value for bytes 0 to {@code length - 1}, which end with the letters AZ. */
    public static int of(byte[] bytes, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[i] & 0xFF;
        }
        return -sum & 0xFFFF;
    }
}
