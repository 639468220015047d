package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a serial line, eight data bits always.
 *
 * @param baud bits per second, 300 to 921600
 * @param stopBits 1 or 2
 * @param flow how the device holds up what it cannot take
 */
public record SerialLine(int baud, Parity parity, int stopBits, Flow flow) {
    /** The settings that an address may carry. */
    public static final Set<String> SETTINGS = Set.of("baud", "parity", "stopbits", "flow");

    /** As FEIG's readers may be set, the most likely first. */
    private static final List<Integer> USUAL_BAUDS = List.of(38_400, 19_200, 9_600, 57_600, 115_200);

    /** The parity bit, if there is one. */
    public enum Parity {
        /** No parity bit. */
        NONE,
        /** An even number of ones. */
        EVEN,
        /** An odd number of ones. */
        ODD
    }

    /** How a device says that it cannot take more now. */
    public enum Flow {
        /** It does not. */
        NONE,
        /**
         * By a line that the cable leads to CTS here; with the usual cable that is DTR of a printer. DSR cannot be heeded: jSerialComm
         * 2.11.4 accepts that setting on Linux and does nothing.
         */
        RTSCTS,
        /** By the bytes XOFF (13 hex) and XON (11 hex), which the system then keeps from whoever reads. */
        XONXOFF
    }

    /** A line without flow control. */
    public SerialLine(int baud, Parity parity, int stopBits) {
        this(baud, parity, stopBits, Flow.NONE);
    }

    /** Takes what the address names and the rest from {@code usual}. */
    public static SerialLine of(DeviceAddress address, SerialLine usual) {
        return new SerialLine(
                address.setting("baud", usual.baud(), 300, 921_600),
                address.setting("parity", usual.parity()),
                address.setting("stopbits", usual.stopBits(), 1, 2),
                address.setting("flow", usual.flow()));
    }

    /**
     * The settings to try, the usual ones first: one, or with {@code baud=auto} all that readers are delivered with.
     *
     * @param usual of the device
     */
    static List<SerialLine> candidates(DeviceAddress address, SerialLine usual) {
        if (!address.setting("baud").equals(Optional.of("auto"))) {
            return List.of(of(address, usual));
        }
        var candidates = new LinkedHashSet<SerialLine>();
        candidates.add(usual);
        for (int baud : USUAL_BAUDS) {
            candidates.add(new SerialLine(baud, Parity.EVEN, 1));
            candidates.add(new SerialLine(baud, Parity.NONE, 1));
        }
        return List.copyOf(candidates);
    }

    /** As people write it, for example 38400 8E1. */
    String shorthand() {
        return baud + " 8" + parity.name().charAt(0) + stopBits;
    }

    /** The address with these settings of the line in the place of its own, where it has any to try. */
    DeviceAddress in(DeviceAddress address) {
        if (!address.setting("baud").equals(Optional.of("auto"))) {
            return address;
        }
        Map<String, String> settings = new LinkedHashMap<>(address.settings());
        settings.put("baud", Integer.toString(baud));
        settings.put("parity", parity.name().toLowerCase(Locale.ROOT));
        settings.put("stopbits", Integer.toString(stopBits));
        return new DeviceAddress(address.driver(), address.link(), settings);
    }
}
