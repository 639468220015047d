package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceException.FormatException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The data of an inventory response.
 *
 * @param dsfids the ISO 15693 tags with their data storage format identifiers
 * @param complete false when a transponder of a type unknown to us made the rest of the list unreadable
 */
record FeigInventory(Map<Uid, Integer> dsfids, boolean complete) {
    /**
     * Reads count and records. Lengths after the type byte: 03 ISO 15693: DSFID and UID; 04 ISO 14443A: info, reserved and 7 bytes of
     * UID, 10 if bit 2 of info is set; 05 ISO 14443B: 9; 84 and 09: one byte, a length, an identifier.
     *
     * @param data without status
     */
    static FeigInventory parse(byte[] data) {
        Map<Uid, Integer> dsfids = new LinkedHashMap<>();
        if (data.length == 0) {
            throw new FormatException("a count of transponders", "nothing", 0);
        }
        int count = data[0] & 0xFF;
        int at = 1;
        for (int i = 0; i < count; i++) {
            require(data, at, 1);
            int type = data[at] & 0xFF;
            switch (type) {
                case FeigCommand.ISO_15693 -> {
                    require(data, at, 10);
                    dsfids.put(Uid.of(Arrays.copyOfRange(data, at + 2, at + 10)), data[at + 1] & 0xFF);
                    at += 10;
                }
                case 0x04 -> {
                    require(data, at, 3);
                    at += 3 + ((data[at + 1] & 0x04) != 0 ? 10 : 7);
                }
                case 0x05 -> at += 10;
                case 0x84, 0x09 -> {
                    require(data, at, 3);
                    at += 3 + (data[at + 2] & 0xFF);
                }
                default -> {
                    return new FeigInventory(dsfids, false);
                }
            }
            require(data, at, 0);
        }
        return new FeigInventory(dsfids, true);
    }

    private static void require(byte[] data, int at, int count) {
        if (at + count > data.length) {
            throw new FormatException("a transponder record", "the end of the data", data.length);
        }
    }
}
