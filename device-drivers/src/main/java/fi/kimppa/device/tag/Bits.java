package fi.kimppa.device.tag;

/** Reads bits from the most significant one on. */
final class Bits {
    private final byte[] bytes;
    private int at;

    Bits(byte[] bytes) {
        this.bytes = bytes;
    }

    int left() {
        return bytes.length * 8 - at;
    }

    int take(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value = (value << 1) | ((bytes[at / 8] >> (7 - at % 8)) & 1);
        }
        return value;
    }
}
