package fi.kimppa.device.rfid;

import java.util.Optional;

/** In which order a reader gives the bytes of a UID: the setting {@code uid} of an address. */
enum UidOrder {
    /** As the byte E0 shows that every UID begins with (ISO/IEC 15693-3). */
    AUTO,
    /** The first byte first. */
    MSB,
    /** The last byte first, as on the air. */
    LSB;

    private static final byte FIRST = (byte) 0xE0;

    /** What the bytes of a UID show; nothing when E0 stands at both ends or at none. */
    static Optional<UidOrder> shownBy(byte[] uid) {
        boolean first = uid[0] == FIRST;
        return first == (uid[uid.length - 1] == FIRST) ? Optional.empty() : Optional.of(first ? MSB : LSB);
    }

    /** The first byte first, of a UID in this order, or back. Bytes that show nothing stay as they are. */
    byte[] turned(byte[] uid) {
        UidOrder order = this == AUTO ? shownBy(uid).orElse(MSB) : this;
        return order == LSB ? Blocks.reversed(uid, uid.length) : uid;
    }
}
