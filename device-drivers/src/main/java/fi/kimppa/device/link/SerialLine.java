package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of a serial line, eight data bits always.
 *
 * @param baud bits per second, 300 to 921600
 * @param stopBits 1 or 2
 */
public record SerialLine(int baud, Parity parity, int stopBits) {
    /** The settings that an address may carry. */
    public static final Set<String> SETTINGS = Set.of("baud", "parity", "stopbits");

    /** The parity bit, if there is one. */
    public enum Parity {
        /** No parity bit. */
        NONE,
        /** An even number of ones. */
        EVEN,
        /** An odd number of ones. */
        ODD
    }

    /** Takes what the address names and the rest from {@code usual}. */
    public static SerialLine of(DeviceAddress address, SerialLine usual) {
        Parity parity =
                address.setting("parity").map(text -> parity(address, text)).orElse(usual.parity());
        return new SerialLine(
                address.setting("baud", usual.baud(), 300, 921_600),
                parity,
                address.setting("stopbits", usual.stopBits(), 1, 2));
    }

    private static Parity parity(DeviceAddress address, String text) {
        for (Parity parity : Parity.values()) {
            if (parity.name().toLowerCase(Locale.ROOT).equals(text)) {
                return parity;
            }
        }
        throw new IllegalArgumentException(
                "Device address '" + address + "': expected parity none, even or odd, found '" + text + "'");
    }
}
