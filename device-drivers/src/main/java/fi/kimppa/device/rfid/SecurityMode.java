package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What a site's gates look at, and so what is written.
 *
 * @param afi whether the application family identifier carries security
 * @param eas whether the chip's alarm bit does
 * @param afis the two values, where the AFI does
 */
record SecurityMode(boolean afi, boolean eas, AfiPair afis) {
    /** The settings that an address may carry. */
    static final Set<String> SETTINGS = Set.of("security", "secured", "unsecured");

    /** {@code security=afi} (also without it), {@code eas}, {@code afi+eas} or {@code none}; the two AFI values in hexadecimal. */
    static SecurityMode of(DeviceAddress address) {
        var afis = new AfiPair(
                hexadecimal(address, "secured", AfiPair.STANDARD.secured()),
                hexadecimal(address, "unsecured", AfiPair.STANDARD.unsecured()));
        return switch (address.setting("security").orElse("afi")) {
            case "afi" -> new SecurityMode(true, false, afis);
            case "eas" -> new SecurityMode(false, true, afis);
            case "afi+eas" -> new SecurityMode(true, true, afis);
            case "none" -> new SecurityMode(false, false, afis);
            default ->
                throw new IllegalArgumentException(
                        "Device address '" + address + "': expected security afi, eas, afi+eas or none");
        };
    }

    private static int hexadecimal(DeviceAddress address, String name, int usual) {
        return address.setting(name)
                .map(text -> {
                    if (!text.matches("[0-9A-Fa-f]{2}")) {
                        throw new IllegalArgumentException("Device address '" + address + "': expected " + name
                                + " as two hexadecimal digits, found '" + text + "'");
                    }
                    return Integer.parseInt(text, 16);
                })
                .orElse(usual);
    }

    /** Neither: the gates ask a central database, and a tag is never written. */
    boolean none() {
        return !afi && !eas;
    }

    /**
     * What the gate makes of a tag; empty when it cannot be said.
     *
     * @param afiByte as read, if it was
     * @param easBit as read, if it was
     */
    Optional<TagSecurity> meaning(Optional<Integer> afiByte, Optional<Boolean> easBit) {
        Optional<TagSecurity> byAfi = afiByte.flatMap(afis::meaning);
        Optional<TagSecurity> byEas = easBit.map(alarm -> alarm ? TagSecurity.SECURED : TagSecurity.UNSECURED);
        if (afi && eas) {
            return byAfi.equals(byEas) ? byAfi : Optional.empty();
        }
        return afi ? byAfi : eas ? byEas : Optional.empty();
    }
}
