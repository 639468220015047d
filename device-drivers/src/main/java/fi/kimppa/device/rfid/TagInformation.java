package fi.kimppa.device.rfid;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a tag says about itself (Get System Information), as far as a pad needs it.
 *
 * @param dsfid empty when the tag does not tell
 * @param afi empty when the tag does not tell
 */
record TagInformation(Optional<Integer> dsfid, Optional<Integer> afi) {
    static final TagInformation NONE = new TagInformation(Optional.empty(), Optional.empty());

    /**
     * Reads the data of the response. The manuals seen leave its order open, so the UID shows it: most significant byte first after
     * one byte is FEIG's own order (DSFID, UID, AFI, memory, IC reference); least significant byte first after one byte is the
     * order of the air (flags, UID, then what the flags announce).
     */
    static TagInformation parse(Uid uid, byte[] data) {
        byte[] wanted = uid.bytes();
        if (data.length >= 10 && Arrays.equals(wanted, Arrays.copyOfRange(data, 1, 9))) {
            return new TagInformation(Optional.of(data[0] & 0xFF), Optional.of(data[9] & 0xFF));
        }
        byte[] reversed = new byte[8];
        for (int i = 0; i < 8; i++) {
            reversed[i] = wanted[7 - i];
        }
        if (data.length < 9 || !Arrays.equals(reversed, Arrays.copyOfRange(data, 1, 9))) {
            return NONE;
        }
        boolean hasDsfid = (data[0] & 0x01) != 0;
        boolean hasAfi = (data[0] & 0x02) != 0;
        int afiAt = hasDsfid ? 10 : 9;
        return new TagInformation(
                hasDsfid && data.length > 9 ? Optional.of(data[9] & 0xFF) : Optional.empty(),
                hasAfi && data.length > afiAt ? Optional.of(data[afiAt] & 0xFF) : Optional.empty());
    }
}
