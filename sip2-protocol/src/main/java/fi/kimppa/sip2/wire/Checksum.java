package fi.kimppa.sip2.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The AZ checksum (SIP2 2.00, "Error detection"): over bytes, so that the 16-bit sum with AZ's value is zero. */
public final class Checksum {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long EVERY_SECOND = 0x00FF_00FF_00FF_00FFL;

    private Checksum() {}

    /** The value for bytes 0 to {@code length - 1}, which end with the letters AZ. */
    public static int of(byte[] bytes, int length) {
        int sum = 0;
        int i = 0;
        // Eight bytes at a time: every second one into four sums of 16 bits, whose overflow is what AZ leaves out too.
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            long pairs = (eight & EVERY_SECOND) + ((eight >>> Byte.SIZE) & EVERY_SECOND);
            sum += (int) ((pairs * 0x0001_0001_0001_0001L) >>> (3 * Short.SIZE));
        }
        for (; i < length; i++) {
            sum += bytes[i] & 0xFF;
        }
        return -sum & 0xFFFF;
    }
}
